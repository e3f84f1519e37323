package facts_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
	"presswatch/watcher/strict"
)

// load compiles a rule file and its facts.
func load(t testing.TB, yaml string) (*rules.Set, *facts.Set) {
	t.Helper()
	files := []strict.File{{Name: "a.yaml", Data: []byte(yaml)}}
	vocabulary, mistakes := rules.Load(files, rules.Known{})
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	set, mistakes := facts.Load(files, vocabulary)
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	return vocabulary, set
}

func split(title, lead, text string) []article.Zone {
	return extract.FromText(title, lead, text, extract.Marks{})
}

// example is the YAML of facts.md.
func example(t testing.TB) string {
	t.Helper()
	page, err := os.ReadFile("facts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	yaml, _, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("no example in facts.md")
	}
	return yaml
}

func TestTheExampleOfThePageHolds(t *testing.T) {
	vocabulary, set := load(t, example(t))
	report := set.Test(vocabulary, split)
	if len(report.Failures) > 0 {
		t.Error(report.Failures.Report())
	}
	if len(report.Gaps) > 0 {
		t.Error(report.Gaps.Report())
	}
	if report.Tests < 6 || report.Parts < 6 {
		t.Error(report.Tests, "tests,", report.Parts, "parts")
	}
}

// read reads the facts of a text as lines.
func read(t *testing.T, yaml, language, published, title, text string) (lines []string) {
	t.Helper()
	vocabulary, set := load(t, yaml)
	about := rules.About{Language: language}
	if published != "" {
		day, err := time.Parse(time.DateOnly, published)
		if err != nil {
			t.Fatal(err)
		}
		about.Published = day
	}
	for _, f := range set.Read(vocabulary.Document(about, split(title, "", text))) {
		if len(f.Evidence) == 0 {
			t.Error("without evidence:", facts.Line(f))
		}
		lines = append(lines, facts.Line(f))
	}
	return lines
}

const harbours = `
vocabulary:
  north: {en: [Northquay]}
  south: {en: [Saltholm]}
  east: {en: [Eastpoint]}
facts:
  - id: pact
    home: N
    ladder: [wished, promised, made, kept]
    instrument:
      values:
        - {is: pact, match: pact}
        - {is: paper, match: papers, alone: true, needs: [news]}
        - {is: rule, match: rules, needs: [period, domain]}
        - {is: letter, match: letter, yearly: true}
        - {is: pact, match: '"sea pact"', domain: sea}
        - {is: custom, match: customs, alone: true}
        - {is: bond, match: bonds, each: true}
        - {is: oath, match: oath, of_year: true}
      again: [successor]
    parties:
      least: 2
      attach: [clause, both, title, article]
      values:
        - {is: N, match: "@north"}
        - {is: S, match: "@south"}
        - {is: E, match: "@east"}
        - {is: LEAGUE, match: league, bloc: [letter]}
    domain:
      attach: [after/3, before/2, title, lead]
      otherwise: other
      many: 2
      values: [{is: rope, match: ropes}, {is: sail, match: sails}, {is: tide, match: tides, attach: [title]}]
    period:
      attach: [before/1, after/5]
      names: {n: {"2": [two]}}
      never: ['"hull number" ONEAR/0 20*']
      forms:
        - {forms: ["of {month} {year}"], attach: [after/5]}
        - forms: ["{from}-{to}", "{year}"]
        - {is: +1, forms: [next year]}
        - {is: -1..0, forms: [these two years]}
        - {is: +1..+n, forms: ["the next {n} years"]}
        - {is: -n, forms: ["{n} years of the pact"]}
        - forms: ["pact ({year}-{until}"]
    date:
      attach: [sentence]
      names: {month: {"2": [February], "3": [March]}}
      forms: [{forms: ["{day} {month}", "{day}/{month}/{year}", "in {year}"]}]
    status:
      otherwise: kept
      stale: 30d
      ahead: promised
      recalls: ['title:"looking back"']
      wins: [made, kept, wished]
      patterns:
        - {is: wished, when: 'wishes ONEAR/6 <instrument>'}
        - {is: made, news: true, nearest: true, when: '<instrument> ONEAR/20 sealed'}
        - {is: made, news: true, when: 'made ONEAR/10 <instrument>'}
        - {is: kept, when: 'old ONEAR/2 <instrument>'}
        - {is: made, news: true, weak: true, when: 'title:<instrument>'}
`

