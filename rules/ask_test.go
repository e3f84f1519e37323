package rules_test

import (
	"strings"
	"testing"

	"presswatch/rules"
	"presswatch/watcher/article"
)

const askedVocabulary = `vocabulary:
  paper: {fr: [journal, journaux], en: [newspaper], except: [journal intime]}
rules:
- {id: r, match: '@paper'}
`

func TestAQuestionMeansWhatItWouldMeanInARule(t *testing.T) {
	set := load(t, askedVocabulary)
	for query, text := range map[string]string{
		"@paper":                     "Les journaux sont là.",
		"SENTENCE(@paper =là)":       "Les journaux sont là.",
		"NOT @paper AND intime":      "Un journal intime.",
		"lang:fr AND signer":         "Ils ont signé.",
		"source:Gazette body:(sont)": "Ils sont là.",
	} {
		about := rules.About{Language: "fr", Source: "gazette-fr", Publisher: "Gazette"}
		document := rules.NewDocument(about, body(text))
		asked, mistakes := set.Ask(query)
		if len(mistakes) > 0 {
			t.Fatalf("%s: %v", query, mistakes)
		}
		got := asked.Match(document)
		vocabulary, _, _ := strings.Cut(askedVocabulary, "rules:")
		want := oneRule(t, vocabulary, query).Match(document)
		if len(got) != 1 || len(want) != 1 || got[0].Level != article.Digest || got[0].Clause != want[0].Clause ||
			got[0].Hash != want[0].Hash || len(got[0].Evidence) != len(want[0].Evidence) {
			t.Errorf("%s: %+v, and as a rule %+v", query, got, want)
		}
	}
}

func TestMistakesOfAQuestionStandAtTheirPlaces(t *testing.T) {
	set := load(t, askedVocabulary)
	for query, want := range map[string]struct {
		start   int
		message string
	}{
		"journal AND @papr":      {12, "unknown vocabulary"},
		"journal (":              {8, "parenthesis"},
		"NOT journal":            {0, "asks for nothing"},
		"é AND source:courriers": {7, "unknown source"},
		"":                       {0, "empty"},
	} {
		asked, mistakes := set.Ask(query)
		if asked != nil || len(mistakes) == 0 || mistakes[0].Start != want.start || !strings.Contains(mistakes[0].Message, want.message) {
			t.Errorf("%q: %+v", query, mistakes)
		}
	}
}

func TestASetIsAskedAnyNumberOfTimesAndStaysAsItIs(t *testing.T) {
	set := load(t, askedVocabulary)
	document := rules.NewDocument(rules.About{Language: "en"}, body("A newspaper of one page."))
	for range 3 {
		asked, _ := set.Ask("page AND @paper")
		if again, _ := asked.Ask("@paper"); len(again.Match(document)) != 1 {
			t.Error("an answer's set has no vocabulary")
		}
		if len(asked.Match(document)) != 1 || len(set.Match(document)) != 1 || len(set.IDs()) != 1 {
			t.Error("the set has changed")
		}
	}
}
