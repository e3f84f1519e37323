package rules

import (
	"slices"

	"presswatch/watcher/article"
)

// Set is rules with their vocabularies, compiled together. It is never changed
// once made and may be used by any number of goroutines.
type Set struct {
	rules      []rule
	dictionary *dictionary
	sequences  []sequence
	leaves     []leaf
	names      names
	queries    []*clause // two of each rule: what alerts, and what matches; nil for none
	candidates candidates
	programs   programs      // by which candidates are judged
	readings   chan *reading // memory of readings that are done, for the next ones
	desks      chan *desk    // likewise of what prepares documents
	known      Known
	// vocabularies is what queries may name, kept for those asked later: see Ask.
	vocabularies *vocabularies
}

// rule is a compiled rule. A query that the rule does not have is nil.
type rule struct {
	id, name     string
	match, alert *clause
	hash         string
	config       ruleConfig
}

// IDs lists the rules' ids in the order of the files.
func (s *Set) IDs() []string {
	ids := make([]string, len(s.rules))
	for i, r := range s.rules {
		ids[i] = r.id
	}
	return ids
}

// Match judges a document by every rule: at most one match per rule, at its
// highest level, in the order of the rules. A rule is at level alert where its
// alert query is true, whether or not its match query is.
func (s *Set) Match(d *Document) []article.Match {
	r := s.read(d)
	defer r.done()
	r.holding = s.candidates.of(r, r.holding[:0])
	r.fetch(r.holding)
	slices.Sort(r.holding)
	judged := int32(-1) // the rule judged last that is at a level: an alert says it all
	r.holding = slices.DeleteFunc(slices.Compact(r.holding), func(query int32) bool {
		if query/2 == judged || !r.all(s.programs.of(query)) {
			return true
		}
		judged = query / 2
		return false
	})
	r.gallery.clear()
	for _, query := range r.holding {
		r.exhibit(query)
	}
	return r.matches()
}

// fetch has the memory bring the programs of queries, many at once.
func (r *reading) fetch(queries []int32) {
	for _, query := range queries {
		r.fetched += r.set.programs.steps[r.set.programs.at[query]]
	}
}

// judge judges by one rule.
func (r *reading) judge(rule int) (article.Match, bool) {
	for q := 2 * rule; q < 2*rule+2; q++ {
		if c := r.set.queries[q]; c != nil && r.holds(c, r.doc.reading) {
			r.gallery.clear()
			r.exhibit(int32(q))
			return r.matches()[0], true
		}
	}
	return article.Match{}, false
}

// index takes over what the rules were compiled to, and prepares the choice of
// candidates.
func (s *Set) index(c *compiler) {
	s.dictionary, s.sequences, s.leaves, s.names = c.dictionary, c.sequences, c.leaves, namesOf(c.traits)
	l := loader{known: s.known, vocabularies: s.vocabularies}
	s.dictionary.learnStems(l.languages())
	s.readings, s.desks = make(chan *reading, kept), make(chan *desk, kept)
	s.queries = make([]*clause, 0, 2*len(s.rules))
	for _, r := range s.rules {
		s.queries = append(s.queries, r.alert, r.match)
	}
	s.candidates, s.programs = newCandidates(s.queries, s.dictionary)
}
