package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"presswatch/store"
)

// write runs one call's changes as one transaction that has the write lock from
// its first statement, so that what it reads stays true until it commits.
//
// After an error nothing of the call has happened, with one exception that no
// database is free of: when the commit itself fails, the change may still be
// found done after a restart. Every call may therefore simply be made again.
func (s *Store) write(ctx context.Context, doing string, change func(*sql.Tx) error) error {
	if s.writer == nil {
		return fmt.Errorf("%s: database %s: %w", doing, s.path, ErrReadOnly)
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: begin: %w", doing, advise(err))
	}
	// A failed statement may have ended the transaction already; then there is
	// nothing to roll back, and the first error is the one to tell.
	defer tx.Rollback()
	if err := change(tx); err != nil {
		return fmt.Errorf("%s: %w", doing, advise(err))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: commit: %w", doing, advise(err))
	}
	return nil
}

// read runs one call's questions on one state of the store.
func (s *Store) read(ctx context.Context, doing string, ask func(*sql.Tx) error) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: begin: %w", doing, advise(err))
	}
	defer tx.Rollback()
	if err := ask(tx); err != nil {
		return fmt.Errorf("%s: %w", doing, advise(err))
	}
	return nil
}

// row is what one row is scanned from.
type row interface{ Scan(dest ...any) error }

// collect runs a query and scans every row of its answer.
func collect[T any](ctx context.Context, tx *sql.Tx, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// inserted is the number of the row that an INSERT made. Not by RETURNING: with
// it SQLite plans a search for rows that refer to the new one.
func inserted(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// changed makes of an UPDATE that met no row an ErrNotFound.
func changed(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		err = store.ErrNotFound
	}
	return err
}
