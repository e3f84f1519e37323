package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	matchColumns = `m.rule, m.name, m.level, m.clause, m.hash, m.evidence`

	// firstTelling is the message that told the story of finding o first: its name,
	// which has no space, and its channel.
	firstTelling = `(
		SELECT d.name || ' ' || d.channel FROM findings e CROSS JOIN deliveries d ON d.batch = e.batch
		WHERE e.story = o.story AND e.digest = o.digest AND e.batch IS NOT NULL AND e.silence IS NULL AND d.parent = ''
		ORDER BY e.batch, d.id LIMIT 1)`

	// CROSS JOIN keeps SQLite from starting with a table other than the
	// findings, of which few are not told and all are indexed.
	findingsFrom = `
	SELECT o.id, o.digest, o.level, o.found, o.was, coalesce(` + firstTelling + `, ''), t.origin, ` + matchColumns + `, ` + articleColumns + `
	FROM findings o CROSS JOIN matches m ON m.id = o.match CROSS JOIN revisions t ON t.id = m.revision
	CROSS JOIN articles a ON a.id = t.article JOIN sources s ON s.id = a.source JOIN feeds f ON f.id = a.feed
	LEFT JOIN revisions r ON r.id = a.revision`
	selectOwed = findingsFrom + `
	WHERE o.digest = ? AND o.level = ? AND o.batch IS NULL AND o.silence IS NULL`
)

// matchRow is matchColumns as scanned.
type matchRow struct {
	match    article.Match
	evidence []byte
}

func (m *matchRow) dest() []any {
	return []any{&m.match.Rule, &m.match.Name, &m.match.Level, &m.match.Clause, &m.match.Hash, &m.evidence}
}

func (m *matchRow) unpack(p *press) (article.Match, error) {
	err := p.unpack(m.evidence, func(u *unpacker) { m.match.Evidence, m.match.Ledger = u.matched() })
	if err != nil {
		return m.match, fmt.Errorf("match of rule %s: %w", m.match.Rule, err)
	}
	return m.match, nil
}

