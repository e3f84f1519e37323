package rules

import (
	"math"
	"slices"
	"strings"
)

// clause is a compiled query or part of one. It is kept small, and all clauses of a
// query lie side by side: gathering the evidence of many queries is waiting for
// memory.
type clause struct {
	query Query
	of    []*clause
	// atom is what alone makes a leaf true wherever it stands; -1 for what is more.
	atom int32
	leaf int32 // of Term and Ref: number of the leaf
	*traits
}

// traits are what is seldom asked of a clause. The clauses of a leaf share them.
type traits struct {
	text  string           // the query, printed; not of And, Or, Zone and First
	field func(About) bool // of Field
	// grows says that the clause, true of some text, is true of any text around it.
	grows bool
	// needs is atoms of which at least one must occur for the clause to be true;
	// nil when there is no such list.
	needs []int32
	// any is atoms one of which, occurring in an article, makes the clause true of it
	// as a whole, and without which it is not; nil where it is not so simple.
	any    []int32
	phrase sequence // of Term
}

// compiler turns queries into clauses that share whatever they have in common.
type compiler struct {
	known        Known
	vocabularies *vocabularies
	dictionary   *dictionary
	sequences    []sequence
	sequenceOf   map[string]int
	leaves       []leaf
	leafOf       map[string]int
	traits       []*traits // by leaf
	space        []clause  // for the query at hand
	mistakes     []Mistake // of the query at hand
}

func newCompiler(known Known, v *vocabularies) *compiler {
	return &compiler{known: known, vocabularies: v, dictionary: newDictionary(),
		sequenceOf: map[string]int{}, leafOf: map[string]int{}}
}

func (c *compiler) wrong(q Query, message, hint string) {
	c.mistakes = append(c.mistakes, Mistake{q.Span(), message, hint})
}

// query parses and compiles a query. With a mistake there is no clause.
func (c *compiler) query(s string) (*clause, []Mistake) {
	q, mistakes := Parse(s)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	c.mistakes = nil
	if found := judge(q, c.known.exclusive); len(found) > 0 {
		return nil, found
	}
	c.space = make([]clause, 0, size(q))
	out := c.clause(q)
	if len(c.mistakes) > 0 {
		sortMistakes(c.mistakes)
		return nil, c.mistakes
	}
	return out, nil
}

// size is how many clauses a query makes.
func size(q Query) int {
	n := 1
	for _, m := range members(q) {
		n += size(m)
	}
	return n
}

func (c *compiler) clause(q Query) *clause {
	c.space = append(c.space, clause{query: q, leaf: -1, atom: -1})
	out := &c.space[len(c.space)-1]
	switch q := q.(type) {
	case *Term:
		out.leaf = int32(c.term(q))
		out.traits = c.traits[out.leaf]
		if len(out.phrase.atoms) == 1 {
			out.atom = out.phrase.atoms[0]
		}
		return out
	case *Ref:
		out.traits = &traits{}
		if n := c.ref(q); n >= 0 {
			out.leaf, out.traits = int32(n), c.traits[n]
		}
		return out
	case *Field:
		out.traits = &traits{grows: true, text: q.String(), field: c.field(q)}
		return out
	}
	parts := members(q)
	out.of = make([]*clause, len(parts))
	for i, m := range parts {
		out.of[i] = c.clause(m)
	}
	out.traits = c.traitsOf(q, out.of)
	return out
}

// traitsOf works out what is to be known of a query with such parts.
func (c *compiler) traitsOf(q Query, of []*clause) *traits {
	out := &traits{grows: !slices.ContainsFunc(of, func(m *clause) bool { return !m.grows })}
	switch q.(type) {
	case *And:
		out.needs = c.rarestNeeds(of)
	case *Or:
		out.needs = eitherNeeds(of)
		if !slices.ContainsFunc(of, func(m *clause) bool { return m.any == nil }) {
			out.any = out.needs
		}
	case *Not:
		out.grows, out.text = false, q.String()
	case *First: // the first words of a longer text are other words
		out.grows, out.needs = false, of[0].needs
	case *Zone:
		out.needs = of[0].needs
	default:
		out.needs, out.text = c.rarestNeeds(of), q.String()
	}
	return out
}

// rarestNeeds is, of what each of the clauses needs, what occurs least.
func (c *compiler) rarestNeeds(of []*clause) (needs []int32) {
	least := math.Inf(1)
	for _, clause := range of {
		if clause.needs == nil {
			continue
		}
		sum := 0.0
		for _, atom := range clause.needs {
			sum += c.dictionary.shares[atom]
		}
		if sum < least {
			least, needs = sum, clause.needs
		}
	}
	return needs
}

// eitherNeeds is what one of the clauses needs, nil if any needs nothing.
func eitherNeeds(of []*clause) (needs []int32) {
	for _, c := range of {
		if c.needs == nil {
			return nil
		}
		needs = append(needs, c.needs...)
	}
	slices.Sort(needs)
	return slices.Compact(needs)
}

// field is the question that a field asks.
func (c *compiler) field(f *Field) func(About) bool {
	value := f.Value
	switch f.Name {
	case "source":
		c.mustKnow(f, "source", append(slices.Clone(c.known.Sources), c.known.Publishers...))
		return func(a About) bool { return a.Source == value || a.Publisher == value }
	case "lang":
		c.mustKnow(f, "language", append(slices.Clone(c.known.Languages), c.vocabularies.languages()...))
		return func(a About) bool { return a.Language == value }
	case "published":
		d, _ := parsePublished(value)
		return func(a About) bool { return d.has(a.Published) }
	case "url":
		lower := strings.ToLower(value)
		return func(a About) bool { return strings.Contains(strings.ToLower(a.URL), lower) }
	case "author":
		name := named(value)
		return func(a About) bool { return name(a.Author) }
	}
	name := named(value)
	return func(a About) bool { return slices.ContainsFunc(a.Sections, name) }
}
