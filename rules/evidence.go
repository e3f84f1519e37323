package rules

import (
	"cmp"
	"slices"

	"presswatch/watcher/article"
)

// evidence lists the words that make a clause true, which it is of the scope.
func (r *reading) evidence(c *clause, scope []stretch) (out []stretch) {
	r.held(c, scope, func(of *clause, scope []stretch) {
		for _, h := range r.hits(of, scope) {
			out = append(out, h.spans()...)
		}
	})
	return out
}

// joint lists the words that make a clause true by standing together: what a
// sentence, a paragraph or a distance holds says more than a word alone.
func (r *reading) joint(c *clause, scope []stretch) (out []stretch) {
	r.held(c, scope, func(of *clause, scope []stretch) {
		switch of.query.(type) {
		case *Near, *Together:
			for _, h := range r.hits(of, scope) {
				out = append(out, h.spans()...)
			}
		}
	})
	return out
}

// held visits the parts of a true clause that have places and are true of their
// scope: terms, vocabularies, and what holds terms together.
func (r *reading) held(c *clause, scope []stretch, visit func(c *clause, scope []stretch)) {
	switch q := c.query.(type) {
	case *And, *Or:
		for _, of := range c.of {
			if r.holds(of, scope) {
				r.held(of, scope, visit)
			}
		}
	case *Not, *Field:
	case *Zone:
		r.held(c.of[0], r.doc.of(q.Kind), visit)
	case *First:
		r.held(c.of[0], first(q.Words, scope), visit)
	case *AtLeast:
		r.held(c.of[0], scope, visit)
	default:
		visit(c, scope)
	}
}

// because is the part of a true clause that suffices: of alternatives the first
// that holds, without what only excludes.
func (r *reading) because(c *clause, scope []stretch) Query {
	switch q := c.query.(type) {
	case *Or:
		for _, of := range c.of {
			if r.holds(of, scope) {
				return r.because(of, scope)
			}
		}
	case *And:
		var parts []Query
		for _, of := range c.of {
			if _, excludes := of.query.(*Not); !excludes {
				parts = append(parts, r.because(of, scope))
			}
		}
		if len(parts) == 1 {
			return parts[0]
		}
		return &And{Place: q.Place, Of: parts}
	case *Zone:
		return &Zone{Place: q.Place, Kind: q.Kind, Of: r.because(c.of[0], r.doc.of(q.Kind))}
	case *First:
		return &First{Place: q.Place, Words: q.Words, Of: r.because(c.of[0], first(q.Words, scope))}
	}
	return c.query
}

// passages shows evidence as the sentences it stands in, best first: the title,
// then sentences that hold words together as the query asks (joint), then those
// with most different words, then in the order of the text.
func (r *reading) passages(evidence, joint []stretch) []article.Passage {
	sortStretches(evidence)
	var out []shown
	for i := 0; i < len(evidence); {
		sentence := r.doc.words[evidence[i].from].sentence
		s := shown{sentence: r.doc.sentences[sentence]}
		j := i
		for ; j < len(evidence) && evidence[j].from < s.sentence.to; j++ {
			s.mark(evidence[j])
			if tail := (stretch{s.sentence.to, evidence[j].to}); tail.from < tail.to {
				evidence = insertSorted(evidence, j+1, tail) // the phrase goes on in the next sentence
			}
		}
		i = j
		out = append(out, s)
	}
	for i := range out {
		r.weigh(&out[i], joint)
	}
	slices.SortStableFunc(out, func(a, b shown) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.sentence.from, b.sentence.from))
	})
	passages := make([]article.Passage, len(out))
	for i, s := range out {
		passages[i] = r.passage(s)
	}
	return passages
}

// insertSorted puts a stretch into its place among those from index i on.
func insertSorted(list []stretch, i int, s stretch) []stretch {
	for i < len(list) && list[i].from < s.from {
		i++
	}
	return slices.Insert(list, i, s)
}

// shown is a sentence with the words to mark in it.
type shown struct {
	sentence stretch
	marks    []stretch // in order, not overlapping
	weight   int
}

// mark adds a stretch that begins no earlier than those marked already.
func (s *shown) mark(m stretch) {
	m.to = min(m.to, s.sentence.to)
	if n := len(s.marks); n > 0 && m.from < s.marks[n-1].to {
		s.marks[n-1].to = max(s.marks[n-1].to, m.to)
		return
	}
	s.marks = append(s.marks, m)
}

// What outweighs any number of words.
const (
	inTitle    = 1 << 30
	isTogether = 1 << 29
)

func (r *reading) weigh(s *shown, joint []stretch) {
	different := map[string]bool{}
	for _, m := range s.marks {
		for i := m.from; i < m.to; i++ {
			different[r.doc.word(i).Folded] = true
		}
	}
	s.weight = len(different)
	if r.doc.zones[r.doc.words[s.sentence.from].zone].kind == article.Title {
		s.weight += inTitle
	}
	if slices.ContainsFunc(joint, func(j stretch) bool { return j.within(s.sentence) }) {
		s.weight += isTogether
	}
}

func (r *reading) passage(s shown) article.Passage {
	z := r.doc.zones[r.doc.words[s.sentence.from].zone]
	sentence := z.text.Sentences[z.text.Words[s.sentence.from-z.first].Sentence]
	p := article.Passage{
		Zone: z.kind, Index: z.index,
		Sentence: article.Span{Start: sentence.Start, End: sentence.End},
		Quote:    z.text.Raw[sentence.Start:sentence.End],
	}
	for _, m := range s.marks {
		first, last := z.text.Words[m.from-z.first], z.text.Words[m.to-1-z.first]
		p.Words = append(p.Words, article.Span{Start: first.Start, End: last.End})
	}
	return p
}
