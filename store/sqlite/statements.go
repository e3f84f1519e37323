package sqlite

import (
	"context"
	"database/sql/driver"
	"strings"
)

// keptStatements bounds what one connection keeps compiled. A store has fewer
// queries than that, and each is a constant.
const keptStatements = 256

// driverConn is what the driver's connection can do and database/sql asks for.
type driverConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// connection keeps the statements that it has compiled, as sqlite3_prepare_v2
// means them to be kept: to compile them anew was half the work of a daemon that
// looks into its store every few seconds. SQLite compiles a kept statement again
// by itself when the schema has changed.
type connection struct {
	driverConn
	kept map[string]*statement
}

// statement is a compiled query; while rows of it are open it cannot be asked again.
type statement struct {
	driver.Stmt
	open bool
}

// ExecContext is [driver.ExecerContext], by a kept statement.
func (c *connection) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.driverConn.ExecContext(ctx, query, args)
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext is [driver.QueryerContext], by a kept statement.
func (c *connection) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.driverConn.QueryContext(ctx, query, args)
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.open = true
	return &openRows{rows, s}, nil
}

// statement is the kept statement of a query; nil when the query is to be
// compiled for this once.
func (c *connection) statement(ctx context.Context, query string) (*statement, error) {
	if s := c.kept[query]; s != nil {
		if s.open {
			return nil, nil
		}
		return s, nil
	}
	if !keepable(query) || len(c.kept) >= keptStatements {
		return nil, nil
	}
	compiled, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &statement{Stmt: compiled}
	c.kept[query] = s
	return s, nil
}

// keepable reports whether a query is one of those that are asked again and again;
// the steps of a migration, pragmas and the like are not.
func keepable(query string) bool {
	switch verb, _, _ := strings.Cut(strings.TrimSpace(query), " "); verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return true
	}
	return false
}

// Close is [driver.Conn]: the statements first, they belong to the connection.
func (c *connection) Close() error {
	for _, s := range c.kept {
		s.Close() // says again how its last run ended
	}
	return c.driverConn.Close()
}

// openRows are rows of a kept statement, which is free again when they are closed.
type openRows struct {
	driver.Rows
	of *statement
}

// Close is [driver.Rows].
func (r *openRows) Close() error {
	r.of.open = false
	return r.Rows.Close()
}
