package rules

import "strings"

// postings says where in a document the atoms of a set stand. It is used for one
// document after another and remembers what words stand for: most words of an
// article have been seen in the last one. It belongs to one reading at a time.
type postings struct {
	words   [][]int32 // of each atom, in order; nil for what does not occur
	touched []int     // the atoms that occur
	// seen remembers the atoms of words by language; it is bounded.
	seen map[string]map[string][]int
}

// remembered bounds how many words of a language are kept: far more than are
// common, and a few megabytes.
const remembered = 20_000

func newPostings(atoms int) *postings {
	return &postings{words: make([][]int32, atoms), seen: map[string]map[string][]int{}}
}

// read finds what the document's words stand for.
func (p *postings) read(d *dictionary, doc *Document) {
	language := doc.about.Language
	seen := p.seen[language]
	if seen == nil || len(seen) > remembered {
		seen = map[string][]int{}
		p.seen[language] = seen
	}
	i := 0
	add := func(atoms []int) {
		for _, n := range atoms {
			if len(p.words[n]) == 0 {
				p.touched = append(p.touched, n)
			}
			p.words[n] = append(p.words[n], int32(i))
		}
	}
	exact := len(d.exact) > 0 || len(d.prefixes[1].lengths) > 0
	for _, z := range doc.zones {
		for k := range z.text.Words {
			w := &z.text.Words[k]
			atoms, known := seen[w.Folded]
			if !known {
				atoms = d.atomsOf(w.Folded, language)
				seen[strings.Clone(w.Folded)] = atoms
			}
			add(atoms)
			if exact {
				d.exactAtomsOf(w.Exact, add)
			}
			i++
		}
	}
}

// clear makes ready for the next document.
func (p *postings) clear() {
	for _, n := range p.touched {
		p.words[n] = p.words[n][:0]
	}
	p.touched = p.touched[:0]
}
