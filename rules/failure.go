package rules

import (
	"fmt"
	"strings"
)

// failure is a clause that is not true, and the reason in words.
type failure struct {
	clause *clause
	reason string
	near   []stretch // what there is of it
}

// context is where a clause is read: the words, and how they are called.
type context struct {
	scope []stretch
	name  string // "the title", "one sentence"; "" the whole article
}

// failure finds the clause that, had it been true, would have brought c nearest
// to being true. c is not true in the context.
func (r *reading) failure(c *clause, in context) failure {
	switch q := c.query.(type) {
	case *And:
		return r.failedMember(c, in)
	case *Or:
		best := r.nearest(c.of, in)
		f := r.failure(best, in)
		return f.noting(fmt.Sprintf(" (the nearest of %d alternatives)", len(c.of)), "alternatives)")
	case *Not:
		return failure{c, quoted(q.Of.String()) + " is there" + in.where(), r.evidence(c.of[0], in.scope)}
	case *Field:
		return failure{c, r.fieldReason(q), nil}
	case *Near:
		return r.failedNear(c, q, in)
	case *Together:
		return r.failedTogether(c, q, in)
	case *First:
		return r.failedFirst(c, q, in)
	case *AtLeast:
		return r.failedCount(c, q, in)
	case *Zone:
		return r.failedZone(c, q, in)
	}
	return r.failedLeaf(c, in)
}

func (in context) where() string {
	if in.name == "" {
		return ""
	}
	return " in " + in.name
}

func (r *reading) failedMember(c *clause, in context) failure {
	var failing []*clause
	var near []stretch
	for _, of := range c.of {
		if r.holds(of, in.scope) {
			near = append(near, r.evidence(of, in.scope)...)
		} else {
			failing = append(failing, of)
		}
	}
	f := r.failure(r.nearest(failing, in), in)
	if f.near == nil {
		f.near = near
	}
	if more := len(failing) - 1; more > 0 {
		f = f.noting(fmt.Sprintf("; %d of %d parts fail", more+1, len(c.of)), "parts fail")
	}
	return f
}

// noting adds a remark to the reason, unless a part further in has made one of
// that kind: the innermost is about what the reader has to change.
func (f failure) noting(remark, kind string) failure {
	if !strings.Contains(f.reason, kind) {
		f.reason += remark
	}
	return f
}

// nearest is the first of the clauses that came furthest.
func (r *reading) nearest(of []*clause, in context) *clause {
	best, most := of[0], -1.0
	for _, c := range of {
		if p := r.progress(c, in.scope); p > most {
			best, most = c, p
		}
	}
	return best
}

func (r *reading) failedNear(c *clause, q *Near, in context) failure {
	for _, of := range c.of {
		if !r.holds(of, in.scope) {
			return r.failure(of, in)
		}
	}
	f := failure{clause: c, near: append(r.evidence(c.of[0], in.scope), r.evidence(c.of[1], in.scope)...)}
	if q.Ordered {
		f.reason = fmt.Sprintf("both are there%s, but not in this order with at most %d words between", in.where(), q.Most)
	} else {
		f.reason = fmt.Sprintf("both are there%s, but never with at most %d words between", in.where(), q.Most)
	}
	return f
}

// failedTogether blames the unit where the operand is all there but never in
// one place, else what is missing altogether.
func (r *reading) failedTogether(c *clause, q *Together, in context) failure {
	unit := strings.ToLower(string(q.In))
	if !r.holds(c.of[0], in.scope) {
		return r.failure(c.of[0], in)
	}
	best, most := context{}, -1.0
	for _, s := range in.scope {
		for _, u := range r.units(q.In, s) {
			if p := r.progress(c.of[0], []stretch{u}); p > most {
				best, most = context{[]stretch{u}, "the nearest " + unit}, p
			}
		}
	}
	if most < 0 {
		return failure{c, "there is no text" + in.where(), nil}
	}
	inner := r.failure(c.of[0], best)
	return failure{c, fmt.Sprintf("all of it is there%s, but never in one %s: %s", in.where(), unit, inner.reason), inner.near}
}

func (r *reading) failedFirst(c *clause, q *First, in context) failure {
	if r.holds(c.of[0], in.scope) {
		return failure{c, fmt.Sprintf("it is there%s, but not within the first %d words", in.where(), q.Words), r.evidence(c.of[0], in.scope)}
	}
	return r.failure(c.of[0], in)
}

func (r *reading) failedCount(c *clause, q *AtLeast, in context) failure {
	n := apart(r.hits(c.of[0], in.scope))
	if n == 0 {
		return r.failure(c.of[0], in)
	}
	return failure{c, fmt.Sprintf("found %d of %d times%s", n, q.Times, in.where()), r.evidence(c.of[0], in.scope)}
}

func (r *reading) failedZone(c *clause, q *Zone, in context) failure {
	scope := r.doc.of(q.Kind)
	name := "the " + string(q.Kind)
	if len(scope) == 0 {
		return failure{c, fmt.Sprintf("the article has no %s", q.Kind), nil}
	}
	if r.holds(c.of[0], in.scope) {
		inner := r.failure(c.of[0], context{scope, name})
		return failure{c, "it is in the article, but not in " + name + ": " + inner.reason, r.evidence(c.of[0], in.scope)}
	}
	return r.failure(c.of[0], context{scope, name})
}

// failedLeaf tells of a term or vocabulary that is not there, and of what would
// have counted but for an exception.
func (r *reading) failedLeaf(c *clause, in context) failure {
	f := failure{clause: c, reason: quoted(c.query.String()) + " is not there" + in.where()}
	if _, ok := c.query.(*Ref); ok {
		f.reason = "no term of " + quoted(c.query.String()) + " is there" + in.where()
	}
	l := r.set.leaves[c.leaf]
	if but := inside(r.gated(nil, l.sequences), in.scope); len(but) > 0 && len(l.except) > 0 {
		f.reason += "; what looks like one is an exception"
		f.near = but
	}
	return f
}

func (r *reading) fieldReason(q *Field) string {
	a := r.doc.about
	has := map[string]string{
		"source": strings.Trim(a.Source+" / "+a.Publisher, " /"), "lang": a.Language, "author": a.Author, "url": a.URL,
		"section": strings.Join(a.Sections, ", "), "published": "",
	}[q.Name]
	if !a.Published.IsZero() && q.Name == "published" {
		has = a.Published.Format("2006-01-02")
	}
	what := map[string]string{"lang": "language", "published": "date", "url": "address"}[q.Name]
	if what == "" {
		what = q.Name
	}
	if has == "" {
		return "the " + what + " of the article is not known"
	}
	return "the " + what + " of the article is " + has
}
