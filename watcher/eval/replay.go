package eval

import (
	"slices"

	"presswatch/rules"
	"presswatch/watcher/article"
)

// Movement names how a verdict differs from the one before.
type Movement string

// The movements of a verdict.
const (
	New     Movement = "new"     // nothing was said, and something would be
	Gone    Movement = "gone"    // something was said, and nothing would be
	Raised  Movement = "raised"  // digest was said, and alert would be
	Lowered Movement = "lowered" // alert was said, and digest would be
)

// Change is a verdict that differs from what was said.
type Change struct {
	Rule     string        `json:"rule"`
	Movement Movement      `json:"movement"`
	Was      article.Level `json:"was"`
	Now      article.Level `json:"now"`
	// Said is what was said, nil at level none; Match is what would be said.
	Said  *article.Match `json:"said,omitempty"`
	Match *article.Match `json:"match,omitempty"`
	// Missed is why less would be said: the clause that came nearest to each level
	// lost. Empty when the set has no such rule any more.
	Missed []rules.Miss `json:"missed,omitempty"`
}

// Turnout is, for one rule, what would be said of all articles, and how it
// differs from what was said.
type Turnout struct {
	Alert   int `json:"alert"`  // articles at level alert now
	Digest  int `json:"digest"` // at level digest now
	New     int `json:"new"`
	Gone    int `json:"gone"`
	Raised  int `json:"raised"`
	Lowered int `json:"lowered"`
}

// Replay is a set's verdicts on articles, held against what was said of them.
type Replay struct {
	set *rules.Set

	Articles int                 // how many were added
	Rules    map[string]*Turnout // by the rule's id: those of the set, and those that it lacks and that said something
}

// NewReplay begins a replay without articles.
func NewReplay(set *rules.Set) *Replay {
	r := &Replay{set: set, Rules: map[string]*Turnout{}}
	for _, id := range set.IDs() {
		r.Rules[id] = &Turnout{}
	}
	return r
}

// Add judges one more article and says how the verdicts differ from the matches
// that were recorded for it: rules of the set in their order, then those it
// lacks. Levels alone are compared: another clause or wording that leads to the
// same level tells readers nothing else.
func (r *Replay) Add(document *rules.Document, said []article.Match) []Change {
	r.Articles++
	now := r.set.Match(document)
	for _, m := range now {
		if m.Level == article.Alert {
			r.Rules[m.Rule].Alert++
		} else {
			r.Rules[m.Rule].Digest++
		}
	}
	if sameLevels(said, now) {
		return nil
	}
	changes := compare(r.set.Explain(document), said)
	for _, c := range changes {
		if r.Rules[c.Rule] == nil {
			r.Rules[c.Rule] = &Turnout{}
		}
		r.Rules[c.Rule].count(c.Movement)
	}
	return changes
}

func (t *Turnout) count(m Movement) {
	switch m {
	case New:
		t.New++
	case Gone:
		t.Gone++
	case Raised:
		t.Raised++
	case Lowered:
		t.Lowered++
	}
}

// sameLevels reports whether two lists of matches say the same; it spares the
// search for reasons where there is nothing to give reasons for.
func sameLevels(a, b []article.Match) bool {
	if len(a) != len(b) {
		return false
	}
	levels := map[string]article.Level{}
	for _, m := range a {
		levels[m.Rule] = m.Level
	}
	return !slices.ContainsFunc(b, func(m article.Match) bool { return levels[m.Rule] != m.Level })
}

func compare(now []rules.Explanation, said []article.Match) (changes []Change) {
	before := map[string]*article.Match{}
	for i := range said {
		before[said[i].Rule] = &said[i]
	}
	for _, e := range now {
		if c, differs := change(e, before[e.Rule]); differs {
			changes = append(changes, c)
		}
		delete(before, e.Rule)
	}
	for i := range said {
		if before[said[i].Rule] != nil {
			changes = append(changes, Change{Rule: said[i].Rule, Movement: Gone, Was: said[i].Level, Said: &said[i]})
		}
	}
	return changes
}

func change(e rules.Explanation, said *article.Match) (Change, bool) {
	c := Change{Rule: e.Rule, Now: e.Level, Said: said, Match: e.Match}
	if said != nil {
		c.Was = said.Level
	}
	switch {
	case c.Was == c.Now:
		return c, false
	case c.Was == article.None:
		c.Movement = New
	case c.Now == article.None:
		c.Movement = Gone
	case c.Now > c.Was:
		c.Movement = Raised
	default:
		c.Movement = Lowered
	}
	for _, m := range e.Missed {
		if m.Level > c.Now && m.Level <= c.Was {
			c.Missed = append(c.Missed, m)
		}
	}
	return c, true
}
