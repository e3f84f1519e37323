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

const (
	selectState   = `SELECT state FROM deliveries WHERE name = ?`
	updateAttempt = `
	UPDATE deliveries SET state = 'attempted', attempts = attempts + 1, last_attempt = ?2, due = ?3,
	       first_attempt = iif(first_attempt = ?4, ?2, first_attempt)
	WHERE name = ?1`
	updateSent = `
	UPDATE deliveries SET state = 'sent', error = '', receipt_channel = ?2, receipt_ts = ?3, receipt_at = ?4
	WHERE name = ?1`
	updatePostponed = `UPDATE deliveries SET state = ?2, due = ?3, error = ?4, plain = plain OR ?5 WHERE name = ?1`
	updateParked    = `UPDATE deliveries SET state = 'parked', error = ?2, parked_at = ?3 WHERE name = ?1`
)

// Attempt implements [store.Store]. What is sent or parked cannot be attempted.
func (s *Store) Attempt(ctx context.Context, id string, at, due time.Time) error {
	return s.settle(ctx, "attempt", id, []store.State{store.Ready, store.Attempted},
		updateAttempt, millis(at), millis(due), zeroMillis())
}

// Confirm implements [store.Store]. A receipt is proof, so it settles a delivery
// of any state; of what is sent already the first receipt stays.
func (s *Store) Confirm(ctx context.Context, id string, r store.Receipt) error {
	return s.settle(ctx, "confirm", id, []store.State{store.Ready, store.Attempted, store.Parked},
		updateSent, r.Channel, r.TS, millis(r.At))
}

// Postpone implements [store.Store]. What is sent or parked cannot be postponed,
// and what was not attempted cannot be in doubt. Plain stays once it is set.
func (s *Store) Postpone(ctx context.Context, id string, p store.Postponement) error {
	from := []store.State{store.Attempted}
	switch p.State {
	case store.Ready:
		from = []store.State{store.Ready, store.Attempted}
	case store.Attempted:
	default:
		return fmt.Errorf("postpone delivery %s: to %q: only to ready or attempted", id, p.State)
	}
	return s.settle(ctx, "postpone", id, from, updatePostponed, string(p.State), millis(p.Due), p.Reason, p.Plain)
}

// Park implements [store.Store]. What is sent cannot be parked; of what is
// parked already the first reason stays.
func (s *Store) Park(ctx context.Context, id, reason string, at time.Time) error {
	return s.settle(ctx, "park", id, []store.State{store.Ready, store.Attempted}, updateParked, reason, millis(at))
}

// settle applies an update to a delivery that is in one of the states from. To
// confirm what is sent, or park what is parked, changes nothing and is no error:
// the call may be a repetition.
func (s *Store) settle(ctx context.Context, verb, id string, from []store.State, update string, args ...any) error {
	return s.write(ctx, verb+" delivery "+id, func(tx *sql.Tx) error {
		var state store.State
		err := tx.QueryRowContext(ctx, selectState, id).Scan(&state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return store.ErrNotFound
		case err != nil:
			return err
		case update == updateSent && state == store.Sent, update == updateParked && state == store.Parked:
			return nil
		case !slices.Contains(from, state):
			return fmt.Errorf("it is %s", state)
		}
		_, err = tx.ExecContext(ctx, update, append([]any{id}, args...)...)
		return err
	})
}

const (
	upsertPause = `
	INSERT INTO pauses (channel, reason, until) VALUES (?, ?, ?)
	ON CONFLICT (channel) DO UPDATE SET reason = excluded.reason, until = excluded.until`
	deletePause = `DELETE FROM pauses WHERE channel = ?`
)

// PauseChannel implements [store.Store]. The zero time takes the pause away; one
// that has passed stays in the Summary, with its time, and holds nothing.
func (s *Store) PauseChannel(ctx context.Context, channel, reason string, until time.Time) error {
	return s.write(ctx, "pause channel "+channel, func(tx *sql.Tx) error {
		if until.IsZero() {
			_, err := tx.ExecContext(ctx, deletePause, channel)
			return err
		}
		_, err := tx.ExecContext(ctx, upsertPause, channel, reason, millis(until))
		return err
	})
}
