package rules

import (
	"cmp"
	"math/bits"
	"slices"

	"presswatch/watcher/article"
)

// candidates chooses, of a set's queries, those that may be true of an article.
// Each query demands words; it stands in the lists of the words of one demand, the
// rarest by guess, and beside it there stand its other demands. Of a hundred
// queries whose rarest word occurs ninety are turned away by what stands there, one
// entry after the other, and nothing else of them is read.
//
//	atom ──► entries: query, length of its demands, then each: number of atoms, atoms
type candidates struct {
	entries []int32
	at      []int32  // by atom: where its entries begin; one more ends the last
	leading []uint64 // bits of the atoms that have entries: most have none
	always  []int32  // queries that demand no particular word of title, lead and body
}

// beside bounds what stands beside an entry, in numbers: it is there once for every
// word that leads to the query.
const beside = 24

// demand is atoms of which an article must have one for a query to be true of it.
type demand struct {
	atoms []int32
	share float64 // guess: in what part of all articles there is one
	// part is the part of the query that is true of a whole article just where the
	// demand is met; nil where there is more to it.
	part *clause
}

// candidate is a query on its way into the lists: the atoms that lead to it, and what
// stands beside it.
type candidate struct{ atoms, demands []int32 }

// newCandidates puts queries, numbered from 0, into lists, and writes the
// programs by which they are judged. nil is no query.
func newCandidates(queries []*clause, d *dictionary) (out candidates, judged programs) {
	entries := make([]candidate, len(queries))
	out.at = make([]int32, len(d.atoms)+1)
	for q, c := range queries {
		if c == nil {
			judged.add(nil, nil)
			continue
		}
		e, decides, always := c.enter(d)
		judged.add(c, decides)
		if always {
			out.always = append(out.always, int32(q))
		}
		for _, atom := range e.atoms {
			out.at[atom+1] += int32(2 + len(e.demands))
		}
		entries[q] = e
	}
	for i := range d.atoms {
		out.at[i+1] += out.at[i]
	}
	out.fill(entries)
	return out, judged
}

// fill writes the lists, whose lengths are known.
func (c *candidates) fill(entries []candidate) {
	c.entries = make([]int32, c.at[len(c.at)-1])
	c.leading = make([]uint64, (len(c.at)-1)/64+1)
	free := slices.Clone(c.at)
	for q, e := range entries {
		for _, atom := range e.atoms {
			list := append(c.entries[free[atom]:free[atom]], int32(q), int32(len(e.demands)))
			list = append(list, e.demands...)
			c.leading[atom>>6] |= 1 << (atom & 63)
			free[atom] += int32(len(list))
		}
	}
}

// of adds the queries of which the article may have what they demand, some more than
// once.
func (c *candidates) of(r *reading, out []int32) []int32 {
	out = append(out, c.always...)
	for _, atom := range c.lead(r) {
		list := c.entries[c.at[atom]:c.at[atom+1]]
		for len(list) > 0 {
			query, end := list[0], 2+list[1]
			if r.postings.meets(list[2:end]) {
				out = append(out, query)
			}
			list = list[end:]
		}
	}
	return out
}

// lead lists the atoms of the article that have entries. It has the memory bring what
// is read of these next, many at once: the lists are long, and far away.
func (c *candidates) lead(r *reading) []int32 {
	r.leading = r.leading[:0]
	for i, leading := range c.leading {
		for set := leading & r.postings.seen[i]; set != 0; set &= set - 1 {
			atom := int32(i<<6 | bits.TrailingZeros64(set))
			r.leading = append(r.leading, atom)
			r.fetched += c.entries[c.at[atom]]
		}
	}
	return r.leading
}

// meets reports whether an article has what stands beside an entry.
func (p *postings) meets(demands []int32) bool {
	for len(demands) > 0 {
		end := 1 + demands[0]
		if !p.readsAny(demands[1:end]) {
			return false
		}
		demands = demands[end:]
	}
	return true
}

// enter decides by what a query becomes a candidate, and what parts of it are true
// then. always says that nothing particular makes it one.
func (c *clause) enter(d *dictionary) (e candidate, decides []*clause, always bool) {
	if c.readsCaptions() {
		return candidate{}, nil, true
	}
	demands := c.demands(nil)
	for i := range demands {
		for _, atom := range demands[i].atoms {
			demands[i].share += d.shares[atom]
		}
	}
	slices.SortStableFunc(demands, func(a, b demand) int {
		return cmp.Or(cmp.Compare(a.share, b.share), len(a.atoms)-len(b.atoms))
	})
	for i, demand := range demands {
		switch {
		case i == 0:
			e.atoms = demand.atoms
		case len(e.demands)+1+len(demand.atoms) <= beside:
			e.demands = append(append(e.demands, int32(len(demand.atoms))), demand.atoms...)
		default:
			continue
		}
		if demand.part != nil {
			decides = append(decides, demand.part)
		}
	}
	return e, decides, len(demands) == 0
}

// readsCaptions reports whether a clause reads more than title, lead and body.
func (c *clause) readsCaptions() bool {
	if z, zone := c.query.(*Zone); zone && z.Kind == article.Caption {
		return true
	}
	return slices.ContainsFunc(c.of, (*clause).readsCaptions)
}

// demands adds what a clause demands of an article.
func (c *clause) demands(demands []demand) []demand {
	if c.any != nil {
		return append(demands, demand{atoms: c.any, part: c})
	}
	if _, and := c.query.(*And); and {
		for _, of := range c.of {
			demands = of.demands(demands)
		}
		return demands
	}
	return c.words(demands)
}

// words adds what all parts of a clause demand.
func (c *clause) words(demands []demand) []demand {
	switch c.query.(type) {
	case *Not, *Field:
		return demands
	case *Or, *Ref:
		if c.needs != nil {
			demands = append(demands, demand{atoms: c.needs})
		}
		return demands
	case *Term:
		for i := range c.phrase.atoms {
			demands = append(demands, demand{atoms: c.phrase.atoms[i : i+1]})
		}
		return demands
	}
	for _, of := range c.of {
		demands = of.words(demands)
	}
	return demands
}
