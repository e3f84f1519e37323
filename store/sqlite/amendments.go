package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"presswatch/store"
)

const (
	upsertAmendment = `
	INSERT INTO amendments (delivery, article)
	SELECT DISTINCT d.id, ?3 FROM findings f CROSS JOIN deliveries d ON d.batch = f.batch
	WHERE f.story IN (SELECT event FROM articles WHERE id IN (` + copiesOf + `) UNION SELECT ?2) AND (d.kind = 'alert' OR d.kind = 'storm' AND d.part = 1)
	ON CONFLICT (delivery) DO UPDATE SET article = excluded.article`
	selectAmendments = `
	SELECT d.name, d.channel, d.kind, d.parts, d.batch, n.article FROM amendments n CROSS JOIN deliveries d ON d.id = n.delivery ORDER BY d.id`
	deleteAmendment = `DELETE FROM amendments WHERE delivery = (SELECT id FROM deliveries WHERE name = ?)`
	selectBatch     = findingsFrom + ` WHERE o.batch = ? ORDER BY o.id`
)

// amend notes that the alerts of a story, and the storms that tell of it, have one
// more article to name.
func amend(ctx context.Context, tx *sql.Tx, r store.Reading, copies, event int64) error {
	if r.Earlier > 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, upsertAmendment, copies, event, r.Article.ID)
	return err
}

// Amendments implements [store.Store].
func (s *Store) Amendments(ctx context.Context) ([]store.Amendment, error) {
	var all []store.Amendment
	err := s.read(ctx, "messages to be amended", func(tx *sql.Tx) (err error) {
		var batches []int64
		all, err = collect(ctx, tx, func(r row) (a store.Amendment, err error) {
			var batch int64
			err = r.Scan(&a.Delivery, &a.Channel, &a.Kind, &a.Parts, &batch, &a.Article)
			batches = append(batches, batch)
			return a, err
		}, selectAmendments)
		for i := range all {
			if err != nil {
				break
			}
			if all[i].Findings, err = collect(ctx, tx, s.scanFinding, selectBatch, batches[i]); err == nil {
				err = s.withRelatives(ctx, tx, all[i].Findings)
			}
		}
		return err
	})
	return all, err
}

// amended settles the amendments that a batch makes.
func amended(ctx context.Context, tx *sql.Tx, batch store.Batch) error {
	for _, name := range batch.Amends {
		if _, err := tx.ExecContext(ctx, deleteAmendment, name); err != nil {
			return fmt.Errorf("amend delivery %s: %w", name, err)
		}
	}
	return nil
}
