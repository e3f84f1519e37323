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
	updateDropped   = `UPDATE deliveries SET state = 'dropped', error = ?2, parked_at = ?3 WHERE name = ?1`
	updateRetried   = `
	UPDATE deliveries SET due = ?2, plain = plain AND state IN ('ready', 'attempted'),
	       state = iif(state = 'attempted', 'attempted', 'ready')
	WHERE name = ?1`
	deletePauseOf = `DELETE FROM pauses WHERE channel = (SELECT channel FROM deliveries WHERE name = ?1)`
)

// Attempt implements [store.Store]. What is sent or parked cannot be attempted.
func (s *Store) Attempt(ctx context.Context, id string, at, due time.Time) error {
	return s.settle(ctx, "attempt", id, []store.State{store.Ready, store.Attempted},
		updateAttempt, millis(at), millis(due), zeroMillis())
}

// Confirm implements [store.Store]. A receipt is proof, so it settles a delivery
// of any state; of what is sent already the first receipt stays.
func (s *Store) Confirm(ctx context.Context, id string, r store.Receipt) error {
	return s.settle(ctx, "confirm", id, []store.State{store.Ready, store.Attempted, store.Parked, store.Dropped},
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

// Retry implements [store.Store].
func (s *Store) Retry(ctx context.Context, id string, due time.Time) error {
	return s.settle(ctx, "retry", id, []store.State{store.Ready, store.Attempted, store.Parked, store.Dropped},
		updateRetried, millis(due))
}

// Drop implements [store.Store]. Of what is dropped already the first reason stays.
func (s *Store) Drop(ctx context.Context, id, reason string, at time.Time) error {
	return s.settle(ctx, "drop", id, []store.State{store.Ready, store.Attempted, store.Parked}, updateDropped, reason, millis(at))
}

// settle applies an update to a delivery that is in one of the states from. To
// confirm what is sent, park what is parked, or drop what is dropped, changes
// nothing and is no error: the call may be a repetition.
func (s *Store) settle(ctx context.Context, verb, id string, from []store.State, update string, args ...any) error {
	return s.write(ctx, verb+" delivery "+id, func(tx *sql.Tx) error {
		var state store.State
		err := tx.QueryRowContext(ctx, selectState, id).Scan(&state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return store.ErrNotFound
		case err != nil:
			return err
		case state == store.Sent && update == updateSent, state == store.Parked && update == updateParked,
			state == store.Dropped && update == updateDropped:
			return nil
		case state == store.Ready && len(from) == 1: // a doubt about what never left
			return errors.New("it is ready")
		case !slices.Contains(from, state):
			return fmt.Errorf("it is %s: %w", state, store.ErrSettled)
		}
		_, err = tx.ExecContext(ctx, update, append([]any{id}, args...)...)
		if err == nil && update == updateSent {
			_, err = tx.ExecContext(ctx, deletePauseOf, id)
		}
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
