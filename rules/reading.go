package rules

import (
	"cmp"
	"slices"
	"sort"
)

// reading is a document as one set reads it: what its words stand for, and what
// has been worked out from that. It serves one call; its memory is kept for the
// next, see Set.read.
type reading struct {
	set       *Set
	doc       *Document
	postings  *postings
	number    uint32 // of the document: what was found in another is void
	sequences []found
	leaves    []found
	// Memory of what is being worked out: the atoms that lead to queries; the queries that
	// may be, and then those that are true; evidence, and the part of it that stands
	// together as asked; and what is shown of it.
	leading      []int32
	holding      []int32
	marks, joint []stretch
	gallery      gallery
	fetched      int32 // of no use but that it was read
}

// found is where something stands in the document of that number.
type found struct {
	in uint32
	at []stretch
}

// kept is how many readings wait for their next document: as many as are used at
// once in a busy round.
const kept = 4

// read makes a reading of a document; done gives its memory back.
func (s *Set) read(d *Document) *reading {
	var r *reading
	select {
	case r = <-s.readings:
	default:
		r = &reading{set: s, postings: newPostings(len(s.dictionary.atoms)), sequences: make([]found, len(s.sequences)),
			leaves: make([]found, len(s.leaves))}
	}
	r.doc = d
	r.number++
	r.postings.read(s, d)
	return r
}

// done ends a reading: nothing of it may be used any more.
func (r *reading) done() {
	r.doc = nil
	r.postings.clear()
	select {
	case r.set.readings <- r:
	default: // enough are kept
	}
}

// sequence finds where the words of a sequence stand, within one zone.
func (r *reading) sequence(n int) []stretch {
	f := &r.sequences[n]
	if f.in == r.number {
		return f.at
	}
	at := f.at[:0]
	atoms := r.set.sequences[n].atoms
	rarest := r.set.sequences[n].rarest
	for i := r.postings.first(atoms[rarest]); i > 0; i = r.postings.next[i-1] {
		from := int(r.postings.found[i-1].word) - rarest
		if s := (stretch{from, from + len(atoms)}); r.follow(atoms, s) {
			at = append(at, s)
		}
	}
	*f = found{r.number, at}
	return at
}

// follow reports whether a stretch is atoms one after the other, in one zone.
func (r *reading) follow(atoms []int32, s stretch) bool {
	if s.from < 0 || s.to > r.doc.zoneOf(s.from).words.to {
		return false
	}
	for i, atom := range atoms {
		if !r.postings.stands(atom, int32(s.from+i)) {
			return false
		}
	}
	return true
}

// leaf finds where a leaf stands, in order, each place once.
func (r *reading) leaf(n int) []stretch {
	f := &r.leaves[n]
	if f.in == r.number {
		return f.at
	}
	l := &r.set.leaves[n]
	at := r.gated(f.at[:0], l.sequences)
	for _, i := range l.includes {
		at = append(at, r.leaf(i)...)
	}
	if len(l.sequences)+len(l.includes) > 1 {
		slices.SortFunc(at, byPlace)
		at = slices.Compact(at)
	}
	if len(at) > 0 && len(l.except) > 0 {
		excepted := r.gated(nil, l.except)
		at = slices.DeleteFunc(at, func(s stretch) bool {
			return slices.ContainsFunc(excepted, s.within)
		})
	}
	*f = found{r.number, at}
	return at
}

// gated adds to at where any of the sequences stands that count in the
// document's language.
func (r *reading) gated(at []stretch, sequences []gated) []stretch {
	for _, g := range sequences {
		if g.language == "" || g.language == r.doc.about.Language || r.doc.about.Language == "" {
			at = append(at, r.sequence(g.sequence)...)
		}
	}
	return at
}

func byPlace(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }

// inside lists the stretches, in order, that lie within one of the scope's.
func inside(found []stretch, scope []stretch) []stretch { return appendInside(nil, found, scope) }

func appendInside(out, found, scope []stretch) []stretch {
	for _, s := range scope {
		i := sort.Search(len(found), func(i int) bool { return found[i].from >= s.from })
		for ; i < len(found) && found[i].from < s.to; i++ {
			if found[i].to <= s.to {
				out = append(out, found[i])
			}
		}
	}
	return out
}

// anyInside reports whether inside would find any.
func anyInside(found []stretch, scope []stretch) bool {
	for _, s := range scope {
		i := sort.Search(len(found), func(i int) bool { return found[i].from >= s.from })
		for ; i < len(found) && found[i].from < s.to; i++ {
			if found[i].to <= s.to {
				return true
			}
		}
	}
	return false
}
