package eval

import (
	"slices"

	"presswatch/watcher/same"
)

// EventFault is an article that stands with others of another happening, or
// apart from those of its own.
type EventFault struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Kind     Kind   `json:"kind"`               // fp: with those of another happening; fn: apart from its own
	Expected string `json:"expected,omitempty"` // the event's name in the labels; "": none
	// With is the first article of the event it was put to or, for one that stands
	// apart, of the event that came nearest; "" where none came near.
	With string `json:"with,omitempty"`
	// Alike is how alike the article is to those of that event, 0 to 1; Apart that
	// these tell of another day; Shared what they have most in common.
	Alike  float64  `json:"alike"`
	Apart  bool     `json:"apart,omitempty"`
	Shared []string `json:"shared,omitempty"`
}

// BCubed is how well articles were put together: for each, how many of those it
// stands with are right (precision), and how many of its own stand with it
// (recall), on average.
type BCubed struct {
	Articles  int     `json:"articles"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"` // harmonic mean of the two
}

// Events places the cases in order of publication, those without a date first,
// and judges each of which the label has an event. An event of null is a
// happening of which no other article tells, as a week's review is: such an
// article should stand alone, and is counted so. The score is nil where no label
// has an event. Faults come in order of placing.
func Events(press Press, words same.Words, cases []Case, bounds same.Bounds) (*BCubed, []EventFault) {
	var judged []Case
	for _, c := range cases {
		if c.Label.Event.Said {
			judged = append(judged, c)
		}
	}
	if len(judged) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(judged, func(a, b Case) int { return a.Article.Published.Compare(b.Article.Published.Time) })
	index := same.NewEvents(bounds)
	joinings := make([]same.Joining, len(judged))
	for i, c := range judged {
		about, zones := press.Read(c.Article)
		when := same.Span{From: c.Article.Published.Time, To: c.Article.Published.Until}
		joinings[i] = index.Place(int64(i+1), when, same.ReportOf(words, about.Language, when, zones))
	}
	return bcubed(judged, joinings), eventFaults(judged, joinings)
}

// happening reports whether two cases are of one event by their labels.
func happening(a, b Case) bool {
	return a.Article.ID == b.Article.ID || a.Label.Event.Name != "" && a.Label.Event == b.Label.Event
}

func bcubed(cases []Case, joinings []same.Joining) *BCubed {
	score := BCubed{Articles: len(cases)}
	for i, a := range cases {
		var together, right, own int
		for j, b := range cases {
			put, is := joinings[i].Event == joinings[j].Event, happening(a, b)
			if put {
				together++
			}
			if is {
				own++
			}
			if put && is {
				right++
			}
		}
		score.Precision += ratio(right, together) / float64(len(cases))
		score.Recall += ratio(right, own) / float64(len(cases))
	}
	score.F1 = 2 * score.Precision * score.Recall / (score.Precision + score.Recall)
	return &score
}

// eventFaults are the articles that were put to the event of another, and those
// that began or joined another event than an earlier one of their own.
func eventFaults(cases []Case, joinings []same.Joining) (faults []EventFault) {
	for i, c := range cases {
		j := joinings[i]
		fault := EventFault{ID: c.Article.ID, Title: c.Article.Title, Expected: c.Label.Event.Name, Alike: j.Alike, Apart: j.Apart, Shared: j.Shared}
		first := cases[j.Event-1]
		own := slices.IndexFunc(cases[:i], func(b Case) bool { return happening(c, b) })
		switch {
		case !happening(c, first):
			fault.Kind, fault.With = FalsePositive, first.Article.ID
		case own >= 0 && joinings[own].Event != j.Event:
			fault.Kind = FalseNegative
			if j.Nearest > 0 {
				fault.With = cases[j.Nearest-1].Article.ID
			}
		default:
			continue
		}
		faults = append(faults, fault)
	}
	return faults
}
