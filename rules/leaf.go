package rules

import (
	"cmp"
	"fmt"
	"slices"
)

// sequence is a compiled term: its words one after the other.
type sequence struct {
	atoms  []int32
	rarest int // index in atoms, at a guess
}

// gated is a sequence that counts in articles of one language, or "" in all.
type gated struct {
	sequence int
	language string
}

// leaf is a compiled term or vocabulary: where any of its sequences stands, or
// any leaf it includes, unless an exception covers it.
type leaf struct {
	sequences []gated
	includes  []int
	except    []gated
}

// names are what leaves are called in queries, one behind the other: that of leaf n is
// all[begins[n]:begins[n+1]]. Matches are told by them, hundreds a document, and so they
// are close together.
type names struct {
	all    string
	begins []int32
}

func namesOf(leaves []*traits) names {
	var all []byte
	begins := make([]int32, 1, len(leaves)+1)
	for _, l := range leaves {
		all = append(all, l.text...)
		begins = append(begins, int32(len(all)))
	}
	return names{string(all), begins}
}

func (n *names) of(leaf int32) string { return n.all[n.begins[leaf]:n.begins[leaf+1]] }

// term is the leaf of a term in a query: it is sought in all languages.
func (c *compiler) term(t *Term) int {
	n := c.addLeaf(t.String(), func() leaf {
		return leaf{sequences: []gated{{sequence: c.sequence(t, "")}}}
	})
	own := c.traits[n]
	own.phrase = c.sequences[c.leaves[n].sequences[0].sequence]
	if len(own.phrase.atoms) == 1 {
		own.any = own.phrase.atoms
	}
	return n
}

// addLeaf returns the leaf of a key, made if it is not there yet.
func (c *compiler) addLeaf(key string, make func() leaf) int {
	if n, known := c.leafOf[key]; known {
		return n
	}
	l, t := make(), &traits{text: key, grows: true, needs: []int32{}} // not nil: a leaf without sequences is never true
	for _, g := range l.sequences {
		s := c.sequences[g.sequence]
		t.needs = append(t.needs, s.atoms[s.rarest])
	}
	for _, i := range l.includes {
		t.needs = append(t.needs, c.traits[i].needs...)
	}
	slices.Sort(t.needs)
	t.needs = slices.Compact(t.needs)
	n := len(c.leaves)
	c.leaves, c.traits = append(c.leaves, l), append(c.traits, t)
	c.leafOf[key] = n
	return n
}

// rarest guesses which of the atoms is the rarest; of equals it is the longest.
func (c *compiler) rarest(atoms []int32) int {
	return slices.Index(atoms, slices.MinFunc(atoms, func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.dictionary.shares[a], c.dictionary.shares[b]), len(c.dictionary.atoms[b].text)-len(c.dictionary.atoms[a].text))
	}))
}

// sequence numbers a term whose stems count in articles of a language, or ""
// in all.
func (c *compiler) sequence(t *Term, language string) int {
	patterns, _ := patternsOf(t.Text)
	s := sequence{atoms: make([]int32, len(patterns))}
	for i, p := range patterns {
		s.atoms[i] = c.dictionary.atomOf(p, t.Exact, language)
	}
	key := fmt.Sprint(s.atoms)
	if n, known := c.sequenceOf[key]; known {
		return n
	}
	s.rarest = c.rarest(s.atoms)
	c.sequenceOf[key] = len(c.sequences)
	c.sequences = append(c.sequences, s)
	return len(c.sequences) - 1
}

// ref is the leaf of a vocabulary.
func (c *compiler) ref(r *Ref) int {
	v := c.vocabularies
	switch {
	case v.byName[r.Name] == nil:
		c.wrong(r, "unknown vocabulary "+quoted("@"+r.Name), v.near(r.Name))
		return -1
	case r.Language != "" && r.Language != Own && !v.has(r.Name, r.Language):
		c.wrong(r, fmt.Sprintf("vocabulary %s has no terms for %s", quoted(r.Name), quoted(r.Language)),
			"@"+r.Name+" is its terms in all languages, @"+r.Name+"/own those of the article's language")
		return -1
	}
	return c.refLeaf(r)
}

func (c *compiler) refLeaf(r *Ref) int {
	return c.addLeaf(r.String(), func() leaf { return c.vocabulary(r) })
}

func (c *compiler) vocabulary(r *Ref) (out leaf) {
	voc := c.vocabularies.byName[r.Name]
	for _, e := range voc.terms {
		own := r.Language == Own
		if r.Language != "" && !own && e.language != "" && e.language != r.Language {
			continue
		}
		if e.ref != nil {
			if c.vocabularies.byName[e.ref.Name] != nil { // else it is told already
				out.includes = append(out.includes, c.refLeaf(&Ref{Name: e.ref.Name, Language: narrowed(e, r.Language)}))
			}
			continue
		}
		g := gated{sequence: c.sequence(e.term, e.language)}
		if own {
			g.language = e.language
		}
		out.sequences = append(out.sequences, g)
	}
	for _, e := range voc.except {
		out.except = append(out.except, gated{c.sequence(e.term, e.language), e.language})
	}
	return out
}

// narrowed is the language in which a reference of a vocabulary is read when
// the vocabulary itself is read in language.
func narrowed(e entry, language string) string {
	switch {
	case e.ref.Language != "":
		return e.ref.Language
	case language == Own:
		return Own
	case e.language != "":
		return e.language
	}
	return language
}
