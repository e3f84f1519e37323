package eval

import "fmt"

// Case is an article with its label.
type Case struct {
	Article Article
	Label   Label
}

// Pairing is what Pair made of two lists.
type Pairing struct {
	Cases      []Case // in the order of the articles
	Unlabelled int    // articles without a label: they are not judged
	Unfound    int    // labels without an article
}

// Pair joins articles and labels by their ids, whichever files they came from.
// An id that stands twice is an error: the sets would be judged as one, and one
// of the two is not what it seems.
func Pair(articles []Article, labels []Label) (Pairing, error) {
	byID := map[string]Label{}
	for _, l := range labels {
		if first, twice := byID[l.ID]; twice {
			return Pairing{}, fmt.Errorf("%s: a second label for %q; the first is at %s", l.at, l.ID, first.at)
		}
		byID[l.ID] = l
	}
	var p Pairing
	placeOf := map[string]string{}
	for _, a := range articles {
		if first, twice := placeOf[a.ID]; twice {
			return Pairing{}, fmt.Errorf("%s: a second article %q; the first is at %s", a.at, a.ID, first)
		}
		placeOf[a.ID] = a.at
		if label, ok := byID[a.ID]; ok {
			p.Cases = append(p.Cases, Case{a, label})
			continue
		}
		p.Unlabelled++
	}
	p.Unfound = len(byID) - len(p.Cases)
	return p, nil
}
