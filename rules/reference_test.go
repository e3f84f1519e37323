package rules_test

import (
	"slices"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/text"
)

// reference judges by the words of language.md, one by one and without any
// index. It is what the compiled engine is held against.
type reference struct {
	language string
	section  string
	words    []refWord
}

type refWord struct {
	*text.Form
	kind                      article.ZoneKind
	zone, sentence, paragraph int
}

// span is a place: words [from, to).
type span struct{ from, to int }

func newReference(language, section string, zones []article.Zone) *reference {
	r := &reference{language: language, section: section}
	sentences, paragraphs := 0, 0
	for _, kind := range []article.ZoneKind{article.Title, article.Lead, article.Body, article.Caption} {
		for i, z := range zones {
			if z.Kind != kind {
				continue
			}
			a := text.Analyse(z.Text, language)
			for j, w := range a.Words {
				r.words = append(r.words, refWord{a.Form(j), kind, i, sentences + int(w.Sentence), paragraphs + a.Sentences[w.Sentence].Paragraph})
			}
			sentences += len(a.Sentences)
			paragraphs += len(a.Paragraphs)
		}
	}
	return r
}

// where is the numbers of the words that ok accepts.
func (r *reference) where(ok func(i int, w refWord) bool) (scope []int) {
	for i, w := range r.words {
		if ok(i, w) {
			scope = append(scope, i)
		}
	}
	return scope
}

func (r *reference) matches(q rules.Query) bool {
	return r.true(q, r.where(func(_ int, w refWord) bool { return w.kind != article.Caption }))
}

func (r *reference) true(q rules.Query, scope []int) bool {
	switch q := q.(type) {
	case *rules.And:
		return !slices.ContainsFunc(q.Of, func(m rules.Query) bool { return !r.true(m, scope) })
	case *rules.Or:
		return slices.ContainsFunc(q.Of, func(m rules.Query) bool { return r.true(m, scope) })
	case *rules.Not:
		return !r.true(q.Of, scope)
	case *rules.Field:
		return q.Name == "lang" && q.Value == r.language || q.Name == "section" && q.Value == r.section
	case *rules.Zone:
		return r.true(q.Of, r.zone(q))
	case *rules.First:
		return r.true(q.Of, scope[:min(q.Words, len(scope))])
	case *rules.AtLeast:
		return disjoint(r.places(q.Of, scope)) >= q.Times
	}
	return len(r.places(q, scope)) > 0
}

func (r *reference) zone(q *rules.Zone) []int {
	return r.where(func(_ int, w refWord) bool { return w.kind == q.Kind })
}

// places lists where a query that has places stands within a scope.
func (r *reference) places(q rules.Query, scope []int) (out []span) {
	switch q := q.(type) {
	case *rules.Or:
		for _, m := range q.Of {
			out = append(out, r.places(m, scope)...)
		}
	case *rules.Near:
		for _, a := range r.places(q.A, scope) {
			for _, b := range r.places(q.B, scope) {
				if r.near(a, b, q) {
					out = append(out, span{min(a.from, b.from), max(a.to, b.to)})
				}
			}
		}
	case *rules.Together:
		return r.units(q, scope)
	case *rules.First:
		return r.places(q.Of, scope[:min(q.Words, len(scope))])
	case *rules.Zone:
		return r.places(q.Of, r.zone(q))
	case *rules.Term:
		return r.within(r.term(refTerm{text: q.Text, exact: q.Exact}), scope)
	case *rules.Ref:
		return r.within(r.vocabulary(q), scope)
	}
	return out
}

func (r *reference) near(a, b span, q *rules.Near) bool {
	if r.words[a.from].zone != r.words[b.from].zone {
		return false
	}
	after := a.to <= b.from && b.from-a.to <= q.Most
	before := b.to <= a.from && a.from-b.to <= q.Most
	return after || before && !q.Ordered
}

func (r *reference) units(q *rules.Together, scope []int) (out []span) {
	unit := func(i int) int {
		if q.In == rules.Sentence {
			return r.words[i].sentence
		}
		return r.words[i].paragraph
	}
	for len(scope) > 0 {
		n := 0
		for n < len(scope) && unit(scope[n]) == unit(scope[0]) {
			n++
		}
		if r.true(q.Of, scope[:n]) {
			out = append(out, span{scope[0], scope[n-1] + 1})
		}
		scope = scope[n:]
	}
	return out
}

