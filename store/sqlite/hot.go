package sqlite

import (
	"context"
	"database/sql"
)

// hotQueries are the statements of every poll. To compile them anew each time
// would be most of the work of a poll that brings nothing. Those of a list are
// compiled when a store is opened for writing; the one connection of the writer
// keeps them.
func hotQueries() []string {
	return []string{selectPlace, updateCursor, upsertWindow, selectAnyName}
}

// heat compiles the hot queries. One that cannot be compiled, as in a store of an
// earlier version, is compiled where it is needed, and fails there.
func (s *Store) heat(ctx context.Context) {
	s.hot = map[string]*sql.Stmt{}
	for _, query := range hotQueries() {
		if stmt, err := s.writer.PrepareContext(ctx, query); err == nil {
			s.hot[query] = stmt
		}
	}
}

// queryRow is tx.QueryRowContext, for a hot query.
func (s *Store) queryRow(ctx context.Context, tx *sql.Tx, query string, args ...any) *sql.Row {
	if stmt := s.hot[query]; stmt != nil {
		return tx.StmtContext(ctx, stmt).QueryRowContext(ctx, args...)
	}
	return tx.QueryRowContext(ctx, query, args...)
}

// exec is tx.ExecContext, for a hot query.
func (s *Store) exec(ctx context.Context, tx *sql.Tx, query string, args ...any) (sql.Result, error) {
	if stmt := s.hot[query]; stmt != nil {
		return tx.StmtContext(ctx, stmt).ExecContext(ctx, args...)
	}
	return tx.ExecContext(ctx, query, args...)
}
