package rules

// Simplify returns a query that is true of the same articles for the same
// places, with less in it: conjunctions and alternatives within their like are
// opened, doubles removed, double negations resolved, and operators that add
// nothing taken away. The query itself is not changed.
func Simplify(q Query) Query {
	switch q := q.(type) {
	case *And:
		return joinSimple(q.Place, opened(q.Of, func(m Query) []Query {
			if and, ok := m.(*And); ok {
				return and.Of
			}
			return nil
		}), func(of []Query) Query { return &And{q.Place, of} })
	case *Or:
		of := opened(q.Of, func(m Query) []Query {
			if or, ok := m.(*Or); ok {
				return or.Of
			}
			return nil
		})
		return joinSimple(q.Place, of, func(of []Query) Query { return &Or{q.Place, of} })
	case *Not:
		of := Simplify(q.Of)
		if not, ok := of.(*Not); ok {
			return not.Of
		}
		return &Not{q.Place, of}
	case *Near:
		return &Near{q.Place, Simplify(q.A), Simplify(q.B), q.Most, q.Ordered}
	case *Zone:
		return &Zone{q.Place, q.Kind, Simplify(q.Of)}
	}
	return simplifyPart(q)
}

// simplifyPart simplifies what reads a part of the text.
func simplifyPart(q Query) Query {
	switch q := q.(type) {
	case *Together:
		of := Simplify(q.Of)
		if inner, ok := of.(*Together); ok && inner.In == q.In {
			return inner
		}
		return &Together{q.Place, q.In, of}
	case *First:
		of := Simplify(q.Of)
		if inner, ok := of.(*First); ok {
			return &First{q.Place, min(q.Words, inner.Words), inner.Of}
		}
		return &First{q.Place, q.Words, of}
	case *AtLeast:
		of := Simplify(q.Of)
		if q.Times == 1 {
			return of
		}
		return &AtLeast{q.Place, q.Times, of}
	}
	return q
}

// opened simplifies members, puts those of the same kind in their own place,
// and removes doubles.
func opened(of []Query, same func(Query) []Query) []Query {
	var out []Query
	seen := map[string]bool{}
	add := func(m Query) {
		if key := m.String(); !seen[key] {
			seen[key] = true
			out = append(out, m)
		}
	}
	for _, m := range of {
		m = Simplify(m)
		inner := same(m)
		if inner == nil {
			add(m)
		}
		for _, n := range inner {
			add(n)
		}
	}
	return out
}

func joinSimple(at Place, of []Query, join func([]Query) Query) Query {
	if len(of) == 1 {
		return of[0]
	}
	return join(of)
}
