package rules

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// clause is a compiled query or part of one.
type clause struct {
	query Query
	text  string // the query, printed; not of And, Or, Not, Zone and First
	of    []*clause
	leaf  int              // of Term and Ref: number of the leaf
	field func(About) bool // of Field
	// grows says that the clause, true of some text, is true of any text around it.
	grows bool
	// needs is atoms of which at least one must occur for the clause to be true;
	// nil when there is no such list.
	needs  []int32
	phrase sequence // of Term
	// atom is what alone makes a leaf true wherever it stands; -1 for what is more.
	atom int32
	// any is atoms one of which, occurring in an article, makes the clause true of it
	// as a whole, and without which it is not; nil where it is not so simple.
	any []int32
}

// sequence is a compiled term: its words one after the other.
type sequence struct {
	atoms  []int32
	rarest int // index in atoms, at a guess
}

// gated is a sequence that counts in articles of one language, or "" in all.
type gated struct {
	sequence int
	language string
}

// leaf is a compiled term or vocabulary: where any of its sequences stands, or
// any leaf it includes, unless an exception covers it.
type leaf struct {
	text      string // of the query
	sequences []gated
	includes  []int
	except    []gated
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
	needsOf      map[int][]int32 // of leaves
	mistakes     []Mistake       // of the query at hand
}

func newCompiler(known Known, v *vocabularies) *compiler {
	return &compiler{known: known, vocabularies: v, dictionary: newDictionary(),
		sequenceOf: map[string]int{}, leafOf: map[string]int{}, needsOf: map[int][]int32{}}
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
	out := c.clause(q)
	if len(c.mistakes) > 0 {
		sortMistakes(c.mistakes)
		return nil, c.mistakes
	}
	return out, nil
}

func (c *compiler) clause(q Query) *clause {
	out := &clause{query: q, leaf: -1, atom: -1, grows: true}
	switch q := q.(type) {
	case *Term:
		out.leaf = c.term(q)
		out.text = c.leaves[out.leaf].text
		out.needs = c.needsOf[out.leaf]
		out.phrase = c.sequences[c.leaves[out.leaf].sequences[0].sequence]
		if len(out.phrase.atoms) == 1 {
			out.atom, out.any = out.phrase.atoms[0], out.phrase.atoms
		}
		return out
	case *Ref:
		if out.leaf = c.ref(q); out.leaf >= 0 {
			out.text, out.needs = c.leaves[out.leaf].text, c.needsOf[out.leaf]
		}
		return out
	case *Field:
		out.field, out.text = c.field(q), q.String()
		return out
	}
	for _, m := range members(q) {
		child := c.clause(m)
		out.of = append(out.of, child)
		out.grows = out.grows && child.grows
	}
	switch q.(type) {
	case *And, *Or, *Zone, *First:
	default:
		out.text = q.String()
	}
	switch q.(type) {
	case *Not:
		out.grows = false
	case *First: // the first words of a longer text are other words
		out.grows = false
		out.needs = out.of[0].needs
	case *Or:
		out.needs = eitherNeeds(out.of)
		if !slices.ContainsFunc(out.of, func(m *clause) bool { return m.any == nil }) {
			out.any = out.needs
		}
	default:
		out.needs = c.rarestNeeds(out.of)
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

// term is the leaf of a term in a query: it is sought in all languages.
func (c *compiler) term(t *Term) int {
	return c.addLeaf(t.String(), func() leaf {
		return leaf{sequences: []gated{{sequence: c.sequence(t, "")}}}
	})
}

// addLeaf returns the leaf of a key, made if it is not there yet.
func (c *compiler) addLeaf(key string, make func() leaf) int {
	if n, known := c.leafOf[key]; known {
		return n
	}
	l := make()
	l.text = key
	n := len(c.leaves)
	c.leaves = append(c.leaves, l)
	c.leafOf[key] = n
	needs := []int32{} // not nil: a leaf without sequences is never true
	for _, g := range l.sequences {
		s := c.sequences[g.sequence]
		needs = append(needs, s.atoms[s.rarest])
	}
	for _, i := range l.includes {
		needs = append(needs, c.needsOf[i]...)
	}
	slices.Sort(needs)
	c.needsOf[n] = slices.Compact(needs)
	return n
}

// rarest guesses which of the atoms is the rarest; of equals it is the longest.
func (c *compiler) rarest(atoms []int32) int {
	return slices.Index(atoms, slices.MinFunc(atoms, func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.dictionary.shares[a], c.dictionary.shares[b]), len(c.dictionary.atoms[b].text)-len(c.dictionary.atoms[a].text))
	}))
}

// sequence numbers a term whose stems count in articles of a language, or ""
// in all.
func (c *compiler) sequence(t *Term, language string) int {
	patterns, _ := patternsOf(t.Text)
	s := sequence{atoms: make([]int32, len(patterns))}
	for i, p := range patterns {
		s.atoms[i] = c.dictionary.atomOf(p, t.Exact, language)
	}
	key := fmt.Sprint(s.atoms)
	if n, known := c.sequenceOf[key]; known {
		return n
	}
	s.rarest = c.rarest(s.atoms)
	c.sequenceOf[key] = len(c.sequences)
	c.sequences = append(c.sequences, s)
	return len(c.sequences) - 1
}

// ref is the leaf of a vocabulary.
func (c *compiler) ref(r *Ref) int {
	v := c.vocabularies
	switch {
	case v.byName[r.Name] == nil:
		c.wrong(r, "unknown vocabulary "+quoted("@"+r.Name), v.near(r.Name))
		return -1
	case r.Language != "" && r.Language != Own && !v.has(r.Name, r.Language):
		c.wrong(r, fmt.Sprintf("vocabulary %s has no terms for %s", quoted(r.Name), quoted(r.Language)),
			"@"+r.Name+" is its terms in all languages, @"+r.Name+"/own those of the article's language")
		return -1
	}
	return c.refLeaf(r)
}

func (c *compiler) refLeaf(r *Ref) int {
	return c.addLeaf(r.String(), func() leaf { return c.vocabulary(r) })
}

func (c *compiler) vocabulary(r *Ref) (out leaf) {
	voc := c.vocabularies.byName[r.Name]
	for _, e := range voc.terms {
		own := r.Language == Own
		if r.Language != "" && !own && e.language != "" && e.language != r.Language {
			continue
		}
		if e.ref != nil {
			if c.vocabularies.byName[e.ref.Name] != nil { // else it is told already
				out.includes = append(out.includes, c.refLeaf(&Ref{Name: e.ref.Name, Language: narrowed(e, r.Language)}))
			}
			continue
		}
		g := gated{sequence: c.sequence(e.term, e.language)}
		if own {
			g.language = e.language
		}
		out.sequences = append(out.sequences, g)
	}
	for _, e := range voc.except {
		out.except = append(out.except, gated{c.sequence(e.term, e.language), e.language})
	}
	return out
}

// narrowed is the language in which a reference of a vocabulary is read when
// the vocabulary itself is read in language.
func narrowed(e entry, language string) string {
	switch {
	case e.ref.Language != "":
		return e.ref.Language
	case language == Own:
		return Own
	case e.language != "":
		return e.language
	}
	return language
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
