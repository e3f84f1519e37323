package ledger

import (
	"fmt"
	"slices"
	"time"
)

// Novelty is what an entry adds to what was known of its item.
type Novelty string

// The novelties.
const (
	New          Novelty = "new"          // nothing was known of the item
	Advanced     Novelty = "advanced"     // it stands higher on the ladder
	Confirmed    Novelty = "confirmed"    // another source tells the same news
	Recalled     Novelty = "recalled"     // nothing that was not known
	Contradicted Novelty = "contradicted" // another day or period for the same
)

// UnmarshalText reads the word of a novelty.
func (n *Novelty) UnmarshalText(b []byte) error {
	known := []Novelty{New, Advanced, Confirmed, Recalled, Contradicted}
	if !slices.Contains(known, Novelty(b)) {
		return fmt.Errorf("unknown novelty %q: new, advanced, confirmed, recalled and contradicted are known", b)
	}
	*n = Novelty(b)
	return nil
}

// history judges each entry of an item by those before it.
func history(ladders Ladders, entries []Entry) []Event {
	events := make([]Event, len(entries))
	for i, e := range entries {
		events[i].Entry = e
		events[i].Novelty, events[i].Reason = novelty(ladders, entries[:i], e)
	}
	return events
}

// novelty judges an entry by what was known of its item.
func novelty(ladders Ladders, before []Entry, e Entry) (Novelty, string) {
	if len(before) == 0 {
		switch {
		case e.Fact.News:
			return New, "not in the ledger, and told as news"
		case e.ahead():
			return New, "not in the ledger, and its period has not begun"
		}
		return Recalled, "not in the ledger, and not told as news"
	}
	if !e.Fact.News {
		return Recalled, "known, and not told as news"
	}
	if !slices.ContainsFunc(before, func(o Entry) bool { return o.Fact.News }) {
		return firstNews(before, e)
	}
	highest, source := -1, true
	for _, o := range before {
		if o.Fact.News {
			highest = max(highest, ladders.rank(o.Fact.Kind, o.Fact.Status))
			source = source && o.Source != e.Source
		}
	}
	if ladders.rank(e.Fact.Kind, e.Fact.Status) > highest {
		return Advanced, fmt.Sprintf("known, and now told as %s", e.Fact.Status)
	}
	if day, other := otherDay(before, e); other {
		return Contradicted, fmt.Sprintf("%s on %s, where others say %s", e.Fact.Status, e.Fact.Date, day)
	}
	if source {
		return Confirmed, "told by another source"
	}
	return Recalled, "told already by this source"
}

// firstNews judges what is told as news of an item that was only mentioned before.
func firstNews(before []Entry, e Entry) (Novelty, string) {
	if since := before[0]; !sameTime(since, e) && !since.ahead() {
		return Recalled, "in force since " + since.Published.Format(time.DateOnly) + " at the latest"
	}
	return Advanced, fmt.Sprintf("mentioned before, and now told as %s", e.Fact.Status)
}

// otherDay is the day that an earlier entry names for the same status, if that is
// another one than this entry's.
func otherDay(before []Entry, e Entry) (string, bool) {
	if len(e.Fact.Date) != len(time.DateOnly) {
		return "", false
	}
	for _, o := range before {
		if o.Fact.News && o.Fact.Status == e.Fact.Status && len(o.Fact.Date) == len(time.DateOnly) {
			return o.Fact.Date, o.Fact.Date != e.Fact.Date
		}
	}
	return "", false
}
