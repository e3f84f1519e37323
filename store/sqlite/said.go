package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

const (
	selectSaidThing = `SELECT EXISTS (SELECT 1 FROM said WHERE thing = ?)`
	insertSaidThing = `INSERT INTO said (thing, batch) VALUES (?, ?)`
)

// Said implements [store.Store].
func (s *Store) Said(ctx context.Context, things []string) (said []string, err error) {
	err = s.read(ctx, "what was said", func(tx *sql.Tx) error {
		said, err = thingsSaid(ctx, tx, things)
		return err
	})
	return said, err
}

func thingsSaid(ctx context.Context, tx *sql.Tx, things []string) (said []string, err error) {
	for _, thing := range things {
		var known bool
		if err := tx.QueryRowContext(ctx, selectSaidThing, thing).Scan(&known); err != nil {
			return nil, fmt.Errorf("%q: %w", thing, err)
		}
		if known {
			said = append(said, thing)
		}
	}
	return said, nil
}

func saveSaid(ctx context.Context, tx *sql.Tx, batch int64, things []string) error {
	for _, thing := range things {
		if _, err := tx.ExecContext(ctx, insertSaidThing, thing, batch); err != nil {
			return fmt.Errorf("say %q: %w", thing, err)
		}
	}
	return nil
}
