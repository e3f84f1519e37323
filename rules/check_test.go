package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/article"
)

func TestFailingTestsAreToldWithTheirPlaceAndReason(t *testing.T) {
	set := load(t, `rules:
- id: r
  match: laos
  alert: SENTENCE(laos roi)
  tests:
  - {text: Le roi du Laos, expect: alert}
  - {text: Le Laos. Le roi., expect: alert}
  - {text: Le Laos, expect: none}
  - {text: Le roi, expect: digest}
- id: quiet
  alert: x
  tests:
  - {text: y, expect: digest}
`)
	report := set.Test(split)
	var got []string
	for _, f := range report.Failures {
		got = append(got, f.At.Error()+" → "+f.At.Hint)
	}
	want := []string{
		"rules.yaml:7:38: rule r, test 2: expected alert, got digest → SENTENCE(laos AND roi): all of it is there, but never in one sentence: `roi` is not there in the nearest sentence",
		"rules.yaml:8:29: rule r, test 3: expected none, got digest → laos is true: Le Laos",
		"rules.yaml:9:28: rule r, test 4: expected digest, got none → laos: `laos` is not there",
		"rules.yaml:13:23: rule quiet, test 1: expected digest, got none → the rule has no query for level digest",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if report.Tests != 5 || report.Failures[0].Explanation.Level != article.Digest {
		t.Errorf("%+v", report)
	}
}

func TestATestIsReadAsAnArticleIs(t *testing.T) {
	set := load(t, `rules:
- id: r
  match: >-
    title:a1 lead:b1 body:c1 caption:d1 section:"e e" author:f url:g published:2025-06 source:Gazette source:gazette-en lang:en plan
  tests:
  - {title: a1, lead: b1, text: c1 plans, captions: [x, d1], section: E E, author: F, url: "http://g", published: 2025-06-03, source: gazette-en, expect: digest}
  - {title: a1, lead: b1, text: c1 plans, captions: [x], section: E E, author: F, url: "http://g", published: 2025-06-03, source: gazette-en, expect: none}
`)
	if report := set.Test(split); len(report.Failures) > 0 || report.Tests != 2 {
		t.Errorf("%+v", report.Failures)
	}
}

func TestTheZonesOfATestAreMadeByTheFunctionGiven(t *testing.T) {
	set := load(t, "rules:\n- id: r\n  match: body:laos\n  tests: [{text: laos, expect: none}]\n")
	report := set.Test(func(title, lead, text string) []article.Zone {
		return []article.Zone{{Kind: article.Caption, Text: text}}
	})
	if len(report.Failures) > 0 {
		t.Errorf("%+v", report.Failures)
	}
}

func TestClausesThatNoTestMovesAreListed(t *testing.T) {
	set := load(t, `rules:
- id: r
  match: laos (roi OR reine) AND NOT police
  tests:
  - {text: Le roi du Laos, expect: digest}
  - {text: Le Laos, expect: none}
- {id: untested, alert: title:laos}
`)
	report := set.Test(split)
	var got []string
	for _, g := range report.Gaps {
		got = append(got, g.At.Error())
	}
	want := []string{
		"rules.yaml:3:10: rule r: no test makes this part of match false: laos",
		"rules.yaml:3:23: rule r: no test makes this part of match true: reine",
		"rules.yaml:3:34: rule r: no test makes this part of match false: NOT police",
		"rules.yaml:3:38: rule r: no test makes this part of match true: police",
		"rules.yaml:7:25: rule untested: no test makes this part of alert true: title:laos",
		"rules.yaml:7:31: rule untested: no test makes this part of alert true: laos",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if report.Clauses != 9 {
		t.Errorf("%d clauses, want 9", report.Clauses)
	}
}

func TestATestInsideASentenceIsSeenPerSentence(t *testing.T) {
	set := load(t, `rules:
- id: r
  match: SENTENCE(laos roi)
  tests:
  - {text: Le Laos. Le roi., expect: none}
  - {text: Le roi du Laos., expect: digest}
`)
	if report := set.Test(split); len(report.Gaps) > 0 {
		t.Errorf("%+v", report.Gaps)
	}
}
