package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"presswatch/store"
	"presswatch/watcher/silence"
)

const (
	silenceColumns = `i.id, i.kind, i.what, i.name, i.reason, i.begins, i.ends, (SELECT count(*) FROM findings h WHERE h.silence = i.id)`

	insertSilence   = `INSERT INTO silences (kind, what, name, reason, begins, ends) VALUES (?, ?, ?, ?, ?, ?)`
	updateSilence   = `UPDATE silences SET ends = min(ends, ?2) WHERE id = ?1`
	selectIsSilence = `SELECT 1 FROM silences WHERE id = ?`
	selectSilences  = `SELECT ` + silenceColumns + ` FROM silences i WHERE i.ends > ? ORDER BY +i.id`
	selectHeld      = `SELECT batch IS NULL AND silence IS NULL FROM findings WHERE id = ?`
	updateHeld      = `UPDATE findings SET silence = ?2 WHERE id = ?1`
	selectSilenced  = `
	SELECT o.id, t.article, ` + silenceColumns + `
	FROM findings o CROSS JOIN matches m ON m.id = o.match CROSS JOIN revisions t ON t.id = m.revision CROSS JOIN silences i ON i.id = o.silence
	WHERE o.digest = ? AND o.batch IS NULL AND o.silence IS NOT NULL ORDER BY o.silence, o.id`
)

// silenceRow is silenceColumns as scanned.
type silenceRow struct {
	silence      silence.Silence
	begins, ends int64
}

func (s *silenceRow) dest() []any {
	i := &s.silence
	return []any{&i.ID, &i.Kind, &i.What, &i.Name, &i.Reason, &s.begins, &s.ends, &i.Held}
}

func (s *silenceRow) unpack() silence.Silence {
	s.silence.From, s.silence.Until = instant(s.begins), instant(s.ends)
	return s.silence
}

// AddSilence implements [store.Store].
func (s *Store) AddSilence(ctx context.Context, of silence.Silence) (id int64, err error) {
	err = s.write(ctx, "silence "+of.String(), func(tx *sql.Tx) error {
		id, err = inserted(tx.ExecContext(ctx, insertSilence, string(of.Kind), of.What, of.Name, of.Reason, millis(of.From), millis(of.Until)))
		return err
	})
	return id, err
}

// EndSilence implements [store.Store].
func (s *Store) EndSilence(ctx context.Context, id int64, at time.Time) error {
	return s.write(ctx, fmt.Sprintf("end silence %d", id), func(tx *sql.Tx) error {
		if err := isSilence(ctx, tx, id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, updateSilence, id, millis(at))
		return err
	})
}

func isSilence(ctx context.Context, tx *sql.Tx, id int64) error {
	var one int
	err := tx.QueryRowContext(ctx, selectIsSilence, id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}

// Silences implements [store.Store].
func (s *Store) Silences(ctx context.Context, after time.Time) (all []silence.Silence, err error) {
	err = s.read(ctx, "silences", func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, func(r row) (silence.Silence, error) {
			var i silenceRow
			err := r.Scan(i.dest()...)
			return i.unpack(), err
		}, selectSilences, millis(after))
		return err
	})
	return all, err
}

// Hush implements [store.Store].
func (s *Store) Hush(ctx context.Context, held []store.Held) (n int, err error) {
	err = s.write(ctx, fmt.Sprintf("hold %d findings", len(held)), func(tx *sql.Tx) error {
		n = 0
		for _, h := range held {
			done, err := hush(ctx, tx, h)
			if err != nil {
				return fmt.Errorf("finding %d by silence %d: %w", h.Finding, h.Silence, err)
			}
			if done {
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// hush holds one finding; done is false where there is nothing to hold any more.
func hush(ctx context.Context, tx *sql.Tx, h store.Held) (done bool, err error) {
	if err := isSilence(ctx, tx, h.Silence); err != nil {
		return false, err
	}
	err = tx.QueryRowContext(ctx, selectHeld, h.Finding).Scan(&done)
	if errors.Is(err, sql.ErrNoRows) {
		return false, store.ErrNotFound
	}
	if err != nil || !done {
		return false, err
	}
	_, err = tx.ExecContext(ctx, updateHeld, h.Finding, h.Silence)
	return true, err
}

// Silenced implements [store.Store].
func (s *Store) Silenced(ctx context.Context, digest string) (all []store.Silenced, err error) {
	type held struct {
		silenceRow
		finding, article int64
	}
	err = s.read(ctx, "what was silenced of digest "+digest, func(tx *sql.Tx) error {
		all = nil
		rows, err := collect(ctx, tx, func(r row) (h held, err error) {
			err = r.Scan(append([]any{&h.finding, &h.article}, h.dest()...)...)
			return h, err
		}, selectSilenced, digest)
		for _, h := range rows {
			if n := len(all); n == 0 || all[n-1].ID != h.silence.ID {
				all = append(all, store.Silenced{Silence: h.unpack()})
			}
			last := &all[len(all)-1]
			last.Findings = append(last.Findings, h.finding)
			if !slices.Contains(last.Articles, h.article) {
				last.Articles = append(last.Articles, h.article)
			}
		}
		return err
	})
	return all, err
}

func scanHushed(r row) (h store.Hushed, err error) {
	var i silenceRow
	var found int64
	err = r.Scan(append([]any{&h.Article, &h.Digest, &h.Rule, &found}, i.dest()...)...)
	h.By, h.At = i.unpack(), instant(found)
	return h, err
}
