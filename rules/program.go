package rules

import (
	"cmp"
	"slices"
)

// programs is what is left to judge of each query once its demands are met, written
// as numbers, one query behind the other: so it is read from one or two lines of the
// processor's cache, where a tree of clauses fills twenty. The program of a query is
// steps that must all hold:
//
//	step: kind, length of the whole step, then
//	  any     atoms, of which one must occur
//	  phrase  which of the atoms is the rarest, atoms that must follow each other
//	  near    most words between, 1 if in order, two atoms
//	  all     steps, which must all hold
//	  either  steps, of which one must hold
//	  none    steps, of which none may hold
//	  clause  number of a clause, which is judged as a tree
//
// A program says of a document what its clause says, if a query reads all zones.
type programs struct {
	steps   []int32
	at      []int32 // by query: where its program begins; one more ends the last
	clauses []*clause
}

const (
	stepAny int32 = iota
	stepPhrase
	stepNear
	stepAll
	stepEither
	stepNone
	stepClause
)

// add writes the program of the next query, what is soonest judged first.
func (p *programs) add(rest []*clause) {
	slices.SortStableFunc(rest, func(a, b *clause) int { return cmp.Compare(a.effort(), b.effort()) })
	if len(p.at) == 0 {
		p.at = append(p.at, 0)
	}
	for _, c := range rest {
		p.step(c)
	}
	p.at = append(p.at, int32(len(p.steps)))
}

// of is the program of a query.
func (p *programs) of(query int32) []int32 { return p.steps[p.at[query]:p.at[query+1]] }

func (p *programs) step(c *clause) {
	start := len(p.steps)
	p.steps = append(p.steps, 0, 0)
	p.steps[start] = p.operands(c)
	p.steps[start+1] = int32(len(p.steps) - start)
}

// operands writes what a step is about, and returns its kind.
func (p *programs) operands(c *clause) (kind int32) {
	if c.any != nil {
		p.steps = append(p.steps, c.any...)
		return stepAny
	}
	switch q := c.query.(type) {
	case *Term:
		p.steps = append(append(p.steps, int32(c.phrase.rarest)), c.phrase.atoms...)
		return stepPhrase
	case *And:
		return p.nested(stepAll, c)
	case *Or:
		return p.nested(stepEither, c)
	case *Not:
		return p.nested(stepNone, c)
	case *Near:
		if c.of[0].atom >= 0 && c.of[1].atom >= 0 {
			ordered := int32(0)
			if q.Ordered {
				ordered = 1
			}
			p.steps = append(p.steps, int32(q.Most), ordered, c.of[0].atom, c.of[1].atom)
			return stepNear
		}
	}
	p.steps = append(p.steps, int32(len(p.clauses)))
	p.clauses = append(p.clauses, c)
	return stepClause
}

func (p *programs) nested(kind int32, c *clause) int32 {
	for _, of := range c.of {
		p.step(of)
	}
	return kind
}

// effort says what it costs to judge a clause of a whole article.
func (c *clause) effort() int {
	if c.any != nil {
		return 0
	}
	switch c.query.(type) {
	case *Not:
		return c.of[0].effort()
	case *Term, *Field:
		return 1
	case *And, *Or, *Near:
		return 2
	}
	return 3
}

// all reports whether each of the steps holds.
func (r *reading) all(steps []int32) bool {
	for len(steps) > 0 {
		end := steps[1]
		if !r.step(steps[:end]) {
			return false
		}
		steps = steps[end:]
	}
	return true
}

// either reports whether one of the steps holds.
func (r *reading) either(steps []int32) bool {
	for len(steps) > 0 {
		end := steps[1]
		if r.step(steps[:end]) {
			return true
		}
		steps = steps[end:]
	}
	return false
}

func (r *reading) step(step []int32) bool {
	about := step[2:]
	switch step[0] {
	case stepAny:
		return r.postings.hasAny(about)
	case stepPhrase:
		return r.hasPhrase(about[1:], int(about[0]))
	case stepNear:
		return r.hasNear(int(about[0]), about[1] == 1, about[2], about[3])
	case stepAll:
		return r.all(about)
	case stepEither:
		return r.either(about)
	case stepNone:
		return !r.either(about)
	}
	return r.holds(r.set.programs.clauses[about[0]], r.doc.reading)
}

// hasPhrase reports whether atoms follow each other somewhere.
func (r *reading) hasPhrase(atoms []int32, rarest int) bool {
	p := r.postings
	for _, atom := range atoms {
		if !p.has(atom) {
			return false
		}
	}
	for i := p.first(atoms[rarest]); i > 0; i = p.next[i-1] {
		from := int(p.found[i-1].word) - rarest
		if r.follow(atoms, stretch{from, from + len(atoms)}) {
			return true
		}
	}
	return false
}

// hasNear reports whether two atoms stand in one zone with at most so many words
// between.
func (r *reading) hasNear(most int, ordered bool, a, b int32) bool {
	p := r.postings
	q := &Near{Most: most, Ordered: ordered}
	first := p.first(b) // of those that do not stand too far before any a that is left
	for i := p.first(a); i > 0 && first > 0; i = p.next[i-1] {
		word := int(p.found[i-1].word)
		for first > 0 && int(p.found[first-1].word) < word-most-1 {
			first = p.next[first-1]
		}
		for k := first; k > 0 && int(p.found[k-1].word) <= word+most+1; k = p.next[k-1] {
			other := int(p.found[k-1].word)
			if r.close(stretch{word, word + 1}, stretch{other, other + 1}, q) {
				return true
			}
		}
	}
	return false
}
