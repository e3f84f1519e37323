package feed

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestCharsetsAreFound(t *testing.T) {
	const title = "Hợp tác quốc phòng"
	const french = "Coopération à l’étranger"
	utf8Feed := func(title, declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><rss><channel><item><link>/a</link><title>` + title + `</title></item></channel></rss>`
	}
	in := func(e encoding.Encoding, s string) string {
		b, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct{ name, body, contentType, want, note string }{
		{"UTF-8", utf8Feed(title, "utf-8"), "text/xml", title, ""},
		{"UTF-8 with a mark", "\ufeff" + utf8Feed(title, "utf-8"), "text/xml", title, ""},
		{"UTF-8 declared as another in the document", utf8Feed(title, "iso-8859-1"), "text/xml", title, ""},
		{"UTF-8 declared as another in the header", utf8Feed(title, "utf-8"), "text/xml; charset=iso-8859-1", title, ""},
		{"UTF-8 declared as UTF-16", utf8Feed(title, "utf-16"), "text/xml; charset=utf-16", title, ""},
		{"UTF-16 with a mark", in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), utf8Feed(title, "utf-16")), "text/xml", title, "UTF-16LE"},
		{"UTF-16 without a mark", in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), utf8Feed(title, "utf-16")), "text/xml", title, "UTF-16LE"},
		{"UTF-16 the other way round, said to be UTF-8", in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), utf8Feed(title, "utf-8")), "text/xml; charset=utf-8", title, "UTF-16BE"},
		{"UTF-32", in(utf32.UTF32(utf32.BigEndian, utf32.UseBOM), utf8Feed(title, "utf-32")), "", title, "UTF-32BE"},
		{"a declared code page", in(charmap.Windows1252, utf8Feed(french, "windows-1252")), "text/xml", french, "windows-1252"},
		{"a code page by the header alone", in(charmap.Windows1252, utf8Feed(french, "utf-8")), "text/xml; charset='windows-1252'", french, "windows-1252"},
		{"a code page that nobody declares", in(charmap.Windows1252, utf8Feed(french, "utf-8")), "text/xml", french, "one by one"},
		{"a charset that does not exist", in(charmap.Windows1252, utf8Feed(french, "utf-x")), "text/xml; charset=nonsense", french, "one by one"},
		{"an escaped encoding", in(japanese.ISO2022JP, utf8Feed("日本", "iso-2022-jp")), "text/xml", "日本", "iso-2022-jp"},
		{"one bad byte", strings.Replace(utf8Feed(title, "utf-8"), "</title>", "\x96</title>", 1), "text/xml", title + "–", "one by one: 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Parse([]byte(c.body), c.contentType, about())
			if err != nil || len(p.Entries) != 1 || p.Entries[0].Title != c.want {
				t.Fatalf("%+v, %v; want %q", p, err, c.want)
			}
			notes := strings.Join(p.Notes, "; ")
			if (c.note == "") != (notes == "") || !strings.Contains(notes, c.note) {
				t.Errorf("notes %q, want one that says %q", notes, c.note)
			}
		})
	}
}
