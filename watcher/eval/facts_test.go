package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/eval"
	"presswatch/watcher/strict"
)

const pacts = `
facts:
  - id: pact
    home: N
    ladder: [wished, announced, made, kept]
    instrument: {values: [{is: pact, match: pact}]}
    parties:
      least: 2
      attach: [sentence]
      values: [{is: N, match: Northquay}, {is: S, match: Saltholm}, {is: E, match: Eastpoint}]
    period: {attach: [after/4], forms: [{forms: ["{year}"]}]}
    status:
      otherwise: kept
      called: {announced: wished}
      patterns:
        - {is: announced, when: soon NEAR/6 <instrument>}
        - {is: made, news: true, when: made NEAR/6 <instrument>}
`

func TestFactsAreComparedOnTheirKey(t *testing.T) {
	files := []strict.File{{Name: "a.yaml", Data: []byte(pacts)}}
	vocabulary, mistakes := rules.Load(files, rules.Known{})
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	kinds, mistakes := facts.Load(files, vocabulary)
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	cases := paired(t, `{"id":"right","lang":"en","title":"Saltholm","text":"Saltholm made a pact for 2031."}
		{"id":"status","lang":"en","title":"Saltholm","text":"Saltholm keeps the pact for 2031."}
		{"id":"called","lang":"en","title":"Saltholm","text":"Saltholm will soon have a pact."}
		{"id":"missed","lang":"en","title":"Saltholm","text":"Saltholm keeps still."}
		{"id":"made up","lang":"en","title":"Eastpoint","text":"Eastpoint made a pact."}
		{"id":"unsaid","lang":"en","title":"Eastpoint","text":"Eastpoint made a pact."}`,
		`{"id":"right","facts":[{"instrument":"pact","parties":["S","N"],"domain":"","period":"2031","status":"made"}]}
		{"id":"status","facts":[{"instrument":"pact","parties":["N","S"],"period":"2031","status":"made"}]}
		{"id":"called","facts":[{"instrument":"pact","parties":["N","S"],"period":null,"status":"wished"}]}
		{"id":"missed","facts":[{"instrument":"pact","parties":["N","S"],"status":"kept"}]}
		{"id":"made up","facts":[]}
		{"id":"unsaid"}`)
	score, faults := eval.Facts(vocabulary, kinds, eval.Press{}, cases)
	want := eval.FactScore{Score: eval.NewScore(3, 1, 1), StatusRight: 2, Status: 2.0 / 3}
	if diff := cmp.Diff(want, *score); diff != "" {
		t.Error(diff)
	}
	var told []string
	for _, f := range faults {
		told = append(told, string(f.Kind)+" "+f.ID)
	}
	if diff := cmp.Diff([]string{"status status", "fn missed", "fp made up"}, told); diff != "" {
		t.Error(diff)
	}
	if score, faults := eval.Facts(vocabulary, kinds, eval.Press{}, cases[5:]); score != nil || faults != nil {
		t.Error(score, faults)
	}
}
