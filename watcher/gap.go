package watcher

import (
	"context"
	"net/http"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/digest"
	"presswatch/watcher/feed"
)

// missed is what a feed may have shown since the last good poll and shows no
// more: two polls that have nothing in common leave room for it between them.
// What was missing before goes on to be.
//
// It does not reckon with dates: publishers' clocks and feeds' orders are not to
// be relied on. A date only ends the span early where it can.
func (p poll) missed(f fetched) article.Missing {
	before, now := p.cursor, f.parsed
	if before.Window == "" || now.Window == "" || now.Overlap {
		return before.Missing
	}
	m := article.Missing{Stretch: article.Stretch{From: before.OK, To: f.at}, Found: f.at, Due: f.at}
	for _, e := range now.Entries {
		if e.DateNote == "" && e.Published.After(m.From) && e.Published.Before(m.To) {
			m.To = e.Published
		}
	}
	if !before.Missing.IsZero() {
		m.From, m.Found = before.Missing.From, before.Missing.Found
	}
	return m
}

// seen notes in a cursor what a body held that was read.
func (p poll) seen(c *article.Cursor, f fetched) {
	switch {
	case f.empty():
		c.Empty++
	case f.response.Status == http.StatusOK:
		c.Empty = 0
	}
	if f.parsed.Kind == "" {
		return
	}
	c.Kind, c.TTL = f.parsed.Kind, f.parsed.TTL
	for _, e := range f.parsed.Entries {
		at := e.Published
		if at.IsZero() {
			at = f.at
		}
		if at.After(c.Newest) {
			c.Newest = at
		}
	}
	if p.parent != nil || f.parsed.Window == "" {
		return // a part, or empty: what it was known to hold still counts
	}
	c.Missing, c.Window = p.missed(f), f.parsed.Window
}

// lists reports whether a feed is one that lists articles for long, by what it is
// in the configuration or was when it was read last.
func lists(f Feed, kind string) bool {
	switch kind {
	case feed.KindNews, feed.KindSitemap, feed.KindIndex, feed.KindList:
		return true
	}
	return f.monthly() || !f.Links.IsZero()
}

// gapsFor are the gaps in the time that a digest tells of: since it was composed
// last. What is still being sought counts as missing.
func (w *Watcher) gapsFor(ctx context.Context, d digest.Config, now time.Time) ([]article.Gap, error) {
	since := now.Add(-24 * time.Hour)
	summary, err := w.Store.Summary(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range summary.Slots {
		if s.Digest == d.ID {
			since = s.At
		}
	}
	gaps, err := w.Store.Gaps(ctx, since)
	if err != nil {
		return nil, err
	}
	cursors, err := w.Cursors(ctx)
	for _, c := range cursors {
		if m := c.Missing; !m.IsZero() && m.To.After(since) {
			gaps = append(gaps, article.Gap{Source: c.Source, Feed: c.URL, Stretch: m.Stretch, Found: m.Found, Left: m.Stretch})
		}
	}
	return gaps, err
}
