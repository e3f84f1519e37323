package eval

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"presswatch/watcher/same"
)

// Named is a label's name of a set of articles: of those with one text, say. The
// zero value says nothing, as a label without that key does; a name of null says
// that the article belongs to no set.
type Named struct {
	Said bool   // the label has the key
	Name string // "": none
}

// UnmarshalJSON reads a name or null.
func (n *Named) UnmarshalJSON(b []byte) error {
	*n = Named{Said: true}
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	return json.Unmarshal(b, &n.Name)
}

// PairFault is a pair of articles of which is said something else than its
// labels do.
type PairFault struct {
	IDs    [2]string `json:"ids"`
	Titles [2]string `json:"titles"`
	Kind   Kind      `json:"kind"`
	// Relation and Reason are what a comparison of the two alone finds: two
	// articles may also be held for copies by way of a third.
	Relation same.Kind `json:"relation"`
	Reason   string    `json:"reason"`
}

// Copies places the cases in order of publication, those without a date first,
// and judges every pair of which both labels have same_text: two articles are
// copies when they have the same name, and a null is the copy of nothing. The
// score counts pairs; it is nil where the labels make none. Faults come in the
// order of the cases.
//
// Revisions of one article (revision_of) are judged like other articles: in the
// store they are one article, here the files decide.
func Copies(press Press, cases []Case, limits same.Limits, window time.Duration) (*Score, []PairFault) {
	var judged []Case
	for _, c := range cases {
		if c.Label.SameText.Said {
			judged = append(judged, c)
		}
	}
	if len(judged) < 2 {
		return nil, nil
	}
	prints := make([]same.Print, len(judged))
	for i, c := range judged {
		_, zones := press.Read(c.Article)
		prints[i] = same.PrintOf(zones)
	}
	groups := group(judged, prints, same.NewCopies(limits, window))
	var tp, fp, fn int
	var faults []PairFault
	for i, a := range judged {
		for j, b := range judged[:i] {
			expected := a.Label.SameText.Name != "" && a.Label.SameText == b.Label.SameText
			got := groups[i] == groups[j]
			switch {
			case expected && got:
				tp++
			case got:
				fp++
				faults = append(faults, pairFault(b, a, FalsePositive, limits.Compare(prints[j], prints[i])))
			case expected:
				fn++
				faults = append(faults, pairFault(b, a, FalseNegative, limits.Compare(prints[j], prints[i])))
			}
		}
	}
	score := NewScore(tp, fp, fn)
	return &score, faults
}

// group places articles and returns the group that each is in at the end.
func group(cases []Case, prints []same.Print, copies *same.Copies) []int64 {
	order := make([]int, len(cases))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cases[i].Article.Published.Compare(cases[j].Article.Published.Time)
	})
	groups := make([]int64, len(cases))
	for _, i := range order {
		p := copies.Place(int64(i), cases[i].Article.Published.Time, prints[i])
		groups[i] = p.Group
		for j, g := range groups {
			if _, merged := slices.BinarySearchFunc(p.Merged, g, cmp.Compare); merged {
				groups[j] = p.Group
			}
		}
	}
	return groups
}

func pairFault(a, b Case, kind Kind, r same.Relation) PairFault {
	return PairFault{
		IDs: [2]string{a.Article.ID, b.Article.ID}, Titles: [2]string{a.Article.Title, b.Article.Title},
		Kind: kind, Relation: r.Kind, Reason: r.Reason,
	}
}
