package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"presswatch/watcher/article"
)

const selectCursors = `
	SELECT s.name, f.url, f.etag, f.last_modified, f.body_hash, f.since, f.checked, f.ok,
	       f.due, f.why, f.failures, f.error, f.gone, f.kind, f.ttl, f.newest, f.empty, coalesce(w.entries, x''),
	       f.missing_from, f.missing_to, f.missing_found, f.missing_due, f.missing_tries,
	       f.move_to, f.move_since, f.move_seen, f.move_taken
	FROM feeds f JOIN sources s ON s.id = f.source LEFT JOIN windows w ON w.feed = f.id
	ORDER BY s.name, f.url`

// Cursors implements [store.Store]; they come ordered by source and address.
func (s *Store) Cursors(ctx context.Context) ([]article.Cursor, error) {
	var all []article.Cursor
	err := s.read(ctx, "cursors", func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, scanCursor, selectCursors)
		return err
	})
	return all, err
}

func scanCursor(r row) (article.Cursor, error) {
	var c article.Cursor
	var since, checked, ok, due, ttl, newest, from, to, found, soughtDue, moveSince int64
	var window []byte
	err := r.Scan(&c.Source, &c.URL, &c.ETag, &c.LastModified, &c.BodyHash, &since, &checked, &ok,
		&due, &c.Why, &c.Failures, &c.Error, &c.Gone, &c.Kind, &ttl, &newest, &c.Empty, &window,
		&from, &to, &found, &soughtDue, &c.Missing.Tries, &c.Move.To, &moveSince, &c.Move.Seen, &c.Move.Taken)
	c.Since, c.Checked, c.OK, c.Due = instant(since), instant(checked), instant(ok), instant(due)
	c.TTL, c.Newest, c.Window = time.Duration(ttl)*time.Millisecond, instant(newest), string(window)
	c.Missing.From, c.Missing.To, c.Missing.Found, c.Missing.Due = instant(from), instant(to), instant(found), instant(soughtDue)
	c.Move.Since = instant(moveSince)
	return c, err
}

// SaveFeed implements [store.Store].
func (s *Store) SaveFeed(ctx context.Context, c article.Cursor, entries []article.Entry) (int, error) {
	unseen := 0
	err := s.write(ctx, fmt.Sprintf("save feed %s %s", c.Source, c.URL), func(tx *sql.Tx) error {
		place, err := s.saveCursor(ctx, tx, c)
		if err != nil || len(entries) == 0 {
			return err
		}
		unseen, err = s.saveEntries(ctx, tx, place, c, entries)
		return err
	})
	if err != nil {
		return 0, err
	}
	return unseen, nil
}

// place is where a feed stands in the tables.
type place struct{ source, feed int64 }

const (
	selectPlace = `
	SELECT s.id, f.id, coalesce((SELECT entries FROM windows WHERE feed = f.id), x'') = ?3
	FROM sources s LEFT JOIN feeds f ON f.source = s.id AND f.url = ?2
	WHERE s.name = ?1`
	insertSource = `INSERT INTO sources (name) VALUES (?)`
	insertCursor = `
	INSERT INTO feeds (etag, last_modified, body_hash, since, checked, ok, due, why, failures, error, gone,
	       kind, ttl, newest, empty, missing_from, missing_to, missing_found, missing_due, missing_tries,
	       move_to, move_since, move_seen, move_taken, source, url)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateCursor = `
	UPDATE feeds SET etag = ?, last_modified = ?, body_hash = ?, since = ?, checked = ?, ok = ?,
	       due = ?, why = ?, failures = ?, error = ?, gone = ?, kind = ?, ttl = ?, newest = ?, empty = ?,
	       missing_from = ?, missing_to = ?, missing_found = ?, missing_due = ?, missing_tries = ?,
	       move_to = ?, move_since = ?, move_seen = ?, move_taken = ?
	WHERE id = ?`
	upsertWindow = `
	INSERT INTO windows (feed, entries) VALUES (?, ?)
	ON CONFLICT (feed) DO UPDATE SET entries = excluded.entries`
)

// saveCursor stores a cursor as given and says where its feed stands.
func (s *Store) saveCursor(ctx context.Context, tx *sql.Tx, c article.Cursor) (place, error) {
	var at place
	var feed sql.NullInt64
	sameWindow := c.Window == ""
	err := tx.QueryRowContext(ctx, selectPlace, c.Source, c.URL, []byte(c.Window)).Scan(&at.source, &feed, &sameWindow)
	if errors.Is(err, sql.ErrNoRows) {
		at.source, err = inserted(tx.ExecContext(ctx, insertSource, c.Source))
	}
	if err != nil {
		return at, err
	}
	if at.feed = feed.Int64; feed.Valid {
		_, err = tx.ExecContext(ctx, updateCursor, append(cursorValues(c), at.feed)...)
	} else {
		at.feed, err = inserted(tx.ExecContext(ctx, insertCursor, append(cursorValues(c), at.source, c.URL)...))
	}
	if err == nil && !sameWindow {
		_, err = tx.ExecContext(ctx, upsertWindow, at.feed, []byte(c.Window))
	}
	return at, err
}

// cursorValues are a cursor's columns in the order of insertCursor.
func cursorValues(c article.Cursor) []any {
	return []any{
		c.ETag, c.LastModified, c.BodyHash, millis(c.Since), millis(c.Checked), millis(c.OK),
		millis(c.Due), c.Why, c.Failures, c.Error, c.Gone, c.Kind, c.TTL.Milliseconds(), millis(c.Newest), c.Empty,
		millis(c.Missing.From), millis(c.Missing.To), millis(c.Missing.Found), millis(c.Missing.Due), c.Missing.Tries,
		c.Move.To, millis(c.Move.Since), c.Move.Seen, c.Move.Taken,
	}
}

const (
	insertArticle = `
	INSERT INTO articles (source, feed, identity, url, published, seen, due, details, said)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertAddress = `INSERT INTO addresses (hash, article) VALUES (?, ?) ON CONFLICT DO NOTHING`
)

// saveEntries inserts the entries of articles that the source has not had yet.
func (s *Store) saveEntries(ctx context.Context, tx *sql.Tx, at place, c article.Cursor, entries []article.Entry) (int, error) {
	r := s.recogniser(tx, at, c.Source, entries)
	unseen := 0
	for _, e := range entries {
		known, err := r.known(ctx, e)
		if err != nil {
			return 0, fmt.Errorf("entry %s: %w", e.Identity, err)
		}
		if known != 0 {
			if err := s.notice(ctx, tx, at, known, c.Checked, e); err != nil {
				return 0, fmt.Errorf("entry %s: %w", e.Identity, err)
			}
			continue
		}
		if err := s.insertEntry(ctx, tx, at, c, e); err != nil {
			return 0, fmt.Errorf("entry %s: %w", e.Identity, err)
		}
		unseen++
	}
	return unseen, nil
}

func (s *Store) insertEntry(ctx context.Context, tx *sql.Tx, at place, c article.Cursor, e article.Entry) error {
	details := s.press.pack(func(p *packer) { p.details(e) })
	id, err := inserted(tx.ExecContext(ctx, insertArticle, at.source, at.feed, e.Identity, e.URL, millis(e.Published),
		millis(c.Checked), millis(c.Checked), details, saidOf(e)))
	if err != nil {
		return err
	}
	for _, hash := range addressHashes(e) {
		if _, err := tx.ExecContext(ctx, insertAddress, hash, id); err != nil {
			return err
		}
	}
	return s.alias(ctx, tx, id, e, e.Address)
}