// Owed implements [store.Store].
func (s *Store) Owed(ctx context.Context, digests []string, level article.Level) ([]article.Finding, error) {
	asked := slices.Clone(digests)
	slices.Sort(asked)
	var all []article.Finding
	err := s.read(ctx, "findings owed", func(tx *sql.Tx) error {
		for _, digest := range slices.Compact(asked) {
			some, err := collect(ctx, tx, s.scanFinding, selectOwed, digest, int(level))
			if err != nil {
				return fmt.Errorf("digest %s: %w", digest, err)
			}
			all = append(all, some...)
		}
		return s.withRelatives(ctx, tx, all)
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b article.Finding) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

// withRelatives adds to findings the other articles of their stories.
func (s *Store) withRelatives(ctx context.Context, tx *sql.Tx, findings []article.Finding) error {
	for i := range findings {
		f := &findings[i]
		place, err := placeOf(ctx, tx, f.Article.ID)
		if err == nil {
			f.Also, err = s.relatives(ctx, tx, f.Article.ID, place)
		}
		if err != nil {
			return fmt.Errorf("the story of article %d: %w", f.Article.ID, err)
		}
	}
	return nil
}

func (s *Store) scanFinding(r row) (article.Finding, error) {
	var f article.Finding
	var m matchRow
	var a articleRow
	var found int64
	var first string
	dest := append([]any{&f.ID, &f.Digest, &f.Level, &found, &f.Was, &first, &f.From}, m.dest()...)
	if err := r.Scan(append(dest, a.dest()...)...); err != nil {
		return f, err
	}
	f.Found = instant(found)
	f.First.Delivery, f.First.Channel, _ = strings.Cut(first, " ")
	var err error
	if f.Match, err = m.unpack(&s.press); err != nil {
		return f, err
	}
	f.Article, _, err = a.unpack(&s.press)
	return f, err
}

const (
	insertBatch   = `INSERT INTO batches (digest, slot, at) VALUES (?, ?, ?)`
	selectTold    = `SELECT batch IS NOT NULL FROM findings WHERE id = ?`
	updateTold    = `UPDATE findings SET batch = ? WHERE id = ?`
	selectOutbox  = `SELECT 1 FROM deliveries WHERE name = ?`
	insertMessage = `
	INSERT INTO deliveries (name, batch, message, part, parts, kind, channel, payload, state, created, due,
	       attempts, first_attempt, last_attempt, plain, error, parent, edits)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'ready', ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	upsertSlot = `
	INSERT INTO slots (digest, slot, at) VALUES (?, ?, ?)
	ON CONFLICT (digest) DO UPDATE SET slot = excluded.slot, at = excluded.at`
	selectSlot = `SELECT slot FROM slots WHERE digest = ?`
)

// Enqueue implements [store.Store].
func (s *Store) Enqueue(ctx context.Context, batch store.Batch) (bool, error) {
	enqueued := false
	doing := fmt.Sprintf("enqueue %d deliveries telling %d findings", len(batch.Deliveries), len(batch.Findings))
	err := s.write(ctx, doing, func(tx *sql.Tx) error {
		if err := sound(batch.Deliveries); err != nil {
			return err
		}
		known, err := isKnown(ctx, tx, batch)
		if err != nil || known {
			return err
		}
		enqueued = true
		return s.saveBatch(ctx, tx, batch)
	})
	return enqueued && err == nil, err
}

// sound refuses deliveries that could never be told apart or settled.
func sound(deliveries []store.Delivery) error {
	ids := map[string]bool{}
	for _, d := range deliveries {
		switch {
		case !isDeliveryID(d.ID):
			return fmt.Errorf("delivery %q: an id is 1 to 64 of a-z, 0-9 and -", d.ID)
		case ids[d.ID]:
			return fmt.Errorf("delivery %s is in the batch twice", d.ID)
		case d.State != store.Ready:
			return fmt.Errorf("delivery %s is %q: only what is ready is enqueued", d.ID, d.State)
		case d.Thread != "" && d.Edits != "":
			return fmt.Errorf("delivery %s is to follow %s and to take the place of %s: it can do one", d.ID, d.Thread, d.Edits)
		}
		ids[d.ID] = true
	}
	return nil
}

func isDeliveryID(id string) bool {
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return id != "" && len(id) <= 64
}

// isKnown reports whether anything of a batch has been enqueued before.
func isKnown(ctx context.Context, tx *sql.Tx, batch store.Batch) (bool, error) {
	for _, id := range batch.Findings {
		var told bool
		err := tx.QueryRowContext(ctx, selectTold, id).Scan(&told)
		if errors.Is(err, sql.ErrNoRows) {
			err = store.ErrNotFound
		}
		if err != nil {
			return false, fmt.Errorf("finding %d: %w", id, err)
		}
		if told {
			return true, nil
		}
	}
	if said, err := thingsSaid(ctx, tx, batch.Said); err != nil || len(said) > 0 {
		return len(said) > 0, err
	}
	for _, d := range batch.Deliveries {
		var one int
		err := tx.QueryRowContext(ctx, selectOutbox, d.ID).Scan(&one)
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return false, fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	return false, nil
}

func (s *Store) saveBatch(ctx context.Context, tx *sql.Tx, batch store.Batch) error {
	id, err := inserted(tx.ExecContext(ctx, insertBatch, batch.Digest, batch.Slot, millis(batch.At)))
	if err != nil {
		return err
	}
	if err := amended(ctx, tx, batch); err != nil {
		return err
	}
	for _, finding := range batch.Findings {
		if _, err := tx.ExecContext(ctx, updateTold, id, finding); err != nil {
			return fmt.Errorf("finding %d: %w", finding, err)
		}
	}
	for _, d := range batch.Deliveries {
		_, err := tx.ExecContext(ctx, insertMessage, d.ID, id, d.Group, d.Part, d.Parts, d.Kind, d.Channel,
			s.press.squeeze(d.Payload), millis(d.Created), millis(d.Due),
			d.Attempts, millis(d.FirstAttempt), millis(d.LastAttempt), d.Plain, d.Error,
			d.Thread+d.Edits, d.Edits != "")
		if err != nil {
			return fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	if err := saveSaid(ctx, tx, id, batch.Said); err != nil {
		return err
	}
	if batch.Digest == "" || batch.Slot == "" {
		return nil
	}
	_, err = tx.ExecContext(ctx, upsertSlot, batch.Digest, batch.Slot, millis(batch.At))
	return err
}

// LastSlot implements [store.Store]: the slot of the newest batch that had one.
func (s *Store) LastSlot(ctx context.Context, digest string) (string, error) {
	var slot string
	err := s.read(ctx, "last slot of digest "+digest, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, selectSlot, digest).Scan(&slot)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return slot, err
}
