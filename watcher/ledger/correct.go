package ledger

import (
	"fmt"
	"slices"
	"time"
)

// Deed is what a correction does.
type Deed string

// The corrections that a reader may make.
const (
	Merge Deed = "merge" // an item's entries are another one's
	Split Deed = "split" // some articles' entries are an item of their own
	Drop  Deed = "drop"  // an item is none
)

// Correction is a reader's word on an item. It is an event that is kept, and holds
// for what is read later too.
type Correction struct {
	ID   int64  `json:"id"`
	Deed Deed   `json:"deed"`
	Key  string `json:"key"`            // of the item
	Into string `json:"into,omitempty"` // Merge: the key of the other item
	// Articles are, of Split, those whose entries leave; else the articles that spoke of
	// the item when it was corrected: it is known by them should its key change.
	Articles []int64   `json:"articles"`
	At       time.Time `json:"at"`
}

// Sound tells what is wrong with a correction of a ledger, for whoever makes it.
func (c Correction) Sound(b Book) error {
	item, known := b.Find(c.Key)
	if !known {
		return fmt.Errorf("no item %q: presswatch ledger --json prints the keys", c.Key)
	}
	if _, known := b.Find(c.Into); c.Deed == Merge && (!known || c.Into == c.Key) {
		return fmt.Errorf("no other item %q: presswatch ledger --json prints the keys", c.Into)
	}
	if c.Deed != Split {
		return nil
	}
	for _, id := range c.Articles {
		if !slices.Contains(item.Articles(), id) {
			return fmt.Errorf("article %d does not speak of %q", id, c.Key)
		}
	}
	if len(c.Articles) == 0 || len(c.Articles) == len(item.Articles()) {
		return fmt.Errorf("name some of the articles that speak of %q, and not all of them", c.Key)
	}
	return nil
}

// Correct makes a correction of an item of the ledger.
func (b Book) Correct(deed Deed, key, into string, articles []int64, at time.Time) (Correction, error) {
	c := Correction{Deed: deed, Key: key, Into: into, Articles: articles, At: at}
	if item, known := b.Find(key); known && deed != Split {
		c.Articles = item.Articles()
	}
	return c, c.Sound(b)
}

// Articles are those that speak of the item, each once, in order.
func (i Item) Articles() (ids []int64) {
	for _, e := range i.History {
		ids = append(ids, e.Article)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// corrected applies corrections in the order in which they were made.
func corrected(groups []*group, corrections []Correction) []*group {
	for _, c := range corrections {
		g := c.group(groups)
		if g == nil {
			continue
		}
		switch c.Deed {
		case Drop:
			groups = slices.DeleteFunc(groups, func(o *group) bool { return o == g })
		case Merge:
			if into := find(groups, func(o *group) bool { return o.key() == c.Into }); into != nil && into != g {
				into.entries = sorted(append(into.entries, g.entries...))
				groups = slices.DeleteFunc(groups, func(o *group) bool { return o == g })
			}
		case Split:
			groups = c.split(groups, g)
		}
	}
	return groups
}

// group is the one that a correction is about: of its key, else the one of the same
// partition that has most of its articles.
func (c Correction) group(groups []*group) *group {
	if g := find(groups, func(g *group) bool { return g.key() == c.Key }); g != nil {
		return g
	}
	var best *group
	most := 0
	for _, g := range groups {
		if len(c.Key) < len(g.partition) || c.Key[:len(g.partition)] != g.partition {
			continue
		}
		n := 0
		for _, e := range g.entries {
			if slices.Contains(c.Articles, e.Article) {
				n++
			}
		}
		if n > most {
			best, most = g, n
		}
	}
	return best
}

func (c Correction) split(groups []*group, g *group) []*group {
	apart := &group{partition: g.partition, domain: g.domain, period: g.period, began: fmt.Sprintf("%s/%d", g.began, c.Articles[0])}
	var stay []Entry
	for _, e := range g.entries {
		if slices.Contains(c.Articles, e.Article) {
			apart.entries = append(apart.entries, e)
		} else {
			stay = append(stay, e)
		}
	}
	if len(apart.entries) == 0 || len(stay) == 0 {
		return groups
	}
	g.entries = stay
	return append(groups, apart)
}
