package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/eval"
	"presswatch/watcher/same"
)

func TestEventsAreJudgedByBCubed(t *testing.T) {
	cases := paired(t, `{"id":"late","lang":"en","published":"2031-06-02T12:00","title":"Bread","text":"Rye is dear this year, a baker says."}
		{"id":"first","lang":"en","published":"2031-06-02T08:00","title":"Ferry returns","text":"FERRY"}
		{"id":"second","lang":"en","published":"2031-06-02T09:00","title":"By sea","text":"FERRY"}
		{"id":"review","lang":"en","published":"2031-06-02T10:00","title":"The week","text":"FERRY"}
		{"id":"says nothing","lang":"en","published":"2031-06-02T09:30","title":"By sea","text":"FERRY"}`,
		`{"id":"first","event":"e"}
		{"id":"second","event":"e"}
		{"id":"late","event":"e"}
		{"id":"review","event":null}
		{"id":"says nothing"}`)
	score, faults := eval.Events(eval.Press{}, same.Words{}, cases, same.DefaultBounds())
	// Together: first, second, review; alone: late.
	want := eval.BCubed{Articles: 4, Precision: (2./3 + 2./3 + 1./3 + 1) / 4, Recall: (2./3 + 2./3 + 1 + 1./3) / 4}
	want.F1 = 2 * want.Precision * want.Recall / (want.Precision + want.Recall)
	for _, pair := range [][2]float64{{score.Precision, want.Precision}, {score.Recall, want.Recall}, {score.F1, want.F1}} {
		if d := pair[0] - pair[1]; d > 1e-9 || d < -1e-9 {
			t.Errorf("%+v, and not %+v", *score, want)
		}
	}
	var told []string
	for _, f := range faults {
		told = append(told, string(f.Kind)+" "+f.ID+" of "+f.Expected+" with "+f.With)
	}
	if diff := cmp.Diff([]string{"fp review of  with first", "fn late of e with "}, told); diff != "" {
		t.Error(diff)
	}
	if len(faults[0].Shared) == 0 || faults[0].Alike < same.DefaultBounds().Alike {
		t.Error("a fault without what made it so:", faults[0])
	}
}

func TestWithoutEventsThereIsNoScore(t *testing.T) {
	cases := paired(t, `{"id":"a","title":"A","text":"FERRY"}`, `{"id":"a"}`)
	if score, faults := eval.Events(eval.Press{}, same.Words{}, cases, same.DefaultBounds()); score != nil || faults != nil {
		t.Error(score, faults)
	}
}
