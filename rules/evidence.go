package rules

import (
	"slices"
	"strconv"
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
		return appendInside(out, r.leaf(int(c.leaf)), scope)
	}
	return r.postings.places(out, c.atom)
}

// held visits the parts of a true clause that have places and are true of their
// scope: terms, vocabularies, and what holds terms together.
func (r *reading) held(c *clause, scope []stretch, visit func(c *clause, scope []stretch)) {
	switch q := c.query.(type) {
	case *And:
		for _, of := range c.of {
			r.held(of, scope, visit)
		}
	case *Or:
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

// because prints the part of a true clause that suffices: of alternatives the first
// that holds, without what only excludes. It says how tightly that part binds.
func (r *reading) because(out []byte, c *clause, scope []stretch) ([]byte, int) {
	switch q := c.query.(type) {
	case *Or:
		for _, of := range c.of {
			if r.holds(of, scope) {
				return r.because(out, of, scope)
			}
		}
	case *And:
		return r.becauseOfAll(out, c, scope)
	case *Zone:
		out = append(append(out, q.Kind...), ':')
		return r.operand(out, c.of[0], r.doc.of(q.Kind), bindsAll), bindsAll
	case *First:
		out = append(strconv.AppendInt(append(out, "FIRST/"...), int64(q.Words), 10), '(')
		return append(r.operand(out, c.of[0], first(q.Words, scope), bindsOr), ')'), bindsAll
	}
	return append(out, c.text...), binding(c.query)
}

func (r *reading) becauseOfAll(out []byte, c *clause, scope []stretch) ([]byte, int) {
	parts := 0
	var only *clause
	for _, of := range c.of {
		if !of.excludes() {
			parts, only = parts+1, of
		}
	}
	switch parts {
	case 0: // an alternative that only excludes
		return append(out, c.query.String()...), bindsAnd
	case 1:
		return r.because(out, only, scope)
	}
	for _, of := range c.of {
		if of.excludes() {
			continue
		}
		if parts--; parts > 0 {
			out = append(r.operand(out, of, scope, bindsNot), " AND "...)
			continue
		}
		out = r.operand(out, of, scope, bindsNot)
	}
	return out, bindsAnd
}

// operand prints what suffices of a clause where it must bind at least so tightly.
func (r *reading) operand(out []byte, c *clause, scope []stretch, least int) []byte {
	start := len(out)
	out, binds := r.because(out, c, scope)
	return enclosed(out, start, binds, least)
}

// enclosed puts parentheses around what was printed from start on, if it does not
// bind tightly enough.
func enclosed(out []byte, start, binds, least int) []byte {
	if binds < least {
		return append(slices.Insert(out, start, '('), ')')
	}
	return out
}

// excludes reports whether a clause says only what there must not be.
func (c *clause) excludes() bool {
	switch c.query.(type) {
	case *Not:
		return true
	case *And:
		return !slices.ContainsFunc(c.of, func(of *clause) bool { return !of.excludes() })
	}
	return false
}
