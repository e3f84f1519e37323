package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

var querySeeds = []string{
	"a b OR c NOT d", `"plan de coopération" NEAR/3 (=Lào OR ký*)`, "SENTENCE(@laos @army) ATLEAST/2(FIRST/9(x))", "title:(a OR «b c») caption:d",
	"lang:(fr OR en) published:2025-01..2025-06 url:https://x/(y)", `author:"a "b" c"`, "a ONEAR/0 b ONEAR/1 (c NEAR/2 d)", "((a)", "NOT NOT a b",
	"=“Lao Động” and x:y", "l’armée U.S.A. \u00a0\u200b", "\xff=\xfe*", "section:OR section:(OR OR AND)", "@a/own @a/fr @-_", "a\"b\"c =\"\" *", "=", "a =",
}

func FuzzParse(f *testing.F) {
	for _, s := range querySeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		q, mistakes := rules.Parse(query)
		at := 0
		for _, m := range mistakes {
			if m.Start < at || m.End < m.Start || m.End > len(query) || m.Message == "" {
				t.Fatalf("mistake %+v after %d in %q", m, at, query)
			}
			at = m.Start
		}
		if (q == nil) != (len(mistakes) > 0) {
			t.Fatalf("%q: query %v, mistakes %v", query, q, mistakes)
		}
		if q == nil {
			return
		}
		again, mistakes := rules.Parse(q.String())
		if len(mistakes) > 0 {
			t.Fatalf("%q prints as %q: %+v", query, q, mistakes)
		}
		if d := cmp.Diff(q, again, noPlaces); d != "" {
			t.Fatalf("%q prints as %q (-first +again):\n%s", query, q, d)
		}
		if s := q.Span(); s.Start < 0 || s.End > len(query) || s.Start >= s.End {
			t.Fatalf("%q stands at %+v", query, s)
		}
		if simple := rules.Simplify(q); rules.Simplify(simple).String() != simple.String() {
			t.Fatalf("%q simplifies to %q, and again to %q", query, simple, rules.Simplify(simple))
		}
	})
}

func FuzzMatch(f *testing.F) {
	f.Add("l’armée .S.A. \u00a0U.S.A.\r\u00a0\u200b", "Le Laos", "a b c") // the place of a mistake was sought for ever
	for i, s := range querySeeds {
		f.Add(s, "Le Laos (VNA) - "+querySeeds[len(querySeeds)-1-i], "a b c. d e\n\nLào ký kết.Une armée x l’armée")
	}
	f.Fuzz(func(t *testing.T, query, title, text string) {
		if strings.Contains(query, "\n") || len(query) > 300 {
			return
		}
		yaml := refYAML + "rules:\n- id: r\n  match: '" + strings.ReplaceAll(query, "'", "''") + "'\n"
		set, mistakes := rules.Load([]strict.File{{Name: "r.yaml", Data: []byte(yaml)}}, known)
		for _, m := range mistakes {
			if m.Line < 1 || m.Column < 1 || m.Message == "" {
				t.Fatalf("%+v", m)
			}
		}
		if len(mistakes) > 0 {
			return
		}
		zones := []article.Zone{{Kind: article.Body, Text: text}, {Kind: article.Title, Text: title}, {Kind: article.Caption, Text: text}}
		doc := rules.NewDocument(rules.About{Language: "fr"}, zones)
		matches := set.Match(doc)
		for _, m := range matches {
			checkEvidence(t, zones, m)
		}
		other, _ := rules.Load([]strict.File{{Name: "r.yaml", Data: []byte(yaml)}}, known)
		prepared := set.Document(rules.About{Language: "fr"}, zones)
		if d := cmp.Diff(other.Match(prepared), set.Match(prepared)); d != "" {
			t.Fatalf("a document that the set has prepared is matched otherwise (-another's +own):\n%s", d)
		}
		if e := set.Explain(doc)[0]; (e.Match != nil) != (len(matches) == 1) {
			t.Fatalf("match and explain differ: %+v, %+v", matches, e)
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(desk))
	f.Add([]byte(refYAML))
	f.Add([]byte("vocabulary: {a: {any: ['@a']}}\nrules:\n- {id: a, match: '@a', tests: [{title: x, expect: none}]}\n"))
	f.Add([]byte("rules:\n- id: r\n  match: >-\n    a\n\n    or \"b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, mistakes := rules.Load([]strict.File{{Name: "f.yaml", Data: data}}, known)
		if (set == nil) != (len(mistakes) > 0) {
			t.Fatalf("set %v, mistakes %v", set, mistakes)
		}
		if set != nil {
			set.Test(split)
		}
	})
}
