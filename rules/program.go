package rules

import "slices"

// programs are the queries as they are judged on whole articles, written as numbers,
// one query behind the other: so a query is read from one or two lines of the
// processor's cache, where its tree of clauses fills twenty. The program of a query is
// steps that must all hold:
//
//	step: kind, length of the whole step, then
//	  word    atom, leaf
//	  phrase  leaf, which of the atoms is the rarest, atoms that must follow each other
//	  all     steps, which must all hold
//	  either  steps, of which one must hold
//	  none    clause, steps, of which none may hold
//	  near    clause, most words between, 1 if in order, two atoms
//	  clause  number of a clause, which is judged as a tree
//
// A program says of a document what its clause says.
type programs struct {
	steps   []int32
	at      []int32 // by query: where its program begins; one more ends the last
	clauses []*clause
}

const (
	stepWord int32 = iota
	stepPhrase
	stepAll
	stepEither
	stepNone
	stepNear
	stepClause
	// decided is added to the kind of a step that holds wherever the demands of the
	// query are met.
	decided = 8
)

// add writes the program of the next query, nil for none.
func (p *programs) add(c *clause, decides []*clause) {
	if len(p.at) == 0 {
		p.at = append(p.at, 0)
	}
	if c != nil {
		p.conjunction(c, decides)
	}
	p.at = append(p.at, int32(len(p.steps)))
}

// of is the program of a query.
func (p *programs) of(query int32) []int32 { return p.steps[p.at[query]:p.at[query+1]] }

// conjunction writes the steps that must all hold for a clause to do so.
func (p *programs) conjunction(c *clause, decides []*clause) {
	if _, and := c.query.(*And); !and {
		p.part(c, decides)
		return
	}
	for _, of := range c.of {
		if _, and := of.query.(*And); !and || of.excludes() {
			p.conjunction(of, decides)
			continue
		}
		start := len(p.steps)
		p.steps = append(p.steps, stepAll, 0)
		p.conjunction(of, decides)
		p.steps[start+1] = int32(len(p.steps) - start)
	}
}

// part writes what is no conjunction.
func (p *programs) part(c *clause, decides []*clause) {
	start := len(p.steps)
	p.step(c)
	if slices.Contains(decides, c) {
		p.steps[start] += decided
	}
}

func (p *programs) step(c *clause) {
	start := len(p.steps)
	p.steps = append(p.steps, 0, 0)
	p.steps[start] = p.operands(c)
	p.steps[start+1] = int32(len(p.steps) - start)
}

// operands writes what a step is about, and returns its kind.
func (p *programs) operands(c *clause) (kind int32) {
	switch q := c.query.(type) {
	case *Term:
		if c.atom >= 0 {
			p.steps = append(p.steps, c.atom, c.leaf)
			return stepWord
		}
		p.steps = append(append(p.steps, c.leaf, int32(c.phrase.rarest)), c.phrase.atoms...)
		return stepPhrase
	case *And:
		if !c.excludes() {
			return p.nested(stepAll, c)
		}
	case *Or:
		return p.nested(stepEither, c)
	case *Not:
		p.steps = append(p.steps, p.tree(c))
		return p.nested(stepNone, c)
	case *Near:
		if a, b := c.of[0].atom, c.of[1].atom; a >= 0 && b >= 0 {
			ordered := int32(0)
			if q.Ordered {
				ordered = 1
			}
			p.steps = append(p.steps, p.tree(c), int32(q.Most), ordered, a, b)
			return stepNear
		}
	}
	p.steps = append(p.steps, p.tree(c))
	return stepClause
}

func (p *programs) nested(kind int32, c *clause) int32 {
	for _, of := range c.of {
		p.step(of)
	}
	return kind
}

// tree numbers a clause that is judged, or whose evidence is gathered, as a tree.
func (p *programs) tree(c *clause) int32 {
	p.clauses = append(p.clauses, c)
	return int32(len(p.clauses) - 1)
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
	case stepWord:
		return r.postings.reads(about[0])
	case stepPhrase:
		return r.hasPhrase(about[2:], int(about[1]))
	case stepAll:
		return r.all(about)
	case stepEither:
		return r.either(about)
	case stepNone:
		return !r.either(about[1:])
	case stepNear:
		return r.hasNear(int(about[1]), about[2] == 1, about[3], about[4])
	case stepClause:
		return r.holds(r.set.programs.clauses[about[0]], r.doc.reading)
	}
	return true // decided
}

// hasPhrase reports whether atoms follow each other somewhere in title, lead or body.
func (r *reading) hasPhrase(atoms []int32, rarest int) bool {
	for _, atom := range atoms {
		if !r.postings.reads(atom) {
			return false
		}
	}
	_, found := r.nextPhrase(r.postings.first(atoms[rarest]), atoms, rarest)
	return found > 0
}

// nextPhrase finds the first place where atoms follow each other, from an occurrence
// of the rarest of them on, and that occurrence, 0 for none.
func (r *reading) nextPhrase(from int32, atoms []int32, rarest int) (stretch, int32) {
	p := r.postings
	for ; from > 0 && p.found[from-1].word < p.end; from = p.next[from-1] {
		first := int(p.found[from-1].word) - rarest
		if s := (stretch{first, first + len(atoms)}); r.follow(atoms, s) {
			return s, from
		}
	}
	return stretch{}, 0
}

// hasNear reports whether two atoms stand in title, lead or body with at most so many words
// between.
func (r *reading) hasNear(most int, ordered bool, a, b int32) bool {
	p := r.postings
	q := &Near{Most: most, Ordered: ordered}
	first := p.first(b) // of those that do not stand too far before any a that is left
	for i := p.first(a); i > 0 && first > 0 && p.found[i-1].word < p.end; i = p.next[i-1] {
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
