package metrics

import (
	"context"
	"sync"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// Counted is a store that counts what is written to it.
type Counted struct {
	store.Store
	tally *tally
	now   func() time.Time

	mu        sync.Mutex
	published map[int64]time.Time  // of findings owed at once, until they are enqueued
	alerts    map[string]time.Time // when what an alert tells was published, until it is sent
}

// Count makes of a store one that counts.
func Count(s store.Store, now func() time.Time) *Counted {
	return &Counted{Store: s, tally: newTally(), now: now, published: map[int64]time.Time{}, alerts: map[string]time.Time{}}
}

// add counts n of a metric with labels.
func (c *Counted) add(n int, name string, labels ...string) {
	c.tally.add(n, series(name, labels...))
}

// SaveFeed counts a poll and the entries that it brought.
func (c *Counted) SaveFeed(ctx context.Context, cursor article.Cursor, entries []article.Entry) (int, error) {
	unseen, err := c.Store.SaveFeed(ctx, cursor, entries)
	if err == nil {
		outcome := "ok"
		if cursor.Error != "" {
			outcome = "failed"
		}
		c.add(1, "presswatch_polls_total", "source", cursor.Source, "outcome", outcome)
		c.add(unseen, "presswatch_entries_total", "source", cursor.Source)
	}
	return unseen, err
}

// PostponeRead counts a vain attempt to read a page.
func (c *Counted) PostponeRead(ctx context.Context, id int64, due time.Time, reason string) error {
	err := c.Store.PostponeRead(ctx, id, due, reason)
	if err == nil {
		c.add(1, "presswatch_reads_postponed_total")
	}
	return err
}

// Record counts an article that is read, and its matches.
func (c *Counted) Record(ctx context.Context, r store.Reading) error {
	err := c.Store.Record(ctx, r)
	if err == nil {
		c.add(1, "presswatch_articles_read_total", "source", r.Article.Source, "from", r.Revision.From)
		for _, m := range r.Matches {
			c.add(1, "presswatch_matches_total", "rule", m.Rule, "level", m.Level.String())
		}
	}
	return err
}

// Owed remembers when what is owed at once was published.
func (c *Counted) Owed(ctx context.Context, digests []string, level article.Level) ([]article.Finding, error) {
	findings, err := c.Store.Owed(ctx, digests, level)
	if level == article.Alert {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, f := range findings {
			c.published[f.ID] = f.Article.Published
		}
	}
	return findings, err
}

// Enqueue counts deliveries as they enter the outbox.
func (c *Counted) Enqueue(ctx context.Context, b store.Batch) (bool, error) {
	enqueued, err := c.Store.Enqueue(ctx, b)
	if err != nil || !enqueued {
		return enqueued, err
	}
	first := c.forget(b.Findings)
	for _, d := range b.Deliveries {
		c.add(1, "presswatch_deliveries_enqueued_total", "kind", d.Kind, "channel", d.Channel)
		if !first.IsZero() && b.Digest == "" {
			c.mu.Lock()
			c.alerts[d.ID] = first
			c.mu.Unlock()
		}
	}
	return true, nil
}

// forget forgets findings that are told, and returns when the first of their
// articles was published: zero where that is not known of all.
func (c *Counted) forget(findings []int64) (first time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	dated := true
	for _, id := range findings {
		at := c.published[id]
		delete(c.published, id)
		dated = dated && !at.IsZero()
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	if !dated {
		return time.Time{}
	}
	return first
}

// Hush counts matches that silences hold.
func (c *Counted) Hush(ctx context.Context, held []store.Held) (int, error) {
	n, err := c.Store.Hush(ctx, held)
	if err != nil {
		return n, err
	}
	c.add(n, "presswatch_matches_silenced_total")
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range held {
		delete(c.published, h.Finding)
	}
	return n, nil
}

// Attempt counts a message that leaves.
func (c *Counted) Attempt(ctx context.Context, id string, at, due time.Time) error {
	err := c.Store.Attempt(ctx, id, at, due)
	if err == nil {
		c.add(1, "presswatch_delivery_attempts_total")
	}
	return err
}

// Confirm counts a delivery that arrived, and how long after its publication.
func (c *Counted) Confirm(ctx context.Context, id string, receipt store.Receipt) error {
	err := c.Store.Confirm(ctx, id, receipt)
	if err == nil {
		if at := c.settled(id, "sent"); !at.IsZero() {
			c.tally.observeLag(c.now().Sub(at))
		}
	}
	return err
}

// Park counts a delivery that an operator has to look at.
func (c *Counted) Park(ctx context.Context, id, reason string, at time.Time) error {
	err := c.Store.Park(ctx, id, reason, at)
	if err == nil {
		c.settled(id, "parked")
	}
	return err
}

// Postpone counts an attempt that came to nothing, or is in doubt.
func (c *Counted) Postpone(ctx context.Context, id string, p store.Postponement) error {
	err := c.Store.Postpone(ctx, id, p)
	if err == nil {
		c.add(1, "presswatch_deliveries_postponed_total", "state", string(p.State))
	}
	return err
}

// settled counts the end of a delivery and returns when what it tells was
// published, zero where that is not known.
func (c *Counted) settled(id, outcome string) time.Time {
	c.add(1, "presswatch_deliveries_total", "outcome", outcome)
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.alerts[id]
	delete(c.alerts, id)
	return at
}

// Backup counts copies of the store.
func (c *Counted) Backup(ctx context.Context, file string) error {
	err := c.Store.Backup(ctx, file)
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	c.add(1, "presswatch_backups_total", "outcome", outcome)
	return err
}
