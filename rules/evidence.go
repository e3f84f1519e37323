package rules

import (
	"cmp"
	"encoding/binary"
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

// gather adds the words that make a clause true to marks, and to joint those that
// do by standing together: what a sentence, a paragraph or a distance holds says
// more than a word alone.
func (r *reading) gather(c *clause, scope []stretch) {
	r.held(c, scope, func(of *clause, scope []stretch) {
		switch of.query.(type) {
		case *Near, *Together:
			for _, h := range r.hits(of, scope) {
				r.marks, r.joint = append(r.marks, h.spans()...), append(r.joint, h.spans()...)
			}
		default:
			r.marks = r.places(r.marks, of, scope)
		}
	})
}

// places adds where a leaf stands within the scope.
func (r *reading) places(out []stretch, c *clause, scope []stretch) []stretch {
	if c.atom < 0 || !r.isWhole(scope) {
		return appendInside(out, r.leaf(c.leaf), scope)
	}
	for i := r.postings.first(c.atom); i > 0; i = r.postings.next[i-1] {
		word := int(r.postings.found[i-1].word)
		out = append(out, stretch{word, word + 1})
	}
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

// clauseText is because, printed; it is remembered by the alternatives chosen.
func (r *reading) clauseText(c *clause, scope []stretch) string {
	r.key = binary.AppendUvarint(r.key[:0], uint64(c.number))
	r.choices(c, scope)
	if known, ok := r.clauses[string(r.key)]; ok {
		return known
	}
	if len(r.clauses) >= remembered {
		clear(r.clauses)
	}
	key, out := string(r.key), r.because(c, scope).String()
	r.clauses[key] = out
	return out
}

// remembered bounds how many printed clauses are kept.
const remembered = 10_000

// choices adds to key which alternatives because takes, in its order.
func (r *reading) choices(c *clause, scope []stretch) {
	switch q := c.query.(type) {
	case *Or:
		for i, of := range c.of {
			if r.holds(of, scope) {
				r.key = binary.AppendUvarint(r.key, uint64(i))
				r.choices(of, scope)
				return
			}
		}
	case *And:
		for _, of := range c.of {
			if _, excludes := of.query.(*Not); !excludes {
				r.choices(of, scope)
			}
		}
	case *Zone:
		r.choices(c.of[0], r.doc.of(q.Kind))
	case *First:
		r.choices(c.of[0], first(q.Words, scope))
	}
}

// passages shows evidence as the sentences it stands in, best first: the title,
// then sentences that hold words together as the query asks (joint), then those
// with most different words, then in the order of the text.
func (r *reading) passages(evidence, joint []stretch) []article.Passage {
	sortStretches(evidence)
	out, marks := r.shown[:0], r.shownMarks[:0]
	for i := 0; i < len(evidence); {
		s := shown{sentence: r.doc.sentences[r.doc.words[evidence[i].from].sentence], first: len(marks)}
		j := i
		for ; j < len(evidence) && evidence[j].from < s.sentence.to; j++ {
			marks = s.mark(marks, evidence[j])
			if tail := (stretch{s.sentence.to, evidence[j].to}); tail.from < tail.to {
				evidence = insertSorted(evidence, j+1, tail) // the phrase goes on in the next sentence
			}
		}
		i, s.last = j, len(marks)
		out = append(out, s)
	}
	r.shown, r.shownMarks = out, marks
	for i := range out {
		r.weigh(&out[i], marks[out[i].first:out[i].last], joint)
	}
	slices.SortStableFunc(out, func(a, b shown) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.sentence.from, b.sentence.from))
	})
	passages, words := make([]article.Passage, len(out)), make([]article.Span, 0, len(marks))
	for i, s := range out {
		passages[i], words = r.passage(s, marks[s.first:s.last], words)
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

// shown is a sentence with the words to mark in it: marks [first, last) of all,
// in order, not overlapping.
type shown struct {
	sentence    stretch
	first, last int
	weight      int
}

// mark adds a stretch that begins no earlier than those marked already.
func (s *shown) mark(marks []stretch, m stretch) []stretch {
	m.to = min(m.to, s.sentence.to)
	if n := len(marks); n > s.first && m.from < marks[n-1].to {
		marks[n-1].to = max(marks[n-1].to, m.to)
		return marks
	}
	return append(marks, m)
}

// What outweighs any number of words.
const (
	inTitle    = 1 << 30
	isTogether = 1 << 29
)

func (r *reading) weigh(s *shown, marks, joint []stretch) {
	s.weight = r.different(marks)
	if r.doc.zones[r.doc.words[s.sentence.from].zone].kind == article.Title {
		s.weight += inTitle
	}
	if slices.ContainsFunc(joint, func(j stretch) bool { return j.within(s.sentence) }) {
		s.weight += isTogether
	}
}

// different counts the different words of marks. So few are compared with each
// other; more are put into a map.
func (r *reading) different(marks []stretch) int {
	const few = 16
	var seen [few]string
	n := 0
	for _, m := range marks {
		for i := m.from; i < m.to; i++ {
			word := r.doc.word(i).Folded
			if slices.Contains(seen[:n], word) {
				continue
			}
			if n == few {
				return r.differentOfMany(marks)
			}
			seen[n] = word
			n++
		}
	}
	return n
}

func (r *reading) differentOfMany(marks []stretch) int {
	seen := map[string]bool{}
	for _, m := range marks {
		for i := m.from; i < m.to; i++ {
			seen[r.doc.word(i).Folded] = true
		}
	}
	return len(seen)
}

// passage takes the spans of its words from the memory of all.
func (r *reading) passage(s shown, marks []stretch, words []article.Span) (article.Passage, []article.Span) {
	z := r.doc.zones[r.doc.words[s.sentence.from].zone]
	sentence := z.text.Sentences[z.text.Words[s.sentence.from-z.first].Sentence]
	first := len(words)
	for _, m := range marks {
		words = append(words, article.Span{Start: z.text.Words[m.from-z.first].Start, End: z.text.Words[m.to-1-z.first].End})
	}
	return article.Passage{
		Zone: z.kind, Index: z.index,
		Sentence: article.Span{Start: sentence.Start, End: sentence.End},
		Quote:    z.text.Raw[sentence.Start:sentence.End],
		Words:    words[first:len(words):len(words)],
	}, words
}
