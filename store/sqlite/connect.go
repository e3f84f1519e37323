package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"net/url"

	modernc "modernc.org/sqlite"
)

// access says how a connection may use the file.
type access string

const (
	probing access = "probing" // looks into any file, changes nothing
	reading access = "reading" // reads a store
	writing access = "writing" // writes a store
	making  access = "making"  // writes a file that need not exist yet
)

// mode is the access in the words of an SQLite URI.
func (a access) mode() string {
	switch a {
	case writing:
		return "rw"
	case making:
		return "rwc"
	}
	return "ro"
}

// pageSize of a new store in bytes. A row of an article's text is one to two
// kilobytes: on pages of 8192 bytes an eighth more of the file stays empty, on
// SQLite's usual 4096 more still.
const pageSize = "16384"

// pragmas are what every connection of a kind runs with. They stand in the
// address because a PRAGMA that is executed reaches one connection of a pool;
// and they are read back on each, because SQLite ignores what it does not know.
func (a access) pragmas() [][2]string {
	common := [][2]string{{"busy_timeout", "5000"}, {"foreign_keys", "1"}}
	full := [2]string{"synchronous", "2"} // FULL: what is written reaches the disk before a commit returns
	switch a {
	case probing:
		return common[:1]
	case reading:
		return append(common, [2]string{"query_only", "1"}, [2]string{"cache_size", "-1000"})
	case making:
		// Not yet with a log: the driver sorts pragmas by name, and once there is
		// a log the size of a page is settled.
		return append(common, full, [2]string{"page_size", pageSize})
	}
	return append(common, full, [2]string{"journal_mode", "wal"},
		// The log is folded into the file every four megabytes.
		[2]string{"wal_autocheckpoint", "256"}, [2]string{"journal_size_limit", "16777216"})
}

// address is the URI of a database for connections of a kind. The path is
// escaped: it may hold '?' and '%'.
func (a access) address(path string) string {
	q := url.Values{"_txlock": {"immediate"}, "mode": {a.mode()}, "_dqs": {"0"}, "_error_rc": {"1"}}
	for _, p := range a.pragmas() {
		q.Add("_pragma", p[0]+"("+p[1]+")")
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}
	return u.String()
}

// connect opens a pool of at most n connections of a kind. It keeps two of them:
// each has a cache of its own, and a daemon is idle most of the time.
func connect(path string, a access, n int) (*sql.DB, error) {
	base, err := modernc.NewConnector(a.address(path))
	if err != nil {
		return nil, fmt.Errorf("database %s: address: %w", path, err)
	}
	db := sql.OpenDB(verified{base, a})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(2)
	return db, nil
}

// verified is a connector that hands out no connection whose pragmas are not
// what they must be.
type verified struct {
	driver.Connector
	access access
}

// Connect opens one connection and reads its pragmas back.
func (v verified) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := v.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range v.access.pragmas() {
		got, err := readPragma(ctx, conn, p[0])
		if err == nil && got != p[1] {
			err = fmt.Errorf("pragma %s is %s and not %s", p[0], got, p[1])
		}
		if err != nil {
			conn.Close()
			return nil, err
		}
	}
	bare, ok := conn.(driverConn)
	if !ok {
		conn.Close()
		return nil, fmt.Errorf("the driver's connection, a %T, cannot do what database/sql asks for", conn)
	}
	return &connection{bare, map[string]*statement{}}, nil
}

// readPragma asks a bare connection for one pragma's value.
func readPragma(ctx context.Context, conn driver.Conn, name string) (string, error) {
	q, ok := conn.(driver.QueryerContext)
	if !ok {
		return "", fmt.Errorf("pragma %s: the driver cannot query", name)
	}
	rows, err := q.QueryContext(ctx, "PRAGMA "+name, nil)
	if err != nil {
		return "", fmt.Errorf("pragma %s: %w", name, err)
	}
	defer rows.Close()
	row := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(row); err != nil && err != io.EOF {
		return "", fmt.Errorf("pragma %s: %w", name, err)
	}
	if len(row) == 0 {
		return "", fmt.Errorf("pragma %s is unknown", name)
	}
	return fmt.Sprint(row[0]), nil
}
