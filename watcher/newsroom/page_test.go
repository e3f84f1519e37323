package newsroom

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// pageOf fetches the page of an article of a publisher.
func pageOf(t *testing.T, n *Newsroom, publisher string, number int) *goquery.Document {
	t.Helper()
	for _, p := range n.Publishers() {
		if p.ID != publisher {
			continue
		}
		response := get(t, p.Handler, "http://h"+p.press.path("x", number))
		if response.StatusCode != http.StatusOK {
			t.Fatalf("%s %d: %s", publisher, number, response.Status)
		}
		doc, err := goquery.NewDocumentFromReader(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	t.Fatalf("no publisher %s", publisher)
	return nil
}

func TestAnAgencyPageHasItsZonesWhereTheSelectorsSay(t *testing.T) {
	doc := pageOf(t, open(t, time.Hour), "agency-fr", 730118)
	for selector, want := range map[string]string{
		"h1.article__title":                    "pour 2027",
		".article__sapo":                       "Réunis à Vientiane",
		".article__body":                       "deux ambulances tout-terrain",
		"td.caption":                           "La cérémonie de signature",
		".cms-author":                          "Mai Linh",
		".article-relate":                      "Académie de médecine militaire",
		".breadcrumb-detail h2 a":              "Politique",
		".section-news-lasted .story__summary": "Da Nang",
	} {
		if got := doc.Find(selector).Text(); !strings.Contains(got, want) {
			t.Errorf("%s: %.120q lacks %q", selector, got, want)
		}
	}
	stamp, _ := doc.Find(".article__meta time[datetime]").Attr("datetime")
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil || !at.Equal(start.Add(2*time.Second-6*time.Minute)) {
		t.Errorf("datetime %q: %v", stamp, err)
	}
	if got := doc.Find(".section-news-lasted h3").Text(); got != "Voir plus" {
		t.Errorf("heading of the newest stories: %q", got)
	}
}

func TestATrapIsOnlyInWhatIsNotTheArticle(t *testing.T) {
	doc := pageOf(t, open(t, time.Hour), "agency-fr", 730125)
	teasers := doc.Find(".section-news-lasted, .article-relate")
	if !strings.Contains(teasers.Text(), "le Laos signent leur plan") {
		t.Error("the stories around the article do not mention the trap")
	}
	teasers.Remove()
	if strings.Contains(doc.Find("main").Text(), "Laos") {
		t.Error("the article itself mentions the trap")
	}
}

func TestACourierPageIsPlainParagraphs(t *testing.T) {
	doc := pageOf(t, open(t, time.Hour), "courier", 1310442)
	if n := doc.Find("[class]").Length(); n != 0 {
		t.Errorf("%d elements have a class", n)
	}
	var order []string
	marks := []string{">> ", "Photo : ", "VNA/CVN", "Rédactrice en chef"}
	doc.Find("p").Each(func(_ int, p *goquery.Selection) {
		for _, mark := range marks {
			if strings.Contains(p.Text(), mark) {
				order = append(order, mark)
			}
		}
	})
	if got := strings.Join(order, ""); got != ">> >> Photo : VNA/CVNVNA/CVNRédactrice en chef" {
		t.Errorf("marks in order: %q", got)
	}
}

func TestTheNewestStoriesAreThoseOfTheMoment(t *testing.T) {
	early := pageOf(t, open(t, 0), "agency-fr", 730040).Find(".section-news-lasted").Text()
	late := pageOf(t, open(t, time.Hour), "agency-fr", 730040).Find(".section-news-lasted").Text()
	if strings.Contains(early, "2027") || !strings.Contains(late, "2027") {
		t.Errorf("at the start %.200q, later %.200q", early, late)
	}
}

func TestAnArticleCanBePublishedAndEdited(t *testing.T) {
	elapsed := time.Hour
	n, err := New(start, func() time.Time { return start.Add(elapsed) })
	if err != nil {
		t.Fatal(err)
	}
	fresh := Article{Publisher: "notebook", Number: 1, Slug: "a-b", Title: "A <new> one & more",
		Body: "First.\n\nSecond.", Age: time.Minute}
	if err := n.Publish(fresh); err != nil {
		t.Fatal(err)
	}
	elapsed += time.Hour
	edited := fresh
	edited.Body = "First.\n\nThird."
	if err := n.Publish(edited); err != nil {
		t.Fatal(err)
	}
	doc := pageOf(t, n, "notebook", 1)
	if got := doc.Find("h1").Text(); got != fresh.Title {
		t.Errorf("title %q", got)
	}
	if got := doc.Find("article").Text(); strings.Contains(got, "Second") || !strings.Contains(got, "Third") {
		t.Errorf("text after the edit: %q", got)
	}
	stamp, _ := doc.Find("time").Attr("datetime")
	if at, err := time.Parse(time.RFC3339, stamp); err != nil || !at.Equal(start.Add(59*time.Minute)) {
		t.Errorf("an edit moved the date: %s", stamp)
	}
}

func TestAnArticleThatCannotBeServedIsRefused(t *testing.T) {
	n := open(t, 0)
	for name, a := range map[string]Article{
		"an unknown publisher": {Publisher: "nobody", Number: 1, Slug: "a", Title: "A"},
		"no number":            {Publisher: "courier", Slug: "a", Title: "A"},
		"no slug":              {Publisher: "courier", Number: 1, Title: "A"},
		"no title":             {Publisher: "courier", Number: 1, Slug: "a"},
	} {
		if err := n.Publish(a); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestYearsAreCountedFromTheStart(t *testing.T) {
	got := fillDates("{day}: {year-1}, {year}, {year+10}; {years} {x}", start)
	if want := "24/11: 2025, 2026, 2036; {years} {x}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, a := range open(t, time.Hour).Articles() {
		if strings.ContainsAny(a.Title+a.Lead+a.Body, "{}") {
			t.Errorf("a mark is left in %q", a.Title)
		}
	}
}
