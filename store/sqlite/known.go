package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"presswatch/watcher/article"
)

const (
	selectSeen    = `SELECT id FROM articles WHERE source = ? AND identity = ?`
	selectAlias   = `SELECT 1 FROM aliases WHERE article = ? AND name = ?`
	selectAnyName = `SELECT 1 FROM addresses WHERE hash = ? LIMIT 1`
	insertAlias   = `INSERT INTO aliases (article, name) VALUES (?, ?) ON CONFLICT DO NOTHING`
)

// recogniser tells which entries of one feed lead to articles that its source
// has had.
type recogniser struct {
	store  *Store
	tx     *sql.Tx
	at     place
	source string
	guids  map[string]int // in how many of the entries each stands
}

func (s *Store) recogniser(tx *sql.Tx, at place, source string, entries []article.Entry) *recogniser {
	r := &recogniser{store: s, tx: tx, at: at, source: source, guids: map[string]int{}}
	for _, e := range entries {
		r.guids[e.GUID]++
	}
	return r
}

// known is the article that an entry leads to, 0 for an unseen one. One that is
// known by another name than its identity answers to the entry's names too from
// now on: the next time, one of them may be all that is left.
func (r *recogniser) known(ctx context.Context, e article.Entry) (id int64, err error) {
	err = r.tx.QueryRowContext(ctx, selectSeen, r.at.source, e.Identity).Scan(&id)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	a, err := r.byAnyName(ctx, e)
	if err != nil || a.ID == 0 {
		return 0, err
	}
	for _, name := range []string{e.Identity, e.Address, e.URL} {
		if err := r.store.alias(ctx, r.tx, a.ID, a.Entry, name); err != nil {
			return 0, err
		}
	}
	return a.ID, nil
}

func (r *recogniser) byAnyName(ctx context.Context, e article.Entry) (article.Article, error) {
	for _, name := range []string{e.Address, e.URL, e.Identity} {
		same, err := r.named(ctx, name)
		if err != nil || len(same) > 0 {
			return first(same), err
		}
	}
	if r.guids[e.GUID] > 1 {
		return article.Article{}, nil
	}
	same, err := r.named(ctx, e.GUID)
	if err != nil || len(same) != 1 || numbered(same[0].Identity) && numbered(e.Identity) {
		return article.Article{}, err
	}
	return same[0], nil
}

// numbered reports whether an identity is a publisher's number: two of them are
// two articles, whatever else is alike.
func numbered(identity string) bool { return !strings.HasPrefix(identity, "url:") }

func first(all []article.Article) article.Article {
	if len(all) == 0 {
		return article.Article{}
	}
	return all[0]
}

// named are the articles of the source that answer to a name, oldest first.
func (r *recogniser) named(ctx context.Context, name string) (all []article.Article, err error) {
	if name == "" {
		return nil, nil
	}
	var one int
	switch err := r.tx.QueryRowContext(ctx, selectAnyName, addressHash(name)).Scan(&one); {
	case errors.Is(err, sql.ErrNoRows): // by far the most names of what is new
		return nil, nil
	case err != nil:
		return nil, err
	}
	candidates, err := collect(ctx, r.tx, r.store.scanFound, selectByAddress, addressHash(name))
	for _, c := range candidates {
		if c.Article.Source != r.source {
			continue
		}
		answers, err := r.store.answers(ctx, r.tx, c.Article, name)
		if err != nil {
			return nil, err
		}
		if answers {
			all = append(all, c.Article)
		}
	}
	return all, err
}

// answers reports whether an article may be asked for by a name; that the name's
// hash leads to it proves nothing.
func (s *Store) answers(ctx context.Context, tx *sql.Tx, a article.Article, name string) (bool, error) {
	if answersTo(a.Entry, name) {
		return true, nil
	}
	var one int
	err := tx.QueryRowContext(ctx, selectAlias, a.ID, addressKey(name)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// alias lets an article, which came as entry e, answer to a name.
func (s *Store) alias(ctx context.Context, tx *sql.Tx, id int64, e article.Entry, name string) error {
	if name == "" || answersTo(e, name) {
		return nil
	}
	if _, err := tx.ExecContext(ctx, insertAlias, id, addressKey(name)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, insertAddress, addressHash(name), id)
	return err
}
