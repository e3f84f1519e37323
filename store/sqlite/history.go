package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	selectThere     = `SELECT coalesce(copies, 0), coalesce(event, 0) FROM articles WHERE id = ?`
	selectRevisions = `SELECT fetched, origin, note, content FROM revisions WHERE article = ? ORDER BY id`
	selectTellings  = `
	SELECT r.article, f.digest, m.rule, m.level, d.kind, d.name, d.channel, b.at
	FROM findings f CROSS JOIN matches m ON m.id = f.match CROSS JOIN revisions r ON r.id = m.revision CROSS JOIN batches b ON b.id = f.batch
	CROSS JOIN deliveries d ON d.batch = b.id AND d.part = 1
	WHERE f.story IN (SELECT event FROM articles WHERE id IN (` + copiesOf + `) UNION SELECT ?2) AND f.silence IS NULL ORDER BY f.batch, d.id, f.id`
	selectHushed = `
	SELECT r.article, f.digest, m.rule, f.found, ` + silenceColumns + `
	FROM findings f CROSS JOIN matches m ON m.id = f.match CROSS JOIN revisions r ON r.id = m.revision CROSS JOIN silences i ON i.id = f.silence
	WHERE f.story IN (SELECT event FROM articles WHERE id IN (` + copiesOf + `) UNION SELECT ?2) ORDER BY f.id`
)

// History implements [store.Store].
func (s *Store) History(ctx context.Context, id int64) (store.History, error) {
	var h store.History
	err := s.read(ctx, fmt.Sprintf("history of article %d", id), func(tx *sql.Tx) error {
		var at article.Place
		err := tx.QueryRowContext(ctx, selectThere, id).Scan(&at.Copies, &at.Event)
		if errors.Is(err, sql.ErrNoRows) {
			return store.ErrNotFound
		}
		if err != nil {
			return err
		}
		if h.Revisions, err = collect(ctx, tx, s.scanRevision, selectRevisions, id); err != nil {
			return err
		}
		if h.Told, err = collect(ctx, tx, scanTelling, selectTellings, at.Copies, at.Event); err != nil {
			return err
		}
		if h.Hushed, err = collect(ctx, tx, scanHushed, selectHushed, at.Copies, at.Event); err != nil {
			return err
		}
		if h.Also, err = s.relatives(ctx, tx, id, at); err != nil {
			return err
		}
		h.Visit, err = visitOf(ctx, tx, id)
		return err
	})
	return h, err
}

func (s *Store) scanRevision(r row) (article.Revision, error) {
	var revision article.Revision
	var fetched int64
	var content []byte
	if err := r.Scan(&fetched, &revision.From, &revision.Note, &content); err != nil {
		return revision, err
	}
	revision.Fetched = instant(fetched)
	err := s.press.unpack(content, func(u *unpacker) {
		u.details(&article.Entry{})
		revision.Zones = u.zones()
	})
	return revision, err
}

func scanTelling(r row) (store.Telling, error) {
	var t store.Telling
	var at int64
	err := r.Scan(&t.Article, &t.Digest, &t.Rule, &t.Level, &t.Kind, &t.Delivery, &t.Channel, &at)
	t.At = instant(at)
	return t, err
}
