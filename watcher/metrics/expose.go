package metrics

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// Figures asks what stands now and writes it, with all that was counted, in the
// text format of Prometheus.
type Figures struct {
	Store   *Counted
	Version string
	// Cursors returns where the poller stands with the feeds of the configuration:
	// the store remembers others too, which nobody polls any more.
	Cursors func(ctx context.Context) ([]article.Cursor, error)
}

// write is one scrape.
func (f Figures) write(ctx context.Context) ([]byte, error) {
	summary, err := f.Store.Summary(ctx)
	if err != nil {
		return nil, err
	}
	cursors, err := f.Cursors(ctx)
	if err != nil {
		return nil, err
	}
	silences, err := f.Store.Silences(ctx, f.Store.now())
	if err != nil {
		return nil, err
	}
	var page page
	page.gauge("presswatch_build_info", 1, "version", f.Version)
	page.store(summary, f.Store.now())
	page.gauge("presswatch_silences", float64(len(silences)))
	page.feeds(cursors)
	f.Store.tally.write(&page.text)
	page.process()
	return annotated(page.text.Bytes()), nil
}

// page is a text in the making. Series of one name must follow each other.
type page struct{ text bytes.Buffer }

func (p *page) gauge(name string, value float64, labels ...string) {
	fmt.Fprintf(&p.text, "%s %s\n", series(name, labels...), number(value))
}

func (p *page) store(s store.Summary, now time.Time) {
	p.gauge("presswatch_articles", float64(s.Articles))
	p.gauge("presswatch_articles_unread", float64(s.Unread))
	for _, digest := range slices.Sorted(maps.Keys(s.Owed)) {
		p.gauge("presswatch_findings_owed", float64(s.Owed[digest]), "digest", digest)
	}
	for _, state := range []store.State{store.Ready, store.Attempted, store.Sent, store.Parked, store.Dropped} {
		p.gauge("presswatch_outbox_deliveries", float64(s.Outbox[state]), "state", string(state))
	}
	age := time.Duration(0)
	if !s.Oldest.IsZero() {
		age = max(now.Sub(s.Oldest), 0)
	}
	p.gauge("presswatch_outbox_age_seconds", age.Seconds())
	paused := 0
	for _, pause := range s.Paused {
		if pause.Until.After(now) {
			paused++
		}
	}
	p.gauge("presswatch_channels_paused", float64(paused))
	p.gauge("presswatch_notes", float64(len(s.Notes)))
	for _, slot := range s.Slots {
		p.gauge("presswatch_digest_composed_timestamp_seconds", seconds(slot.At), "digest", slot.Digest)
	}
	p.gauge("presswatch_store_bytes", float64(s.Bytes))
	p.gauge("presswatch_store_free_bytes", float64(s.Free))
}

func (p *page) feeds(cursors []article.Cursor) {
	for _, of := range []struct {
		name  string
		value func(article.Cursor) float64
	}{
		{"presswatch_feed_last_ok_timestamp_seconds", func(c article.Cursor) float64 { return seconds(c.OK) }},
		{"presswatch_feed_last_poll_timestamp_seconds", func(c article.Cursor) float64 { return seconds(c.Checked) }},
		{"presswatch_feed_failures", func(c article.Cursor) float64 { return float64(c.Failures) }},
		{"presswatch_feed_gone", func(c article.Cursor) float64 {
			if c.Gone {
				return 1
			}
			return 0
		}},
	} {
		for _, c := range cursors {
			p.gauge(of.name, of.value(c), "source", c.Source, "feed", c.URL)
		}
	}
}

// seconds is a time as Prometheus has it, 0 for never.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

// series names one series: labels are names and values by turns.
func series(name string, labels ...string) string {
	if len(labels) == 0 {
		return name
	}
	pairs := make([]string, 0, len(labels)/2)
	for i := 0; i+1 < len(labels); i += 2 {
		pairs = append(pairs, labels[i]+`="`+escape(labels[i+1])+`"`)
	}
	return name + "{" + strings.Join(pairs, ",") + "}"
}

// escape writes a label's value as the text format wants it, on one line.
func escape(value string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(strings.ToValidUTF8(value, "?"))
}
