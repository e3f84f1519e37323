package same

import (
	"cmp"
	"slices"
	"time"
)

// indexed is how many of a text's lowest hashes lead to it. Two texts that share
// a third of their shingles have about ten of them in common.
const indexed = 24

// fewest is how many of them two texts must share to be compared at all; shorter
// texts have fewer.
const fewest = 2

// Copies groups articles by their texts as they arrive. It is not safe for
// concurrent use. The zero value is of no use: see NewCopies.
type Copies struct {
	limits Limits
	window time.Duration
	index  postings
	kept   []kept // the texts within the window, as they were placed
	groups names[*group]
	first  uint32 // number of kept[0]: how many are forgotten
	newest time.Time
	shared map[uint32]int // for find: how many hashes each article shares
}

// kept is an article that others may be copies of.
type kept struct {
	id       int64
	at       time.Time
	print    Print
	postings int // of it in the index
	group    *group
	under    int64 // the group's name as it was put
}

// group is a set of copies; one that was merged says into which.
type group struct {
	name int64
	into *group
}

// Placing is what became of an article.
type Placing struct {
	// Group names those that belong together: the lowest of their ids. It is the
	// article's own where it stands alone.
	Group int64
	// Merged are the groups that this article joined to Group, ascending: what was
	// known by those names is known by Group from now on.
	Merged []int64
	// Found are the relations to single articles, the closest first: copies,
	// excerpts and twins.
	Found []Found
}

// Found is a relation to an article that was placed before.
type Found struct {
	ID int64
	Relation
}

// NewCopies makes an empty index. Articles are compared whose times lie no
// further apart than window; what is older than the newest by more is forgotten.
func NewCopies(limits Limits, window time.Duration) *Copies {
	return &Copies{limits: limits, window: window, groups: names[*group]{}, shared: map[uint32]int{}}
}

// Put takes in an article whose group is known: one that was placed before a
// restart. Group is the name by which Place told it.
func (c *Copies) Put(id int64, at time.Time, print Print, name int64) {
	c.forget(at)
	g, known := c.groups.get(name)
	if !known {
		g = &group{name: name}
	}
	c.keep(kept{id: id, at: at, print: print, group: g, under: name})
}

// Of is the group of an article that is kept.
func (c *Copies) Of(id int64) (name int64, known bool) {
	g, known := c.groups.get(id)
	if !known {
		return 0, false
	}
	return g.root().name, true
}

// Place takes in an article and tells its copies. A later text of an article
// that is kept is placed under the same id, and stays in its group.
func (c *Copies) Place(id int64, at time.Time, print Print) Placing {
	c.forget(at)
	found := c.find(at, print)
	own, again := c.groups.get(id)
	if !again {
		own = &group{name: id}
	}
	own = own.root()
	p := Placing{Found: make([]Found, 0, len(found))}
	for _, f := range found {
		if f.ID == id {
			continue // its own earlier text
		}
		p.Found = append(p.Found, f.Found)
		if f.Kind != Copy {
			continue
		}
		other := f.holder.group.root()
		if other == own {
			continue
		}
		low, high := own, other
		if high.name < low.name {
			low, high = high, low
		}
		high.into, own = low, low
		if again || high.name != id {
			p.Merged = append(p.Merged, high.name)
		}
	}
	p.Group = own.name
	slices.Sort(p.Merged)
	c.keep(kept{id: id, at: at, print: print, group: own, under: own.name})
	return p
}

// Len is how many texts are kept.
func (c *Copies) Len() int { return len(c.kept) }

// related is a relation with the article that has it.
type related struct {
	Found
	holder *kept
}

// find compares a print with those that share its lowest hashes.
func (c *Copies) find(at time.Time, print Print) (found []related) {
	clear(c.shared)
	lowest := print.lowest()
	for _, h := range lowest {
		c.index.each(h, func(holder uint32) { c.shared[holder]++ })
	}
	for number, hashes := range c.shared {
		k := &c.kept[number-c.first]
		if hashes < min(fewest, len(lowest), len(k.print.sketch)) || k.at.Sub(at).Abs() > c.window {
			continue
		}
		if r := c.limits.Compare(print, k.print); r.Kind != Other {
			found = append(found, related{Found{k.id, r}, k})
		}
	}
	slices.SortFunc(found, func(a, b related) int {
		return cmp.Or(cmp.Compare(rank[a.Kind], rank[b.Kind]), cmp.Compare(b.Part, a.Part), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// rank orders kinds, the closest first.
var rank = map[Kind]int{Copy: 0, Excerpt: 1, Twin: 2, Other: 3}

func (c *Copies) keep(k kept) {
	for _, h := range k.print.lowest() {
		c.index.add(h, c.first+uint32(len(c.kept)))
		k.postings++
	}
	c.groups.hold(k.id, k.group)
	c.groups.hold(k.under, k.group)
	c.kept = append(c.kept, k)
	if k.at.After(c.newest) {
		c.newest = k.at
	}
}

// mostPrints bounds the memory of the texts within the window, however many a
// busy desk has: about 80 megabytes.
const mostPrints = 40_000

// forget drops the articles from before the window. One that was placed late
// goes with those that were placed before it.
func (c *Copies) forget(at time.Time) {
	if at.Before(c.newest) {
		at = c.newest
	}
	old := 0
	for old < len(c.kept) && (at.Sub(c.kept[old].at) > c.window || len(c.kept)-old >= mostPrints) {
		c.index.forget(c.kept[old].postings)
		c.groups.drop(c.kept[old].id)
		c.groups.drop(c.kept[old].under)
		c.kept[old] = kept{} // so that its print can be freed
		old++
	}
	c.first += uint32(old)
	c.kept = c.kept[old:]
}

// lowest are the hashes by which a print is found.
func (p Print) lowest() []uint32 { return p.sketch[:min(len(p.sketch), indexed)] }

func (g *group) root() *group {
	for g.into != nil {
		if g.into.into != nil {
			g.into = g.into.into
		}
		g = g.into
	}
	return g
}
