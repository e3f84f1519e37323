package rules

import (
	"presswatch/watcher/article"
)

// Explanation is what a rule says of a document, and why it says no more.
type Explanation struct {
	Rule  string        `json:"rule"`
	Name  string        `json:"name"`
	Level article.Level `json:"level"`
	// Match is the match; nil at level none.
	Match *article.Match `json:"match,omitempty"`
	// Missed is one entry for each query of the rule above its level, most urgent
	// first.
	Missed []Miss `json:"missed,omitempty"`
}

// Miss is why a query is not true: its clause that came nearest to being so.
type Miss struct {
	Level  article.Level `json:"level"`  // that the query would have given
	Clause string        `json:"clause"` // the part that failed, printed
	At     Place         `json:"at"`     // of the clause in the query
	Reason string        `json:"reason"` // in words: `no word harbour in the title`
	// Near is what there was of it, best first; may be empty.
	Near []article.Passage `json:"near,omitempty"`
}

// Explain judges a document by every rule, in the order of the rules, and says
// of each why it reached its level and no higher.
func (s *Set) Explain(d *Document) []Explanation {
	r := s.read(d)
	defer r.done()
	out := make([]Explanation, len(s.rules))
	for i := range s.rules {
		out[i] = r.explain(i)
	}
	return out
}

func (r *reading) explain(number int) Explanation {
	rule := &r.set.rules[number]
	e := Explanation{Rule: rule.id, Name: rule.name}
	if m, ok := r.judge(number); ok {
		e.Level, e.Match = m.Level, &m
	}
	if rule.alert != nil && e.Level < article.Alert {
		e.Missed = append(e.Missed, r.miss(article.Alert, rule.alert))
	}
	if rule.match != nil && e.Level < article.Digest {
		e.Missed = append(e.Missed, r.miss(article.Digest, rule.match))
	}
	return e
}

func (r *reading) miss(level article.Level, c *clause) Miss {
	f := r.failure(c, context{scope: r.doc.reading})
	r.gallery.clear()
	r.show(f.near, nil)
	return Miss{Level: level, Clause: f.clause.query.String(), At: f.clause.query.Span(), Reason: f.reason, Near: r.passages()}
}

// progress says how near a clause is to being true, from 0 to 1: a part that
// holds counts, and so does one that would hold elsewhere, a little.
func (r *reading) progress(c *clause, scope []stretch) float64 {
	if r.holds(c, scope) {
		return 1
	}
	switch q := c.query.(type) {
	case *And:
		sum := 0.0
		for _, of := range c.of {
			sum += r.progress(of, scope)
		}
		return sum / float64(len(c.of))
	case *Or:
		best := 0.0
		for _, of := range c.of {
			best = max(best, r.progress(of, scope))
		}
		return best
	case *Near:
		return 0.9 * (r.progress(c.of[0], scope) + r.progress(c.of[1], scope)) / 2
	case *Zone:
		return 0.9 * max(r.progress(c.of[0], r.doc.of(q.Kind)), r.progress(c.of[0], scope)/2)
	case *Together, *First, *AtLeast:
		return 0.9 * r.progress(c.of[0], scope)
	}
	return 0
}
