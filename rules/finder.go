package rules

// Finder looks for where queries are true, for those who ask not whether an
// article matches but what stands where. Its queries are compiled together, with
// the vocabularies of the set they came from. It is never changed once made and
// may be used by any number of goroutines.
type Finder struct{ set *Set }

// Hit is a place where a query is true, with the words that make it so.
type Hit struct {
	Range
	// Parts are the words that took part; of a term, all of the hit.
	Parts []Range
}

// Finder compiles queries, in the language and with the vocabulary of the set's
// rules. Mistakes are told by the query's index; with one there is no Finder. A
// query must have places: words, phrases, vocabularies, alternatives, NEAR,
// SENTENCE and PARAGRAPH have, also within a zone or FIRST.
func (s *Set) Finder(queries []string) (*Finder, map[int][]Mistake) {
	c := newCompiler(s.known, s.vocabularies)
	set := &Set{known: s.known, vocabularies: s.vocabularies}
	wrong := map[int][]Mistake{}
	for i, query := range queries {
		compiled, mistakes := c.query(query)
		if compiled != nil && !placed(compiled.query) {
			mistakes = append(mistakes, Mistake{compiled.query.Span(), "the query has no place", "put SENTENCE(…) around it"})
		}
		if len(mistakes) > 0 {
			wrong[i] = mistakes
			continue
		}
		set.rules = append(set.rules, rule{id: asked, match: compiled})
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	set.index(c)
	return &Finder{set: set}, nil
}

// placed reports whether a query has places.
func placed(q Query) bool {
	switch q := q.(type) {
	case *Term, *Ref, *Near, *Together:
		return true
	case *Or:
		for _, of := range q.Of {
			if !placed(of) {
				return false
			}
		}
		return true
	case *First:
		return placed(q.Of)
	case *Zone:
		return placed(q.Of)
	}
	return false
}

// Find looks a document through, captions too. The hits of query i are found[i], in
// the order in which they are found.
func (f *Finder) Find(d *Document) (found [][]Hit) {
	r := f.set.read(d)
	defer r.done()
	scope := make([]stretch, 0, len(d.zones))
	for _, z := range d.zones {
		if len(z.text.Words) > 0 {
			scope = append(scope, z.words)
		}
	}
	found = make([][]Hit, len(f.set.rules))
	for i := range f.set.rules {
		query := f.set.rules[i].match
		if !r.holds(query, scope) {
			continue
		}
		for _, h := range r.hits(query, scope) {
			hit := Hit{Range: ranged(h.stretch)}
			for _, s := range h.spans() {
				hit.Parts = append(hit.Parts, ranged(s))
			}
			found[i] = append(found[i], hit)
		}
	}
	return found
}
