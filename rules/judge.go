package rules

import (
	"cmp"
	"fmt"
	"slices"
)

func sortMistakes(ms []Mistake) {
	slices.SortStableFunc(ms, func(a, b Mistake) int { return cmp.Compare(a.Start, b.Start) })
}

// judge looks for what can be parsed and makes no sense: operators inside each
// other that say nothing together, and queries that can never be true, or are
// true of articles that have nothing of what they name. exclusive tells which
// fields cannot both be true, beyond what fields themselves say; it may be nil.
func judge(q Query, exclusive func(a, b *Field) bool) []Mistake {
	j := judgement{exclusive: exclusive}
	j.places(q, nil)
	if len(j.mistakes) == 0 {
		j.sense(q)
	}
	return j.mistakes
}

type judgement struct {
	exclusive func(a, b *Field) bool
	mistakes  []Mistake
}

func (j *judgement) wrong(q Query, message, hint string) {
	j.mistakes = append(j.mistakes, Mistake{q.Span(), message, hint})
}

// places checks that every operator stands where it means something; around is
// the innermost query that reads only a part of the article, nil at the top.
func (j *judgement) places(q Query, around Query) {
	switch q := q.(type) {
	case *Zone:
		if around != nil {
			j.wrong(q, fmt.Sprintf("%s: cannot stand inside %s", q.Kind, opening(around)), "name the zone first: title:(SENTENCE(…))")
		}
		j.places(q.Of, q)
	case *Field:
		if around != nil {
			j.wrong(q, fmt.Sprintf("%s: is a question about the whole article, and cannot stand inside %s", q.Name, opening(around)),
				fmt.Sprintf("move it out: %s AND …", q))
		}
	case *Near:
		for _, operand := range []Query{q.A, q.B} {
			j.positional(operand, q)
		}
	case *AtLeast:
		j.countable(q.Of)
		j.places(q.Of, around)
	case *Together, *First:
		for _, member := range members(q) {
			j.places(member, q)
		}
	default:
		for _, member := range members(q) {
			j.places(member, around)
		}
	}
}

// positional checks an operand of NEAR: it must have places in the text.
func (j *judgement) positional(q Query, near *Near) {
	switch q := q.(type) {
	case *Term, *Ref:
	case *Or, *Near:
		for _, member := range members(q) {
			j.positional(member, near)
		}
	case *Zone:
		j.wrong(q, fmt.Sprintf("%s: cannot stand inside NEAR", q.Kind), fmt.Sprintf("put the whole inside: %s:(one NEAR/%d two)", q.Kind, near.Most))
	default:
		j.wrong(q, quoted(q.String())+" has no place that something could be near to",
			"NEAR stands between words, phrases, vocabularies, or alternatives of them: (one OR two) NEAR/10 three")
	}
}

// countable checks the operand of ATLEAST: it must be clear what is counted.
func (j *judgement) countable(q Query) {
	switch q := q.(type) {
	case *Term, *Ref, *Near, *Together:
	case *Or, *First, *Zone:
		for _, member := range members(q) {
			j.countable(member)
		}
	default:
		j.wrong(q, "ATLEAST cannot count "+quoted(q.String()), "say what is counted: ATLEAST/2(SENTENCE(one two)) counts sentences that have both")
	}
}

// members are the direct operands of a query.
func members(q Query) []Query {
	switch q := q.(type) {
	case *And:
		return q.Of
	case *Or:
		return q.Of
	case *Not:
		return []Query{q.Of}
	case *Near:
		return []Query{q.A, q.B}
	case *Together:
		return []Query{q.Of}
	case *First:
		return []Query{q.Of}
	case *AtLeast:
		return []Query{q.Of}
	case *Zone:
		return []Query{q.Of}
	}
	return nil
}

func opening(q Query) string {
	switch q := q.(type) {
	case *Zone:
		return string(q.Kind) + ":(…)"
	case *Together:
		return string(q.In) + "(…)"
	case *First:
		return fmt.Sprintf("FIRST/%d(…)", q.Words)
	}
	return quoted(q.String())
}
