package rules_test

import (
	"strings"
	"testing"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

var known = rules.Known{
	Sources:    []string{"gazette-fr", "gazette-en", "courrier"},
	Publishers: []string{"Gazette", "Gazette", "Courrier"},
	Languages:  []string{"fr", "en", "vi"},
}

// load compiles a rule file that is right.
func load(t testing.TB, yaml string) *rules.Set {
	t.Helper()
	set, mistakes := rules.Load([]strict.File{{Name: "rules.yaml", Data: []byte(yaml)}}, known)
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	return set
}

// oneRule compiles a query as the match of a rule, with a vocabulary.
func oneRule(t testing.TB, vocabulary, query string) *rules.Set {
	t.Helper()
	return load(t, vocabulary+"\nrules:\n- id: r\n  match: '"+strings.ReplaceAll(query, "'", "''")+"'\n")
}

func split(title, lead, text string) (zones []article.Zone) {
	for _, z := range []article.Zone{{Kind: article.Title, Text: title}, {Kind: article.Lead, Text: lead}, {Kind: article.Body, Text: text}} {
		if z.Text != "" {
			zones = append(zones, z)
		}
	}
	return zones
}

func body(text string) []article.Zone { return split("", "", text) }

func TestSmoke(t *testing.T) {
	set := oneRule(t, "vocabulary: {laos: {fr: [Laos, lao], except: [Lào Cai]}, defence: {fr: [défense, armée]}}", "SENTENCE(@laos @defence)")
	doc := rules.NewDocument(rules.About{Language: "fr"}, body("Hanoï (VNA) - Le ministre. Les armées du Laos et du Vietnam.Le reste."))
	ms := set.Match(doc)
	if len(ms) != 1 || ms[0].Level != article.Digest || ms[0].Evidence[0].Quote != "Les armées du Laos et du Vietnam." {
		t.Fatalf("%+v\n%+v", ms, set.Explain(doc))
	}
}
