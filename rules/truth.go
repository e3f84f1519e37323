package rules

import (
	"cmp"
	"slices"
)

// holds reports whether a clause is true of the words in scope.
func (r *reading) holds(c *clause, scope []stretch) bool {
	switch {
	case c.atom >= 0 && r.isWhole(scope):
		return r.postings.reads(c.atom)
	case c.atom >= 0:
		return r.postings.inScope(c.atom, scope)
	case c.any != nil && r.isWhole(scope):
		return r.postings.readsAny(c.any)
	}
	if c.needs != nil && !r.some(c.needs) {
		return false
	}
	switch q := c.query.(type) {
	case *And:
		for _, of := range c.of {
			if !r.holds(of, scope) {
				return false
			}
		}
		return true
	case *Or:
		for _, of := range c.of {
			if r.holds(of, scope) {
				return true
			}
		}
		return false
	case *Not:
		return !r.holds(c.of[0], scope)
	case *Field:
		return c.field(r.doc.about)
	case *Zone:
		return r.holds(c.of[0], r.doc.of(q.Kind))
	case *First:
		return r.holds(c.of[0], first(q.Words, scope))
	case *Together:
		return r.together(c, q, scope, func(stretch) bool { return true })
	case *AtLeast:
		return apart(r.hits(c.of[0], scope)) >= q.Times
	case *Near:
		if c.of[0].leaf >= 0 && c.of[1].leaf >= 0 {
			return r.nearLeaves(r.leaf(int(c.of[0].leaf)), r.leaf(int(c.of[1].leaf)), q, scope)
		}
		return len(r.near(c, q, scope)) > 0
	}
	return anyInside(r.leaf(int(c.leaf)), scope)
}

// isWhole reports whether a scope is what a query reads that names no zone.
func (r *reading) isWhole(scope []stretch) bool {
	all := r.doc.reading
	return len(scope) == len(all) && len(all) > 0 && &scope[0] == &all[0]
}

// enough is how many atoms are looked up before a clause is simply judged.
const enough = 6

// some reports whether one of the atoms occurs in the document; of many it may
// say so without looking.
func (r *reading) some(atoms []int32) bool {
	if len(atoms) > enough {
		return true
	}
	for _, n := range atoms {
		if r.postings.has(n) {
			return true
		}
	}
	return false
}

// together calls found for every unit of the scope of which the operand is
// true, until one is enough; it reports whether one was.
func (r *reading) together(c *clause, q *Together, scope []stretch, found func(stretch) bool) bool {
	if c.of[0].grows && !r.holds(c.of[0], scope) {
		return false
	}
	for _, s := range scope {
		for _, unit := range r.units(q.In, s) {
			if r.holds(c.of[0], []stretch{unit}) && found(unit) {
				return true
			}
		}
	}
	return false
}

// units are the sentences or paragraphs of a stretch, cut to it.
func (r *reading) units(in Unit, s stretch) []stretch {
	if s.from >= s.to {
		return nil
	}
	all, from, to := r.doc.sentences, r.doc.sentenceOf(s.from), r.doc.sentenceOf(s.to-1)
	if in == Paragraph {
		all, from, to = r.doc.paragraphs, r.doc.paragraphOf(s.from), r.doc.paragraphOf(s.to-1)
	}
	units := make([]stretch, 0, to-from+1)
	for _, u := range all[from : to+1] {
		units = append(units, stretch{max(u.from, s.from), min(u.to, s.to)})
	}
	return units
}

// first cuts a scope to its first n words.
func first(n int, scope []stretch) (out []stretch) {
	for _, s := range scope {
		take := min(n, s.to-s.from)
		if take > 0 {
			out = append(out, stretch{s.from, s.from + take})
		}
		n -= take
	}
	return out
}

// hit is a place where a clause is true, with the words that make it so.
type hit struct {
	stretch
	words []stretch // nil: all of the stretch
}

// spans are the words of the hit.
func (h hit) spans() []stretch {
	if h.words == nil {
		return []stretch{h.stretch}
	}
	return h.words
}

// hits lists the places of a clause that has places: what NEAR and ATLEAST take.
func (r *reading) hits(c *clause, scope []stretch) (out []hit) {
	switch q := c.query.(type) {
	case *Or:
		for _, of := range c.of {
			out = append(out, r.hits(of, scope)...)
		}
		return out
	case *Near:
		return r.near(c, q, scope)
	case *Together:
		r.together(c, q, scope, func(unit stretch) bool {
			out = append(out, hit{unit, r.evidence(c.of[0], []stretch{unit})})
			return false
		})
		return out
	case *First:
		return r.hits(c.of[0], first(q.Words, scope))
	case *Zone:
		return r.hits(c.of[0], r.doc.of(q.Kind))
	}
	for _, s := range inside(r.leaf(int(c.leaf)), scope) {
		out = append(out, hit{stretch: s})
	}
	return out
}

// nearLeaves reports whether places of two leaves, both in order, stand close
// enough.
func (r *reading) nearLeaves(as, bs []stretch, q *Near, scope []stretch) bool {
	longest := 0
	for _, b := range bs {
		longest = max(longest, b.to-b.from)
	}
	first := 0 // of those that do not end too far before any a that is left
	for _, a := range as {
		for first < len(bs) && bs[first].from < a.from-q.Most-longest {
			first++
		}
		for i := first; i < len(bs) && bs[i].from <= a.to+q.Most; i++ {
			if r.close(a, bs[i], q) && together(a, bs[i], scope) {
				return true
			}
		}
	}
	return false
}

// together reports whether two places lie within one of the scope's stretches: as
// they are in one zone, not each in another.
func together(a, b stretch, scope []stretch) bool {
	for _, s := range scope {
		if a.within(s) && b.within(s) {
			return true
		}
	}
	return false
}

// near pairs the places of two operands that stand close enough, each stretch
// that a pair covers once.
func (r *reading) near(c *clause, q *Near, scope []stretch) (out []hit) {
	as := r.hits(c.of[0], scope)
	if len(as) == 0 {
		return nil
	}
	bs := r.hits(c.of[1], scope)
	slices.SortFunc(bs, byStart)
	widest := 0
	for _, b := range bs {
		widest = max(widest, b.to-b.from)
	}
	seen := map[stretch]bool{}
	for _, a := range as {
		i, _ := slices.BinarySearchFunc(bs, a.from-q.Most-widest, func(b hit, from int) int { return cmp.Compare(b.from, from) })
		for ; i < len(bs) && bs[i].from <= a.to+q.Most; i++ {
			b := bs[i]
			whole := stretch{min(a.from, b.from), max(a.to, b.to)}
			if r.close(a.stretch, b.stretch, q) && !seen[whole] {
				seen[whole] = true
				out = append(out, hit{whole, slices.Concat(a.spans(), b.spans())})
			}
		}
	}
	return out
}

func byStart(a, b hit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }

func (r *reading) close(a, b stretch, q *Near) bool {
	if r.doc.zoneOf(a.from) != r.doc.zoneOf(b.from) {
		return false
	}
	if a.to <= b.from {
		return b.from-a.to <= q.Most
	}
	return !q.Ordered && b.to <= a.from && a.from-b.to <= q.Most
}

// apart counts how many of the hits can be had without overlap.
func apart(hits []hit) (n int) {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(a.to, b.to) })
	end := 0
	for _, h := range hits {
		if h.from >= end {
			n++
			end = h.to
		}
	}
	return n
}
