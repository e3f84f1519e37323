package sqlite

import (
	"context"
	"database/sql"

	"presswatch/store"
)

const (
	upsertNote = `
	INSERT INTO notes (subject, text, at) VALUES (?, ?, ?)
	ON CONFLICT (subject) DO UPDATE SET text = excluded.text, at = excluded.at`
	deleteNote  = `DELETE FROM notes WHERE subject = ?`
	selectNotes = `SELECT subject, text, at FROM notes ORDER BY subject`
)

// Note implements [store.Store].
func (s *Store) Note(ctx context.Context, n store.Note) error {
	return s.write(ctx, "note on "+n.Subject, func(tx *sql.Tx) error {
		if n.Text == "" {
			_, err := tx.ExecContext(ctx, deleteNote, n.Subject)
			return err
		}
		_, err := tx.ExecContext(ctx, upsertNote, n.Subject, n.Text, millis(n.At))
		return err
	})
}

func scanNote(r row) (store.Note, error) {
	var n store.Note
	var at int64
	err := r.Scan(&n.Subject, &n.Text, &at)
	n.At = instant(at)
	return n, err
}
