package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"presswatch/store/sqlite"
	"presswatch/watcher/article"
)

// opened is the store at a path, closed when the test ends.
func opened(t *testing.T, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// save stores articles numbered from … to−1, one write each.
func save(ctx context.Context, s *sqlite.Store, from, to int) error {
	for n := from; n < to; n++ {
		entry := article.Entry{Identity: fmt.Sprint(n), URL: fmt.Sprintf("https://news.example/%d", n), Lead: strings.Repeat("lead ", 500)}
		if _, err := s.SaveFeed(ctx, article.Cursor{Source: "courier", URL: "feed", Checked: time.UnixMilli(int64(n) + 1)}, []article.Entry{entry}); err != nil {
			return err
		}
	}
	return nil
}

func countsArticles(t *testing.T, s *sqlite.Store) int {
	t.Helper()
	sum, err := s.Summary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum.Articles
}

func TestACopyIsOneStateOfAStoreThatIsWrittenMeanwhile(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "press.db"))
	if err := save(t.Context(), s, 0, 50); err != nil {
		t.Fatal(err)
	}
	written := make(chan error)
	go func() { written <- save(t.Context(), s, 50, 400) }()
	last := 50
	for i := range 8 {
		to := filepath.Join(dir, fmt.Sprint("copy-", i))
		if err := s.Backup(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		reader, err := sqlite.OpenReader(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		n := countsArticles(t, reader)
		if _, err := reader.Lookup(t.Context(), fmt.Sprint("courier/", n-1)); n < last || err != nil {
			t.Errorf("copy %d has %d articles, the one before %d; the newest: %v", i, n, last, err)
		}
		cursors, err := reader.Cursors(t.Context())
		if err != nil || len(cursors) != 1 || cursors[0].Checked != time.UnixMilli(int64(n)).UTC() {
			t.Errorf("%d articles, and the feed stands at %v, %v: two writes were torn apart", n, cursors, err)
		}
		last = n
		reader.Close()
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
}

func TestACopyReplacesNothingAndLeavesNothingHalfDone(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "press.db"))
	to := filepath.Join(dir, "copy.db")
	if err := os.WriteFile(to+".new", []byte("of a process that died"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	before := contents(to)
	if err := s.Backup(t.Context(), to); !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "name a new file") {
		t.Errorf("a second copy under the same name: %v", err)
	}
	if contents(to) != before {
		t.Error("the copy was changed")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ended, filepath.Join(dir, "other.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("a copy that was given up: %v", err)
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "no", "copy.db")); err == nil {
		t.Error("a folder that is not there was found")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestADamagedStoreGivesNoCopy(t *testing.T) {
	path := begun(t)
	s := opened(t, path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Behind SQLite's back, as a dying disk does it; the pages are read anew.
	for i := len(b) / 3; i < len(b)/2; i++ {
		b[i] = 0xee
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), to); !errors.Is(err, sqlite.ErrDamaged) || !strings.Contains(err.Error(), "presswatch restore") {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(to + "*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
