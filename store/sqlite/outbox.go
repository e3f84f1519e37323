package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"presswatch/store"
)

const (
	deliveryColumns = `d.name, d.message, d.part, d.parts, d.kind, d.channel, d.payload, d.state, d.created, d.due,
	       d.attempts, d.first_attempt, d.last_attempt, d.plain, d.error, d.receipt_channel, d.receipt_ts, d.receipt_at,
	       d.parent, d.edits`

	// workable says which open deliveries are not held back: by an earlier part
	// of their message (those without a group hold nobody back), by the delivery
	// that they follow, or by one that follows it before them. What was enqueued
	// later never holds, so no two can wait for each other.
	workable = `d.state IN ('ready', 'attempted') AND (d.message = '' OR NOT EXISTS (
		SELECT 1 FROM deliveries e
		WHERE e.message = d.message AND e.part < d.part AND e.state IN ('ready', 'attempted')))
	AND (d.parent = '' OR NOT EXISTS (
		SELECT 1 FROM deliveries e WHERE e.name = d.parent AND e.id < d.id AND e.state IN ('ready', 'attempted'))
	AND NOT EXISTS (
		SELECT 1 FROM deliveries e
		WHERE e.parent = d.parent AND e.parent != '' AND e.id < d.id AND e.state IN ('ready', 'attempted')))`

	selectDue = `
	SELECT ` + deliveryColumns + `, coalesce(t.receipt_channel, ''), coalesce(t.receipt_ts, ''), coalesce(t.receipt_at, -62135596800000)
	FROM deliveries d LEFT JOIN pauses p ON p.channel = d.channel
	LEFT JOIN deliveries t ON t.name = d.parent AND t.channel = d.channel
	WHERE ` + workable + ` AND d.due <= ?1 AND coalesce(p.until, ?1) <= ?1
	ORDER BY d.created, d.id`

	selectNextDelivery = `
	SELECT min(max(d.due, coalesce(p.until, d.due)))
	FROM deliveries d LEFT JOIN pauses p ON p.channel = d.channel
	WHERE ` + workable

	selectNextRead = `
	SELECT min(due) FROM (SELECT min(due) AS due FROM articles WHERE due IS NOT NULL
		UNION ALL SELECT min(due) FROM visits WHERE due IS NOT NULL)`

	selectDelivery = `SELECT ` + deliveryColumns + ` FROM deliveries d WHERE d.name = ?`
	selectListed   = `SELECT ` + deliveryColumns + ` FROM deliveries d WHERE d.state = ? ORDER BY d.created DESC, d.id DESC LIMIT ?`
)

// Due implements [store.Store].
func (s *Store) Due(ctx context.Context, now time.Time) ([]store.Delivery, error) {
	var all []store.Delivery
	err := s.read(ctx, "due deliveries", func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, s.scanDue, selectDue, millis(now))
		return err
	})
	return all, err
}

func (s *Store) scanDue(r row) (store.Delivery, error) {
	var parent store.Receipt
	var at int64
	d, err := s.scanDelivery(r, &parent.Channel, &parent.TS, &at)
	parent.At = instant(at)
	d.Parent = parent
	return d, err
}

func (s *Store) scanPlain(r row) (store.Delivery, error) { return s.scanDelivery(r) }

// scanDelivery scans deliveryColumns, and what stands beside them into more.
func (s *Store) scanDelivery(r row, more ...any) (store.Delivery, error) {
	var d store.Delivery
	var created, due, first, last, at int64
	var payload []byte
	var parent string
	var edits bool
	err := r.Scan(append([]any{&d.ID, &d.Group, &d.Part, &d.Parts, &d.Kind, &d.Channel, &payload, &d.State, &created, &due,
		&d.Attempts, &first, &last, &d.Plain, &d.Error, &d.Receipt.Channel, &d.Receipt.TS, &at, &parent, &edits}, more...)...)
	if err != nil {
		return d, err
	}
	d.Created, d.Due, d.Receipt.At = instant(created), instant(due), instant(at)
	d.FirstAttempt, d.LastAttempt = instant(first), instant(last)
	d.Thread = parent
	if edits {
		d.Thread, d.Edits = "", parent
	}
	if d.Payload, err = s.press.expand(payload); err != nil {
		return d, fmt.Errorf("delivery %s: %w", d.ID, err)
	}
	return d, nil
}

// Next implements [store.Store]. It agrees with Unread and Due: something is
// there to do from the time on that it names. What was due at the zero time is
// due since 1970, because zero means nothing.
func (s *Store) Next(ctx context.Context) (read, delivery time.Time, err error) {
	err = s.read(ctx, "next due", func(tx *sql.Tx) error {
		var a, d sql.NullInt64
		if err := tx.QueryRowContext(ctx, selectNextRead).Scan(&a); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, selectNextDelivery).Scan(&d); err != nil {
			return err
		}
		read, delivery = dueFrom(a), dueFrom(d)
		return nil
	})
	return read, delivery, err
}

func dueFrom(ms sql.NullInt64) time.Time {
	switch {
	case !ms.Valid:
		return time.Time{}
	case ms.Int64 == zeroMillis():
		return time.UnixMilli(0).UTC()
	}
	return instant(ms.Int64)
}

// Outbox implements [store.Store].
func (s *Store) Outbox(ctx context.Context, most int, states ...store.State) ([]store.Delivery, error) {
	var all []store.Delivery
	err := s.read(ctx, "list the outbox", func(tx *sql.Tx) error {
		for _, state := range states {
			some, err := collect(ctx, tx, s.scanPlain, selectListed, string(state), most)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	for i := range all {
		all[i].Payload = nil
	}
	slices.SortStableFunc(all, func(a, b store.Delivery) int { return b.Created.Compare(a.Created) })
	return all, err
}

// Delivery implements [store.Store].
func (s *Store) Delivery(ctx context.Context, id string) (store.Delivery, error) {
	var d store.Delivery
	err := s.read(ctx, "delivery "+id, func(tx *sql.Tx) (err error) {
		d, err = s.scanPlain(tx.QueryRowContext(ctx, selectDelivery, id))
		if errors.Is(err, sql.ErrNoRows) {
			err = store.ErrNotFound
		}
		return err
	})
	return d, err
}
