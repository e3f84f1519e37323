package rules

import "slices"

// occurrence says that a word of a document stands for an atom.
type occurrence struct{ atom, word int32 }

// postings says where in a document the atoms of a set stand. It is used for one
// document after another, and belongs to one reading at a time. Occurrences are
// counted from 1, so that 0 is none.
type postings struct {
	// seen are bits of the atoms that occur in title, lead and body, which a query reads
	// that names no zone: they answer most questions, and are close to the processor.
	seen   []uint64
	end    int32        // of title, lead and body: captions come last
	found  []occurrence // in the order of words
	words  int          // of the document
	begins []int32      // by word: how many occurrences belong to words before it; empty until asked for
	heads  []int32      // by atom: its first occurrence
	next   []int32      // by occurrence, from 0: the atom's next one
}

func newPostings(atoms int) *postings {
	return &postings{seen: make([]uint64, atoms/64+1), heads: make([]int32, atoms)}
}

// read takes in what the document's words stand for.
func (p *postings) read(s *Set, doc *Document) {
	p.found = p.found[:0]
	for i := range doc.zones {
		if z := &doc.zones[i]; doc.set == s {
			p.look(z, &doc.senses)
		} else {
			p.workOut(z, s.dictionary, doc.about.Language)
		}
	}
	p.end = 0
	if n := len(doc.reading); n > 0 {
		p.end = int32(doc.reading[n-1].to)
	}
	p.words, p.begins = doc.words, p.begins[:0]
	p.link()
}

// look takes in the words of a zone by what a set's reader knows of their forms.
func (p *postings) look(z *zone, s *senses) {
	for k := range z.text.Words {
		n := z.text.Words[k].Number
		if !s.some[n] {
			continue
		}
		for _, atom := range s.atoms[s.begins[n]:s.begins[n+1]] {
			p.found = append(p.found, occurrence{atom, int32(z.words.from + k)})
		}
	}
}

// workOut takes in the words of a zone of which nothing is known.
func (p *postings) workOut(z *zone, d *dictionary, language string) {
	for k := range z.text.Words {
		for _, atom := range d.sense(z.text.Form(k), language) {
			p.found = append(p.found, occurrence{atom, int32(z.words.from + k)})
		}
	}
}

// link chains the occurrences of each atom, last first, so that the chain has them
// in order.
func (p *postings) link() {
	p.next = slices.Grow(p.next[:0], len(p.found))[:len(p.found)]
	for i := len(p.found) - 1; i >= 0; i-- {
		o := p.found[i]
		if o.word < p.end {
			p.seen[o.atom>>6] |= 1 << (o.atom & 63)
		}
		p.next[i], p.heads[o.atom] = p.heads[o.atom], int32(i+1)
	}
}

// has reports whether an atom occurs.
func (p *postings) has(atom int32) bool { return p.heads[atom] > 0 }

// reads reports whether an atom occurs in title, lead or body.
func (p *postings) reads(atom int32) bool { return p.seen[atom>>6]&(1<<(atom&63)) != 0 }

// readsAny reports whether one of the atoms occurs in title, lead or body.
func (p *postings) readsAny(atoms []int32) bool {
	for _, n := range atoms {
		if p.reads(n) {
			return true
		}
	}
	return false
}

// first is the first occurrence of an atom, 0 for none; next[first-1] is the one after
// it.
func (p *postings) first(atom int32) int32 {
	return p.heads[atom]
}

// stands reports whether a word stands for an atom.
func (p *postings) stands(atom, word int32) bool {
	if len(p.begins) == 0 {
		p.begin()
	}
	for _, o := range p.found[p.begins[word]:p.begins[word+1]] {
		if o.atom == atom {
			return true
		}
	}
	return false
}

// begin finds where the occurrences of each word begin.
func (p *postings) begin() {
	p.begins = append(slices.Grow(p.begins, p.words+1), 0)
	for i, o := range p.found {
		for len(p.begins) <= int(o.word) {
			p.begins = append(p.begins, int32(i))
		}
	}
	for len(p.begins) <= p.words {
		p.begins = append(p.begins, int32(len(p.found)))
	}
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

// longDocument is how many occurrences a document has whose memory does not serve
// the next.
const longDocument = 1 << 16

// clear makes ready for the next document.
func (p *postings) clear() {
	clear(p.seen)
	for _, o := range p.found {
		p.heads[o.atom] = 0
	}
	if cap(p.found) > longDocument {
		p.found, p.next, p.begins = nil, nil, nil
	}
}
