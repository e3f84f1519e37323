package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	updatePlace = `
	UPDATE articles SET worth = ?4, copies = iif(?2 = 0, coalesce(copies, id), ?2), event = coalesce(event, iif(?3 = 0, id, ?3))
	WHERE id = ?1`
	updateFirst  = `UPDATE articles SET copies = ?2 WHERE id = ?1 AND copies = ?1`
	updateOthers = `UPDATE articles SET copies = ?2 WHERE copies = ?1 AND copies <> id`
	selectPlaced = `SELECT copies, event, worth FROM articles WHERE id = ? AND event IS NOT NULL`

	// copiesOf and reportsOf are the articles of a group, by its name.
	copiesOf  = `SELECT id FROM articles WHERE copies = ?1 AND copies <> id UNION SELECT ?1`
	reportsOf = `SELECT id FROM articles WHERE event = ?2 AND event <> id UNION SELECT ?2`

	// mostRelatives is how many articles of one story are told.
	mostRelatives   = 50
	selectRelatives = `
	SELECT ` + articleColumns + `, a.copies = ?1 FROM ` + articleTables + `
	WHERE a.id IN (` + copiesOf + ` UNION ` + reportsOf + `) AND a.id <> ?3 AND a.revision IS NOT NULL
	ORDER BY a.id LIMIT ?4`
	selectKin = `
	SELECT (SELECT count(*) FROM articles WHERE copies <> id), (SELECT count(*) FROM articles WHERE event <> id)`
)

// savePlace puts an article among the others, and says where it stands now.
func savePlace(ctx context.Context, tx *sql.Tx, r store.Reading) (article.Place, error) {
	id, p := r.Article.ID, r.Place
	if _, err := tx.ExecContext(ctx, updatePlace, id, p.Copies, p.Event, p.Worth); err != nil {
		return p, fmt.Errorf("place: %w", err)
	}
	for _, name := range r.Merged {
		for _, update := range []string{updateFirst, updateOthers} {
			if _, err := tx.ExecContext(ctx, update, name, p.Copies); err != nil {
				return p, fmt.Errorf("merge copies of %d: %w", name, err)
			}
		}
	}
	return placeOf(ctx, tx, id)
}

func placeOf(ctx context.Context, tx *sql.Tx, id int64) (p article.Place, err error) {
	err = tx.QueryRowContext(ctx, selectPlaced, id).Scan(&p.Copies, &p.Event, &p.Worth)
	return p, err
}

// relatives are the other articles of an article's story.
func (s *Store) relatives(ctx context.Context, tx *sql.Tx, id int64, p article.Place) ([]article.Relative, error) {
	return collect(ctx, tx, s.scanRelative, selectRelatives, p.Copies, p.Event, id, mostRelatives)
}

func (s *Store) scanRelative(r row) (relative article.Relative, err error) {
	var a articleRow
	var isCopy bool
	if err := r.Scan(append(a.dest(), &isCopy)...); err != nil {
		return relative, err
	}
	relative.Kinship = article.Report
	if isCopy {
		relative.Kinship = article.Copy
	}
	relative.Article, _, err = a.unpack(&s.press)
	return relative, err
}
