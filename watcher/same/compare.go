package same

import (
	"fmt"
	"slices"
)

// Kind is how two texts are related.
type Kind string

// The kinds of relations, the closest first.
const (
	Copy    Kind = "copy"    // the same text, but for details and dropped paragraphs
	Excerpt Kind = "excerpt" // one is mostly made of paragraphs of the other, which has much more
	Twin    Kind = "twin"    // the same wording of something else: another year, edition, country
	Other   Kind = "other"   // texts of their own
)

// Limits are what makes two texts copies. Every limit is a part of one.
type Limits struct {
	// Part is how much of the shorter text stands in the longer.
	Part float64
	// Whole is how much of the longer text stands in the shorter; between them
	// lies how much a copy may drop. Below, it is an excerpt.
	Whole float64
	// Years, Numbers and Names are how many of those of the text that has fewer
	// the other must have. They tell twins from copies, and count where both texts
	// have any.
	Years, Numbers, Names float64
}

// DefaultLimits stand in the middle between what was measured of copies and of
// others; see the package's description.
func DefaultLimits() Limits {
	return Limits{Part: 0.6, Whole: 0.5, Years: 0.8, Numbers: 0.5, Names: 0.6}
}

// Relation is what a comparison found, and why.
type Relation struct {
	Kind Kind
	// Part and Whole are how much of the shorter text stands in the longer, and of
	// the longer in the shorter: 0 to 1.
	Part, Whole float64
	Reason      string // in words: "93 % of the shorter text is in the other; …"
}

// Compare tells how two texts are related. It does not depend on their order.
func (l Limits) Compare(a, b Print) Relation {
	r := Relation{Kind: Other}
	r.Part, r.Whole = a.shared(b)
	r.Reason = fmt.Sprintf("%.0f %% of the shorter text stands in the other, and %.0f %% of the longer", 100*r.Part, 100*r.Whole)
	if r.Part < l.Part || a.size == 0 || b.size == 0 {
		return r
	}
	for _, mark := range []struct {
		name  string
		a, b  []uint32
		least float64
	}{{"years", a.years, b.years, l.Years}, {"numbers", a.numbers, b.numbers, l.Numbers}, {"names", a.names, b.names, l.Names}} {
		if common, of := overlap(mark.a, mark.b); of > 0 && float64(common) < mark.least*float64(of) {
			r.Kind = Twin
			r.Reason += fmt.Sprintf("; but only %d of %d %s agree", common, of, mark.name)
			return r
		}
	}
	if why := a.needsTitle(b); why != "" && !a.entitled(b) {
		r.Reason += "; but " + why + ", and their titles differ"
		return r
	}
	r.Kind = Copy
	if r.Whole < l.Whole {
		r.Kind = Excerpt
	}
	return r
}

// needsTitle says why a text in common does not make two articles one: what is
// short is soon the same, and one source that prints one text under two titles
// has most likely lost the articles, and shows the same notice in their place.
func (p Print) needsTitle(q Print) string {
	switch {
	case min(p.size, q.size) < slight:
		return "that is little"
	case p.source != 0 && p.source == q.source:
		return "they are of one source"
	}
	return ""
}

// entitled reports whether two titles have half of the words of the shorter in
// common, and the same numbers: parts of a series are not one. Without a title nothing
// speaks against it.
func (p Print) entitled(q Print) bool {
	common, of := overlap(p.title, q.title)
	return 2*common >= of && slices.Equal(p.counted, q.counted)
}

// shared estimates how much of the shorter and of the longer text stands in the
// other. The lowest hashes of both together are a fair sample of the two, and
// those of them that both have tell how alike the texts are.
func (p Print) shared(q Print) (part, whole float64) {
	short, long := min(p.size, q.size), max(p.size, q.size)
	if short == 0 {
		return 0, 0
	}
	common, seen := 0, 0
	for i, j := 0, 0; seen < sketchSize && (i < len(p.sketch) || j < len(q.sketch)); seen++ {
		switch {
		case j == len(q.sketch) || i < len(p.sketch) && p.sketch[i] < q.sketch[j]:
			i++
		case i == len(p.sketch) || q.sketch[j] < p.sketch[i]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	alike := float64(common) / float64(seen)
	both := alike * float64(p.size+q.size) / (1 + alike)
	return min(1, both/float64(short)), min(1, both/float64(long))
}

// overlap counts what two ascending sets have in common, of how many the smaller
// has.
func overlap(a, b []uint32) (common, of int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return common, min(len(a), len(b))
}
