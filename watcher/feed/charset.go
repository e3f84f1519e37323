package feed

import (
	"bytes"
	"fmt"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// toUTF8 finds the charset of a document and returns it as valid UTF-8, without
// a byte order mark. What is said about a charset is believed last: a mark, then
// the bytes' own shape, then valid UTF-8 win over any declaration, because feeds
// are transcoded by systems that leave the declaration behind. The note tells
// of anything but plain UTF-8; it is for a log.
func toUTF8(body []byte, contentType string) (text []byte, note string) {
	if enc, name, skip := wide(body); enc != nil {
		if text, err := enc.NewDecoder().Bytes(body[skip:]); err == nil {
			return bytes.TrimPrefix(text, []byte("\ufeff")), "read as " + name
		}
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if utf8.Valid(body) && !sevenBit(body, contentType) {
		return body, ""
	}
	for _, label := range declared(body, contentType) {
		if text, ok := decodeAs(body, label); ok {
			return text, "read as " + label
		}
	}
	text, n := perByte(body)
	return text, fmt.Sprintf("bytes that are not UTF-8 were read one by one: %d", n)
}

// wide recognises UTF-16 and UTF-32 by their mark, or by how "<" and "{" look
// in them. UTF-32 comes first: its little-endian mark begins with UTF-16's.
func wide(b []byte) (enc encoding.Encoding, name string, skip int) {
	for _, w := range []struct {
		start string
		name  string
		skip  int
		enc   func() encoding.Encoding
	}{
		{"\xff\xfe\x00\x00", "UTF-32LE", 4, func() encoding.Encoding { return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM) }},
		{"\x00\x00\xfe\xff", "UTF-32BE", 4, func() encoding.Encoding { return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM) }},
		{"<\x00\x00\x00", "UTF-32LE", 0, func() encoding.Encoding { return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM) }},
		{"\x00\x00\x00<", "UTF-32BE", 0, func() encoding.Encoding { return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM) }},
		{"\xff\xfe", "UTF-16LE", 2, func() encoding.Encoding { return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM) }},
		{"\xfe\xff", "UTF-16BE", 2, func() encoding.Encoding { return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM) }},
		{"<\x00", "UTF-16LE", 0, func() encoding.Encoding { return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM) }},
		{"\x00<", "UTF-16BE", 0, func() encoding.Encoding { return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM) }},
		{"{\x00", "UTF-16LE", 0, func() encoding.Encoding { return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM) }},
		{"\x00{", "UTF-16BE", 0, func() encoding.Encoding { return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM) }},
	} {
		if bytes.HasPrefix(b, []byte(w.start)) {
			return w.enc(), w.name, w.skip
		}
	}
	return nil, "", 0
}

// declared lists the charsets that the HTTP header and the XML declaration name.
func declared(body []byte, contentType string) []string {
	var labels []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		labels = append(labels, strings.Trim(params["charset"], `'" `))
	}
	head := body[:min(len(body), 1024)]
	if i := bytes.Index(head, []byte("?>")); i >= 0 {
		if m := regexp.MustCompile(`<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']`).FindSubmatch(head[:i+2]); m != nil {
			labels = append(labels, string(m[1]))
		}
	}
	return labels
}

// sevenBit reports whether plain ASCII bytes are an escaped encoding by their
// declaration and by an escape in them.
func sevenBit(body []byte, contentType string) bool {
	return bytes.IndexByte(body, 0x1b) >= 0 && slices.ContainsFunc(declared(body, contentType), func(label string) bool {
		return strings.HasPrefix(strings.ToLower(label), "iso-2022")
	})
}

// decodeAs decodes with a declared charset; ok is false when the charset is
// unknown, is a wide one (which wide would have seen), or does not fit.
func decodeAs(body []byte, label string) (text []byte, ok bool) {
	enc, name := charset.Lookup(label)
	if enc == nil || name == "utf-8" || name == "replacement" || strings.HasPrefix(name, "utf-16") {
		return nil, false
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil || bytes.Contains(text, []byte("\ufffd")) {
		return nil, false
	}
	return text, true
}

// perByte keeps what is valid UTF-8 and reads every other byte as Windows-1252:
// one bad byte costs one letter.
func perByte(body []byte) (text []byte, bad int) {
	text = make([]byte, 0, len(body)+16)
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(body[0])
			bad++
		}
		text = utf8.AppendRune(text, r)
		body = body[size:]
	}
	return text, bad
}
