package rules

import (
	"cmp"
	"slices"
	"sort"
)

// reading is a document as one set reads it: what its words stand for, and what
// has been worked out from that. It lives for one call.
type reading struct {
	set       *Set
	doc       *Document
	postings  []posting
	sequences map[int][]stretch
	leaves    map[int][]stretch
}

func (s *Set) read(d *Document) *reading {
	return &reading{set: s, doc: d, postings: s.dictionary.read(d), sequences: map[int][]stretch{}, leaves: map[int][]stretch{}}
}

// sequence finds where the words of a sequence stand, within one zone.
func (r *reading) sequence(n int) []stretch {
	if found, done := r.sequences[n]; done {
		return found
	}
	var found []stretch
	atoms := r.set.sequences[n].atoms
	for _, p := range wordsOf(r.postings, atoms[0]) {
		s := stretch{p.word, p.word + len(atoms)}
		if s.to > len(r.doc.words) || r.doc.words[s.from].zone != r.doc.words[s.to-1].zone {
			continue
		}
		whole := true
		for i := 1; i < len(atoms) && whole; i++ {
			whole = r.stands(atoms[i], p.word+i)
		}
		if whole {
			found = append(found, s)
		}
	}
	r.sequences[n] = found
	return found
}

func (r *reading) stands(atom, word int) bool {
	at := wordsOf(r.postings, atom)
	i := sort.Search(len(at), func(i int) bool { return at[i].word >= word })
	return i < len(at) && at[i].word == word
}

// leaf finds where a leaf stands, in order, each place once.
func (r *reading) leaf(n int) []stretch {
	if found, done := r.leaves[n]; done {
		return found
	}
	l := r.set.leaves[n]
	found := r.gated(l.sequences)
	for _, i := range l.includes {
		found = append(found, r.leaf(i)...)
	}
	if len(l.sequences)+len(l.includes) > 1 {
		sortStretches(found)
		found = slices.Compact(found)
	}
	if len(found) > 0 && len(l.except) > 0 {
		excepted := r.gated(l.except)
		found = slices.DeleteFunc(found, func(s stretch) bool {
			return slices.ContainsFunc(excepted, s.within)
		})
	}
	r.leaves[n] = found
	return found
}

// gated finds where any of the sequences stands that count in the document's
// language.
func (r *reading) gated(sequences []gated) []stretch {
	var found []stretch
	for _, g := range sequences {
		if g.language == "" || g.language == r.doc.about.Language || r.doc.about.Language == "" {
			found = append(found, r.sequence(g.sequence)...)
		}
	}
	return found
}

func sortStretches(s []stretch) {
	slices.SortFunc(s, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
}

// inside lists the stretches, in order, that lie within one of the scope's.
func inside(found []stretch, scope []stretch) (out []stretch) {
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
