package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/watcher/strict"
)

// wrong loads files and shows their mistakes.
func wrong(files ...string) string {
	var list []strict.File
	for i, data := range files {
		list = append(list, strict.File{Name: string(rune('a'+i)) + ".yaml", Data: []byte(data)})
	}
	set, mistakes := rules.Load(list, known)
	if set == nil != (len(mistakes) > 0) {
		return "a set and mistakes, or neither"
	}
	var out []string
	for _, m := range mistakes {
		out = append(out, strings.TrimSuffix(m.Error()+" → "+m.Hint, " → "))
	}
	return strings.Join(out, "\n")
}

func TestLoadTellsMistakesAtTheirPlace(t *testing.T) {
	const fine = "rules:\n- {id: r, match: laos}\n"
	for _, c := range []struct {
		name  string
		files []string
		want  string
	}{
		{"an unknown key", []string{"rule: []\n"}, "a.yaml:1:1: unknown key \"rule\" (did you mean \"rules\"?) → known keys: vocabulary, rules, facts"},
		{"a rule without id and query", []string{"rules:\n- name: x\n"},
			"a.yaml:2:3: the rule has no id → id: harbour-news\na.yaml:2:3: the rule has no query → give it match: (level digest), alert:, or both"},
		{"a bad id", []string{"rules:\n- {id: a b, match: x}\n"}, "a.yaml:2:8: bad id `a b` → letters, digits, - and _ make an id"},
		{"an id twice, in two files", []string{fine, fine}, "b.yaml:2:8: a second rule with the id `r` → the first is at a.yaml:2"},
		{"a query's mistake, in the middle of the query", []string{"rules:\n- id: r\n  match: 'laos AND (army'\n  alert: titel:laos\n"},
			"a.yaml:3:20: this parenthesis is never closed\na.yaml:4:10: unknown field `titel:` → did you mean title:?"},
		{"a mistake in a folded query", []string{"rules:\n- id: r\n  match: >-\n    laos\n    AND @army\n"},
			"a.yaml:5:9: unknown vocabulary `@army` → vocabularies are defined under the key vocabulary of any rule file"},
		{"unknown names", []string{"vocabulary: {laos: {fr: [Laos]}}\nrules:\n- {id: r, match: '@loas source:gazete-fr lang:xx @laos/de'}\n"},
			"a.yaml:3:19: unknown vocabulary `@loas` → did you mean @laos?\n" +
				"a.yaml:3:25: unknown source `gazete-fr` → did you mean gazette-fr?\n" +
				"a.yaml:3:42: unknown language `xx` → known: en, fr, vi\n" +
				"a.yaml:3:50: vocabulary `laos` has no terms for `de` → @laos is its terms in all languages, @laos/own those of the article's language"},
		{"two sources at once", []string{"rules:\n- {id: r, match: 'source:courrier source:Gazette'}\n"},
			"a.yaml:2:19: `source:courrier AND source:Gazette` can never be true → its parts exclude each other: is an OR meant, or other parentheses?"},
		{"a source and its publisher go together", []string{"rules:\n- {id: r, match: 'source:gazette-fr source:Gazette'}\n"}, ""},
		{"a list of terms twice", []string{"vocabulary:\n  laos:\n    fr: [Laos]\n", "vocabulary:\n  laos:\n    fr: [lao]\n    en: [Lao]\n"},
			"b.yaml:3:9: vocabulary `laos` has its terms for fr twice → the other place is a.yaml:3; terms of one name and language stand in one list"},
		{"a language that is none", []string{"vocabulary:\n  laos:\n    french: [Laos]\n"},
			"a.yaml:3:13: unknown language `french` → a code such as fr or vi, any for all languages, except or except-vi for what does not count"},
		{"a vocabulary without terms", []string{"vocabulary:\n  laos: {}\n  army: {fr: []}\n"},
			"a.yaml:2:9: vocabulary `laos` has no terms → harbour: {en: [seaport, quay]}\na.yaml:3:9: vocabulary `army` has no terms → harbour: {en: [seaport, quay]}"},
		{"a vocabulary of exceptions alone", []string{"vocabulary:\n  laos: {except: [Lao Cai]}\nrules:\n- {id: r, match: '@laos'}\n"},
			"a.yaml:2:9: vocabulary `laos` has no terms → harbour: {en: [seaport, quay]}"},
		{"a term without words", []string{"vocabulary:\n  laos: {fr: [Laos, '=…', 'co*p']}\n"},
			"a.yaml:2:23: there is no word in `…` → a word has letters or digits\na.yaml:2:28: * stands only at the end of a word → coop* finds coopération; a word cannot be searched by its end or middle"},
		{"an operator between terms", []string{"vocabulary:\n  laos: {fr: [Laos OR lao, OR, plan NEAR/3 lao]}\n"},
			"a.yaml:2:20: `OR` is no operator in a vocabulary → write each term by itself: [one, two]; what must stand together belongs into a query\n" +
				"a.yaml:2:37: `NEAR/3` is no operator in a vocabulary → write each term by itself: [one, two]; what must stand together belongs into a query"},
		{"a vocabulary of an unknown one", []string{"vocabulary:\n  asia: {any: ['@loas']}\n  laos: {fr: [Laos]}\n"}, "a.yaml:2:18: unknown vocabulary `@loas` → did you mean @laos?"},
		{"a circle", []string{"vocabulary:\n  a: {any: ['@b']}\n  b: {any: ['@a', x]}\n"},
			"a.yaml:2:14: vocabulary `a` contains itself by way of `@b`\na.yaml:3:14: vocabulary `b` contains itself by way of `@a`"},
		{"a test that expects nothing known, of nothing", []string{"rules:\n- id: r\n  match: x\n  tests:\n  - {title: x, expect: alarm}\n  - {expect: none}\n"},
			"a.yaml:5:24: what the test expects is alert, digest or none, not `alarm`\na.yaml:6:5: the test has no text → give it a title, a lead or a text"},
		{"a test from nowhere", []string{"rules:\n- id: r\n  match: x\n  tests:\n  - {title: x, source: nowhere, lang: french, published: soon, expect: none}\n"},
			"a.yaml:5:24: unknown source `nowhere` → a source's id or publisher, from the key sources of the configuration\n" +
				"a.yaml:5:39: unknown language `french` → a code such as fr, en or vi\n" +
				"a.yaml:5:58: cannot read the date `soon` → 2025-06-30, 2025-06 or 2025-06-30T08:00:00+07:00"},
		{"vocabulary of one file serves another", []string{"vocabulary: {laos: {fr: [Laos]}}\n", "rules:\n- {id: r, match: '@laos'}\n"}, ""},
		{"nothing at all", []string{""}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, wrong(c.files...)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestTheHashTellsTheWordingOfARule(t *testing.T) {
	hash := func(vocabulary, rule string) string {
		set := load(t, "vocabulary:\n"+vocabulary+"rules:\n- {id: r, match: '"+rule+"'}\n")
		return set.Match(rules.NewDocument(rules.About{}, body("laos")))[0].Hash
	}
	first := hash("  a: {fr: [laos]}\n  b: {fr: [x]}\n", "@a")
	if len(first) != 12 {
		t.Errorf("the hash is %q", first)
	}
	for name, same := range map[string]string{
		"a vocabulary that the rule does not use": hash("  a: {fr: [laos]}\n  b: {fr: [y]}\n", "@a"),
		"white space": hash("  a: {fr: [ laos ]}\n  b: {fr: [x]}\n", " @a"),
	} {
		if same != first {
			t.Errorf("%s changes the hash", name)
		}
	}
	for name, other := range map[string]string{
		"the query":                     hash("  a: {fr: [laos]}\n", "@a OR z"),
		"a term":                        hash("  a: {fr: [laos, z]}\n", "@a"),
		"the language of a term":        hash("  a: {en: [laos]}\n", "@a"),
		"an exception":                  hash("  a: {fr: [laos], except: [lao z]}\n", "@a"),
		"a term of an included one":     hash("  a: {any: [\"@b\"]}\n  b: {fr: [laos]}\n", "@a"),
		"a term of an included one, 2.": hash("  a: {any: [\"@b\"]}\n  b: {fr: [laos, z]}\n", "@a"),
	} {
		if other == first {
			t.Errorf("%s does not change the hash", name)
		}
	}
}
