package rules

import "fmt"

// sense refuses queries, and operands that are read by themselves, that can
// never be true or ask for nothing. They are tried out: each distinct part that
// is not AND, OR or NOT counts as a variable, and every consistent choice of
// what is true is looked at.
func (j *judgement) sense(q Query) {
	t := newTrial(q, j.exclusive)
	switch {
	case t.value(q, 0):
		j.asksForNothing(q, t)
	case !t.possible(q):
		j.wrong(q, quoted(q.String())+" can never be true", "its parts exclude each other: is an OR meant, or other parentheses?")
	}
	j.operands(q)
}

// asksForNothing tells of a query that holds where none of its parts does.
func (j *judgement) asksForNothing(q Query, t *trial) {
	if len(t.vars) <= mostVars && !t.possible(&Not{Of: q}) {
		j.wrong(q, quoted(q.String())+" is always true", "remove what makes it so")
		return
	}
	j.wrong(q, quoted(q.String())+" asks for nothing: it is true of every article that has none of it",
		"say also what there must be: harbour AND NOT cruise")
}

// operands looks at what is read by itself: within SENTENCE, FIRST, a zone.
func (j *judgement) operands(q Query) {
	switch q := q.(type) {
	case *And, *Or, *Not:
	case *First:
		if n := fewest(q.Of); q.Words < n {
			j.wrong(q, fmt.Sprintf("%s can never be true: its operand needs %d words", quoted(q.String()), n), "")
		}
		j.sense(q.Of)
		return
	case *Together, *Zone:
		j.sense(members(q)[0])
		return
	}
	for _, member := range members(q) {
		j.operands(member)
	}
}

// fewest is the least number of words that a query needs to be true.
func fewest(q Query) int {
	switch q := q.(type) {
	case *Term:
		words, _ := patternsOf(q.Text)
		return len(words)
	case *Near:
		return fewest(q.A) + fewest(q.B)
	case *AtLeast:
		return q.Times * fewest(q.Of)
	case *Or:
		least := fewest(q.Of[0])
		for _, member := range q.Of[1:] {
			least = min(least, fewest(member))
		}
		return least
	case *Not, *Field:
		return 0
	}
	most := 1
	for _, member := range members(q) {
		most = max(most, fewest(member))
	}
	return most
}

// mostVars is how many variables are tried out in all their combinations. A
// query with more is looked at only for a part beside its own negation.
const mostVars = 12

// trial is a query's distinct parts as variables; a choice is a set of bits.
type trial struct {
	index     map[Query]int // variable of each part; parts that read the same share one
	vars      []Query
	exclusive func(a, b *Field) bool
}

func newTrial(q Query, exclusive func(a, b *Field) bool) *trial {
	t := &trial{index: map[Query]int{}, exclusive: exclusive}
	t.collect(q, map[string]int{})
	return t
}

func (t *trial) collect(q Query, known map[string]int) {
	switch q.(type) {
	case *And, *Or, *Not:
		for _, member := range members(q) {
			t.collect(member, known)
		}
		return
	}
	key := q.String()
	i, ok := known[key]
	if !ok {
		i = len(t.vars)
		known[key] = i
		t.vars = append(t.vars, q)
	}
	t.index[q] = i
}

// value is the query's truth when the variables chosen are true.
func (t *trial) value(q Query, choice uint64) bool {
	switch q := q.(type) {
	case *Not:
		return !t.value(q.Of, choice)
	case *And:
		for _, member := range q.Of {
			if !t.value(member, choice) {
				return false
			}
		}
		return true
	case *Or:
		for _, member := range q.Of {
			if t.value(member, choice) {
				return true
			}
		}
		return false
	}
	i := t.index[q]
	return i < 64 && choice&(1<<i) != 0
}

// possible reports whether some consistent choice makes the query true; a query
// with too many variables is taken to be possible unless it negates itself.
func (t *trial) possible(q Query) bool {
	if len(t.vars) > mostVars {
		return !selfDenying(q)
	}
	for choice := uint64(0); choice < 1<<len(t.vars); choice++ {
		if t.consistent(choice) && t.value(q, choice) {
			return true
		}
	}
	return false
}

// consistent reports whether the chosen fields can be true of one article.
func (t *trial) consistent(choice uint64) bool {
	var chosen []*Field
	when := days{0, endOfDays}
	for i, v := range t.vars {
		f, ok := v.(*Field)
		if !ok || choice&(1<<i) == 0 {
			continue
		}
		if f.Name == "published" {
			d, _ := parsePublished(f.Value)
			when = days{max(when.from, d.from), min(when.to, d.to)}
		}
		for _, other := range chosen {
			if f.Name == "lang" && other.Name == "lang" && f.Value != other.Value || t.exclusive != nil && t.exclusive(f, other) {
				return false
			}
		}
		chosen = append(chosen, f)
	}
	return when.from <= when.to
}

// selfDenying reports whether a conjunction has a part and its negation.
func selfDenying(q Query) bool {
	and, ok := q.(*And)
	if !ok {
		return false
	}
	parts := map[string]bool{}
	for _, member := range and.Of {
		parts[member.String()] = true
	}
	for _, member := range and.Of {
		if not, ok := member.(*Not); ok && parts[not.Of.String()] {
			return true
		}
	}
	return false
}
