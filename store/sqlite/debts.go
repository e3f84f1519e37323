package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"presswatch/store"
	"presswatch/watcher/article"
)

const (
	insertFinding = `INSERT INTO findings (match, digest, level, found, story, was) VALUES (?, ?, ?, ?, ?, ?)`
	selectEarlier = `
	SELECT f.id, f.batch IS NOT NULL, f.silence IS NOT NULL, m.level, a.id, a.copies, a.worth
	FROM findings f CROSS JOIN matches m ON m.id = f.match CROSS JOIN revisions r ON r.id = m.revision CROSS JOIN articles a ON a.id = r.article
	WHERE f.story IN (SELECT event FROM articles WHERE id IN (` + copiesOf + `) UNION SELECT ?2) AND f.digest = ?3 AND m.rule = ?4
	ORDER BY f.id`
	updateFinding = `UPDATE findings SET match = ?2, level = ?3 WHERE id = ?1`
)

// owing is a debt about to be held against what was owed before.
type owing struct {
	store.Debt
	article int64
	place   article.Place
	match   int64 // its number
	level   article.Level
	rule    string
}

func saveDebts(ctx context.Context, tx *sql.Tx, place article.Place, matches []int64, reading store.Reading) error {
	for _, d := range reading.Owed {
		if d.Match < 0 || d.Match >= len(matches) {
			return fmt.Errorf("debt to digest %s: there is no match %d", d.Digest, d.Match)
		}
		m := reading.Matches[d.Match]
		o := owing{Debt: d, article: reading.Article.ID, place: place, match: matches[d.Match], level: m.Level, rule: m.Rule}
		if err := saveDebt(ctx, tx, o, millis(reading.At)); err != nil {
			return fmt.Errorf("debt to digest %s: %w", d.Digest, err)
		}
	}
	return nil
}

// earlier is what a story has owed to a digest by one rule.
type earlier struct {
	told    article.Level // the highest that was told
	held    article.Level // the highest of this text that was held by a silence
	waits   int64         // the finding that waits, 0 for none
	waiting article.Level // its level
	better  bool          // what is owed now is a better text than the one that waits
}

// saveDebt owes a match if it says more than what was owed before.
func saveDebt(ctx context.Context, tx *sql.Tx, o owing, at int64) error {
	before, err := earlierOf(ctx, tx, o)
	if err != nil {
		return err
	}
	switch {
	case o.level <= max(before.told, before.held):
	case before.waits == 0:
		_, err = tx.ExecContext(ctx, insertFinding, o.match, o.Digest, int(o.Level), at, o.place.Event, int(before.told))
	case o.level > before.waiting, o.level == before.waiting && before.better:
		_, err = tx.ExecContext(ctx, updateFinding, before.waits, o.match, int(o.Level))
	}
	return err
}

func earlierOf(ctx context.Context, tx *sql.Tx, o owing) (e earlier, err error) {
	type finding struct {
		id      int64
		told    bool
		held    bool
		level   article.Level
		article int64
		place   article.Place
	}
	all, err := collect(ctx, tx, func(r row) (f finding, err error) {
		err = r.Scan(&f.id, &f.told, &f.held, &f.level, &f.article, &f.place.Copies, &f.place.Worth)
		return f, err
	}, selectEarlier, o.place.Copies, o.place.Event, o.Digest, o.rule)
	for _, f := range all {
		isCopy := f.place.Copies == o.place.Copies
		switch {
		case f.held && (f.article == o.article || isCopy):
			e.held = max(e.held, f.level)
		case f.held: // another report speaks for itself
		case f.told:
			e.told = max(e.told, f.level)
		default:
			e.waits, e.waiting = f.id, f.level
			e.better = f.article == o.article || isCopy && f.place.Worth < o.place.Worth
		}
	}
	return e, err
}
