package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"presswatch/store/sqlite"
	"presswatch/watcher/article"
)

// begun is the path of a store with a feed in it, closed.
func begun(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "press.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var entries []article.Entry
	for _, id := range strings.Fields("a b c d e f g h i j k l m n o p q r s t u v w x y z") {
		entries = append(entries, article.Entry{Identity: id, URL: "https://news.example/" + id, Lead: strings.Repeat(id+" ", 200)})
	}
	if _, err := s.SaveFeed(t.Context(), article.Cursor{Source: "courier", URL: "https://news.example/feed"}, entries); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// foreign makes an SQLite database with the given statements.
func foreign(t *testing.T, statements string) string {
	path := filepath.Join(t.TempDir(), "press.db")
	execute(t, path, statements)
	return path
}

func execute(t *testing.T, path, statements string) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

func written(t *testing.T, content string) string {
	path := filepath.Join(t.TempDir(), "press.db")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// altered changes the bytes of a begun store.
func altered(t *testing.T, change func([]byte) []byte) string {
	path := begun(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(b), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileThatCannotBeUsedIsRefusedAndLeftAsItIs(t *testing.T) {
	for name, test := range map[string]struct {
		path func(*testing.T) string
		kind error
		says string
	}{
		"an empty file": {func(t *testing.T) string { return written(t, "") }, sqlite.ErrEmpty, "restore"},
		"an empty file beside its log": {func(t *testing.T) string {
			path := written(t, "")
			if err := os.WriteFile(path+"-wal", bytes.Repeat([]byte("log"), 1000), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}, sqlite.ErrEmpty, "restore"},
		"a database with nothing in it": {func(t *testing.T) string {
			return foreign(t, "CREATE TABLE a (b); DROP TABLE a")
		}, sqlite.ErrEmpty, "restore"},
		"a text": {func(t *testing.T) string {
			return written(t, strings.Repeat("not a database\n", 100))
		}, sqlite.ErrForeign, "correct the path"},
		"a short text": {func(t *testing.T) string { return written(t, "hello") }, sqlite.ErrForeign, "correct the path"},
		"another program's database": {func(t *testing.T) string {
			return foreign(t, "CREATE TABLE articles (id)")
		}, sqlite.ErrForeign, "belongs to another program"},
		"another program's database with an application id": {func(t *testing.T) string {
			return foreign(t, "PRAGMA application_id = 7; CREATE TABLE articles (id)")
		}, sqlite.ErrForeign, "belongs to another program"},
		"a later version's store": {func(t *testing.T) string {
			path := begun(t)
			execute(t, path, "PRAGMA user_version = 99")
			return path
		}, sqlite.ErrNewer, "version 99"},
		"a truncated store": {func(t *testing.T) string {
			return altered(t, func(b []byte) []byte { return b[:len(b)/2] })
		}, sqlite.ErrDamaged, "restore"},
		"a store with its first page overwritten": {func(t *testing.T) string {
			return altered(t, func(b []byte) []byte { copy(b[100:], bytes.Repeat([]byte{0xee}, 4000)); return b })
		}, sqlite.ErrDamaged, "restore"},
		"a store with an overwritten table": {func(t *testing.T) string {
			return altered(t, func(b []byte) []byte {
				copy(b[len(b)/4:], bytes.Repeat([]byte{0xee}, len(b)/2))
				return b
			})
		}, sqlite.ErrDamaged, "restore"},
		"a folder": {func(t *testing.T) string { return t.TempDir() }, sqlite.ErrPlace, "name a file in it"},
		"a path in a folder that is not there": {func(t *testing.T) string {
			return filepath.Join(t.TempDir(), "no", "press.db")
		}, sqlite.ErrPlace, "make the folder"},
		"a link that leads nowhere": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "press.db")
			if err := os.Symlink(path+".gone", path); err != nil {
				t.Fatal(err)
			}
			return path
		}, sqlite.ErrPlace, "leads nowhere"},
		"a log whose file is missing": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "press.db")
			if err := os.WriteFile(path+"-wal", []byte("log"), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}, sqlite.ErrMissing, "put the file back"},
	} {
		t.Run(name, func(t *testing.T) {
			path := test.path(t)
			before := contents(path)
			_, err := sqlite.Open(t.Context(), path)
			refusedAs(t, err, test.kind, test.says)
			if after := contents(path); after != before {
				t.Error("the refused file or its log was changed")
			}
			_, err = sqlite.OpenReader(t.Context(), path)
			refusedAs(t, err, test.kind, "")
		})
	}
}

// contents are the bytes of a database and its log, "" where there are none.
func contents(path string) string {
	db, _ := os.ReadFile(path)
	log, _ := os.ReadFile(path + "-wal")
	return string(db) + "\n-wal\n" + string(log)
}

func refusedAs(t *testing.T, err, kind error, says string) {
	t.Helper()
	var refusal *sqlite.Refusal
	if !errors.As(err, &refusal) || !errors.Is(err, kind) || !strings.Contains(err.Error(), says) || refusal.Do == "" {
		t.Errorf("got %v; want it refused as %v, saying %q", err, kind, says)
	}
}

func TestAStoreIsMadeOnlyWhereNothingIs(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "odd ?name%20#1.db")
	for range 2 {
		s, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 2 || files[0] != path || files[1] != path+".lock" {
		t.Fatalf("%q, %v", files, err)
	}
}

func TestADraftOfAProcessThatDiedIsClearedAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "press.db")
	for _, rest := range []string{".new", ".new-wal", ".new-shm"} {
		if err := os.WriteFile(path+rest, []byte("half a draft"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if left, _ := filepath.Glob(path + ".new*"); len(left) > 0 {
		t.Error(left)
	}
}

func TestOnlyOneHasAStoreOpenForWriting(t *testing.T) {
	path := begun(t)
	first, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "by-another-name.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, link} {
		_, err = sqlite.Open(t.Context(), name)
		refusedAs(t, err, sqlite.ErrInUse, "in use by another presswatch (process ")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
}

func TestAReaderStandsBesideTheWriter(t *testing.T) {
	path := begun(t)
	writer, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	reader, err := sqlite.OpenReader(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	cursor := article.Cursor{Source: "herald", URL: "https://herald.example/feed"}
	if _, err := writer.SaveFeed(t.Context(), cursor, []article.Entry{{Identity: "number:1"}}); err != nil {
		t.Fatal(err)
	}
	if got, err := reader.Lookup(t.Context(), "herald/number:1"); err != nil || got.Article.Source != "herald" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := reader.SaveFeed(t.Context(), cursor, nil); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("a reader wrote: %v", err)
	}
}

func TestAReaderMakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "press.db")
	_, err := sqlite.OpenReader(t.Context(), path)
	refusedAs(t, err, sqlite.ErrMissing, "does not exist")
	if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
		t.Error(left)
	}
}

func TestOpeningEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	path := filepath.Join(t.TempDir(), "press.db")
	if _, err := sqlite.Open(ctx, path); err == nil {
		t.Fatal("opened")
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal("the next one cannot open it:", err)
	}
	s.Close()
}
