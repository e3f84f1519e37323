package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"presswatch/rules"
	"presswatch/watcher/strict"
)

// TestManyRulesAgreeWithTheReferenceTogether holds rules that share words, levels
// and candidates against the reference, article after article, so that what one
// article or rule leaves behind is seen in the next.
func TestManyRulesAgreeWithTheReferenceTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		queries := map[string]rules.Query{}
		set := drawSet(t, queries)
		for range rapid.IntRange(1, 3).Draw(t, "articles") {
			language := rapid.SampledFrom([]string{"fr", "en", ""}).Draw(t, "article's language")
			zones := drawZones(t)
			ref := newReference(language, "sport", zones)
			about := rules.About{Language: language, Sections: []string{"sport"}}
			var got, want []string
			for _, m := range set.Match(set.Document(about, zones)) {
				got = append(got, m.Rule+" "+m.Level.String())
				checkEvidence(t, zones, m)
				because, mistakes := rules.Parse(m.Clause)
				if len(mistakes) > 0 || !ref.matches(because) {
					t.Fatalf("%v of %s %+v\nis said to be true because of %s", queries, language, zones, m.Clause)
				}
			}
			for _, id := range set.IDs() {
				for _, level := range []string{"alert", "match"} {
					if q := queries[id+" "+level]; q != nil && ref.matches(q) {
						want = append(want, id+" "+strings.Replace(level, "match", "digest", 1))
						break
					}
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%v\nof %s %+v\ngot %v, want %v", queries, language, zones, got, want)
			}
		}
	})
}

// drawSet makes rules, and notes their queries as "id level". Queries that are
// refused for their meaning are left out.
func drawSet(t *rapid.T, queries map[string]rules.Query) *rules.Set {
	var file strings.Builder
	file.WriteString(refYAML + "rules:\n- {id: always, match: lao}\n")
	queries["always match"] = &rules.Term{Text: "lao"}
	for i := range rapid.IntRange(1, 8).Draw(t, "rules") {
		file.WriteString(drawRule(t, fmt.Sprint("r", i), queries))
	}
	set, mistakes := rules.Load([]strict.File{{Name: "r.yaml", Data: []byte(file.String())}}, known)
	if len(mistakes) > 0 {
		t.Fatalf("%s\n%s", file.String(), mistakes[0].Report())
	}
	return set
}

func drawRule(t *rapid.T, id string, queries map[string]rules.Query) string {
	var out string
	for _, level := range []string{"match", "alert"} {
		if !rapid.Bool().Draw(t, level) {
			continue
		}
		q := maker{t}.query(rapid.IntRange(0, 3).Draw(t, "depth"), false)
		if _, mistakes := rules.Parse(q.String()); len(mistakes) > 0 {
			continue
		}
		queries[id+" "+level] = q
		out += ", " + level + ": '" + strings.ReplaceAll(q.String(), "'", "''") + "'"
	}
	if out == "" {
		return ""
	}
	return "- {id: " + id + out + "}\n"
}