func TestFactsAreReadFromMentions(t *testing.T) {
	for name, c := range map[string]struct {
		published, title, text string
		want                   []string
	}{
		"nothing without an instrument":                    {"", "Northquay and Saltholm", "Boats.", nil},
		"nothing with one party":                           {"", "Northquay", "A pact was made.", nil},
		"home stands beside one other":                     {"", "Saltholm", "They made a pact.", []string{"pact N-S other made"}},
		"not beside two others":                            {"", "Saltholm and Eastpoint", "They made a pact.", []string{"pact S-E other made"}},
		"the clause before the title":                      {"", "Saltholm", "With Eastpoint they made a pact; Saltholm looked on.", []string{"pact N-E other made"}},
		"both in the sentence before the title":            {"", "Northquay, Saltholm, Eastpoint", "A pact, it is said, was sealed by Northquay, and Saltholm.", []string{"pact N-S other made"}},
		"home where others are the title":                  {"", "Saltholm: boats for Eastpoint", "With Eastpoint, they made a pact.", []string{"pact S-E other made"}},
		"a bloc by itself":                                 {"", "The League meets in Saltholm", "They made a letter.", []string{"letter LEAGUE other made"}},
		"a bloc is not asked of a pact":                    {"", "The League meets in Saltholm", "They made a pact.", []string{"pact N-S other made"}},
		"a bloc looks on where two are named":              {"", "Northquay and Saltholm at the League", "They made a letter.", []string{"letter N-S other made"}},
		"many fields are none":                             {"", "Saltholm", "They made a pact on ropes, sails.", []string{"pact N-S other made"}},
		"a field of its own":                               {"", "Saltholm sails", "They made a sea pact.", []string{"pact N-S sea made"}},
		"but for the one beside it":                        {"", "Saltholm sails", "They made a sea pact on ropes.", []string{"pact N-S rope made"}},
		"old customs alone":                                {"", "Saltholm", "Customs are kept.", []string{"custom N-S other kept"}},
		"old customs beside":                               {"", "Saltholm", "Customs are kept. The pact is kept.", []string{"pact N-S other kept"}},
		"the month it is called by":                        {"", "Saltholm", "The pact of March 2029 is kept.", []string{"pact N-S other 2029 kept"}},
		"of several in the title the one of the paragraph": {"", "Saltholm and Eastpoint", "Saltholm waits. They made a pact.", []string{"pact S-E other made"}},
		"with home the one of the paragraph":               {"", "Northquay with Saltholm and Eastpoint", "Saltholm waits. They made a pact.", []string{"pact N-S other made"}},
		"as varied as a list":                              {"", "Saltholm", "They made a pact. Ropes.\n\nSails.", []string{"pact N-S other made"}},
		"a bond for each field":                            {"", "Saltholm", "They made bonds: ropes, sails.", []string{"bond N-S rope made", "bond N-S sail made"}},
		"one bond for one field":                           {"", "Saltholm", "They made bonds: ropes.", []string{"bond N-S other made"}},
		"no list without a colon":                          {"", "Saltholm", "They made bonds, and ropes, sails.", []string{"bond N-S other made"}},
		"the years it has lasted":                          {"", "Saltholm", "They hail the pact (1991-2031).", []string{"pact N-S other 1991 kept"}},
		"in one breath":                                    {"", "Saltholm", "They made a letter and a pact for 2031.", []string{"letter N-S other 2031 made", "pact N-S other 2031 made"}},
		"not what is old":                                  {"", "Saltholm", "The letter and the pact for 2031 bind.", []string{"letter N-S other kept", "pact N-S other 2031 kept"}},
		"for two years":                                    {"", "Saltholm", "They made a pact for 2031 and 2032.", []string{"pact N-S other 2031 made", "pact N-S other 2032 made"}},
		"a headline is news":                               {"", "A pact with Saltholm", "Boats.", []string{"pact N-S other made"}},
		"unless the text says otherwise":                   {"", "A pact with Saltholm", "The old pact is kept.", []string{"pact N-S other kept"}},
		"a headline sums up the news":                      {"", "He wishes a pact with Saltholm", "They made a pact for 2031.", []string{"pact N-S other 2031 made"}},
		"an oath of its year":                              {"2031-02-02", "Saltholm", "They made an oath, as of 1/2/2019.", []string{"oath N-S other 2019 kept 2019-02-01"}},
		"a new oath is of none":                            {"2031-02-02", "Saltholm", "They made an oath on 1 February.", []string{"oath N-S other made 2031-02-01"}},
		"its successor":                                    {"", "Saltholm", "The pact for 2030 is over. They made its successor for 2031.", []string{"pact N-S other 2030 kept", "pact N-S other 2031 made"}},
		"no successor of long ago":                         {"", "Saltholm", "The pact for 2030 is over. Boats. They made its successor for 2031.", []string{"pact N-S other 2030 kept"}},
		"no successor without a period":                    {"", "Saltholm", "The pact for 2030 is over. They made its successor.", []string{"pact N-S other 2030 kept"}},
		"a successor of nothing":                           {"", "Saltholm", "They made its successor for 2031.", nil},
		"another statement":                                {"", "Saltholm", "A boat was made; the pact is kept.", []string{"pact N-S other kept"}},
		"a list":                                           {"", "Saltholm", "They made these: a boat; a pact.", []string{"pact N-S other made"}},
		"the party named most":                             {"", "", "Saltholm waits. Saltholm hopes. Eastpoint sleeps. The pact is kept.", []string{"pact N-S other kept"}},
		"the field beside the mention":                     {"", "Saltholm sails", "They made a pact on ropes.", []string{"pact N-S rope made"}},
		"else of the title":                                {"", "Saltholm sails", "They made a pact.", []string{"pact N-S sail made"}},
		"a value that counts in the title":                 {"", "Saltholm", "They made a pact on tides.", []string{"pact N-S other made"}},
		"the period behind":                                {"", "Saltholm", "They made a pact for 2031.", []string{"pact N-S other 2031 made"}},
		"the period before":                                {"", "Saltholm", "They made the 2031 pact.", []string{"pact N-S other 2031 made"}},
		"the one before belongs to the next": {"", "Saltholm", "They made a letter and the 2031 pact.",
			[]string{"letter N-S other made", "pact N-S other 2031 made"}},
		"a range, also short":       {"", "Saltholm", "They made a pact for 2031–33.", []string{"pact N-S other 2031-2033 made"}},
		"never a hull number":       {"", "Saltholm", "They made a pact, hull number 2031.", []string{"pact N-S other made"}},
		"next year":                 {"2031-02-02", "Saltholm", "They made a pact for next year.", []string{"pact N-S other 2032 made"}},
		"nothing without a date":    {"", "Saltholm", "They made a pact for next year.", []string{"pact N-S other made"}},
		"the next two":              {"2031-02-02", "Saltholm", "They made a pact for the next two years.", []string{"pact N-S other 2032-2033 made"}},
		"these two":                 {"2031-02-02", "Saltholm", "They made a pact for these two years.", []string{"pact N-S other 2030-2031 made"}},
		"so many years ago":         {"2031-02-02", "Saltholm", "They hailed 20 years of the pact.", []string{"pact N-S other 2011 kept"}},
		"a day":                     {"2031-02-02", "Saltholm", "They made a pact on 1 February.", []string{"pact N-S other made 2031-02-01"}},
		"the nearest such day":      {"2031-01-02", "Saltholm", "They made a pact on 30/12/2030.", []string{"pact N-S other made 2030-12-30"}},
		"long ago is no news":       {"2031-06-02", "Saltholm", "They made a pact on 1 February.", []string{"pact N-S other kept 2031-02-01"}},
		"a year long ago":           {"2031-06-02", "Saltholm", "They made a pact in 2019.", []string{"pact N-S other 2019 kept 2019"}},
		"a day to come is promised": {"2031-02-02", "Saltholm", "On 9 February they made a pact.", []string{"pact N-S other promised 2031-02-09"}},
		"a year to come is no day":  {"2031-02-02", "Saltholm", "They made a pact that ends in 2039.", []string{"pact N-S other 2039 made"}},
		"a review recalls":          {"2031-02-02", "Saltholm: looking back", "They made a pact on 1 February.", []string{"pact N-S other kept 2031-02-01"}},
		"a wish comes first":        {"", "Saltholm", "He wishes they made a pact.", []string{"pact N-S other wished"}},
		"said of the nearest":       {"", "Saltholm", "A letter and a pact were sealed.", []string{"letter N-S other kept", "pact N-S other made"}},
		"of several the best":       {"", "Saltholm", "They made a pact. He wishes a pact. The pact is here.", []string{"pact N-S other made"}},
		"less joins more":           {"", "Saltholm", "They made a pact. The pact for 2031 binds.", []string{"pact N-S other 2031 made"}},
		"two periods are two":       {"", "Saltholm", "The 2030 pact is over. The 2031 pact binds.", []string{"pact N-S other 2030 kept", "pact N-S other 2031 kept"}},
		"two stages are two":        {"", "Saltholm", "They made the 2031 pact. He wishes a pact.", []string{"pact N-S other 2031 made", "pact N-S other wished"}},
		"papers alone":              {"", "Saltholm", "They made papers.", []string{"paper N-S other made"}},
		"papers beside":             {"", "Saltholm", "They made papers. They made a pact.", []string{"pact N-S other made"}},
		"rules need something":      {"", "Saltholm", "Rules are kept.", nil},
		"rules with a period":       {"", "Saltholm", "Rules for 2031 are kept.", []string{"rule N-S other 2031 kept"}},
		"rules with a field":        {"", "Saltholm", "Rules for ropes are kept.", []string{"rule N-S rope kept"}},
		"a yearly one":              {"2031-02-02", "Saltholm", "They made a letter.", []string{"letter N-S other 2031 made"}},
		"a yearly one that is old":  {"2031-02-02", "Saltholm", "The letter is kept.", []string{"letter N-S other kept"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, harbours, "en", c.published, c.title, c.text)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFactSaysByWhichWordsItsSlotsAreFilled(t *testing.T) {
	vocabulary, set := load(t, harbours)
	about := rules.About{Language: "en", Published: time.Date(2031, 2, 2, 0, 0, 0, 0, time.UTC)}
	d := vocabulary.Document(about, split("Saltholm and Northquay", "", "They made a pact on ropes for 2031 on 1 February. The pact is kept."))
	told := set.Explain(d)
	if len(told) != 1 || facts.Line(told[0].Fact) != "pact N-S rope 2031 made 2031-02-01" {
		t.Fatalf("%+v", told)
	}
	want := []facts.Filled{
		{Slot: "instrument", Value: "pact", Words: []string{"pact"}},
		{Slot: "parties", Value: "N, S", From: "title", Words: []string{"Saltholm", "Northquay"}},
		{Slot: "domain", Value: "rope", From: "after/3", Words: []string{"ropes"}},
		{Slot: "period", Value: "2031", From: "after/5", Words: []string{"2031"}},
		{Slot: "status", Value: "made", From: "sentence", Words: []string{"made"}},
		{Slot: "date", Value: "2031-02-01", From: "sentence", Words: []string{"1 February"}},
	}
	if diff := cmp.Diff(want, told[0].Slots); diff != "" {
		t.Error(diff)
	}
}

func TestWhatGoesWithoutSayingHasNoWords(t *testing.T) {
	vocabulary, set := load(t, harbours)
	told := set.Explain(vocabulary.Document(rules.About{Language: "en"}, split("Saltholm", "", "The pact is old.")))
	if len(told) != 1 {
		t.Fatalf("%+v", told)
	}
	for _, s := range told[0].Slots {
		if s.Slot == "status" && (s.Value != "kept" || s.From != "" || s.Words != nil) {
			t.Errorf("%+v", s)
		}
	}
}
