package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"presswatch/configs"
	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

type statusCommand struct {
	JSON bool `help:"Print JSON." name:"json"`
}

// statusReport is how things stand, as --json prints it.
type statusReport struct {
	Database string            `json:"database"`
	Feeds    []article.Cursor  `json:"feeds"`    // configured ones; polled or not
	Silences []silence.Silence `json:"silences"` // in force
	healthReport
	store.Summary
}

// Run shows how things stand in the store; the daemon may be running or not.
func (k statusCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	s, err := sqlite.OpenReader(p.ctx, c.Database)
	if err != nil {
		return err
	}
	defer s.Close()
	report := statusReport{Database: c.Database}
	if report.Summary, err = s.Summary(p.ctx); err != nil {
		return err
	}
	if report.Silences, err = s.Silences(p.ctx, time.Now()); err != nil {
		return err
	}
	cursors, err := s.Cursors(p.ctx)
	if err != nil {
		return err
	}
	report.Feeds = configured(c, cursors)
	if report.healthReport, err = readHealth(p.ctx, s, time.Now()); err != nil {
		return err
	}
	if k.JSON {
		return p.json(report)
	}
	return report.print(p.stdout, c.Zone(), time.Now())
}

// configured lists the feeds of the configuration with what the store knows of
// them, in the order of the configuration.
func configured(c *configs.Config, cursors []article.Cursor) (feeds []article.Cursor) {
	for _, source := range c.Sources {
		for _, f := range source.Feeds {
			found := article.Cursor{Source: source.ID, URL: f.URL, Why: "not polled yet"}
			for _, known := range cursors {
				if known.Source == source.ID && known.URL == f.URL {
					found = known
				}
			}
			feeds = append(feeds, found)
		}
	}
	return feeds
}

func (r statusReport) print(out io.Writer, zone *time.Location, now time.Time) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	clock := func(t time.Time) string { return moment(t, zone, now) }
	fmt.Fprintln(w, "SOURCE\tFEED\tLAST OK\tNEXT POLL\tWHY\tTROUBLE")
	for _, f := range r.Feeds {
		next, trouble := clock(f.Due), "–"
		if f.Gone {
			next = "never"
		}
		if f.Error != "" {
			trouble = fmt.Sprintf("%s in a row: %s", counted(f.Failures, "failure"), f.Error)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", f.Source, f.URL, clock(f.OK), next, f.Why, printable(trouble))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	r.healthReport.print(out, r.Feeds, clock)
	fmt.Fprintf(out, "\n%s, %d unread; %s on disk (%s)\n", counted(r.Articles, "article"), r.Unread, size(r.Bytes), r.Database)
	if r.Copies+r.Reports > 0 {
		fmt.Fprintf(out, "%d have the text of an earlier one, %d tell of what an earlier one told\n", r.Copies, r.Reports)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "%s, since %s: %s\n", n.Subject, clock(n.At), indent(n.Text))
	}
	r.printOutbox(out, clock)
	for _, s := range r.Silences {
		fmt.Fprintf(out, "silence %d: %s until %s; %s held\n", s.ID, printable(s.String()), clock(s.Until), counted(s.Held, "finding"))
	}
	for _, s := range r.Slots {
		fmt.Fprintf(out, "digest %s: last slot %s, composed %s; %s waiting", s.Digest, s.Slot, clock(s.At), counted(r.Owed[s.Digest], "finding"))
		if n := r.Silenced[s.Digest]; n > 0 {
			fmt.Fprintf(out, ", %d silenced", n)
		}
		fmt.Fprintln(out)
	}
	return nil
}

func (r statusReport) printOutbox(out io.Writer, clock func(time.Time) string) {
	fmt.Fprintf(out, "outbox: %d ready, %d in doubt, %d sent, %d parked", r.Outbox[store.Ready], r.Outbox[store.Attempted], r.Outbox[store.Sent], r.Outbox[store.Parked])
	if n := r.Outbox[store.Dropped]; n > 0 {
		fmt.Fprintf(out, ", %d dropped", n)
	}
	if !r.Oldest.IsZero() {
		fmt.Fprintf(out, "; the oldest waits since %s", clock(r.Oldest))
	}
	fmt.Fprintln(out)
	for _, pause := range r.Paused {
		fmt.Fprintf(out, "channel %s on hold until %s: %s\n", pause.Channel, clock(pause.Until), printable(pause.Reason))
	}
	for _, d := range r.Parked {
		fmt.Fprintf(out, "parked: %s %s for %s: %s\n", d.Kind, d.ID, d.Channel, printable(d.Error))
	}
}

// moment is a time as people say it: the clock alone on the same day.
func moment(t time.Time, zone *time.Location, now time.Time) string {
	if t.IsZero() {
		return "–"
	}
	local := t.In(zone)
	if local.Format(time.DateOnly) == now.In(zone).Format(time.DateOnly) {
		return local.Format("15:04:05")
	}
	return local.Format("2 Jan 15:04")
}

func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%d KiB", bytes>>10)
}

// indent cleans a text of several lines and sets the further ones in.
func indent(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return strings.Join(lines, "\n    ")
}
