package watcher_test

import (
	"context"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

// actor stands before a store's calls: it does each, or something in its place.
type actor interface {
	act(name string, do func() error) error
}

// changes is a store with an actor before each call that changes it.
type changes struct {
	store.Store
	actor
}

func (c changes) SaveFeed(ctx context.Context, cursor article.Cursor, entries []article.Entry) (n int, err error) {
	err = c.act("SaveFeed", func() error { n, err = c.Store.SaveFeed(ctx, cursor, entries); return err })
	return n, err
}

func (c changes) PostponeRead(ctx context.Context, id int64, due time.Time, reason string) error {
	return c.act("PostponeRead", func() error { return c.Store.PostponeRead(ctx, id, due, reason) })
}

func (c changes) Record(ctx context.Context, reading store.Reading) error {
	return c.act("Record", func() error { return c.Store.Record(ctx, reading) })
}

func (c changes) Visited(ctx context.Context, id int64, visit store.Visit, withdrawn time.Time) error {
	return c.act("Visited", func() error { return c.Store.Visited(ctx, id, visit, withdrawn) })
}

func (c changes) Enqueue(ctx context.Context, b store.Batch) (ok bool, err error) {
	err = c.act("Enqueue", func() error { ok, err = c.Store.Enqueue(ctx, b); return err })
	return ok, err
}

func (c changes) Hush(ctx context.Context, held []store.Held) (n int, err error) {
	err = c.act("Hush", func() error { n, err = c.Store.Hush(ctx, held); return err })
	return n, err
}

func (c changes) Attempt(ctx context.Context, id string, at, due time.Time) error {
	return c.act("Attempt", func() error { return c.Store.Attempt(ctx, id, at, due) })
}

func (c changes) Confirm(ctx context.Context, id string, receipt store.Receipt) error {
	return c.act("Confirm", func() error { return c.Store.Confirm(ctx, id, receipt) })
}

func (c changes) Postpone(ctx context.Context, id string, p store.Postponement) error {
	return c.act("Postpone", func() error { return c.Store.Postpone(ctx, id, p) })
}

func (c changes) Park(ctx context.Context, id, reason string, at time.Time) error {
	return c.act("Park", func() error { return c.Store.Park(ctx, id, reason, at) })
}

func (c changes) PauseChannel(ctx context.Context, channel, reason string, until time.Time) error {
	return c.act("PauseChannel", func() error { return c.Store.PauseChannel(ctx, channel, reason, until) })
}

func (c changes) SettleGap(ctx context.Context, g article.Gap, told store.Batch) (ok bool, err error) {
	err = c.act("SettleGap", func() error { ok, err = c.Store.SettleGap(ctx, g, told); return err })
	return ok, err
}

func (c changes) SaveIncident(ctx context.Context, i article.Incident, told store.Batch) error {
	return c.act("SaveIncident", func() error { return c.Store.SaveIncident(ctx, i, told) })
}

// questions is a store with an actor before each call that only asks.
type questions struct {
	store.Store
	actor
}

// answer has an actor before a question.
func answer[T any](a actor, name string, ask func() (T, error)) (answer T, err error) {
	err = a.act(name, func() error { answer, err = ask(); return err })
	return answer, err
}

func (q questions) Cursors(ctx context.Context) ([]article.Cursor, error) {
	return answer(q, "Cursors", func() ([]article.Cursor, error) { return q.Store.Cursors(ctx) })
}

func (q questions) Unread(ctx context.Context, now time.Time, perSource int) ([]article.Article, error) {
	return answer(q, "Unread", func() ([]article.Article, error) { return q.Store.Unread(ctx, now, perSource) })
}

func (q questions) Revisits(ctx context.Context, now time.Time, perSource int) ([]store.Revisit, error) {
	return answer(q, "Revisits", func() ([]store.Revisit, error) { return q.Store.Revisits(ctx, now, perSource) })
}

func (q questions) History(ctx context.Context, id int64) (store.History, error) {
	return answer(q, "History", func() (store.History, error) { return q.Store.History(ctx, id) })
}

func (q questions) Owed(ctx context.Context, digests []string, level article.Level) ([]article.Finding, error) {
	return answer(q, "Owed", func() ([]article.Finding, error) { return q.Store.Owed(ctx, digests, level) })
}

func (q questions) Amendments(ctx context.Context) ([]store.Amendment, error) {
	return answer(q, "Amendments", func() ([]store.Amendment, error) { return q.Store.Amendments(ctx) })
}

func (q questions) Said(ctx context.Context, things []string) ([]string, error) {
	return answer(q, "Said", func() ([]string, error) { return q.Store.Said(ctx, things) })
}

func (q questions) LastSlot(ctx context.Context, digest string) (string, error) {
	return answer(q, "LastSlot", func() (string, error) { return q.Store.LastSlot(ctx, digest) })
}

func (q questions) Due(ctx context.Context, now time.Time) ([]store.Delivery, error) {
	return answer(q, "Due", func() ([]store.Delivery, error) { return q.Store.Due(ctx, now) })
}

func (q questions) Lookup(ctx context.Context, ref string) (store.Stored, error) {
	return answer(q, "Lookup", func() (store.Stored, error) { return q.Store.Lookup(ctx, ref) })
}

func (q questions) Published(ctx context.Context, source, feed string, since time.Time) ([]time.Time, error) {
	return answer(q, "Published", func() ([]time.Time, error) { return q.Store.Published(ctx, source, feed, since) })
}

func (q questions) Gaps(ctx context.Context, since time.Time) ([]article.Gap, error) {
	return answer(q, "Gaps", func() ([]article.Gap, error) { return q.Store.Gaps(ctx, since) })
}

func (q questions) Incidents(ctx context.Context, since time.Time) ([]article.Incident, error) {
	return answer(q, "Incidents", func() ([]article.Incident, error) { return q.Store.Incidents(ctx, since) })
}

func (q questions) Silences(ctx context.Context, after time.Time) ([]silence.Silence, error) {
	return answer(q, "Silences", func() ([]silence.Silence, error) { return q.Store.Silences(ctx, after) })
}

func (q questions) Silenced(ctx context.Context, digest string) ([]store.Silenced, error) {
	return answer(q, "Silenced", func() ([]store.Silenced, error) { return q.Store.Silenced(ctx, digest) })
}

func (q questions) Summary(ctx context.Context) (store.Summary, error) {
	return answer(q, "Summary", func() (store.Summary, error) { return q.Store.Summary(ctx) })
}

func (q questions) Ledger(ctx context.Context, partitions []string) (store.Kept, error) {
	return answer(q, "Ledger", func() (store.Kept, error) { return q.Store.Ledger(ctx, partitions) })
}

func (q questions) Next(ctx context.Context) (read, delivery time.Time, err error) {
	err = q.act("Next", func() error { read, delivery, err = q.Store.Next(ctx); return err })
	return read, delivery, err
}
