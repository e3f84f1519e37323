package rules

import "slices"

// occurrence says that a word of a document stands for an atom.
type occurrence struct{ atom, word int32 }

// postings says where in a document the atoms of a set stand. It is used for one
// document after another, and belongs to one reading at a time. Occurrences are
// counted from 1, so that 0 is none.
type postings struct {
	found   []occurrence // in the order of words
	own     []occurrence // memory for found, where the document does not bring it
	begins  []int32      // by word: how many occurrences belong to words before it
	head    []int32      // by atom: its first occurrence, if there says that it has one
	next    []int32      // by occurrence, from 0: the atom's next one
	touched []int32      // the atoms that occur
	there   []uint64     // the same as a set of bits: most questions are answered by it
}

func newPostings(atoms int) *postings {
	return &postings{head: make([]int32, atoms), there: make([]uint64, atoms/64+1)}
}

// read takes in what the document's words stand for.
func (p *postings) read(s *Set, doc *Document) {
	p.found = doc.found
	if doc.set != s {
		p.own = p.own[:0]
		word := int32(0)
		for _, z := range doc.zones {
			for _, w := range z.text.Words {
				for _, atom := range s.dictionary.sense(w.Form, doc.about.Language) {
					p.own = append(p.own, occurrence{atom, word})
				}
				word++
			}
		}
		p.found = p.own
	}
	p.link(len(doc.words))
}

// link chains the occurrences of each atom, last first, so that the chain has them
// in order.
func (p *postings) link(words int) {
	p.begins = slices.Grow(p.begins[:0], words+1)[:words+1]
	p.next = slices.Grow(p.next[:0], len(p.found))[:len(p.found)]
	w := words
	for i := len(p.found) - 1; i >= 0; i-- {
		o := p.found[i]
		for ; w > int(o.word); w-- {
			p.begins[w] = int32(i + 1)
		}
		if p.has(o.atom) {
			p.next[i] = p.head[o.atom]
		} else {
			p.next[i] = 0
			p.there[o.atom>>6] |= 1 << (o.atom & 63)
			p.touched = append(p.touched, o.atom)
		}
		p.head[o.atom] = int32(i + 1)
	}
	for ; w >= 0; w-- {
		p.begins[w] = 0
	}
}

// has reports whether an atom occurs.
func (p *postings) has(atom int32) bool { return p.there[atom>>6]&(1<<(atom&63)) != 0 }

// hasAny reports whether one of the atoms occurs.
func (p *postings) hasAny(atoms []int32) bool {
	for _, n := range atoms {
		if p.has(n) {
			return true
		}
	}
	return false
}

// first is the first occurrence of an atom, 0 for none; next[first-1] is the one after
// it.
func (p *postings) first(atom int32) int32 {
	if !p.has(atom) {
		return 0
	}
	return p.head[atom]
}

// stands reports whether a word stands for an atom.
func (p *postings) stands(atom, word int32) bool {
	for _, o := range p.found[p.begins[word]:p.begins[word+1]] {
		if o.atom == atom {
			return true
		}
	}
	return false
}

// inScope reports whether an atom occurs within the scope.
func (p *postings) inScope(atom int32, scope []stretch) bool {
	for i := p.first(atom); i > 0; i = p.next[i-1] {
		for _, s := range scope {
			if word := int(p.found[i-1].word); s.from <= word && word < s.to {
				return true
			}
		}
	}
	return false
}

// clear makes ready for the next document.
func (p *postings) clear() {
	for _, n := range p.touched {
		p.there[n>>6] = 0
	}
	p.found, p.touched = nil, p.touched[:0]
}
