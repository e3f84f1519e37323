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

// What every query that yields articles selects, and from where. Until an
// article is read its details are its own; then its revision tells them.
const (
	articleColumns = `a.id, s.name, f.url, a.identity, a.url, a.published, a.seen, a.attempts, a.withdrawn, coalesce(a.details, r.content)`
	articleTables  = `articles a JOIN sources s ON s.id = a.source JOIN feeds f ON f.id = a.feed
	LEFT JOIN revisions r ON r.id = a.revision`
)

// articleRow is articleColumns as scanned.
type articleRow struct {
	article         article.Article
	published, seen int64
	withdrawn       int64
	block           []byte
}

func (a *articleRow) dest() []any {
	return []any{&a.article.ID, &a.article.Source, &a.article.Feed, &a.article.Identity, &a.article.URL,
		&a.published, &a.seen, &a.article.Attempts, &a.withdrawn, &a.block}
}

// unpack completes the article, and yields the zones too when it is read.
func (a *articleRow) unpack(p *press) (article.Article, []article.Zone, error) {
	a.article.Published, a.article.Seen, a.article.Withdrawn = instant(a.published), instant(a.seen), instant(a.withdrawn)
	var zones []article.Zone
	err := p.unpack(a.block, func(u *unpacker) {
		u.details(&a.article.Entry)
		if len(u.buf) > 0 {
			zones = u.zones()
		}
	})
	if err != nil {
		return a.article, nil, fmt.Errorf("article %d: %w", a.article.ID, err)
	}
	return a.article, zones, nil
}

// The inner query takes the first of each source from an index that holds
// unread articles only, so its cost follows the backlog and not the archive.
const selectUnread = `
	SELECT ` + articleColumns + ` FROM ` + articleTables + `
	WHERE a.id IN (
		SELECT w.id FROM sources o JOIN articles w ON w.id IN (
			SELECT u.id FROM articles u
			WHERE u.source = o.id AND u.due IS NOT NULL AND u.due <= ?1
			ORDER BY u.id LIMIT ?2))
	ORDER BY a.id`

// Unread implements [store.Store].
func (s *Store) Unread(ctx context.Context, now time.Time, perSource int) ([]article.Article, error) {
	var all []article.Article
	err := s.read(ctx, "unread articles", func(tx *sql.Tx) (err error) {
		scan := func(r row) (article.Article, error) {
			var a articleRow
			if err := r.Scan(a.dest()...); err != nil {
				return article.Article{}, err
			}
			one, _, err := a.unpack(&s.press)
			return one, err
		}
		all, err = collect(ctx, tx, scan, selectUnread, millis(now), max(perSource, 0))
		return err
	})
	return all, err
}

const updateUnread = `
	UPDATE articles SET attempts = attempts + (due IS NOT NULL), reason = iif(due IS NULL, reason, ?3),
	       due = iif(due IS NULL, NULL, ?2)
	WHERE id = ?1`

// PostponeRead implements [store.Store]. An article that has been read
// meanwhile stays as it is.
func (s *Store) PostponeRead(ctx context.Context, id int64, due time.Time, reason string) error {
	return s.write(ctx, fmt.Sprintf("postpone reading article %d", id), func(tx *sql.Tx) error {
		return changed(tx.ExecContext(ctx, updateUnread, id, millis(due), reason))
	})
}

const (
	selectKnown    = `SELECT url, (SELECT count(*) FROM revisions r WHERE r.article = articles.id) FROM articles WHERE id = ?`
	insertRevision = `
	INSERT INTO revisions (article, fetched, origin, note, content) VALUES (?, ?, ?, ?, ?)`
	updateRead = `
	UPDATE articles SET published = ?2, revision = ?3, due = NULL, details = NULL, reason = '', withdrawn = ?4
	WHERE id = ?1`
	insertMatch = `
	INSERT INTO matches (revision, rule, name, level, clause, hash, evidence)
	VALUES (?, ?, ?, ?, ?, ?, ?)`
)

// Record implements [store.Store].
func (s *Store) Record(ctx context.Context, reading store.Reading) error {
	return s.write(ctx, fmt.Sprintf("record article %d", reading.Article.ID), func(tx *sql.Tx) error {
		return s.record(ctx, tx, reading)
	})
}

func (s *Store) record(ctx context.Context, tx *sql.Tx, reading store.Reading) error {
	a := reading.Article
	var revisions int
	err := tx.QueryRowContext(ctx, selectKnown, a.ID).Scan(&a.URL, &revisions)
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	if err != nil || revisions != reading.Earlier {
		return err
	}
	revision, err := s.saveRevision(ctx, tx, a, reading.Revision)
	if err != nil {
		return err
	}
	place, err := savePlace(ctx, tx, reading)
	if err != nil {
		return err
	}
	matches, err := s.saveMatches(ctx, tx, revision, reading.Matches)
	if err != nil {
		return err
	}
	if err := s.saveFacts(ctx, tx, revision, a.ID, a.Title, reading.Facts, millis(reading.At)); err != nil {
		return err
	}
	if err := saveVisit(ctx, tx, a.ID, reading.Visit); err != nil {
		return err
	}
	if err := amend(ctx, tx, reading, place.Copies, place.Event); err != nil {
		return fmt.Errorf("amendments: %w", err)
	}
	return saveDebts(ctx, tx, place, matches, reading)
}

// saveRevision stores a text and moves the article's details to it.
func (s *Store) saveRevision(ctx context.Context, tx *sql.Tx, a article.Article, r article.Revision) (int64, error) {
	content := s.press.pack(func(p *packer) {
		p.details(a.Entry)
		p.zones(r.Zones)
	})
	id, err := inserted(tx.ExecContext(ctx, insertRevision, a.ID, millis(r.Fetched), r.From, r.Note, content))
	if err != nil {
		return 0, fmt.Errorf("revision: %w", err)
	}
	_, err = tx.ExecContext(ctx, updateRead, a.ID, millis(a.Published), id, zeroMillis())
	return id, err
}

// saveMatches stores the matches of a revision and returns their numbers.
func (s *Store) saveMatches(ctx context.Context, tx *sql.Tx, revision int64, matches []article.Match) ([]int64, error) {
	ids := make([]int64, len(matches))
	for i, m := range matches {
		evidence := s.press.pack(func(p *packer) { p.matched(m.Evidence, m.Ledger) })
		var err error
		ids[i], err = inserted(tx.ExecContext(ctx, insertMatch, revision, m.Rule, m.Name, int(m.Level), m.Clause, m.Hash, evidence))
		if err != nil {
			return nil, fmt.Errorf("match of rule %s: %w", m.Rule, err)
		}
	}
	return ids, nil
}
