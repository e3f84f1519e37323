package eval

import (
	"slices"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

// Report is all that the scorers say, as eval --json prints it.
type Report struct {
	Rules  map[string]Levels `json:"rules"`            // by the rule's id; rules that no label names are left out
	Facts  *FactScore        `json:"facts,omitempty"`  // nil when no label says what is stated
	Copies *Score            `json:"copies,omitempty"` // of pairs; nil when no labels say what is a copy
	Events *BCubed           `json:"events,omitempty"` // nil when no label names an event
	Errors []Fault           `json:"errors,omitzero"`  // of rules; nil unless asked for
	// FactErrors are the facts that were missed, made up or at another status; nil
	// unless asked for.
	FactErrors []FactFault `json:"fact_errors,omitzero"`
	// CopyErrors are the pairs that were judged wrongly; nil unless asked for.
	CopyErrors []PairFault `json:"copy_errors,omitzero"`
	// EventErrors are the articles that stand with others than they should; nil
	// unless asked for.
	EventErrors []EventFault `json:"event_errors,omitzero"`
}

// Levels is a rule's score at each level; level digest counts alert or digest.
type Levels struct {
	Alert  Score `json:"alert"`
	Digest Score `json:"digest"`
}

// Kind tells the two ways of being wrong apart.
type Kind string

// The kinds of faults.
const (
	FalsePositive Kind = "fp" // said, and should not have been
	FalseNegative Kind = "fn" // not said, and should have been
)

// Fault is an article of which a rule says something else than its label.
type Fault struct {
	Rule     string          `json:"rule"`
	ID       string          `json:"id"` // of the article
	Title    string          `json:"title"`
	URL      string          `json:"url,omitempty"`
	Kind     Kind            `json:"kind"`
	Levels   []article.Level `json:"levels"` // at which it counts, most urgent first
	Expected article.Level   `json:"expected"`
	Got      article.Level   `json:"got"`
	// Match is what made the rule say what it said, nil at level none.
	Match *article.Match `json:"match,omitempty"`
	// Ledger is why the ledger held the match back, "" where it did not.
	Ledger string `json:"ledger,omitempty"`
	// Missed is, for a false negative, the clause that came nearest to each level
	// it should have reached.
	Missed []rules.Miss `json:"missed,omitempty"`
}

// Rules judges each case alone by every rule of the set; a rule that asks the ledger
// finds it empty. Faults come in the order of the rules, then of the cases.
func Rules(set *rules.Set, kinds *facts.Set, press Press, cases []Case) (map[string]Levels, []Fault) {
	ids := set.IDs()
	tallies := make([]tally, len(ids))
	for _, c := range cases {
		judge(set, kinds, press.Document(set, c.Article), c, tallies)
	}
	scores := map[string]Levels{}
	var faults []Fault
	for i, t := range tallies {
		if t.labelled {
			scores[ids[i]] = Levels{t.score(article.Alert), t.score(article.Digest)}
			faults = append(faults, t.faults...)
		}
	}
	return scores, faults
}

// judge counts what every rule that the label names says of one case.
func judge(set *rules.Set, kinds *facts.Set, document *rules.Document, c Case, tallies []tally) {
	said := map[string]article.Level{}
	matches, held := alone(set, kinds, document, c.Article)
	for _, m := range matches {
		said[m.Rule] = m.Level
	}
	var why []rules.Explanation // dear, and few cases need it
	for i, id := range set.IDs() {
		expected, labelled := c.Label.Rules[id]
		if !labelled {
			continue
		}
		tallies[i].count(expected, said[id])
		if expected == said[id] {
			continue
		}
		if why == nil {
			why = set.Explain(document)
		}
		e := why[i]
		e.Level = said[id] // which the ledger may have held back
		fault := fault(c.Article, expected, e)
		fault.Ledger = held[id]
		tallies[i].faults = append(tallies[i].faults, fault)
	}
}

// alone lists the matches of an article that is the first of which the ledger hears,
// and by rule why it held others back.
func alone(set *rules.Set, kinds *facts.Set, document *rules.Document, a Article) ([]article.Match, map[string]string) {
	matches := set.Match(document)
	gates := set.Gates()
	if len(gates) == 0 || len(matches) == 0 {
		return matches, nil
	}
	var entries []ledger.Entry
	for _, f := range kinds.Read(document) {
		entries = append(entries, ledger.Entry{Article: 1, Source: a.Source, Published: a.Published.Time, Fact: f})
	}
	verdicts := ledger.Judge(kinds.Ladders(), nil, nil, entries)
	held := map[string]string{}
	return slices.DeleteFunc(matches, func(m article.Match) bool {
		gate, asks := gates[m.Rule]
		if !asks {
			return false
		}
		tells, why := gate.Tells(verdicts)
		if !tells {
			held[m.Rule] = why
		}
		return !tells
	}), held
}

// tally counts, for one rule, by level: index is the level.
type tally struct {
	labelled   bool
	tp, fp, fn [article.Alert + 1]int
	faults     []Fault
}

func (t *tally) count(expected, got article.Level) {
	t.labelled = true
	for _, level := range []article.Level{article.Digest, article.Alert} {
		switch {
		case got >= level && expected >= level:
			t.tp[level]++
		case got >= level:
			t.fp[level]++
		case expected >= level:
			t.fn[level]++
		}
	}
}

func (t *tally) score(level article.Level) Score {
	return NewScore(t.tp[level], t.fp[level], t.fn[level])
}

func fault(a Article, expected article.Level, e rules.Explanation) Fault {
	f := Fault{Rule: e.Rule, ID: a.ID, Title: a.Title, URL: a.URL, Kind: FalsePositive, Expected: expected, Got: e.Level, Match: e.Match}
	low, high := expected, e.Level
	if e.Level < expected {
		f.Kind, low, high = FalseNegative, e.Level, expected
		for _, m := range e.Missed {
			if m.Level <= expected {
				f.Missed = append(f.Missed, m)
			}
		}
	}
	for level := high; level > low; level-- {
		f.Levels = append(f.Levels, level)
	}
	return f
}
