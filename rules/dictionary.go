package rules

import (
	"slices"

	"presswatch/watcher/text"
)

// atom is a word that a set looks for. Everything that looks for the same word
// in the same way shares one.
type atom struct {
	text   string // folded; exact where exact is set
	exact  bool
	prefix bool
	// stem is the language in whose articles stems count too: "" in all of them.
	stem string
}

// dictionary finds the atoms that a word of an article stands for.
type dictionary struct {
	atoms    []atom
	shares   []float64 // by atom: a guess in what share of all articles it occurs
	numbers  map[atom]int32
	folded   map[string][]int32
	exact    map[string][]int32
	prefixes [2]prefixes                   // of folded and of exact forms
	stems    map[string]map[string][]int32 // by language of the article
}

// prefixes is beginnings of words with the lengths that occur, ascending.
type prefixes struct {
	atoms   map[string][]int32
	lengths []int
}

func newDictionary() *dictionary {
	d := &dictionary{numbers: map[atom]int32{}, folded: map[string][]int32{}, exact: map[string][]int32{}, stems: map[string]map[string][]int32{}}
	for i := range d.prefixes {
		d.prefixes[i].atoms = map[string][]int32{}
	}
	return d
}

// names reports whether some term is made of that word, as it stands.
func (d *dictionary) names(folded string) bool { return len(d.folded[folded]) > 0 }

// atomOf numbers a pattern.
func (d *dictionary) atomOf(p pattern, exact bool, language string) int32 {
	a := atom{text: p.text.Folded, exact: exact, prefix: p.prefix, stem: language}
	if exact {
		a.text, a.stem = p.text.Exact, ""
	}
	if a.prefix {
		a.stem = ""
	}
	if n, known := d.numbers[a]; known {
		return n
	}
	n := int32(len(d.atoms))
	d.atoms = append(d.atoms, a)
	d.shares = append(d.shares, a.share())
	d.numbers[a] = n
	switch {
	case a.prefix && exact:
		d.prefixes[1].add(a.text, n)
	case a.prefix:
		d.prefixes[0].add(a.text, n)
	case exact:
		d.exact[a.text] = append(d.exact[a.text], n)
	default:
		d.folded[a.text] = append(d.folded[a.text], n)
	}
	return n
}

// share guesses in what share of all articles an atom occurs: by how common the
// word is (Zipf: the n-th has about a tenth of an n-th of all words), and a
// beginning as if it were ten rare words.
func (a atom) share() float64 {
	if a.prefix {
		return 0.1
	}
	rank, common := text.Rank(a.text)
	if !common {
		return 0.001
	}
	return min(1, 30/float64(rank+30))
}

func (p *prefixes) add(s string, n int32) {
	p.atoms[s] = append(p.atoms[s], n)
	if i, known := slices.BinarySearch(p.lengths, len(s)); !known {
		p.lengths = slices.Insert(p.lengths, i, len(s))
	}
}

// learnStems prepares the dictionary for articles of these languages. No pattern is
// numbered after that.
func (d *dictionary) learnStems(languages []string) {
	d.numbers = nil
	for _, language := range languages {
		stems := map[string][]int32{}
		for i, a := range d.atoms {
			n := int32(i)
			if !a.exact && !a.prefix && (a.stem == "" || a.stem == language) {
				s := text.Stem(a.text, language)
				stems[s] = append(stems[s], n)
			}
		}
		d.stems[language] = stems
	}
}

// atomsOf lists what a word stands for in an article of a language, folded and
// by its stem; what depends on its exact form is apart.
func (d *dictionary) atomsOf(folded, language string) (atoms []int32) {
	atoms = append(atoms, d.folded[folded]...)
	d.prefixes[0].each(folded, func(more []int32) { atoms = append(atoms, more...) })
	if stems := d.stems[language]; len(stems) > 0 {
		for _, n := range stems[text.Stem(folded, language)] {
			if d.atoms[n].text != folded { // else it is listed already
				atoms = append(atoms, n)
			}
		}
	}
	return atoms
}

// sense lists what a word stands for by all its forms.
func (d *dictionary) sense(f *text.Form, language string) (atoms []int32) {
	atoms = d.atomsOf(f.Folded, language)
	add := func(more []int32) { atoms = append(atoms, more...) }
	add(d.exact[f.Exact])
	d.prefixes[1].each(f.Exact, add)
	return atoms
}

func (p *prefixes) each(word string, add func([]int32)) {
	for _, n := range p.lengths {
		if n > len(word) {
			return
		}
		add(p.atoms[word[:n]])
	}
}
