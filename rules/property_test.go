package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

var someWords = []string{"lao", "laos", "Làm", "cai", "plan", "plans", "planning", "armée", "armées", "arme", "đông", "dong", "x", "police", "l'armée"}

// drawText makes a text of few words, so that queries have a chance.
func drawText(t *rapid.T, label string) string {
	parts := rapid.SliceOfN(rapid.SampledFrom(append([]string{". ", ".\n\n", ", "}, someWords...)), 0, 25).Draw(t, label)
	return strings.Join(parts, " ")
}

func drawZones(t *rapid.T) (zones []article.Zone) {
	for _, kind := range []article.ZoneKind{article.Body, article.Title, article.Caption, article.Lead, article.Caption, article.Teaser} {
		if rapid.Bool().Draw(t, "has "+string(kind)) {
			zones = append(zones, article.Zone{Kind: kind, Text: drawText(t, string(kind))})
		}
	}
	return zones
}

// maker makes queries that stand where they may.
type maker struct{ t *rapid.T }

func (m maker) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(m.t, label) }

func (m maker) leaf() rules.Query {
	switch m.pick("leaf", 4) {
	case 0:
		return &rules.Ref{Name: rapid.SampledFrom([]string{"laos", "army", "both"}).Draw(m.t, "name"),
			Language: rapid.SampledFrom([]string{"", "fr", "own"}).Draw(m.t, "language")}
	case 1:
		words := rapid.SliceOfN(rapid.SampledFrom(someWords), 2, 3).Draw(m.t, "phrase")
		return &rules.Term{Text: strings.Join(words, " "), Exact: rapid.Bool().Draw(m.t, "exact")}
	case 2:
		return &rules.Term{Text: rapid.SampledFrom([]string{"pl*", "lao*", "arm*", "lao* pl*"}).Draw(m.t, "prefix")}
	}
	return &rules.Term{Text: rapid.SampledFrom(someWords).Draw(m.t, "word"), Exact: rapid.Bool().Draw(m.t, "exact")}
}

// positional makes an operand of NEAR.
func (m maker) positional(depth int) rules.Query {
	if depth == 0 {
		return m.leaf()
	}
	switch m.pick("positional", 4) {
	case 0:
		return &rules.Or{Of: []rules.Query{m.positional(depth - 1), m.positional(depth - 1)}}
	case 1:
		return &rules.Near{A: m.positional(depth - 1), B: m.positional(depth - 1), Most: m.pick("most", 6), Ordered: rapid.Bool().Draw(m.t, "ordered")}
	}
	return m.leaf()
}

// query makes any query; inside says that it reads only a part of the article.
func (m maker) query(depth int, inside bool) rules.Query {
	if depth == 0 {
		return m.leaf()
	}
	switch m.pick("query", 11) {
	case 0, 1:
		return &rules.And{Of: []rules.Query{m.query(depth-1, inside), m.query(depth-1, inside)}}
	case 2, 3:
		return &rules.Or{Of: []rules.Query{m.query(depth-1, inside), m.query(depth-1, inside), m.leaf()}}
	case 4:
		return &rules.And{Of: []rules.Query{m.query(depth-1, inside), m.without(depth-1, inside)}}
	case 5:
		return m.unit(depth - 1)
	case 6:
		return &rules.First{Words: 1 + m.pick("first", 12), Of: m.query(depth-1, true)}
	case 7:
		return &rules.AtLeast{Times: 1 + m.pick("times", 4), Of: m.countable(depth-1, inside)}
	case 8:
		return m.positional(depth)
	}
	if inside {
		return m.leaf()
	}
	if m.pick("field", 4) == 0 {
		return rapid.SampledFrom([]rules.Query{&rules.Field{Name: "lang", Value: "fr"}, &rules.Field{Name: "section", Value: "sport"}}).Draw(m.t, "field")
	}
	return &rules.Zone{Kind: m.kind(), Of: m.query(depth-1, true)}
}

// without makes what only excludes, or may.
func (m maker) without(depth int, inside bool) rules.Query {
	not := &rules.Not{Of: m.query(depth, inside)}
	switch m.pick("without", 4) {
	case 0:
		return &rules.And{Of: []rules.Query{not, &rules.Not{Of: m.leaf()}}}
	case 1:
		return &rules.Or{Of: []rules.Query{m.leaf(), &rules.And{Of: []rules.Query{not, &rules.Not{Of: m.leaf()}}}}}
	}
	return not
}

func (m maker) kind() article.ZoneKind {
	return rapid.SampledFrom([]article.ZoneKind{article.Title, article.Lead, article.Body, article.Caption}).Draw(m.t, "kind")
}

func (m maker) unit(depth int) rules.Query {
	return &rules.Together{In: rapid.SampledFrom([]rules.Unit{rules.Sentence, rules.Paragraph}).Draw(m.t, "unit"), Of: m.query(depth, true)}
}

