package eval_test

import (
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/eval"
)

func TestRecordsAreReadLineByLine(t *testing.T) {
	articles, err := eval.ReadArticles("a.jsonl", strings.NewReader("\ufeff"+`{"id":"a","title":"T","text":"One.\nTwo.","captions":["C"],"teasers":[{"title":"X","text":"Y"}],"revision_of":"z"}

  {"id":"b","title":"","text":"","published":"2025-06","more":{"than":"we know"}}`))
	if err != nil || len(articles) != 2 {
		t.Fatal(articles, err)
	}
	a := articles[0]
	if a.Text != "One.\nTwo." || len(a.Captions) != 1 || len(a.Teasers) != 1 || a.RevisionOf != "z" || !a.Published.IsZero() {
		t.Errorf("%+v", a)
	}
	labels, err := eval.ReadLabels("l.jsonl", strings.NewReader(`{"id":"a","rules":{"r":"alert","s":"none"},"facts":[{"period":null}],"event":null}`))
	if err != nil || len(labels) != 1 || labels[0].Rules["r"] != article.Alert {
		t.Fatal(labels, err)
	}
	if _, named := labels[0].Rules["s"]; !named {
		t.Error("none is a label too")
	}
}

func TestALongLineIsOneRecord(t *testing.T) {
	text := strings.Repeat("word ", 1<<20)
	articles, err := eval.ReadArticles("a.jsonl", strings.NewReader(`{"id":"a","text":"`+text+`"}`+"\n"))
	if err != nil || len(articles) != 1 || articles[0].Text != text {
		t.Fatal(len(articles), err)
	}
}

func TestDatesMayBeLessThanExact(t *testing.T) {
	for text, want := range map[string]time.Time{
		`"2025"`:                      time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
		`2025`:                        time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
		`null`:                        {},
		`"2025-06"`:                   time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC),
		`"2025-06-30"`:                time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC),
		`"2025-06-30T01:00:00+07:00"`: time.Date(2025, 6, 29, 18, 0, 0, 0, time.UTC),
		`"2025-06-30T08:00"`:          time.Date(2025, 6, 30, 8, 0, 0, 0, time.UTC),
		`""`:                          {},
	} {
		articles, err := eval.ReadArticles("a.jsonl", strings.NewReader(`{"id":"a","published":`+text+`}`))
		if err != nil || !articles[0].Published.Equal(want) {
			t.Errorf("%q: %v, %v", text, articles, err)
		}
	}
	articles, err := eval.ReadArticles("a.jsonl", strings.NewReader(`{"id":"a","published":"2025-06-30T01:00:00+07:00"}`))
	if err != nil || articles[0].Published.Format(time.DateOnly) != "2025-06-30" {
		t.Error("the day is the one that the paper's zone says", articles, err)
	}
}

func TestOfADateThatIsNotExactTheLastMomentIsTheLatest(t *testing.T) {
	for text, want := range map[string]string{
		`"2025"`:                      "2025-12-31T23:59:59Z",
		`"2025-06"`:                   "2025-06-30T23:59:59Z",
		`"2025-06-30"`:                "2025-06-30T23:59:59Z",
		`"2025-06-30T01:00:00+07:00"`: "2025-06-30T01:00:00+07:00",
		`null`:                        "0001-01-01T00:00:00Z",
	} {
		articles, err := eval.ReadArticles("a.jsonl", strings.NewReader(`{"id":"a","published":`+text+`}`))
		if err != nil || articles[0].Published.Latest().Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v", text, articles, err)
		}
	}
}

func TestABadRecordIsToldByItsLineAndWithoutWordsOfGo(t *testing.T) {
	for name, test := range map[string]struct{ lines, want string }{
		"no id":          {"{\"id\":\"a\"}\n{\"title\":\"x\"}", "f.jsonl:2: the record has no id"},
		"no object":      {"\n[1]", "f.jsonl:2: not an object in JSON, but array"},
		"another shape":  {`{"id":"a","captions":"x"}`, `f.jsonl:1: key "captions" cannot be string`},
		"not JSON":       {`{"id":}`, "f.jsonl:1: not JSON: "},
		"cut off":        {`{"id":"a"`, "f.jsonl:1: not JSON: "},
		"a date":         {`{"id":"a","published":"yesterday"}`, `f.jsonl:1: cannot read the date "yesterday"`},
		"a date's shape": {`{"id":"a","published":[2025]}`, `f.jsonl:1: cannot read the date "[2025]"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := eval.ReadArticles("f.jsonl", strings.NewReader(test.lines))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "Go ") {
				t.Errorf("%v, and not %s", err, test.want)
			}
		})
	}
	_, err := eval.ReadLabels("l.jsonl", strings.NewReader(`{"id":"a","rules":{"r":"urgent"}}`))
	if err == nil || err.Error() != `l.jsonl:1: unknown level "urgent": none, digest and alert are known` {
		t.Error(err)
	}
}

func TestArticlesAndLabelsOfAllFilesArePaired(t *testing.T) {
	first, _ := eval.ReadArticles("a.jsonl", strings.NewReader(`{"id":"a"}`+"\n"+`{"id":"b"}`))
	second, _ := eval.ReadArticles("b.jsonl", strings.NewReader(`{"id":"c"}`))
	labels, _ := eval.ReadLabels("l.jsonl", strings.NewReader(`{"id":"c"}`+"\n"+`{"id":"a"}`+"\n"+`{"id":"gone"}`))
	got, err := eval.Pair(append(first, second...), labels)
	if err != nil || len(got.Cases) != 2 || got.Cases[0].Article.ID != "a" || got.Cases[1].Label.ID != "c" || got.Unlabelled != 1 || got.Unfound != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := eval.Pair(append(first, first[0]), labels); err == nil || err.Error() != `a.jsonl:1: a second article "a"; the first is at a.jsonl:1` {
		t.Error(err)
	}
	if _, err := eval.Pair(first, append(labels, labels[2])); err == nil || err.Error() != `l.jsonl:3: a second label for "gone"; the first is at l.jsonl:3` {
		t.Error(err)
	}
}