func (r *reference) within(places []span, scope []int) (out []span) {
	for _, p := range places {
		if slices.Contains(scope, p.from) && slices.Contains(scope, p.to-1) {
			out = append(out, p)
		}
	}
	return out
}

// disjoint is the greatest number of places that do not overlap, by trying for
// each place what can come before it.
func disjoint(places []span) (best int) {
	slices.SortFunc(places, func(a, b span) int { return a.to - b.to })
	most := make([]int, len(places))
	for i, p := range places {
		most[i] = 1
		for j := range i {
			if places[j].to <= p.from {
				most[i] = max(most[i], most[j]+1)
			}
		}
		best = max(best, most[i])
	}
	return best
}

// refTerm is a term of a vocabulary.
type refTerm struct {
	language string
	text     string
	exact    bool
}

// refVocabulary is the vocabulary of the property test, said twice: here for the
// reference, in yaml for the engine.
var refVocabulary = map[string][]refTerm{
	"laos":  {{"fr", "lao", false}, {"fr", "laos", false}, {"vi", "làm", true}, {"", "plan* cai", false}},
	"army":  {{"fr", "armée", false}, {"en", "plans", false}, {"vi", "đông", false}},
	"both":  {{"fr", "@laos", false}, {"", "@army", false}, {"", "x", false}},
	"laos!": {{"", "lao cai", false}, {"vi", "lao", true}},
	"army!": {{"", "armée lao plan", false}},
}

const refYAML = `vocabulary:
  laos: {fr: [lao, laos], vi: [=làm], any: ["plan* cai"], except: [lao cai], except-vi: [=lao]}
  army: {fr: [armée], en: [plans], vi: [đông], except: [armée lao plan]}
  both: {fr: ["@laos"], any: ["@army", x]}
`

func (r *reference) vocabulary(q *rules.Ref) (out []span) {
	own := q.Language == rules.Own
	for _, t := range refVocabulary[q.Name] {
		switch {
		case q.Language != "" && !own && t.language != "" && t.language != q.Language:
		case strings.HasPrefix(t.text, "@"):
			language := q.Language
			if !own && t.language != "" {
				language = t.language
			}
			out = append(out, r.vocabulary(&rules.Ref{Name: t.text[1:], Language: language})...)
		case own && !r.speaks(t.language):
		default:
			out = append(out, r.term(t)...)
		}
	}
	for _, t := range refVocabulary[q.Name+"!"] {
		if r.speaks(t.language) {
			for _, e := range r.term(t) {
				out = slices.DeleteFunc(out, func(p span) bool { return e.from <= p.from && p.to <= e.to })
			}
		}
	}
	return out
}

func (r *reference) speaks(language string) bool {
	return language == "" || r.language == "" || language == r.language
}

// term finds a term by trying it at every word.
func (r *reference) term(t refTerm) (out []span) {
	var patterns []*text.Form
	var prefix []bool
	sought := text.Analyse(t.text, "")
	for i, w := range sought.Words {
		patterns = append(patterns, sought.Form(i))
		prefix = append(prefix, strings.HasPrefix(t.text[w.End:], "*"))
	}
	for i := range r.words {
		n := 0
		for n < len(patterns) && i+n < len(r.words) && r.words[i+n].zone == r.words[i].zone && r.is(r.words[i+n], patterns[n], prefix[n], t) {
			n++
		}
		if n == len(patterns) {
			out = append(out, span{i, i + n})
		}
	}
	return out
}

func (r *reference) is(w refWord, pattern *text.Form, prefix bool, t refTerm) bool {
	switch {
	case prefix && t.exact:
		return strings.HasPrefix(w.Exact, pattern.Exact)
	case prefix:
		return strings.HasPrefix(w.Folded, pattern.Folded)
	case t.exact:
		return w.Exact == pattern.Exact
	case w.Folded == pattern.Folded:
		return true
	}
	return (t.language == "" || t.language == r.language) && text.Stem(w.Folded, r.language) == text.Stem(pattern.Folded, r.language)
}
