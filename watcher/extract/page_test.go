package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
)

func TestPagesOfThreeMakesComeApartIntoZones(t *testing.T) {
	for _, test := range []struct {
		name, page string
		sel        Selectors
	}{
		{"an agency's page by its selectors", "vna", agencySelectors(t)},
		{"an old page by alternative selectors, with line breaks for paragraphs", "vna-old", agencySelectors(t)},
		{"a page without selectors", "cvn", Selectors{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := readFile(t, test.page+".html")
			got, err := FromHTML(page, "text/html", "https://fr.example.vn/a/1.vnp", test.sel, houseMarks(t), hanoi)
			if err != nil {
				t.Fatal(err)
			}
			checkZones(t, got.Zones)
			if want := string(readFile(t, test.page+".golden")); printed(got) != want {
				t.Errorf("got\n%s\nwant\n%s", printed(got), want)
			}
		})
	}
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const prose = "<p>Le comité mixte a examiné, pendant deux jours, l’état des routes, des ponts et des postes, puis il a arrêté la liste des travaux de l’année.</p>"

func TestGeneralExtractionStandsInForASelector(t *testing.T) {
	for _, test := range []struct {
		name, html, note string
	}{
		{"that finds nothing", "<h1>Titre</h1><div class=other>" + prose + "</div>", "the selector .body finds no text"},
		{"that finds an empty box", "<h1>Titre</h1><div class=body> <img></div><article>" + prose + "</article>", "the selector .body finds no text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := FromHTML([]byte(test.html), "", "https://example.org/", Selectors{Body: selector(t, ".body")}, Marks{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got.How != ByGeneral || got.Note != test.note {
				t.Errorf("how %q, note %q", got.How, got.Note)
			}
			if body := textOf(got.Zones, article.Body); !strings.Contains(body, "comité mixte") {
				t.Errorf("body %q", body)
			}
		})
	}
}

