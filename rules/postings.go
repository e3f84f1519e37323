package rules

// postings says where in a document the atoms of a set stand. It is used for one
// document after another, and belongs to one reading at a time.
type postings struct {
	words   [][]int32 // of each atom, in order; nil for what does not occur
	touched []int32   // the atoms that occur
	there   []uint64  // the same as a set of bits: most questions are answered by it
}

func newPostings(atoms int) *postings {
	return &postings{words: make([][]int32, atoms), there: make([]uint64, atoms/64+1)}
}

// occurrence says that a word of a document stands for an atom.
type occurrence struct{ atom, word int32 }

// read takes in what the document's words stand for.
func (p *postings) read(s *Set, doc *Document) {
	if doc.set == s {
		for _, o := range doc.found {
			p.add(o.atom, o.word)
		}
		return
	}
	word := int32(0)
	for _, z := range doc.zones {
		for _, w := range z.text.Words {
			for _, atom := range s.dictionary.sense(w.Form, doc.about.Language) {
				p.add(atom, word)
			}
			word++
		}
	}
}

// add notes that a word stands for an atom.
func (p *postings) add(atom, word int32) {
	at := p.words[atom]
	if len(at) == 0 {
		p.touched = append(p.touched, atom)
		p.there[atom>>6] |= 1 << (atom & 63)
	}
	p.words[atom] = append(at, word)
}

// has reports whether an atom occurs.
func (p *postings) has(n int) bool { return p.there[n>>6]&(1<<(n&63)) != 0 }

// clear makes ready for the next document.
func (p *postings) clear() {
	for _, n := range p.touched {
		p.words[n] = p.words[n][:0]
		p.there[n>>6] = 0
	}
	p.touched = p.touched[:0]
}
