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

// gapItem says, last in a digest, since when it is complete and what may be
// missing before; ok is false where nothing is.
func gapItem(gaps []article.Gap, names Names) (it item, ok bool) {
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
		return item{}, false
	}
	if more := len(said) - maxGaps; more > 0 {
		said = append(said[:maxGaps], plural(more, "other gap", "other gaps"))
	}
	sentence := fmt.Sprintf("Complete since %s. Before that, articles may be missing: %s.",
		names.local(since).Format(shortTime), strings.Join(said, "; "))
	block := rich(section(plain(sentence)))
	return item{heading: incomplete, block: block, weight: weight(block), line: escape(sentence, maxLine)}, true
}

// sorted has the longest first: the others are counted.
func sorted(gaps []article.Gap) []article.Gap {
	return slices.SortedStableFunc(slices.Values(gaps), func(a, b article.Gap) int {
		return int(b.Left.To.Sub(b.Left.From)/time.Minute) - int(a.Left.To.Sub(a.Left.From)/time.Minute)
	})
}
