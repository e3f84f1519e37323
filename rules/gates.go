package rules

// gates says what rules need besides what makes them candidates: for each rule,
// for each of its queries, groups of atoms of which one must occur. They lie one
// behind the other, because of a hundred candidates most are turned away here,
// and nothing else of them is read.
//
//	rule ──► query ──► number of groups, then each: number of atoms, atoms
type gates struct {
	list []int32
	at   []int32 // by rule: where its part of the list begins
}

// widest bounds a group: of more atoms it is likely that one occurs.
const widest = 16

// add takes in the next rule.
func (g *gates) add(queries []*clause) {
	g.at = append(g.at, int32(len(g.list)))
	for _, c := range queries {
		count := len(g.list)
		g.list = append(g.list, 0)
		for _, group := range c.musts {
			if len(group) > widest {
				continue
			}
			g.list[count]++
			g.list = append(g.list, int32(len(group)))
			g.list = append(g.list, group...)
		}
	}
}

// open reports whether one of the rule's queries may be true.
func (g *gates) open(rule int32, p *postings) bool {
	list := g.list[g.at[rule]:]
	if int(rule)+1 < len(g.at) {
		list = g.list[g.at[rule]:g.at[rule+1]]
	}
	for len(list) > 0 {
		groups, may := list[0], true
		list = list[1:]
		for range groups {
			n := list[0]
			may = may && p.hasAny(list[1:1+n])
			list = list[1+n:]
		}
		if may {
			return true
		}
	}
	return false
}

// musts are the groups of atoms of which a clause needs one each: what all its
// parts need. parts are compiled already.
func (c *compiler) musts(of *clause) (groups [][]int32) {
	switch of.query.(type) {
	case *Not, *Field:
		return nil
	case *Or, *Ref:
		if of.needs == nil {
			return nil
		}
		return [][]int32{of.needs}
	case *Term:
		for _, atom := range c.sequences[c.leaves[of.leaf].sequences[0].sequence].atoms {
			groups = append(groups, []int32{atom})
		}
		return groups
	}
	for _, part := range of.of {
		groups = append(groups, part.musts...)
	}
	return groups
}