func TestGeneralExtractionKeepsAnArticleInBoxesOfBadNames(t *testing.T) {
	html := `<body class="page-with-sidebar"><div class="social-affairs sidebar-left"><h1>Titre</h1>` + prose + prose +
		`</div><div class="shareBox">Partager</div></body>`
	got, err := FromHTML([]byte(html), "", "https://example.org/", Selectors{}, Marks{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	body := textOf(got.Zones, article.Body)
	if !strings.Contains(body, "comité mixte") || strings.Contains(body, "Partager") {
		t.Errorf("body %q", body)
	}
}

func TestTitle(t *testing.T) {
	sel := Selectors{Title: selector(t, "h1.headline, h2.headline"), Body: selector(t, ".b")}
	for _, test := range []struct{ name, html, want string }{
		{"by the selector's second alternative", `<title>x</title><h2 class=headline>Le titre</h2>`, "Le titre"},
		{"by og:title", `<title>x</title><meta property="og:title" content="Le titre"><h1>Site</h1>`, "Le titre"},
		{"by og:title without the site's name", `<meta property="og:title" content="Le titre - Le Courrier"><meta property="og:site_name" content="Le Courrier">`, "Le titre"},
		{"by og:title without the host's name", `<meta property="og:title" content="Le titre | Example (ExamplePlus)">`, "Le titre"},
		{"by h1", `<title>x</title><h1> </h1><h1>Le <i>titre</i></h1>`, "Le titre"},
		{"by the heading that og:title repeats with more", `<meta property="og:title" content="Les deux armées se concertent – Vie du pays"><h1>Les deux armées se concertent</h1>`, "Les deux armées se concertent"},
		{"by the element title", `<title>Le titre &amp;amp; la suite | Site</title>`, "Le titre & la suite"},
		{"with a dash that is its own", `<title>Les liens Laos - Vietnam</title>`, "Les liens Laos - Vietnam"},
		{"with a dash of its own before the site's", `<title>Les liens Laos - Vietnam - Example</title>`, "Les liens Laos - Vietnam"},
		{"escaped twice", `<meta property="og:title" content="L&amp;#39;arm&amp;eacute;e">`, "L'armée"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := FromHTML([]byte(test.html+"<div class=b>Texte.</div>"), "text/html; charset=utf-8", "https://www.example.vn/", sel, Marks{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if title := textOf(got.Zones, article.Title); title != test.want {
				t.Errorf("title %q, want %q", title, test.want)
			}
		})
	}
}

func TestPublished(t *testing.T) {
	sel := Selectors{Date: selector(t, ".date"), Body: selector(t, ".b")}
	for _, test := range []struct{ name, html, want string }{
		{"by the selector's attribute, in the source's zone", `<time class=date datetime="2018-03-06T17:05:00">?</time>`, "2018-03-06T10:05:00Z"},
		{"by the selector's text", `<span class=date>Thứ Ba, 06/03/2018 17:05</span>`, "2018-03-06T10:05:00Z"},
		{"by a meta element when the selector's text is none", `<i class=date>hier</i><meta itemprop=datePublished content="2018-03-06T10:05:00Z">`, "2018-03-06T10:05:00Z"},
		{"by JSON-LD", `<script type="application/ld+json">{"@graph":[{"x":1},{"datePublished":"2018-03-06T17:05:00+07:00"}]}</script>`, "2018-03-06T10:05:00Z"},
		{"by the first time element", `<time datetime=soon></time><time datetime="2018-03-06 17:05">x</time>`, "2018-03-06T10:05:00Z"},
		{"not at all", `<script type="application/ld+json">{"datePublished":</script>`, "0001-01-01T00:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := FromHTML([]byte(test.html+"<div class=b>Texte.</div>"), "text/html; charset=utf-8", "https://example.org/", sel, Marks{}, hanoi)
			if err != nil {
				t.Fatal(err)
			}
			if at := got.Published.Format(time.RFC3339); at != test.want {
				t.Errorf("published %s, want %s", at, test.want)
			}
		})
	}
}

func TestCanonicalIsAnAddressOfTheWeb(t *testing.T) {
	for _, test := range []struct{ name, html, want string }{
		{"relative", `<link rel=canonical href="../b/2.html?x=1#c">`, "https://example.org/b/2.html?x=1"},
		{"og:url in its place", `<meta property="og:url" content="https://example.org/3">`, "https://example.org/3"},
		{"a script is none", `<link rel=canonical href="javascript:alert(1)">`, ""},
		{"a broken one is none", `<link rel=canonical href="http://[::1">`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := FromHTML([]byte(test.html+"<article>"+prose+"</article>"), "", "https://example.org/a/1.html", Selectors{}, Marks{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got.Canonical != test.want {
				t.Errorf("canonical %q, want %q", got.Canonical, test.want)
			}
		})
	}
}

func TestOnlyTheFirstBodyOfAPageIsTheArticle(t *testing.T) {
	html := `<div><div class=b></div><div class=b>Un.</div><div class=b>Deux.</div></div><div><div class=b>Trois.</div></div>`
	got, err := FromHTML([]byte(html), "", "https://example.org/", Selectors{Body: selector(t, ".b")}, Marks{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if body := textOf(got.Zones, article.Body); body != "Un.\n\nDeux." {
		t.Errorf("body %q", body)
	}
}

func TestALeadInsideTheBodyIsSaidOnce(t *testing.T) {
	sel := Selectors{Lead: selector(t, ".lead"), Body: selector(t, ".b")}
	got, err := FromHTML([]byte(`<h1>Titre</h1><div class=b><h1>Titre</h1><p class=lead>Le chapeau.</p><p>Le texte.</p></div>`),
		"", "https://example.org/", sel, Marks{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "[title]\nTitre\n[lead]\nLe chapeau.\n[body]\nLe texte.\n"; printedZones(got.Zones) != want {
		t.Errorf("got %s", printedZones(got.Zones))
	}
}

func TestAPageWithoutTextIsAnError(t *testing.T) {
	for _, html := range []string{"", "<html><body><nav><a href=/>Accueil</a></nav></body></html>", "<script>location='/'</script>"} {
		if got, err := FromHTML([]byte(html), "", "https://example.org/", Selectors{}, Marks{}, nil); err == nil {
			t.Errorf("%q gives %v, want an error", html, got.Zones)
		}
	}
}
