package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	selectSaid = `SELECT feed, said, revision IS NOT NULL FROM articles WHERE id = ?`
	updateSaid = `UPDATE articles SET said = ?2 WHERE id = ?1`
	upsertSaid = `
	INSERT INTO visits (article, due, count, etag, last_modified, missing, url, details) VALUES (?1, ?2, 0, '', '', ?3, ?4, ?5)
	ON CONFLICT (article) DO UPDATE SET due = min(coalesce(due, ?2), ?2), url = ?4, details = ?5`
	upsertVisit = `
	INSERT INTO visits (article, due, count, etag, last_modified, missing) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
	ON CONFLICT (article) DO UPDATE SET due = ?2, count = ?3, etag = ?4, last_modified = ?5, missing = ?6`
	updateWithdrawn = `UPDATE articles SET withdrawn = ?2 WHERE id = ?1`
	selectRevisits  = `
	SELECT ` + storedColumns + `, v.due, v.count, v.etag, v.last_modified, v.missing, v.url, v.details
	FROM visits v CROSS JOIN ` + articleTables + `
	WHERE v.due IS NOT NULL AND v.due <= ? AND a.id = v.article ORDER BY v.due, v.article`
	deleteVisit = `DELETE FROM visits WHERE article = ?`
	selectVisit = `SELECT due, count, etag, last_modified, missing FROM visits WHERE article = ?`
)

// notice compares what a feed says of a known article with what it said before.
// Only the feed that brought it is asked: two feeds of one source may word the
// same entry in two ways, and would each time contradict each other.
func (s *Store) notice(ctx context.Context, tx *sql.Tx, at place, id int64, now time.Time, e article.Entry) error {
	var feed int64
	var said sql.NullInt64
	var read bool
	err := tx.QueryRowContext(ctx, selectSaid, id).Scan(&feed, &said, &read)
	if err != nil || feed != at.feed || said.Valid && said.Int64 == saidOf(e) {
		return err
	}
	if _, err := tx.ExecContext(ctx, updateSaid, id, saidOf(e)); err != nil || !said.Valid || !read {
		return err
	}
	details := s.press.pack(func(p *packer) { p.details(e) })
	_, err = tx.ExecContext(ctx, upsertSaid, id, millis(now), zeroMillis(), e.URL, details)
	return err
}

// saidOf is a hash of what an editor changes in an entry. A date that we have
// corrected is ours, and differs at each poll.
func saidOf(e article.Entry) int64 {
	h := fnv.New64a()
	for _, text := range []string{e.Title, e.Lead} {
		h.Write([]byte(text))
		h.Write([]byte{0})
	}
	if e.DateNote == "" {
		h.Write(binary.AppendVarint(nil, millis(e.Published)))
	}
	return int64(h.Sum64())
}

// Revisits implements [store.Store].
func (s *Store) Revisits(ctx context.Context, now time.Time, perSource int) ([]store.Revisit, error) {
	var all []store.Revisit
	err := s.read(ctx, "articles to be read again", func(tx *sql.Tx) error {
		due, err := collect(ctx, tx, s.scanRevisit, selectRevisits, millis(now))
		taken := map[string]int{}
		for _, r := range due {
			if err != nil || taken[r.Article.Source] >= perSource {
				continue
			}
			taken[r.Article.Source]++
			r.Matches, err = collect(ctx, tx, s.scanMatch, selectMatches, r.revision)
			all = append(all, r.Revisit)
		}
		return err
	})
	return all, err
}

// revisited is a Revisit and the number of its revision.
type revisited struct {
	store.Revisit
	revision int64
}

func (s *Store) scanRevisit(r row) (v revisited, err error) {
	var visit visitRow
	var url string
	var details []byte
	at, err := s.scanFound(withMore{r, append(visit.dest(), &url, &details)})
	if err != nil {
		return v, err
	}
	v.Stored, v.revision, v.Visit, v.Entry = at.Stored, at.revision, visit.visit(), at.Article.Entry
	if details == nil {
		return v, nil
	}
	var now article.Entry
	if err := s.press.unpack(details, func(u *unpacker) { u.details(&now) }); err != nil {
		return v, fmt.Errorf("article %d: what its feed says now: %w", v.Article.ID, err)
	}
	v.Entry.URL, v.Entry.Title, v.Entry.Lead, v.Entry.Teasers = url, now.Title, now.Lead, now.Teasers
	return v, nil
}

// visitRow is a visit as scanned.
type visitRow struct {
	v       store.Visit
	due     sql.NullInt64
	missing int64
}

func (r *visitRow) dest() []any {
	return []any{&r.due, &r.v.Count, &r.v.ETag, &r.v.LastModified, &r.missing}
}

func (r *visitRow) visit() store.Visit {
	r.v.Due, r.v.Missing = dueFrom(r.due), instant(r.missing)
	return r.v
}

// Visited implements [store.Store].
func (s *Store) Visited(ctx context.Context, id int64, visit store.Visit, withdrawn time.Time) error {
	return s.write(ctx, fmt.Sprintf("note a visit to article %d", id), func(tx *sql.Tx) error {
		if err := changed(tx.ExecContext(ctx, updateWithdrawn, id, millis(withdrawn))); err != nil {
			return err
		}
		return saveVisit(ctx, tx, id, visit)
	})
}

// saveVisit notes when a page is asked for again. By far the most never are, and
// have no row.
func saveVisit(ctx context.Context, tx *sql.Tx, id int64, v store.Visit) error {
	if v == (store.Visit{}) {
		_, err := tx.ExecContext(ctx, deleteVisit, id)
		return err
	}
	due := sql.NullInt64{Int64: millis(v.Due), Valid: !v.Due.IsZero()}
	_, err := tx.ExecContext(ctx, upsertVisit, id, due, v.Count, v.ETag, v.LastModified, millis(v.Missing))
	return err
}

func visitOf(ctx context.Context, tx *sql.Tx, id int64) (store.Visit, error) {
	var r visitRow
	err := tx.QueryRowContext(ctx, selectVisit, id).Scan(r.dest()...)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Visit{}, nil
	}
	return r.visit(), err
}
