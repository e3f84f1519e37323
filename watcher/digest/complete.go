package digest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"presswatch/watcher/article"
)

const (
	incomplete = "Not complete" // heading of what says so
	maxGaps    = 3              // named one by one
)

// reliability says, last in a digest, how far it can be relied on: which feeds are
// in trouble, since when it is complete, and what may be missing before; ok is
// false where nothing is wrong.
func reliability(troubles []article.Incident, gaps []article.Gap, names Names) (it item, ok bool) {
	said := slices.DeleteFunc([]string{troubled(troubles, names), unfilled(gaps, names)}, func(s string) bool { return s == "" })
	if len(said) == 0 {
		return item{}, false
	}
	sentences := strings.Join(said, " ")
	block := rich(section(plain(sentences)))
	return item{heading: incomplete, block: block, weight: weight(block), line: escape(sentences, maxLine)}, true
}

// troubled names the sources with a feed in trouble, each once; "" for none.
func troubled(troubles []article.Incident, names Names) string {
	var said, seen []string
	for _, i := range troubles {
		if !i.Closed.IsZero() || slices.Contains(seen, i.Source) {
			continue
		}
		seen = append(seen, i.Source)
		one := fmt.Sprintf("%s (%s", names.source(i.Source), i.Kind)
		if !i.Began.IsZero() {
			one += " since " + names.local(i.Began).Format(shortTime)
		}
		said = append(said, one+")")
	}
	if len(said) == 0 {
		return ""
	}
	if more := len(said) - maxGaps; more > 0 {
		said = append(said[:maxGaps], plural(more, "other source", "other sources"))
	}
	return "In trouble: " + strings.Join(said, "; ") + "."
}

// unfilled says what gaps leave; "" for nothing.
func unfilled(gaps []article.Gap, names Names) string {
	var since time.Time
	var said []string
	for _, g := range sorted(gaps) {
		if g.Left.IsZero() {
			continue
		}
		if g.Left.To.After(since) {
			since = g.Left.To
		}
		said = append(said, fmt.Sprintf("%s from %s to %s", names.source(g.Source),
			names.local(g.Left.From).Format(shortTime), names.local(g.Left.To).Format(shortTime)))
	}
	if len(said) == 0 {
		return ""
	}
	if more := len(said) - maxGaps; more > 0 {
		said = append(said[:maxGaps], plural(more, "other gap", "other gaps"))
	}
	return fmt.Sprintf("Complete since %s. Before that, articles may be missing: %s.",
		names.local(since).Format(shortTime), strings.Join(said, "; "))
}

// sorted has the longest first: the others are counted.
func sorted(gaps []article.Gap) []article.Gap {
	return slices.SortedStableFunc(slices.Values(gaps), func(a, b article.Gap) int {
		return int(b.Left.To.Sub(b.Left.From)/time.Minute) - int(a.Left.To.Sub(a.Left.From)/time.Minute)
	})
}
