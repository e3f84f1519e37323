package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	modernc "modernc.org/sqlite"
)

func newStore(t testing.TB) *Store {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "press.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// eight holds eight connections of a pool at once and shows them to look.
func eight(t *testing.T, db *sql.DB, look func(*sql.Conn)) {
	var held []*sql.Conn
	for range 8 {
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
	}
	for _, conn := range held {
		look(conn)
	}
	for _, conn := range held {
		conn.Close()
	}
}

func TestEachOfEightConnectionsHasThePragmas(t *testing.T) {
	s := newStore(t)
	for _, test := range []struct {
		access access
		want   map[string]string
	}{
		{writing, map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
			"busy_timeout": "5000", "query_only": "0", "application_id": "1886872424"}},
		{reading, map[string]string{"journal_mode": "wal", "query_only": "1", "busy_timeout": "5000"}},
	} {
		t.Run(string(test.access), func(t *testing.T) {
			db, err := connect(s.path, test.access, 8)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			eight(t, db, func(conn *sql.Conn) {
				for name, want := range test.want {
					var got string
					if err := conn.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != want {
						t.Errorf("pragma %s is %q, not %q (%v)", name, got, want, err)
					}
				}
			})
		})
	}
}

func TestATransactionHasTheWriteLockFromItsStart(t *testing.T) {
	s := newStore(t)
	other, err := connect(s.path, writing, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec("PRAGMA busy_timeout = 0"); err != nil {
		t.Fatal(err)
	}
	tx, err := s.writer.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if second, err := other.Begin(); err == nil {
		second.Rollback()
		t.Fatal("two transactions write at once")
	}
}

func TestAConnectionWithoutItsPragmasIsNotHandedOut(t *testing.T) {
	s := newStore(t)
	base, err := modernc.NewConnector(strings.Replace(writing.address(s.path), "synchronous%282%29", "synchronos%282%29", 1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = verified{base, writing}.Connect(context.Background())
	if err != nil {
		t.Fatal("a misspelt pragma must not be what fails here, or this test proves nothing:", err)
	}
	base, err = modernc.NewConnector(strings.Replace(writing.address(s.path), "synchronous%282%29", "synchronous%281%29", 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = (verified{base, writing}).Connect(context.Background()); err == nil || !strings.Contains(err.Error(), "synchronous is 1 and not 2") {
		t.Fatalf("got %v", err)
	}
}
