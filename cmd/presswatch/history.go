package main

import (
	"fmt"
	"io"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/edits"
)

// history is what became of a stored article, as --json prints it.
type history struct {
	Revisions []revised       `json:"revisions"` // oldest first
	Told      []store.Telling `json:"told,omitempty"`
	Hushed    []store.Hushed  `json:"silenced,omitempty"`
	Also      []relative      `json:"also,omitempty"`      // the other articles of its story
	Next      time.Time       `json:"next_visit,omitzero"` // when its page is asked for again
	Withdrawn time.Time       `json:"withdrawn,omitzero"`
}

// revised is one text, and what its editor changed in the one before.
type revised struct {
	Fetched time.Time    `json:"fetched"`
	From    string       `json:"from"`
	Edits   []edits.Edit `json:"edits,omitempty"`
}

// relative is another article of a story.
type relative struct {
	Kinship   article.Kinship `json:"kinship"`
	Source    string          `json:"source"`
	Title     string          `json:"title"`
	URL       string          `json:"url"`
	Published time.Time       `json:"published,omitzero"`
}

func historyOf(a article.Article, h store.History) *history {
	out := &history{Told: h.Told, Hushed: h.Hushed, Next: h.Visit.Due, Withdrawn: a.Withdrawn}
	for _, r := range h.Also {
		out.Also = append(out.Also, relative{r.Kinship, r.Source, r.Title, r.URL, r.Published})
	}
	for i, r := range h.Revisions {
		next := revised{Fetched: r.Fetched, From: r.From}
		if i > 0 {
			next.Edits = edits.Between(h.Revisions[i-1].Zones, r.Zones)
		}
		out.Revisions = append(out.Revisions, next)
	}
	return out
}

// print writes what became of an article, for people; of one that was read once
// and told to nobody, and has no relatives, there is nothing to say.
func (h *history) print(out io.Writer, zone *time.Location) {
	clock := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04") }
	for i, r := range h.Revisions {
		if i == 0 {
			continue
		}
		fmt.Fprintf(out, "edited, as read %s (text %d of %d):\n", clock(r.Fetched), i+1, len(h.Revisions))
		for _, e := range r.Edits {
			fmt.Fprintf(out, "  %s:", e.Zone)
			if e.Removed != "" {
				fmt.Fprintf(out, " − %s", printable(e.Removed))
			}
			if e.Added != "" {
				fmt.Fprintf(out, " + %s", printable(e.Added))
			}
			fmt.Fprintln(out)
		}
	}
	if !h.Withdrawn.IsZero() {
		fmt.Fprintf(out, "withdrawn by its publisher, as seen %s\n", clock(h.Withdrawn))
	}
	for _, r := range h.Also {
		said := map[article.Kinship]string{article.Copy: "the same text", article.Report: "another report"}[r.Kinship]
		fmt.Fprintf(out, "%s: %s %s\n  %s\n", said, r.Source, printable(r.Title), printable(r.URL))
	}
	for _, t := range h.Told {
		fmt.Fprintf(out, "told %s in %s: %s, %s (%s)\n", clock(t.At), t.Channel, t.Rule, t.Level, t.Kind)
	}
	for _, s := range h.Hushed {
		fmt.Fprintf(out, "not told to %s: %s, by silence %d (%s until %s)\n", s.Digest, s.Rule, s.By.ID, printable(s.By.String()), clock(s.By.Until))
	}
}
