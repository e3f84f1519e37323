package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

const (
	insertFact = `
	INSERT INTO facts (article, revision, partition, novelty, reason, stated, details) VALUES (?, ?, ?, ?, ?, ?, ?)`
	deleteFacts = `DELETE FROM facts WHERE revision = ?`

	// Only what an article's newest text states counts.
	selectStated = `
	SELECT f.article, s.name, a.url, iif(a.published = -62135596800000, a.seen, a.published), f.novelty, f.reason, f.stated, f.details
	FROM facts f CROSS JOIN articles a ON a.id = f.article AND a.revision = f.revision CROSS JOIN sources s ON s.id = a.source`
	selectStatedOf   = selectStated + ` WHERE f.partition = ?`
	selectNewest     = `SELECT revision FROM articles WHERE id = ?`
	insertCorrection = `INSERT INTO corrections (deed, item, target, articles, made) VALUES (?, ?, ?, ?, ?)`
	// Corrections are made by hand: there are few.
	selectCorrections = `SELECT p.id, p.deed, p.item, p.target, p.articles, p.made FROM corrections p ORDER BY p.id`
)

// saveFacts stores what a text states.
func (s *Store) saveFacts(ctx context.Context, tx *sql.Tx, revision, id int64, title string, facts []store.Stated, at int64) error {
	for _, f := range facts {
		details := s.press.pack(func(p *packer) {
			p.text(title)
			p.fact(f.Fact)
		})
		partition := ledger.Entry{Fact: f.Fact}.Partition()
		if _, err := tx.ExecContext(ctx, insertFact, id, revision, partition, string(f.Novelty), f.Reason, at, details); err != nil {
			return fmt.Errorf("fact %s: %w", partition, err)
		}
	}
	return nil
}

// Restate implements [store.Store].
func (s *Store) Restate(ctx context.Context, r store.Restatement) error {
	return s.write(ctx, fmt.Sprintf("restate article %d", r.Article.ID), func(tx *sql.Tx) error {
		var revision sql.NullInt64
		err := tx.QueryRowContext(ctx, selectNewest, r.Article.ID).Scan(&revision)
		if errors.Is(err, sql.ErrNoRows) || err == nil && !revision.Valid {
			return store.ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, deleteFacts, revision.Int64); err != nil {
			return err
		}
		return s.saveFacts(ctx, tx, revision.Int64, r.Article.ID, r.Article.Title, r.Facts, millis(r.At))
	})
}

// Ledger implements [store.Store].
func (s *Store) Ledger(ctx context.Context, partitions []string) (kept store.Kept, err error) {
	err = s.read(ctx, "ledger", func(tx *sql.Tx) error {
		if kept.Corrections, err = collect(ctx, tx, scanCorrection, selectCorrections); err != nil {
			return fmt.Errorf("corrections: %w", err)
		}
		if partitions == nil {
			kept.Statements, err = collect(ctx, tx, s.scanStatement, selectStated)
			return err
		}
		for _, p := range partitions {
			some, err := collect(ctx, tx, s.scanStatement, selectStatedOf, p)
			if err != nil {
				return err
			}
			kept.Statements = append(kept.Statements, some...)
		}
		return nil
	})
	return kept, err
}

func (s *Store) scanStatement(r row) (store.Statement, error) {
	var st store.Statement
	var published, stated int64
	var details []byte
	if err := r.Scan(&st.Article, &st.Source, &st.URL, &published, &st.Novelty, &st.Reason, &stated, &details); err != nil {
		return st, err
	}
	st.Published, st.At = instant(published), instant(stated)
	err := s.press.unpack(details, func(u *unpacker) {
		st.Title = u.text()
		st.Fact = u.fact()
	})
	if err != nil {
		return st, fmt.Errorf("fact of article %d: %w", st.Article, err)
	}
	return st, nil
}

// Correct implements [store.Store].
func (s *Store) Correct(ctx context.Context, c ledger.Correction) (id int64, err error) {
	err = s.write(ctx, string(c.Deed)+" "+c.Key, func(tx *sql.Tx) error {
		articles, err := json.Marshal(c.Articles)
		if err != nil {
			return err
		}
		id, err = inserted(tx.ExecContext(ctx, insertCorrection, string(c.Deed), c.Key, c.Into, string(articles), millis(c.At)))
		return err
	})
	return id, err
}

func scanCorrection(r row) (ledger.Correction, error) {
	var c ledger.Correction
	var articles string
	var made int64
	if err := r.Scan(&c.ID, &c.Deed, &c.Key, &c.Into, &articles, &made); err != nil {
		return c, err
	}
	c.At = instant(made)
	return c, json.Unmarshal([]byte(articles), &c.Articles)
}

// matched packs evidence, and behind it what the ledger says, if anything: matches of
// old have nothing there.
func (p *packer) matched(evidence []article.Passage, lines []string) {
	p.evidence(evidence)
	if len(lines) > 0 {
		p.texts(lines)
	}
}

func (u *unpacker) matched() (evidence []article.Passage, lines []string) {
	evidence = u.evidence()
	if len(u.buf) > 0 {
		lines = u.texts()
	}
	return evidence, lines
}

func (p *packer) fact(f article.Fact) {
	for _, s := range []string{f.Kind, f.Instrument, f.Domain, f.Period, f.Status, f.Date, f.Place} {
		p.text(s)
	}
	p.texts(f.Parties)
	p.texts(f.Signatories)
	p.texts(f.Loose)
	news := int64(0)
	if f.News {
		news = 1
	}
	p.num(news)
	p.evidence(f.Evidence)
}

func (u *unpacker) fact() (f article.Fact) {
	for _, s := range []*string{&f.Kind, &f.Instrument, &f.Domain, &f.Period, &f.Status, &f.Date, &f.Place} {
		*s = u.text()
	}
	f.Parties, f.Signatories, f.Loose = u.texts(), u.texts(), u.texts()
	f.News = u.num() == 1
	f.Evidence = u.evidence()
	return f
}
