package rules

// asked is the id of the only rule of a set that Ask makes.
const asked = "query"

// Ask compiles a single query, in the language and with the vocabulary of the
// set's rules, into a set of its own: its only rule, at level digest, is the
// query. So a question about stored articles means what it would mean in a rule.
// With a mistake there is no set; places count in the bytes of the query.
func (s *Set) Ask(query string) (*Set, []Mistake) {
	c := newCompiler(s.known, s.vocabularies)
	match, mistakes := c.query(query)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	out := &Set{known: s.known, vocabularies: s.vocabularies, rules: []rule{{id: asked, name: asked, match: match}}}
	out.rules[0].hash = hashOf(out.rules[0], s.vocabularies)
	out.index(c)
	return out, nil
}
