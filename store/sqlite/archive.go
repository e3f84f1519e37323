package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"math"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	articleDate = `iif(a.published = -62135596800000, a.seen, a.published)` // as articles_date has it

	// Pages by key and not by OFFSET: each costs the same however deep it lies.
	// SQLite does not search by a pair of which one is an expression, so the date
	// bounds the page and the pair settles only what shares its first date.
	selectArchive = `
	SELECT ` + storedColumns + `, ` + articleDate + ` FROM ` + articleTables + `
	WHERE a.revision IS NOT NULL AND r.origin <> '` + article.Forgotten + `' AND ` + articleDate + ` BETWEEN ?1 AND ?2 AND (` + articleDate + `, a.id) < (?2, ?3)
	ORDER BY ` + articleDate + ` DESC, a.id DESC LIMIT ?4`

	// archivePage is how many articles are in memory at once. A page is one
	// question on one state of the store: a reader that stayed in one for the
	// whole archive would keep the log from being folded back.
	archivePage = 64
)

// archived is an article of the archive and where it stands there.
type archived struct {
	found
	date int64
}

// Articles implements [store.Store].
func (s *Store) Articles(ctx context.Context, since time.Time) iter.Seq2[store.Stored, error] {
	return func(yield func(store.Stored, error) bool) {
		last := archived{date: math.MaxInt64}
		for {
			page, err := s.archivePage(ctx, since, last)
			if err != nil {
				yield(store.Stored{}, err)
				return
			}
			for _, a := range page {
				if !yield(a.Stored, nil) {
					return
				}
			}
			if len(page) < archivePage {
				return
			}
			last = page[len(page)-1]
		}
	}
}

// archivePage reads the articles that follow last, with their matches.
func (s *Store) archivePage(ctx context.Context, since time.Time, last archived) (page []archived, err error) {
	err = s.read(ctx, "articles of the archive", func(tx *sql.Tx) error {
		page, err = collect(ctx, tx, s.scanArchived, selectArchive, millis(since), last.date, last.Article.ID, archivePage)
		for i := range page {
			if err != nil {
				return err
			}
			page[i].Matches, err = collect(ctx, tx, s.scanMatch, selectMatches, page[i].revision)
		}
		return err
	})
	return page, err
}

func (s *Store) scanArchived(r row) (a archived, err error) {
	a.found, err = s.scanFound(withMore{r, []any{&a.date}})
	return a, err
}

// withMore is a row with columns behind those that are asked for.
type withMore struct {
	row
	more []any
}

func (w withMore) Scan(dest ...any) error { return w.row.Scan(append(dest, w.more...)...) }
