package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"presswatch/watcher/article"
)

// Horizon is for how long something is the same news: reports of one signing come
// within it, and a text that tells as news what was known for longer only recalls.
const Horizon = 45 * 24 * time.Hour

// Entry is a fact as an article states it.
type Entry struct {
	Article   int64        `json:"article"` // its number in the store
	Source    string       `json:"source"`
	Title     string       `json:"title"`
	URL       string       `json:"url,omitempty"`
	Published time.Time    `json:"published"` // where the publisher gives no date, when it was seen
	Fact      article.Fact `json:"fact"`
}

// day is the day that the entry's status is of: the one that the text names, else
// that of publication.
func (e Entry) day() string {
	if len(e.Fact.Date) == len(time.DateOnly) {
		return e.Fact.Date
	}
	return e.Published.Format(time.DateOnly)
}

// loose reports whether a slot is not said of the instrument itself.
func (e Entry) loose(slot string) bool { return slices.Contains(e.Fact.Loose, slot) }

// ahead reports whether the entry's period begins after the year of publication.
func (e Entry) ahead() bool {
	from, _ := years(e.Fact.Period)
	return from > e.Published.Year() && !e.Published.IsZero()
}

// years are the first and the last year of a period; 0 where there is none.
func years(period string) (from, to int) {
	first, last, ranged := strings.Cut(period, "-")
	from, _ = strconv.Atoi(first) // "" is 0
	to = from
	if ranged {
		to, _ = strconv.Atoi(last)
	}
	return from, to
}

// Partition is what entries of one item always agree in.
func (e Entry) Partition() string {
	parties := slices.Clone(e.Fact.Parties)
	slices.Sort(parties)
	return e.Fact.Kind + " " + e.Fact.Instrument + " " + strings.Join(parties, "-")
}

// sorted puts entries in the order of publication, which is the same whatever order
// they are given in.
func sorted(entries []Entry) []Entry {
	out := slices.Clone(entries)
	slices.SortFunc(out, func(a, b Entry) int {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Partition(), b.Partition()),
			cmp.Compare(a.Fact.Period, b.Fact.Period), cmp.Compare(a.Fact.Domain, b.Fact.Domain), cmp.Compare(a.Fact.Status, b.Fact.Status))
	})
	return out
}

// sameTime reports whether two entries may tell of one signing.
func sameTime(a, b Entry) bool { return a.Published.Sub(b.Published).Abs() <= Horizon }
