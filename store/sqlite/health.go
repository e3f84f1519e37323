package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	selectFeed      = `SELECT f.id, f.missing_from, f.missing_to FROM feeds f JOIN sources s ON s.id = f.source WHERE s.name = ? AND f.url = ?`
	selectPublished = `
	SELECT a.published FROM articles a
	WHERE a.revision IS NOT NULL AND ` + articleDate + ` >= ?2 AND a.published >= ?2 AND a.feed = ?1
	ORDER BY ` + articleDate
	insertGap = `
	INSERT INTO gaps (feed, missed_from, missed_to, found, settled, filled, left_from, left_to, why)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateMissing = `
	UPDATE feeds SET missing_from = ?1, missing_to = ?1, missing_found = ?1, missing_due = ?1, missing_tries = 0
	WHERE id = ?2`
	selectGaps = `
	SELECT s.name, f.url, g.missed_from, g.missed_to, g.found, g.settled, g.filled, g.left_from, g.left_to, g.why
	FROM gaps g JOIN feeds f ON f.id = g.feed JOIN sources s ON s.id = f.source
	WHERE g.missed_to > ? ORDER BY g.missed_to, g.id`
	upsertIncident = `
	INSERT INTO incidents (feed, opened, kind, text, began, told, good, closed, delivery)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (feed, opened) DO UPDATE SET kind = excluded.kind, text = excluded.text, began = excluded.began,
	       told = excluded.told, good = excluded.good, closed = excluded.closed, delivery = excluded.delivery`
	selectIncidents = `
	SELECT s.name, f.url, i.opened, i.kind, i.text, i.began, i.told, i.good, i.closed, i.delivery
	FROM incidents i JOIN feeds f ON f.id = i.feed JOIN sources s ON s.id = f.source
	WHERE i.closed = -62135596800000 OR i.closed >= ? ORDER BY i.opened, i.id`
)

// Published implements [store.Store].
func (s *Store) Published(ctx context.Context, source, feed string, since time.Time) ([]time.Time, error) {
	var all []time.Time
	err := s.read(ctx, "times of "+feed, func(tx *sql.Tx) error {
		id, _, err := feedAt(ctx, tx, source, feed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		all, err = collect(ctx, tx, scanTime, selectPublished, id, millis(since))
		return err
	})
	return all, err
}

func scanTime(r row) (time.Time, error) {
	var at int64
	err := r.Scan(&at)
	return instant(at), err
}

// feedAt finds a feed, and what is missing of it.
func feedAt(ctx context.Context, tx *sql.Tx, source, feed string) (id int64, missing article.Stretch, err error) {
	var from, to int64
	err = tx.QueryRowContext(ctx, selectFeed, source, feed).Scan(&id, &from, &to)
	return id, article.Stretch{From: instant(from), To: instant(to)}, err
}

// SettleGap implements [store.Store].
func (s *Store) SettleGap(ctx context.Context, g article.Gap, told store.Batch) (bool, error) {
	settled := false
	err := s.write(ctx, "settle a gap of "+g.Feed, func(tx *sql.Tx) error {
		feed, missing, err := feedAt(ctx, tx, g.Source, g.Feed)
		if errors.Is(err, sql.ErrNoRows) {
			return store.ErrNotFound
		}
		if err != nil || missing != (article.Stretch{From: instant(millis(g.From)), To: instant(millis(g.To))}) || missing.IsZero() {
			return err
		}
		settled = true
		_, err = tx.ExecContext(ctx, insertGap, feed, millis(g.From), millis(g.To), millis(g.Found), millis(g.Settled),
			g.Filled, millis(g.Left.From), millis(g.Left.To), g.Why)
		if err == nil {
			_, err = tx.ExecContext(ctx, updateMissing, zeroMillis(), feed)
		}
		if err != nil {
			return err
		}
		return s.saveTold(ctx, tx, told)
	})
	return settled && err == nil, err
}

// saveTold puts a batch into the outbox without what is there already.
func (s *Store) saveTold(ctx context.Context, tx *sql.Tx, batch store.Batch) error {
	if err := sound(batch.Deliveries); err != nil {
		return err
	}
	var unknown []store.Delivery
	for _, d := range batch.Deliveries {
		known, err := isKnown(ctx, tx, store.Batch{Deliveries: []store.Delivery{d}})
		if err != nil {
			return err
		}
		if !known {
			unknown = append(unknown, d)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	return s.saveBatch(ctx, tx, store.Batch{Deliveries: unknown, At: batch.At})
}

// Gaps implements [store.Store].
func (s *Store) Gaps(ctx context.Context, since time.Time) ([]article.Gap, error) {
	var all []article.Gap
	err := s.read(ctx, "gaps", func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, scanGap, selectGaps, millis(since))
		return err
	})
	return all, err
}

func scanGap(r row) (article.Gap, error) {
	var g article.Gap
	var from, to, found, settled, leftFrom, leftTo int64
	err := r.Scan(&g.Source, &g.Feed, &from, &to, &found, &settled, &g.Filled, &leftFrom, &leftTo, &g.Why)
	g.From, g.To, g.Found, g.Settled = instant(from), instant(to), instant(found), instant(settled)
	g.Left = article.Stretch{From: instant(leftFrom), To: instant(leftTo)}
	return g, err
}

// SaveIncident implements [store.Store].
func (s *Store) SaveIncident(ctx context.Context, i article.Incident, told store.Batch) error {
	return s.write(ctx, fmt.Sprintf("incident of %s", i.Feed), func(tx *sql.Tx) error {
		feed, _, err := feedAt(ctx, tx, i.Source, i.Feed)
		if errors.Is(err, sql.ErrNoRows) {
			return store.ErrNotFound
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, upsertIncident, feed, millis(i.Opened), i.Kind, i.Text, millis(i.Began),
			millis(i.Told), i.Good, millis(i.Closed), i.Delivery)
		if err != nil {
			return err
		}
		return s.saveTold(ctx, tx, told)
	})
}

// Incidents implements [store.Store].
func (s *Store) Incidents(ctx context.Context, since time.Time) ([]article.Incident, error) {
	var all []article.Incident
	err := s.read(ctx, "incidents", func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, scanIncident, selectIncidents, millis(since))
		return err
	})
	return all, err
}

func scanIncident(r row) (article.Incident, error) {
	var i article.Incident
	var opened, began, told, closed int64
	err := r.Scan(&i.Source, &i.Feed, &opened, &i.Kind, &i.Text, &began, &told, &i.Good, &closed, &i.Delivery)
	i.Opened, i.Began, i.Told, i.Closed = instant(opened), instant(began), instant(told), instant(closed)
	return i, err
}
