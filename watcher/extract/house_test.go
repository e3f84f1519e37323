package extract

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"presswatch/watcher/article"
)

// hanoi is a fixed zone, so that the tests need no zone files.
var hanoi = time.FixedZone("", 7*60*60)

func patterns(t testing.TB, sources ...string) []Regexp {
	t.Helper()
	var all []Regexp
	for _, s := range sources {
		r, err := ParseRegexp(s)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func selector(t testing.TB, source string) Selector {
	t.Helper()
	s, err := ParseSelector(source)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// houseMarks are marks as a desk that reads these agencies has them.
func houseMarks(t testing.TB) Marks {
	return Marks{
		Cut:          []string{"Voir plus", "Xem thêm", "See more", "Rédactrice en chef"},
		End:          patterns(t, `[-–—]\s?(?:VNA|AVI|VNS)$`, `^(?:VNA|QDND)/CVN$`, `\./\.$`),
		TeaserLines:  patterns(t, `^>>`),
		CaptionLines: patterns(t, `^Photo\s?:`, `^{title}\s*ảnh \d+(?P<caption>.*)`, `^Légende\s?:(?P<caption>.*\.) (?P<body>\p{Lu}\S* \(VNA\) - .*)`),
	}
}

// agencySelectors are the selectors of an agency's old and new pages.
func agencySelectors(t testing.TB) Selectors {
	return Selectors{
		Title:   selector(t, "h1.article__title"),
		Lead:    selector(t, ".article__sapo, .details__summary"),
		Body:    selector(t, ".article__body, .content.article-body, div[align=justify]"),
		Caption: selector(t, "td.caption, figcaption"),
		Author:  selector(t, ".cms-author"),
		Date:    selector(t, ".article__meta time[datetime], .details time"),
		Section: selector(t, ".breadcrumb-detail h2 a"),
		Drop:    []Selector{selector(t, ".article-relate"), selector(t, ".article__source, .notebox")},
	}
}

// printed is a page as the golden files have it.
func printed(p Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "how: %s\nauthor: %s\nsections: %s\npublished: %s\ncanonical: %s\n",
		p.How, p.Author, strings.Join(p.Sections, ", "), p.Published.Format(time.RFC3339), p.Canonical)
	return b.String() + printedZones(p.Zones)
}

func printedZones(zones []article.Zone) string {
	var b strings.Builder
	for _, z := range zones {
		fmt.Fprintf(&b, "[%s]\n%s\n", z.Kind, z.Text)
	}
	return b.String()
}

// textOf is the text of all zones of some kinds.
func textOf(zones []article.Zone, kinds ...article.ZoneKind) string {
	var texts []string
	for _, z := range zones {
		for _, k := range kinds {
			if z.Kind == k {
				texts = append(texts, z.Text)
			}
		}
	}
	return strings.Join(texts, "\n\n")
}

// checkZones proves what every zone promises.
func checkZones(t *testing.T, zones []article.Zone) {
	t.Helper()
	seen := map[article.ZoneKind]int{}
	for _, z := range zones {
		seen[z.Kind]++
		checkText(t, z.Text)
		if z.Text == "" {
			t.Errorf("an empty zone %s", z.Kind)
		}
	}
	if seen[article.Title] > 1 || seen[article.Lead] > 1 || seen[article.Body] > 1 {
		t.Errorf("zones %v: a title, lead or body too many", seen)
	}
}

func checkText(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		t.Errorf("%q is not UTF-8 in NFC", text)
	}
	for _, bad := range []string{"\u00a0", "\u200b", "\u00ad", "\r", "\t", "  ", " \n", "\n ", "\n\n\n"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q has %q in it", text, bad)
		}
	}
	if strings.TrimSpace(text) != text {
		t.Errorf("%q has white space at an end", text)
	}
}

// sharedFile is a file of labelled articles or captured items that stands beside
// the project, not in it; the test is skipped where there is none.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("PRESSWATCH_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("no shared material: %v", err)
	}
	return data
}

// labelled is an article of articles.jsonl.
type labelled struct {
	ID, Title, Lead, Text string
	Teasers               []struct{ Title, Text string }
}

func sharedArticles(t *testing.T, name string) []labelled {
	t.Helper()
	var all []labelled
	for line := range strings.Lines(string(sharedFile(t, name))) {
		var a labelled
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}
