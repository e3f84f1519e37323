package eval_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/eval"
	"presswatch/watcher/same"
)

const (
	ferry = "The ferry between Northquay and Saltholm will sail six times a day from 3 June, the harbour master Iris Calloway said on Monday. " +
		"Two boats of 1987 return to service after a refit that took 14 months, and tickets stay at 9 crowns."
	ferryTwin = "The ferry between Northquay and Saltholm will sail six times a day from 12 May, the harbour master Iris Calloway said on Monday. " +
		"Two boats of 1991 return to service after a refit that took 22 months, and tickets stay at 11 crowns."
)

func paired(t *testing.T, articles, labels string) []eval.Case {
	t.Helper()
	as, err := eval.ReadArticles("a", strings.NewReader(strings.NewReplacer("FERRY", ferry, "TWIN", ferryTwin).Replace(articles)))
	if err != nil {
		t.Fatal(err)
	}
	ls, err := eval.ReadLabels("l", strings.NewReader(labels))
	if err != nil {
		t.Fatal(err)
	}
	p, err := eval.Pair(as, ls)
	if err != nil {
		t.Fatal(err)
	}
	return p.Cases
}

func TestCopiesAreJudgedByPairs(t *testing.T) {
	cases := paired(t, `{"id":"late copy","published":"2031-06-04","title":"By sea","text":"FERRY"}
		{"id":"origin","published":"2031-06-02","title":"Ferry returns","text":"FERRY"}
		{"id":"twin","published":"2031-06-02","title":"Ferry returns","text":"TWIN"}
		{"id":"own","published":"2031-06-02","title":"Ferry","text":"Boats again at Saltholm."}
		{"id":"unlabelled copy","published":"2031-06-02","title":"Ferry","text":"FERRY"}
		{"id":"says nothing","published":"2031-06-02","title":"Ferry","text":"FERRY"}`,
		`{"id":"origin","same_text":"s"}
		{"id":"late copy","same_text":"s"}
		{"id":"own","same_text":"s"}
		{"id":"twin","same_text":null}
		{"id":"unlabelled copy","same_text":null}
		{"id":"says nothing"}`)
	score, faults := eval.Copies(eval.Press{}, cases, same.DefaultLimits(), 240*time.Hour)
	if diff := cmp.Diff(eval.NewScore(1, 2, 2), *score); diff != "" {
		t.Error(diff)
	}
	var told []string
	for _, f := range faults {
		told = append(told, string(f.Kind)+" "+f.IDs[0]+", "+f.IDs[1]+": "+string(f.Relation))
		if !strings.Contains(f.Reason, "stands in the other") {
			t.Error("a fault without its reason:", f)
		}
	}
	if diff := cmp.Diff([]string{"fn late copy, own: other", "fn origin, own: other",
		"fp late copy, unlabelled copy: copy", "fp origin, unlabelled copy: copy"}, told); diff != "" {
		t.Error(diff)
	}
}

func TestCopiesAreFoundWithinTheWindowAlone(t *testing.T) {
	cases := paired(t, `{"id":"a","published":"2031-06-04","title":"A","text":"FERRY"}
		{"id":"b","published":"2032-06-04","title":"A","text":"FERRY"}
		{"id":"c","title":"A","text":"FERRY"}`, `{"id":"a","same_text":null}
		{"id":"b","same_text":null}
		{"id":"c","same_text":null}`)
	if score, faults := eval.Copies(eval.Press{}, cases, same.DefaultLimits(), 240*time.Hour); *score != eval.NewScore(0, 0, 0) || faults != nil {
		t.Error(score, faults)
	}
}

func TestLabelsWithoutAPairAreNotScored(t *testing.T) {
	cases := paired(t, `{"id":"a","title":"A","text":"FERRY"}
		{"id":"b","title":"A","text":"FERRY"}`, `{"id":"a","same_text":"s"}
		{"id":"b"}`)
	if score, faults := eval.Copies(eval.Press{}, cases, same.DefaultLimits(), time.Hour); score != nil || faults != nil {
		t.Error(score, faults)
	}
}
