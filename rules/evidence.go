package rules

import (
	"cmp"
	"slices"

	"presswatch/watcher/article"
)

// evidence lists the words that make a clause true, which it is of the scope.
func (r *reading) evidence(c *clause, scope []stretch) (out []stretch) {
	switch q := c.query.(type) {
	case *And, *Or:
		for _, of := range c.of {
			if r.holds(of, scope) {
				out = append(out, r.evidence(of, scope)...)
			}
		}
		return out
	case *Not, *Field:
		return nil
	case *Zone:
		return r.evidence(c.of[0], r.doc.of(q.Kind))
	case *First:
		return r.evidence(c.of[0], first(q.Words, scope))
	case *AtLeast:
		return r.evidence(c.of[0], scope)
	}
	for _, h := range r.hits(c, scope) {
		out = append(out, h.spans()...)
	}
	return out
}

// passages shows evidence as the sentences it stands in, best first: the title,
// then the sentences with most different words, then in the order of the text.
func (r *reading) passages(evidence []stretch) []article.Passage {
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
		r.weigh(&out[i])
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

// inTitle outweighs any number of words.
const inTitle = 1 << 30

func (r *reading) weigh(s *shown) {
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
