package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"presswatch/watcher/article"
)

func TestCharsetsAreReadByWhatTheBytesProve(t *testing.T) {
	const text = "Đại tướng à Hanoï : l’armée, œuvre complète."
	const latin = "Le général à Hanoï : l’œuvre complète."
	utf16le, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("<p>" + text + "</p>")
	utf16be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String("<p>" + text + "</p>")
	cp1252, _ := charmap.Windows1252.NewEncoder().String("<p>" + latin + "</p>")
	for _, test := range []struct{ name, page, contentType, want string }{
		{"UTF-8 that says nothing", "<p>" + text, "", text},
		{"UTF-8 declared as Latin letters by the server", "<p>" + text, "text/html; charset=iso-8859-1", text},
		{"UTF-8 declared as Latin letters by itself", "<meta charset=windows-1252><p>" + text, "text/html", text},
		{"UTF-8 with a byte order mark", "\ufeff<p>" + text, "text/html; charset=latin1", text},
		{"UTF-8 cut in a letter", "<p>" + text + strings.Repeat("é", 30) + "\xc3", "", text + strings.Repeat("é", 30) + "\uFFFD"},
		{"UTF-16 without a byte order mark", utf16le, "", text},
		{"UTF-16 with a byte order mark", utf16be, "text/html; charset=utf-8", text},
		{"a code page declared by the server", cp1252, "text/html; charset=windows-1252", latin},
		{"a code page declared by the page", "<meta charset=windows-1252>" + cp1252, "", latin},
		{"a code page that nobody declares", cp1252, "text/html", latin},
		{"an unknown charset", "<p>" + text, "text/html; charset=martian", text},
	} {
		t.Run(test.name, func(t *testing.T) {
			page, err := parsePage(decode([]byte(test.page), test.contentType))
			if err != nil {
				t.Fatal(err)
			}
			if got := plain(page); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAPageBeyondALimitIsRefusedByName(t *testing.T) {
	for _, test := range []struct{ name, page, want string }{
		{"elements inside one another", strings.Repeat("<div>", 40_000), "parse: html: open stack of elements"},
		{"elements inside one another, of a kind that is no HTML", strings.Repeat("<z:a>", 1_000_000), "more than 50000 elements"},
		{"elements just beyond the depth", strings.Repeat("<div>", maxDepth+5) + "x", "more than 256 elements inside one another"},
		{"elements", strings.Repeat("<p>a", maxElements+1), "more than 50000 elements"},
		{"attributes", "<p" + attributesOf(400) + ">", "more than 256 attributes"},
		{"attributes without values", strings.ReplaceAll("<p"+attributesOf(400)+">", "=1", ""), "more than 256 attributes"},
		{"a huge tag", `<p class="` + strings.Repeat("x", maxToken+10) + `">`, "tag, text or script of more than"},
		{"a huge page", strings.Repeat("a ", maxPage/2+1), "more than 8388608 bytes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := FromHTML([]byte(test.page), "text/html", "https://example.org/", Selectors{}, Marks{}, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q in it", err, test.want)
			}
		})
	}
}

func attributesOf(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a")
		b.WriteString(strings.Repeat("b", i))
		b.WriteString("=1")
	}
	return b.String()
}

// Pages that are allowed and as bad as they can be: a quadratic step in any of
// them would not end within the time that a test run has.
func TestHostilePagesWithinTheLimitsAreRead(t *testing.T) {
	sentence := "Le comité mixte a examiné, pendant deux jours, l’état des routes, des ponts et des postes. "
	for _, test := range []struct{ name, page string }{
		{"deep and long", strings.Repeat("<div class=related>"+sentence, 240) + strings.Repeat("<p>"+sentence, 3_000)},
		{"wide", strings.Repeat("<p>"+sentence+"</p>", 8_000)},
		{"wider than general extraction reads", strings.Repeat("<p>"+sentence+"</p>", 45_000)},
		{"many boxes with furniture's names", strings.Repeat("<div class=share><p>"+sentence+"</p></div>", 4_000)},
		{"one long text", "<p>" + strings.Repeat(sentence, 20_000)},
		{"commas", "<p>" + strings.Repeat("a,", 500_000)},
		{"spaces", "<p>a" + strings.Repeat(" ", 3_000_000) + "b" + strings.Repeat("\n", 300_000)},
		{"line breaks", "<p>a" + strings.Repeat("<br>", 45_000) + "b"},
		{"open formatting", strings.Repeat("<p><b><i><font><a href=x>", 200) + sentence},
		{"broken tables", strings.Repeat("<table><tr><td>"+sentence+"<table>", 60)},
		{"many figures", strings.Repeat("<figure><figcaption>"+sentence+"</figcaption></figure>", 4_000)},
		{"combining marks", "<p>a" + strings.Repeat("\u0301", 300_000)},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, sel := range []Selectors{{}, {Body: selector(t, "body"), Caption: selector(t, "figcaption")}} {
				got, err := FromHTML([]byte(test.page), "text/html", "https://example.org/", sel, houseMarks(t), nil)
				t.Logf("%d zones, %v", len(got.Zones), err)
				if err == nil && textOf(got.Zones, article.Body, article.Caption) == "" {
					t.Error("no text")
				}
			}
		})
	}
}
