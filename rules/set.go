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
	asking     map[int][]int // rules by an atom of which each needs one
	always     []int         // rules that need no particular word
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
	var out []article.Match
	for _, i := range s.candidates(r.postings) {
		if m, ok := r.match(&s.rules[i]); ok {
			out = append(out, m)
		}
	}
	return out
}

// candidates are the rules that have what they cannot do without.
func (s *Set) candidates(postings []posting) []int {
	out := slices.Clone(s.always)
	last := -1
	for _, p := range postings {
		if p.atom != last {
			out = append(out, s.asking[p.atom]...)
			last = p.atom
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// match judges by one rule.
func (r *reading) match(rule *rule) (article.Match, bool) {
	level, c := article.None, (*clause)(nil)
	switch {
	case rule.alert != nil && r.holds(rule.alert, r.doc.reading):
		level, c = article.Alert, rule.alert
	case rule.match != nil && r.holds(rule.match, r.doc.reading):
		level, c = article.Digest, rule.match
	default:
		return article.Match{}, false
	}
	scope := r.doc.reading
	return article.Match{
		Rule: rule.id, Name: rule.name, Level: level, Clause: r.because(c, scope).String(), Hash: rule.hash,
		Evidence: r.passages(r.evidence(c, scope), r.joint(c, scope)),
	}, true
}

// index prepares the choice of candidates.
func (s *Set) index() {
	s.asking = map[int][]int{}
	for i, rule := range s.rules {
		var queries []*clause
		for _, c := range []*clause{rule.match, rule.alert} {
			if c != nil {
				queries = append(queries, c)
			}
		}
		needs := eitherNeeds(queries)
		if needs == nil {
			s.always = append(s.always, i)
		}
		for _, atom := range needs {
			s.asking[atom] = append(s.asking[atom], i)
		}
	}
}
