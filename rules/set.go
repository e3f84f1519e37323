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
	asking     [][]int32     // by atom: the rules of which each needs one of some atoms
	gates      gates         // what else they need
	always     []int32       // rules that need no particular word
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

// queries lists the queries that the rule has.
func (r *rule) queries() (out []*clause) {
	for _, c := range []*clause{r.match, r.alert} {
		if c != nil {
			out = append(out, c)
		}
	}
	return out
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
	holding := r.holding[:0]
	r.candidates(func(rule int32) {
		if r.level(&s.rules[rule]) > article.None {
			holding = append(holding, rule)
		}
	})
	r.holding = holding
	slices.Sort(holding)
	out := make([]article.Match, len(holding))
	for i, rule := range holding {
		out[i], _ = r.match(&s.rules[rule])
	}
	return out
}

// candidates visits each rule that has what it cannot do without, once.
func (r *reading) candidates(visit func(rule int32)) {
	for _, rule := range r.set.always {
		visit(rule)
	}
	for _, atom := range r.postings.touched {
		for _, rule := range r.set.asking[atom] {
			if r.asked[rule] != r.number {
				r.asked[rule] = r.number
				if r.set.gates.open(rule, r.postings) {
					visit(rule)
				}
			}
		}
	}
}

// level judges by one rule, without evidence.
func (r *reading) level(rule *rule) article.Level {
	switch {
	case rule.alert != nil && r.holds(rule.alert, r.doc.reading):
		return article.Alert
	case rule.match != nil && r.holds(rule.match, r.doc.reading):
		return article.Digest
	}
	return article.None
}

// match judges by one rule.
func (r *reading) match(rule *rule) (article.Match, bool) {
	level := r.level(rule)
	c := rule.match
	switch level {
	case article.None:
		return article.Match{}, false
	case article.Alert:
		c = rule.alert
	}
	scope := r.doc.reading
	r.marks, r.joint = r.marks[:0], r.joint[:0]
	r.gather(c, scope)
	return article.Match{
		Rule: rule.id, Name: rule.name, Level: level, Clause: r.clauseText(c, scope), Hash: rule.hash,
		Evidence: r.passages(r.marks, r.joint),
	}, true
}

// index prepares the choice of candidates.
func (s *Set) index() {
	s.asking = make([][]int32, len(s.dictionary.atoms))
	s.readings, s.desks = make(chan *reading, kept), make(chan *desk, kept)
	for i := range s.rules {
		queries := s.rules[i].queries()
		s.gates.add(queries)
		needs := eitherNeeds(queries)
		if needs == nil {
			s.always = append(s.always, int32(i))
		}
		for _, atom := range needs {
			s.asking[atom] = append(s.asking[atom], int32(i))
		}
	}
}
