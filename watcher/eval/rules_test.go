package eval_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
	"presswatch/watcher/extract"
	"presswatch/watcher/strict"
)

func setOf(t *testing.T, text string) *rules.Set {
	t.Helper()
	set, mistakes := rules.Load([]strict.File{{Name: "rules.yaml", Data: []byte(text)}},
		rules.Known{Sources: []string{"gazette-en", "gazette-fr"}, Publishers: []string{"Gazette", "Gazette"}, Languages: []string{"en", "fr"}})
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	return set
}

const treaties = `rules:
  - {id: treaties, match: treaty, alert: 'title:treaty'}
  - {id: storms, match: storm}
`

// labelledCase is an article with one word in its title and one in its text, and
// what it is labelled.
func labelledCase(id, title, text string, levels map[string]article.Level) eval.Case {
	return eval.Case{Article: eval.Article{ID: id, Title: title, Text: text, Lang: "en"}, Label: eval.Label{ID: id, Rules: levels}}
}

func TestARuleIsScoredAtAlertAndAtDigest(t *testing.T) {
	expect := func(level article.Level) map[string]article.Level { return map[string]article.Level{"treaties": level} }
	scores, faults := eval.Rules(setOf(t, treaties), &facts.Set{}, eval.Press{}, []eval.Case{
		labelledCase("right alert", "A treaty", "It rains.", expect(article.Alert)),
		labelledCase("alert for digest", "A treaty", "It rains.", expect(article.Digest)),
		labelledCase("alert for none", "A treaty", "It rains.", expect(article.None)),
		labelledCase("digest for alert", "News", "A treaty came.", expect(article.Alert)),
		labelledCase("right digest", "News", "A treaty came.", expect(article.Digest)),
		labelledCase("none for alert", "News", "It rains.", expect(article.Alert)),
		labelledCase("right none", "News", "It rains.", expect(article.None)),
	})
	want := map[string]eval.Levels{"treaties": {Alert: eval.NewScore(1, 2, 2), Digest: eval.NewScore(4, 1, 1)}}
	if diff := cmp.Diff(want, scores); diff != "" {
		t.Error(diff)
	}
	var told []string
	for _, f := range faults {
		var levels []string
		for _, l := range f.Levels {
			levels = append(levels, l.String())
		}
		told = append(told, f.ID+": "+string(f.Kind)+" at "+strings.Join(levels, ", "))
	}
	if diff := cmp.Diff([]string{"alert for digest: fp at alert", "alert for none: fp at alert, digest",
		"digest for alert: fn at alert", "none for alert: fn at alert, digest"}, told); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFaultHasItsReason(t *testing.T) {
	_, faults := eval.Rules(setOf(t, treaties), &facts.Set{}, eval.Press{}, []eval.Case{
		labelledCase("said", "News", "A treaty came.", map[string]article.Level{"treaties": article.None}),
		labelledCase("missed", "News", "A treaty came.", map[string]article.Level{"treaties": article.Alert}),
		labelledCase("missed a little", "News", "It rains.", map[string]article.Level{"treaties": article.Digest}),
	})
	if len(faults) != 3 {
		t.Fatalf("%d faults", len(faults))
	}
	if m := faults[0].Match; m == nil || len(m.Evidence) != 1 || m.Evidence[0].Quote != "A treaty came." || faults[0].Missed != nil {
		t.Errorf("a false positive without its evidence alone: %+v", faults[0])
	}
	if m := faults[1].Missed; len(m) != 1 || m[0].Level != article.Alert || !strings.Contains(m[0].Reason, "not in the title") {
		t.Errorf("a false negative without the clause that failed: %+v", faults[1])
	}
	if m := faults[2].Missed; len(m) != 1 || m[0].Level != article.Digest {
		t.Errorf("a reason for a level that is not expected: %+v", faults[2])
	}
}

func TestALabelThatDoesNotNameARuleSaysNothingOfIt(t *testing.T) {
	scores, faults := eval.Rules(setOf(t, treaties), &facts.Set{}, eval.Press{}, []eval.Case{
		labelledCase("a", "A treaty and a storm", "", map[string]article.Level{"storms": article.Digest, "of another desk": article.Alert}),
		labelledCase("b", "A treaty", "", nil),
	})
	want := map[string]eval.Levels{"storms": {Alert: eval.NewScore(0, 0, 0), Digest: eval.NewScore(1, 0, 0)}}
	if diff := cmp.Diff(want, scores); diff != "" || len(faults) > 0 {
		t.Error(diff, faults)
	}
}

func TestARecordIsReadAsItsSourceIsRead(t *testing.T) {
	press := eval.Press{
		Marks: extract.Marks{Cut: []string{"See more"}},
		Sources: []eval.Source{
			{ID: "gazette-en", Publisher: "Gazette", Language: "en", Hosts: []string{"en.gazette.example"}},
			{ID: "gazette-fr", Publisher: "Gazette", Language: "fr", Hosts: []string{"fr.gazette.example"},
				Marks: extract.Marks{Cut: []string{"Lire aussi"}}},
			{ID: "herald", Publisher: "Herald", Language: "vi"},
		},
	}
	for name, test := range map[string]struct {
		record              eval.Article
		id, publisher, lang string
		body                string
	}{
		"by its id": {eval.Article{Source: "gazette-fr"}, "gazette-fr", "Gazette", "fr", "One."},
		"by the publisher and the address": {eval.Article{Source: "Gazette", URL: "https://fr.gazette.example/1", Lang: "en"},
			"gazette-fr", "Gazette", "en", "One."},
		"by the publisher and the language": {eval.Article{Source: "Gazette", Lang: "fr", URL: "https://else.example/1"},
			"gazette-fr", "Gazette", "fr", "One."},
		"by a publisher with one edition":          {eval.Article{Source: "Herald"}, "herald", "Herald", "vi", "One.\nLire aussi\nTwo."},
		"not guessed among several editions":       {eval.Article{Source: "Gazette"}, "", "Gazette", "", "One.\nLire aussi\nTwo."},
		"of a source that is not known":            {eval.Article{Source: "Echo", Lang: "fr"}, "", "Echo", "fr", "One.\nLire aussi\nTwo."},
		"of no source, without being any source's": {eval.Article{}, "", "", "", "One.\nLire aussi\nTwo."},
	} {
		t.Run(name, func(t *testing.T) {
			test.record.Title, test.record.Text = "A title of some length", "One.\nLire aussi\nTwo.\nSee more\nThree."
			about, zones := press.Read(test.record)
			if about.Source != test.id || about.Publisher != test.publisher || about.Language != test.lang {
				t.Errorf("read as %+v", about)
			}
			if got := (article.Revision{Zones: zones}).Text(article.Body); got != test.body {
				t.Errorf("body %q", got)
			}
		})
	}
}

func TestCaptionsAreReadWhereARuleAsksAndTeasersNever(t *testing.T) {
	set := setOf(t, `rules:
  - {id: caption, match: 'caption:treaty'}
  - {id: text, match: 'treaty'}
  - {id: other, match: 'pact'}
`)
	levels := map[string]article.Level{"caption": article.Digest, "text": article.None, "other": article.None}
	c := labelledCase("a", "News", "It rains.", levels)
	c.Article.Captions = []string{"The treaty on its table"}
	c.Article.Teasers = []eval.Teaser{{Title: "A pact", Text: "Of clouds."}}
	if _, faults := eval.Rules(set, &facts.Set{}, eval.Press{}, []eval.Case{c}); len(faults) > 0 {
		t.Error(faults)
	}
	_, zones := eval.Press{}.Read(c.Article)
	if !slices.Contains(zones, article.Zone{Kind: article.Teaser, Text: "A pact\nOf clouds."}) {
		t.Error(zones)
	}
}
