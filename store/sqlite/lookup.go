package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	storedColumns = articleColumns + `, coalesce(r.id, 0), coalesce(r.fetched, 0), coalesce(r.origin, ''), coalesce(r.note, ''),
	(SELECT count(*) FROM revisions n WHERE n.article = a.id), coalesce(a.copies, 0), coalesce(a.event, 0), a.worth`

	selectByIdentity = `
	SELECT ` + storedColumns + ` FROM ` + articleTables + `
	WHERE s.name = ? AND a.identity = ?`
	selectByAddress = `
	SELECT ` + storedColumns + ` FROM ` + articleTables + `
	WHERE a.id IN (SELECT article FROM addresses WHERE hash = ?)
	ORDER BY a.id`
	selectMatches = `SELECT ` + matchColumns + ` FROM matches m WHERE m.revision = ? ORDER BY m.id`
)

// found is a Stored without its matches, and the number of its revision.
type found struct {
	store.Stored
	revision int64
}

// Lookup implements [store.Store]. An address is compared by what its spellings
// have in common: see addressKey. It may also be a GUID, an identity without its
// source, or any other name its feeds have had for it; of several articles the one with exactly that address is meant,
// else the one that came first.
func (s *Store) Lookup(ctx context.Context, ref string) (store.Stored, error) {
	var at found
	err := s.read(ctx, fmt.Sprintf("look %q up", ref), func(tx *sql.Tx) (err error) {
		if at, err = s.find(ctx, tx, ref); err != nil {
			return err
		}
		at.Matches, err = collect(ctx, tx, s.scanMatch, selectMatches, at.revision)
		return err
	})
	if err != nil {
		return store.Stored{}, err
	}
	return at.Stored, nil
}

func (s *Store) find(ctx context.Context, tx *sql.Tx, ref string) (found, error) {
	if source, identity, ok := strings.Cut(ref, "/"); ok {
		at, err := s.scanFound(tx.QueryRowContext(ctx, selectByIdentity, source, identity))
		if !errors.Is(err, sql.ErrNoRows) {
			return at, err
		}
	}
	all, err := collect(ctx, tx, s.scanFound, selectByAddress, addressHash(ref))
	if err != nil {
		return found{}, err
	}
	best := -1
	for i, at := range all {
		switch entry := at.Article.Entry; {
		case entry.URL == ref:
			return at, nil
		case best < 0:
			answers, err := s.answers(ctx, tx, at.Article, ref)
			if err != nil {
				return found{}, err
			}
			if answers {
				best = i
			}
		}
	}
	if best < 0 {
		return found{}, store.ErrNotFound
	}
	return all[best], nil
}

func (s *Store) scanFound(r row) (found, error) {
	var a articleRow
	var at found
	var fetched int64
	err := r.Scan(append(a.dest(), &at.revision, &fetched, &at.Revision.From, &at.Revision.Note, &at.Revisions,
		&at.Place.Copies, &at.Place.Event, &at.Place.Worth)...)
	if err != nil {
		return at, err
	}
	at.Article, at.Revision.Zones, err = a.unpack(&s.press)
	if at.Read = at.revision != 0; at.Read {
		at.Revision.Fetched = instant(fetched)
	}
	return at, err
}

func (s *Store) scanMatch(r row) (article.Match, error) {
	var m matchRow
	if err := r.Scan(m.dest()...); err != nil {
		return m.match, err
	}
	return m.unpack(&s.press)
}
