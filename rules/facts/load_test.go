package facts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/extract"
	"presswatch/watcher/strict"
)

func TestMistakesAreToldAtTheirPlace(t *testing.T) {
	const head = "vocabulary: {boat: {en: [boat]}}\nfacts:\n- id: pact\n"
	const sound = "  ladder: [made, kept]\n  instrument: {values: [{is: pact, match: pact}]}\n"
	for name, c := range map[string]struct{ yaml, want string }{
		"no instrument":      {head + "  ladder: [made]\n  status: {otherwise: made}\n", "a.yaml:3:7: the fact has no instrument"},
		"no ladder":          {head + "  instrument: {values: [{is: pact, match: pact}]}\n  status: {otherwise: made}\n", "a.yaml:3:7: the fact has no ladder"},
		"no status":          {head + sound, "a.yaml:3:7: the fact does not say which status goes without saying"},
		"another rung":       {head + sound + "  status: {otherwise: mad}\n", `a.yaml:6:23: the ladder has no "mad"`},
		"a bad query":        {head + "  ladder: [made]\n  instrument: {values: [{is: pact, match: '@boot'}]}\n  status: {otherwise: made}\n", "a.yaml:5:44: unknown vocabulary `@boot`"},
		"a query anywhere":   {head + sound + "  status: {otherwise: made, patterns: [{is: made, when: 'boat pact'}]}\n", "a.yaml:6:58: the query has no place"},
		"a bad part":         {head + sound + "  domain: {attach: [afer/3], values: [{is: b, match: boat}]}\n  status: {otherwise: made}\n", `a.yaml:6:21: a slot is not attached by "afer/3"`},
		"a bad need":         {head + "  ladder: [made]\n  instrument: {values: [{is: pact, match: pact, needs: [luck]}]}\n  status: {otherwise: made}\n", `a.yaml:5:57: a mention cannot need "luck"`},
		"a bad capture":      {head + sound + "  period: {forms: [{forms: ['{yer}']}]}\n  status: {otherwise: made}\n", `a.yaml:6:31: unknown capture "yer"`},
		"a bad count":        {head + sound + "  period: {forms: [{is: soon, forms: ['{year}']}]}\n  status: {otherwise: made}\n", `a.yaml:6:25: "soon" is no count of years`},
		"an empty form":      {head + sound + "  period: {forms: [{forms: ['- ']}]}\n  status: {otherwise: made}\n", "a.yaml:6:30: the form has no words"},
		"a value without is": {head + sound + "  place: {values: [{match: boat}]}\n  status: {otherwise: made}\n", "a.yaml:3:7: a value of place lacks is or match"},
		"a second kind":      {head + sound + "  status: {otherwise: made}\n- id: pact\n" + sound + "  status: {otherwise: made}\n", `a.yaml:7:7: a second kind of fact "pact"`},
		"an unknown test":    {head + sound + "  status: {otherwise: made}\n  tests: [{lang: en, text: a, expect: [{instrument: pakt}]}]\n", `a.yaml:7:53: no instrument "pakt"`},
		"a test of nothing":  {head + sound + "  status: {otherwise: made}\n  tests: [{lang: en, expect: []}]\n", "a.yaml:7:11: the test has no text"},
		"without a language": {head + sound + "  status: {otherwise: made}\n  tests: [{text: a, expect: []}]\n", "a.yaml:7:11: the test has no language"},
		"a bad date":         {head + sound + "  status: {otherwise: made}\n  tests: [{lang: en, text: a, published: soon, expect: []}]\n", `a.yaml:7:42: cannot read the date "soon"`},
	} {
		t.Run(name, func(t *testing.T) {
			files := []strict.File{{Name: "a.yaml", Data: []byte(c.yaml)}}
			vocabulary, mistakes := rules.Load(files, rules.Known{})
			if len(mistakes) > 0 {
				t.Fatal(mistakes.Report())
			}
			set, mistakes := facts.Load(files, vocabulary)
			if set != nil || len(mistakes) != 1 {
				t.Fatalf("%d mistakes: %s", len(mistakes), mistakes.Report())
			}
			m := mistakes[0]
			got, _, _ := strings.Cut(m.Error(), "\n")
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("want %s\ngot  %s", c.want, got)
			}
		})
	}
}

func TestATestThatFailsSaysWhatWasRead(t *testing.T) {
	yaml := strings.Replace(example(t), "period: none, status: appointed", "period: none, status: left", 1)
	vocabulary, set := load(t, yaml)
	report := set.Test(vocabulary, split)
	var told []string
	for _, f := range report.Failures {
		told = append(told, f.Message+" | "+f.Hint)
	}
	want := []string{
		"fact ambassador, test 1: no such ambassador was read | what was read: ambassador FR-CL appointed",
		"fact ambassador, test 1: it must not give ambassador FR-CL appointed | what was read: ambassador FR-CL appointed",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

func TestWhatNoTestUsesIsAGap(t *testing.T) {
	yaml := strings.Replace(example(t), `"{year}"`, `"{year}", "anno {year}"`, 1)
	vocabulary, set := load(t, yaml)
	report := set.Test(vocabulary, split)
	if len(report.Gaps) != 1 || !strings.Contains(report.Gaps[0].Message, "no test makes use of this form of a period") {
		t.Error(report.Gaps.Report())
	}
}

func FuzzRead(f *testing.F) {
	vocabulary, set := load(f, harbours)
	for _, seed := range []string{"They made the 2031 pact. A letter – and rules for 2031–33 – sealed 1/2/2031.", "Saltholm pact\n\nropes", "pact 20 pact", "\xff pact 2031-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		zones := extract.FromText("Saltholm", "", text, extract.Marks{})
		for _, fact := range set.Read(vocabulary.Document(rules.About{Language: "en"}, zones)) {
			if fact.Instrument == "" || fact.Status == "" || len(fact.Parties) < 2 || len(fact.Evidence) == 0 {
				t.Fatalf("%+v", fact)
			}
			for _, p := range fact.Evidence {
				z := zones[p.Index]
				if p.Quote != z.Text[p.Sentence.Start:p.Sentence.End] {
					t.Fatalf("%q is not the sentence", p.Quote)
				}
			}
		}
	})
}
