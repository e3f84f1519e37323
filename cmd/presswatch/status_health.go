package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// shownFor is how long a closed incident, and a gap, is shown.
const shownFor = 14 * 24 * time.Hour

// healthReport is how feeds do.
type healthReport struct {
	Incidents []article.Incident `json:"incidents"` // open, or closed lately
	Gaps      []article.Gap      `json:"gaps"`      // of late, those that were filled included
}

func readHealth(ctx context.Context, s store.Health, now time.Time) (h healthReport, err error) {
	if h.Incidents, err = s.Incidents(ctx, now.Add(-shownFor)); err != nil {
		return h, err
	}
	h.Gaps, err = s.Gaps(ctx, now.Add(-shownFor))
	return h, err
}

func (h healthReport) print(out io.Writer, feeds []article.Cursor, clock func(time.Time) string) {
	for _, i := range h.Incidents {
		until := "open since " + clock(i.Opened)
		if !i.Closed.IsZero() {
			until = fmt.Sprintf("%s to %s", clock(i.Opened), clock(i.Closed))
		}
		fmt.Fprintf(out, "incident: %s %s: %s, %s: %s\n", i.Source, i.Feed, i.Kind, until, indent(i.Text))
	}
	for _, f := range feeds {
		if m := f.Missing; !m.IsZero() {
			fmt.Fprintf(out, "gap: %s %s: %s to %s is being sought, next %s\n", f.Source, f.URL, clock(m.From), clock(m.To), clock(m.Due))
		}
		if m := f.Move; m.To != "" {
			taken := "asked there once that has lasted"
			if m.Taken {
				taken = "asked there: correct its address"
			}
			fmt.Fprintf(out, "moved: %s %s: to %s since %s, %s\n", f.Source, f.URL, printable(m.To), clock(m.Since), taken)
		}
	}
	for _, g := range h.Gaps {
		if g.Left.IsZero() {
			fmt.Fprintf(out, "gap: %s %s: %s to %s, filled with %s\n", g.Source, g.Feed, clock(g.From), clock(g.To), counted(g.Filled, "article"))
			continue
		}
		fmt.Fprintf(out, "gap: %s %s: %s to %s may be missing: %s\n", g.Source, g.Feed, clock(g.Left.From), clock(g.Left.To), printable(g.Why))
	}
}
