package extract

import (
	"testing"
)

func FuzzFromHTML(f *testing.F) {
	for _, name := range []string{"vna.html", "vna-old.html", "cvn.html"} {
		f.Add(readFile(f, name), "text/html; charset=utf-8")
	}
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "")
	f.Add([]byte("<table><p><frameset><template><svg><desc><title>x"), "text/html; charset=big5")
	marks, sel := houseMarks(f), agencySelectors(f)
	f.Fuzz(func(t *testing.T, page []byte, contentType string) {
		for _, s := range []Selectors{sel, {}} {
			got, err := FromHTML(page, contentType, "https://example.org/a", s, marks, hanoi)
			if err != nil {
				continue
			}
			checkZones(t, got.Zones)
			checkText(t, got.Author)
			for _, section := range got.Sections {
				checkText(t, section)
			}
		}
	})
}

func FuzzFromText(f *testing.F) {
	f.Add("Titre", "Chapeau.", "Titre\n\nChapeau.\n\n>>a\nb\nPhoto : c\n\nTitre ảnh 1d\n\ne. - VNA\n\nVoir plus\nf")
	f.Add("(*", "\x00", "\u0301\r\n\u2028\u00a0(*ảnh 1\xff")
	marks := houseMarks(f)
	f.Fuzz(func(t *testing.T, title, lead, text string) {
		checkZones(t, FromText(title, lead, text, marks))
	})
}

func FuzzFromDescription(f *testing.F) {
	f.Add(`<a href="/1"><img src="a"></a><p>Chapeau.&nbsp;</p><div style="clear: both;"><ul><li><a href="/2">Autre</a></li></ul></div>`)
	f.Add(`&lt;p&gt;Le chapeau.&lt;/p&gt;<`)
	f.Fuzz(func(t *testing.T, description string) {
		lead, related := FromDescription(description)
		checkText(t, lead)
		for _, r := range related {
			checkText(t, r)
		}
		checkText(t, Line(description))
	})
}

func BenchmarkFromHTML(b *testing.B) {
	for _, page := range []struct {
		name string
		sel  Selectors
	}{{"vna.html", agencySelectors(b)}, {"cvn.html", Selectors{}}} {
		b.Run(page.name, func(b *testing.B) {
			data, marks := readFile(b, page.name), houseMarks(b)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := FromHTML(data, "text/html", "https://example.org/a", page.sel, marks, hanoi); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
