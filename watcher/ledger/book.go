package ledger

import (
	"cmp"
	"slices"
	"time"
)

// Ladders are the statuses of each kind of fact, lowest first.
type Ladders map[string][]string

// rank is how high a status stands; -1 where the kind does not know it.
func (l Ladders) rank(kind, status string) int { return slices.Index(l[kind], status) }

// Item is an instrument, and all that was said of it.
type Item struct {
	Key        string   `json:"key"`
	Kind       string   `json:"kind"`
	Instrument string   `json:"instrument"`
	Parties    []string `json:"parties"`
	Domain     string   `json:"domain,omitempty"`
	Period     string   `json:"period,omitempty"`
	// Status is the highest that was told; Day is the day of it, and Place where, as
	// most entries that tell it as news say. They are empty where none does.
	Status      string   `json:"status"`
	Day         string   `json:"day,omitempty"`
	Place       string   `json:"place,omitempty"`
	Signatories []string `json:"signatories,omitempty"`
	// Against is the key of an item for another period that was signed at the same
	// time: one of the two is a mistake of somebody's.
	Against string  `json:"against,omitempty"`
	History []Event `json:"history"` // in the order of publication
}

// Event is an entry of an item, and what it added to the entries before it.
type Event struct {
	Entry
	Novelty Novelty `json:"novelty"`
	Reason  string  `json:"reason"`
}

// First and Last are when the item was first and last spoken of.
func (i Item) First() time.Time { return i.History[0].Published }

// Last is when the item was last spoken of.
func (i Item) Last() time.Time { return i.History[len(i.History)-1].Published }

// Covers reports whether the item is for that year, or for years with it; a range is
// covered by itself alone.
func (i Item) Covers(period string) bool {
	from, to := years(i.Period)
	first, last := years(period)
	return i.Period == period || first == last && from != 0 && from <= first && first <= to
}

// Book is a ledger: items by kind, parties, class, field and period.
type Book struct {
	Items []Item
}

// Build makes the ledger of a set of entries, in whatever order they are given, as
// corrected. Of one article at most one entry for a fact should be among them.
func Build(ladders Ladders, entries []Entry, corrections []Correction) Book {
	byPartition := map[string][]Entry{}
	var partitions []string
	for _, e := range sorted(entries) {
		p := e.Partition()
		if byPartition[p] == nil {
			partitions = append(partitions, p)
		}
		byPartition[p] = append(byPartition[p], e)
	}
	var all []*group
	for _, p := range partitions {
		all = append(all, groups(p, byPartition[p])...)
	}
	var book Book
	for _, g := range corrected(all, corrections) {
		book.Items = append(book.Items, itemOf(ladders, g))
	}
	book.contradictions()
	slices.SortFunc(book.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), slices.Compare(a.Parties, b.Parties), cmp.Compare(a.Instrument, b.Instrument),
			cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Key, b.Key))
	})
	return book
}

func itemOf(ladders Ladders, g *group) Item {
	first := g.entries[0].Fact
	item := Item{Key: g.key(), Kind: first.Kind, Instrument: first.Instrument, Parties: slices.Clone(first.Parties), Domain: g.domain, Period: g.period}
	item.History = history(ladders, g.entries)
	best := -1
	for _, e := range g.entries {
		if r := ladders.rank(e.Fact.Kind, e.Fact.Status); r > best {
			best, item.Status = r, e.Fact.Status
		}
	}
	item.Day, item.Place, item.Signatories = told(ladders, g.entries)
	return item
}

// told is the day, place and signatories of the highest status that is told as news.
func told(ladders Ladders, entries []Entry) (day, place string, signatories []string) {
	highest := ""
	for _, e := range entries {
		if e.Fact.News && ladders.rank(e.Fact.Kind, e.Fact.Status) > ladders.rank(e.Fact.Kind, highest) {
			highest = e.Fact.Status
		}
	}
	var days, places []string
	for _, e := range entries {
		if !e.Fact.News || e.Fact.Status != highest {
			continue
		}
		days = append(days, e.day())
		if len(e.Fact.Date) == len(time.DateOnly) { // said outweighs inferred
			days = append(days, e.Fact.Date)
		}
		if e.Fact.Place != "" {
			places = append(places, e.Fact.Place)
		}
		if len(signatories) == 0 {
			signatories = e.Fact.Signatories
		}
	}
	return most(days), most(places), signatories
}

// most is the value that stands most often, of equals the first in order.
func most(values []string) (best string) {
	count := map[string]int{}
	for _, v := range values {
		count[v]++
	}
	for v, n := range count {
		if best == "" || n > count[best] || n == count[best] && v < best {
			best = v
		}
	}
	return best
}

// Find is the item with that key.
func (b Book) Find(key string) (Item, bool) {
	i := slices.IndexFunc(b.Items, func(i Item) bool { return i.Key == key })
	if i < 0 {
		return Item{}, false
	}
	return b.Items[i], true
}

// contradictions notes items of one year, alike in all but the period, that were
// news at one time, and of which no article speaks as of two.
func (b *Book) contradictions() {
	for i := range b.Items {
		for j := range b.Items {
			weak, strong := &b.Items[i], &b.Items[j]
			if i != j && weak.rivals(*strong) && weak.weaker(*strong) {
				weak.Against = strong.Key
			}
		}
	}
}

func (i Item) rivals(o Item) bool {
	from, to := years(i.Period)
	otherFrom, otherTo := years(o.Period)
	alike := i.Kind == o.Kind && i.Instrument == o.Instrument && slices.Equal(i.Parties, o.Parties) && i.Domain == o.Domain
	if !alike || i.Day == "" || o.Day == "" || from == 0 || otherFrom == 0 || to-from != otherTo-otherFrom || i.Day != o.Day {
		return false
	}
	return true
}

// weaker reports whether fewer articles tell the item as news; of equals, the later
// period is the mistake.
func (i Item) weaker(o Item) bool {
	mine, theirs := i.voices(), o.voices()
	return mine < theirs || mine == theirs && i.Period > o.Period
}

func (i Item) voices() (n int) {
	for _, e := range i.History {
		if e.Fact.News {
			n++
		}
	}
	return n
}
