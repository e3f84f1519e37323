package ledger

import (
	"cmp"
	"slices"
)

// group is the entries of one item, in the order of publication.
type group struct {
	partition, domain, period string
	began                     string // of what has no period: the day it was first news
	entries                   []Entry
}

// key names the item.
func (g group) key() string {
	key := g.partition + " " + cmp.Or(g.domain, "-") + " " + cmp.Or(g.period, "-")
	if g.began != "" {
		key += "@" + g.began
	}
	return key
}

// groups puts the entries of one partition together.
func groups(partition string, entries []Entry) []*group {
	var dated, undated []*group
	var rest []Entry
	for _, e := range entries {
		if e.Fact.Period == "" {
			rest = append(rest, e)
			continue
		}
		domain := domainOf(e, entries)
		g := find(dated, func(g *group) bool { return g.domain == domain && g.period == e.Fact.Period })
		if g == nil {
			g = &group{partition: partition, domain: domain, period: e.Fact.Period}
			dated = append(dated, g)
		}
		g.entries = append(g.entries, e)
	}
	fuller := snapshot(dated) // what joins below must not depend on what joined before
	for _, e := range rest {
		if i := fullerOf(e, fuller); i >= 0 {
			dated[i].entries = append(dated[i].entries, e)
			continue
		}
		undated = joinUndated(undated, partition, e, domainOf(e, entries))
	}
	all := append(dated, undated...)
	for _, g := range all {
		g.entries = sorted(g.entries)
	}
	return all
}

func find(groups []*group, is func(*group) bool) *group {
	if i := slices.IndexFunc(groups, is); i >= 0 {
		return groups[i]
	}
	return nil
}

func snapshot(groups []*group) []group {
	out := make([]group, len(groups))
	for i, g := range groups {
		out[i] = *g
		out[i].entries = slices.Clone(g.entries)
	}
	return out
}

// domainOf is the field of an entry: where it was only guessed, the one that other
// entries say of what agrees in the rest, if any do.
func domainOf(e Entry, all []Entry) string {
	if e.Fact.Domain != "" && !e.loose("domain") {
		return e.Fact.Domain
	}
	count := map[string]int{}
	best := ""
	for _, o := range all {
		if o.Fact.Domain == "" || o.loose("domain") || o.Fact.Period != e.Fact.Period || e.Fact.Period == "" && !sameTime(e, o) {
			continue
		}
		count[o.Fact.Domain]++
		if d := o.Fact.Domain; best == "" || count[d] > count[best] || count[d] == count[best] && d < best {
			best = d
		}
	}
	return cmp.Or(best, e.Fact.Domain)
}

// fullerOf is the item with a period that an entry without one is about: of news,
// what was news then; else that in whose period it was written, or the year before
// or after. -1 for none.
func fullerOf(e Entry, dated []group) int {
	best, least := -1, 0
	for i, g := range dated {
		guessed := e.Fact.Domain == "" || e.loose("domain") && e.Fact.News
		if g.domain != e.Fact.Domain && !guessed {
			continue
		}
		distance, fits := e.distance(g)
		if fits && (best < 0 || distance < least || distance == least && g.key() < dated[best].key()) {
			best, least = i, distance
		}
	}
	return best
}

// distance is how far an item is from what an entry without a period speaks of, in
// days or years; it may be none of its business.
func (e Entry) distance(g group) (int, bool) {
	if e.Fact.News {
		least, fits := 0, false
		for _, o := range g.entries {
			if !o.Fact.News || !sameTime(e, o) {
				continue
			}
			if days := int(e.Published.Sub(o.Published).Abs().Hours() / 24); !fits || days < least {
				least, fits = days, true
			}
		}
		return least, fits
	}
	year := e.Published.Year()
	from, to := years(g.period)
	switch {
	case from <= year && year <= to:
		return 0, true
	case to == year-1, from == year+1:
		return 1, true
	}
	return 0, false
}

// joinUndated puts an entry without a period to the item that was news when it was
// written, or the last before it, or begins one. Entries come in order.
func joinUndated(all []*group, partition string, e Entry, domain string) []*group {
	var last *group
	for _, g := range all {
		if g.domain == domain {
			last = g
		}
	}
	switch {
	case last == nil:
		last = &group{partition: partition, domain: domain}
		all = append(all, last)
	case e.Fact.News && last.began != "" && !sameTime(e, last.entries[len(last.entries)-1]) && !sameTime(e, last.news()):
		last = &group{partition: partition, domain: domain}
		all = append(all, last)
	}
	if e.Fact.News && last.began == "" {
		last.began = e.day()
	}
	last.entries = append(last.entries, e)
	return all
}

// news is the last entry that tells the group's item as news.
func (g group) news() Entry {
	for _, e := range slices.Backward(g.entries) {
		if e.Fact.News {
			return e
		}
	}
	return Entry{}
}
