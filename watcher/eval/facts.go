package eval

import (
	"slices"
	"strings"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/article"
)

// LabelledFact is a fact that an article states, as its label has it.
type LabelledFact struct {
	Instrument string   `json:"instrument"`
	Parties    []string `json:"parties"` // ISO 3166, in any order
	Domain     string   `json:"domain"`
	Period     string   `json:"period"` // "" or null: none
	Status     string   `json:"status"`
}

// key is what facts are compared on.
func (f LabelledFact) key() string {
	parties := slices.Clone(f.Parties)
	slices.Sort(parties)
	return f.Instrument + " " + strings.Join(parties, "-") + " " + f.Domain + " " + f.Period
}

// FactScore is how well facts were found, and the status of those that were.
type FactScore struct {
	Score
	StatusRight int     `json:"status_right"` // of the facts found, those at the right status
	Status      float64 `json:"status"`       // their share; 1 when none was found
}

// Wrong is a third way of being wrong: found, at another status.
const Wrong Kind = "status"

// FactFault is a fact that was missed, made up, or found at another status.
type FactFault struct {
	ID       string        `json:"id"` // of the article
	Title    string        `json:"title"`
	Kind     Kind          `json:"kind"`
	Expected *LabelledFact `json:"expected,omitempty"`
	Got      *article.Fact `json:"got,omitempty"`
}

// Facts reads the facts of each case whose label has some or says that there are
// none, and compares them on instrument, parties, domain and period. Two of one
// article that agree in these count as two. The score is nil where no label
// speaks of facts, or no kind of fact is defined. Faults come in the order of the cases.
func Facts(set *rules.Set, kinds *facts.Set, press Press, cases []Case) (*FactScore, []FactFault) {
	var tp, fp, fn, right int
	var faults []FactFault
	judged := false
	for _, c := range cases {
		if c.Label.Facts == nil || len(kinds.IDs()) == 0 {
			continue
		}
		judged = true
		missed := slices.Clone(c.Label.Facts)
		for _, f := range kinds.Read(press.Document(set, c.Article)) {
			i := find(missed, f, kinds)
			fault := FactFault{ID: c.Article.ID, Title: c.Article.Title, Kind: FalsePositive, Got: &f}
			switch {
			case i < 0:
				fp++
			case kinds.Called(f.Kind, f.Status) == missed[i].Status:
				tp, right, fault.Kind = tp+1, right+1, ""
			default:
				tp, fault.Kind, fault.Expected = tp+1, Wrong, new(missed[i])
			}
			if i >= 0 {
				missed = slices.Delete(missed, i, i+1)
			}
			if fault.Kind != "" {
				faults = append(faults, fault)
			}
		}
		fn += len(missed)
		for _, m := range missed {
			faults = append(faults, FactFault{ID: c.Article.ID, Title: c.Article.Title, Kind: FalseNegative, Expected: &m})
		}
	}
	if !judged {
		return nil, nil
	}
	return &FactScore{Score: NewScore(tp, fp, fn), StatusRight: right, Status: ratio(right, tp)}, faults
}

// find is the fact of a label that was found: one at the same status, else one
// that agrees in the rest; -1 for none.
func find(labelled []LabelledFact, f article.Fact, kinds *facts.Set) int {
	key := LabelledFact{Instrument: f.Instrument, Parties: f.Parties, Domain: f.Domain, Period: f.Period}.key()
	status := kinds.Called(f.Kind, f.Status)
	best := -1
	for i, l := range labelled {
		if l.key() == key && (best < 0 || l.Status == status) {
			best = i
		}
	}
	return best
}