func (m maker) countable(depth int, inside bool) rules.Query {
	if depth == 0 {
		return m.leaf()
	}
	switch m.pick("countable", 5) {
	case 0:
		return m.unit(depth - 1)
	case 1:
		return &rules.Or{Of: []rules.Query{m.countable(depth-1, inside), m.leaf()}}
	case 2:
		return &rules.First{Words: 1 + m.pick("first", 12), Of: m.countable(depth-1, true)}
	case 3:
		if !inside {
			return &rules.Zone{Kind: m.kind(), Of: m.countable(depth-1, true)}
		}
	}
	return m.positional(depth)
}

var noPlaces = cmpopts.IgnoreTypes(rules.Place{})

// sense is how messages begin that refuse a query for its meaning.
func refusedForMeaning(m strict.Mistake) bool {
	return strings.Contains(m.Message, "can never be true") || strings.Contains(m.Message, "always true") || strings.Contains(m.Message, "asks for nothing")
}

func TestTheEngineAgreesWithTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := maker{t}.query(rapid.IntRange(0, 4).Draw(t, "depth"), false)
		language := rapid.SampledFrom([]string{"fr", "en", "vi", ""}).Draw(t, "article's language")
		section := rapid.SampledFrom([]string{"sport", "monde"}).Draw(t, "section")
		zones := drawZones(t)
		ref := newReference(language, section, zones)
		yaml := refYAML + "rules:\n- id: r\n  match: '" + strings.ReplaceAll(q.String(), "'", "''") + "'\n"
		set, mistakes := rules.Load([]strict.File{{Name: "r.yaml", Data: []byte(yaml)}}, known)
		for _, m := range mistakes {
			if !refusedForMeaning(m) {
				t.Fatalf("%s is refused: %s", q, m.Report())
			}
		}
		if len(mistakes) > 0 {
			if mistakes[0].Message == "`"+q.String()+"` can never be true" && ref.matches(q) {
				t.Fatalf("%s is true, and was refused", q)
			}
			return
		}
		doc := rules.NewDocument(rules.About{Language: language, Sections: []string{section}}, zones)
		got, want := set.Match(doc), ref.matches(q)
		if (len(got) == 1) != want {
			t.Fatalf("%s in %s of %+v\nengine: %v, reference: %v\n%+v", q, language, zones, len(got) == 1, want, set.Explain(doc))
		}
		if simple := rules.Simplify(q); ref.matches(simple) != want {
			t.Fatalf("%s simplified to %s is %v", q, simple, !want)
		}
		for _, m := range got {
			checkEvidence(t, zones, m)
		}
		if e := set.Explain(doc)[0]; (e.Match != nil) != want || want == (len(e.Missed) > 0) || !want && e.Missed[0].Reason == "" {
			t.Fatalf("%s: explained as %+v", q, e)
		}
	})
}

func TestAQueryPrintsAsItParses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := maker{t}.query(rapid.IntRange(0, 5).Draw(t, "depth"), false)
		parsed, mistakes := rules.Parse(q.String())
		for _, m := range mistakes {
			if !refusedForMeaning(strict.Mistake{Message: m.Message}) {
				t.Fatalf("%s: %+v", q, m)
			}
		}
		if len(mistakes) > 0 {
			return
		}
		if d := cmp.Diff(q, parsed, noPlaces); d != "" {
			t.Fatalf("%s is read as another query (-made +parsed):\n%s", q, d)
		}
		simple := rules.Simplify(q)
		if again := rules.Simplify(simple); again.String() != simple.String() {
			t.Fatalf("%s simplifies to %s, that to %s", q, simple, again)
		}
	})
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkEvidence holds evidence against what article.Passage promises.
func checkEvidence(t failer, zones []article.Zone, m article.Match) {
	t.Helper()
	for _, p := range m.Evidence {
		z := zones[p.Index]
		if z.Kind != p.Zone || p.Zone == article.Teaser {
			t.Fatalf("passage of zone %s shows zone %d, which is %s", p.Zone, p.Index, z.Kind)
		}
		if p.Sentence.Start < 0 || p.Sentence.End > len(z.Text) || z.Text[p.Sentence.Start:p.Sentence.End] != p.Quote {
			t.Fatalf("the quote %q is not at %v", p.Quote, p.Sentence)
		}
		at := p.Sentence.Start
		if len(p.Words) == 0 {
			t.Fatalf("no words in %+v", p)
		}
		for _, w := range p.Words {
			if w.Start < at || w.End <= w.Start || w.End > p.Sentence.End {
				t.Fatalf("word %v in sentence %v after %d", w, p.Sentence, at)
			}
			at = w.End
		}
	}
}
