package extract

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"presswatch/watcher/article"
)

// The five pages that the desk gave, as plain text with all that stands below.
func TestGivenArticlesComeApartIntoZones(t *testing.T) {
	seen := 0
	for _, a := range sharedArticles(t, "corpus/short-fr.articles.jsonl") {
		if !strings.HasPrefix(a.ID, "seed-") {
			continue
		}
		seen++
		zones := FromText(a.Title, a.Lead, a.Text, houseMarks(t))
		checkZones(t, zones)
		body := textOf(zones, article.Title, article.Lead, article.Body)
		captions, teasers := textOf(zones, article.Caption), textOf(zones, article.Teaser)
		for _, want := range []struct{ id, in, part string }{
			{"seed-000", body, "protocole de coopération en matière de défense 2025-2029"},
			{"seed-000", captions, "Photo : qdnd.vn"},
			{"seed-001", body, "signé le plan de coopération pour 2021"},
			{"seed-001", captions, "lors de l'événement, le 4 décembre à Hanoï.\nPhoto : Hông Pha/VNA/CVN"},
			{"seed-001", teasers, "1.000 tonnes de riz"},
			{"seed-001", teasers, "Nguyễn Hồng Nga"},
			{"seed-002", body, "relations privilégiées entre les deux pays"},
			{"seed-002", captions, "Lors de la cérémonie d'accueil. Photo : VNA"},
			{"seed-002", teasers, "Le dirigeant lao en visite d'État au Vietnam"},
			{"seed-003", body, "colonel Ishihara Masanao"},
			{"seed-003", captions, "La cérémonie de réception. Photo: qdnd.vn"},
			{"seed-003", teasers, "coopération de défense Vietnam-Laos"},
			{"seed-004", body, "la coopération en matière de défense et de sécurité constituant un pilier"},
		} {
			if want.id == a.ID && !strings.Contains(want.in, want.part) {
				t.Errorf("%s: %q is not where it belongs in %s", a.ID, want.part, printedZones(zones))
			}
		}
		if strings.Contains(body, "ảnh ") || strings.Count(body, a.Title) > 1 || strings.Contains(body, "Voir plus") {
			t.Errorf("%s: residue in %s", a.ID, body)
		}
		if a.ID == "seed-003" && strings.Contains(body, "Laos") {
			t.Errorf("%s: the body speaks of what only the teasers do: %s", a.ID, body)
		}
	}
	if seen != 5 {
		t.Errorf("%d given articles, want 5", seen)
	}
}

// Every long article, as a page's whole text with teasers below, and as two
// makes of pages: not a word of a teaser may stand in the article, and not a
// word of the article may be lost.
func TestLongArticlesKeepTeasersOut(t *testing.T) {
	articles := sharedArticles(t, "corpus/long.articles.jsonl")
	var teasers []string
	for _, a := range articles {
		for _, x := range a.Teasers {
			teasers = append(teasers, x.Title, x.Text)
		}
	}
	for i, a := range articles {
		below := []string{teasers[i%len(teasers)], teasers[(7*i+3)%len(teasers)], teasers[(13*i+5)%len(teasers)]}
		for _, x := range a.Teasers {
			below = append(below, x.Title, x.Text)
		}
		alone := FromText(a.Title, a.Lead, a.Text, houseMarks(t))
		checkZones(t, alone)
		asText := func(heading string) []article.Zone {
			return FromText(a.Title, a.Lead, a.Title+"\n\n"+a.Lead+"\n\n"+a.Text+"\n\n"+heading+strings.Join(below, "\n\n"), houseMarks(t))
		}
		compareArticle(t, a.ID+" as text", alone, asText("Voir plus\n\n"), below)
		if signed(t, a.Text) {
			compareArticle(t, a.ID+" as text without a heading", alone, asText(""), below)
		}
		for _, sel := range []Selectors{agencySelectors(t), {}} {
			page, err := FromHTML([]byte(asHTML(a, below)), "text/html; charset=utf-8", "https://example.org/1", sel, houseMarks(t), hanoi)
			if err != nil {
				t.Fatal(a.ID, err)
			}
			compareArticle(t, a.ID+" as a page by "+page.How, alone, page.Zones, below)
		}
	}
}

// signed reports whether a text ends in a signature of houseMarks.
func signed(t *testing.T, text string) bool {
	last := text[strings.LastIndex(text, "\n")+1:]
	return matches(houseMarks(t).forTitle("").end, foldSpace(tidy(last)))
}

func compareArticle(t *testing.T, name string, want, got []article.Zone, below []string) {
	t.Helper()
	own := func(zones []article.Zone) string { return textOf(zones, article.Title, article.Lead, article.Body) }
	for _, teaser := range below {
		if strings.Contains(letters(own(got)), letters(teaser)) {
			t.Errorf("%s: the teaser %q stands in the article", name, teaser)
		}
	}
	if letters(own(got)) != letters(own(want)) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, own(got), own(want))
	}
}

// asHTML is an article as a page of an agency.
func asHTML(a labelled, below []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><head><title>%[1]s | Site</title><meta name=description content=\"%[2]s\"></head><body><nav><ul><li><a href=/>Accueil</a></li></ul></nav>"+
		"<div class=main><h1 class=article__title>%[1]s</h1><p class=article__sapo>%[2]s</p><div class=article__body>",
		html.EscapeString(a.Title), html.EscapeString(a.Lead))
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		fmt.Fprintf(&b, "<p>%s</p>\n", strings.ReplaceAll(html.EscapeString(p), "\n", "<br>"))
	}
	b.WriteString("</div></div><div class=related-news><h3>Voir plus</h3>")
	for _, x := range below {
		fmt.Fprintf(&b, "<article><h2><a href=/x>%s</a></h2></article>", html.EscapeString(x))
	}
	b.WriteString("</div></body></html>")
	return b.String()
}

// No signature or mark may end an article in its middle, or leave nothing of it.
func TestMarksCutNoLabelledArticleShort(t *testing.T) {
	for _, file := range []string{"long", "short-fr", "short-en-vi"} {
		for _, a := range sharedArticles(t, "corpus/"+file+".articles.jsonl") {
			zones := FromText(a.Title, a.Lead, a.Text, houseMarks(t))
			checkZones(t, zones)
			if textOf(zones, article.Body) == "" {
				t.Errorf("%s: no body in %s", a.ID, printedZones(zones))
			}
			for _, z := range zones { // in long texts no teasers stand but these
				if file == "long" && z.Kind == article.Teaser && !strings.HasPrefix(z.Text, ">>") {
					t.Errorf("%s: teaser %q", a.ID, z.Text)
				}
			}
		}
	}
}
