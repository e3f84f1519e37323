package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"presswatch/watcher/article"
)

const (
	// What is owed is found from the debts that wait, which are few, and not from
	// the articles, which are many.
	selectForgettable = `
	SELECT a.id, a.url, r.content FROM articles a JOIN revisions r ON r.id = a.revision
	WHERE a.revision IS NOT NULL AND ` + articleDate + ` < ?1 AND r.origin <> '` + article.Forgotten + `'
	  AND a.id NOT IN (SELECT o.article FROM findings w JOIN matches m ON m.id = w.match JOIN revisions o ON o.id = m.revision
	                   WHERE w.batch IS NULL AND w.silence IS NULL)
	ORDER BY ` + articleDate + `, a.id LIMIT ?2`
	updateForgotten = `UPDATE revisions SET origin = '` + article.Forgotten + `', content = ? WHERE article = ?`
)

// Forget implements [store.Store]. The room becomes free inside the file, which
// does not shrink: the next articles take it. A copy by Backup is as small as
// can be.
func (s *Store) Forget(ctx context.Context, before time.Time, n int) (int, error) {
	var texts []text
	err := s.write(ctx, fmt.Sprintf("forget texts before %s", before.UTC().Format(time.DateOnly)), func(tx *sql.Tx) (err error) {
		if texts, err = collect(ctx, tx, scanText, selectForgettable, millis(before), max(n, 0)); err != nil {
			return err
		}
		for _, t := range texts {
			title, err := s.titleAlone(t)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, updateForgotten, title, t.article); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(texts), nil
}

// text is the packed text of an article.
type text struct {
	article int64
	url     string
	block   []byte
}

func scanText(r row) (t text, err error) {
	err = r.Scan(&t.article, &t.url, &t.block)
	return t, err
}

// titleAlone packs what stays of a text: by the title a person knows the article.
func (s *Store) titleAlone(t text) ([]byte, error) {
	entry := article.Entry{URL: t.url} // details are packed beside it
	var title []article.Zone
	err := s.press.unpack(t.block, func(u *unpacker) {
		u.details(&entry)
		for _, z := range u.zones() {
			if z.Kind == article.Title {
				title = append(title, z)
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("article %d: %w", t.article, err)
	}
	entry.Lead, entry.Teasers = "", nil
	return s.press.pack(func(p *packer) {
		p.details(entry)
		p.zones(title)
	}), nil
}
