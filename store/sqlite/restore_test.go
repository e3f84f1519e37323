package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"presswatch/store/sqlite"
)

// copied is a copy of a store of three articles.
func copied(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "press.db"))
	to := filepath.Join(dir, "copy.db")
	if err := errors.Join(save(t.Context(), s, 0, 3), s.Backup(t.Context(), to), s.Close()); err != nil {
		t.Fatal(err)
	}
	return to
}

func restored(t *testing.T, path string, articles int) {
	t.Helper()
	s := opened(t, path)
	if n := countsArticles(t, s); n != articles {
		t.Errorf("%d articles after restoring, want %d", n, articles)
	}
	if err := save(t.Context(), s, articles, articles+1); err != nil {
		t.Errorf("work does not go on: %v", err)
	}
}

func TestACopyIsPutInPlaceOfWhateverWasThere(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	for name, there := range map[string]func(t *testing.T) string{
		"nothing":           func(t *testing.T) string { return filepath.Join(t.TempDir(), "press.db") },
		"an empty file":     func(t *testing.T) string { return written(t, "") },
		"a damaged store":   func(t *testing.T) string { return altered(t, func(b []byte) []byte { return b[:len(b)/2] }) },
		"a good store":      begun,
		"a store and a log": unfolded,
		"a log whose file is missing": func(t *testing.T) string {
			path := unfolded(t)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			return path
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := there(t)
			before := contents(path)
			kept, err := sqlite.Restore(t.Context(), copied(t), path, now)
			if err != nil {
				t.Fatal(err)
			}
			if before != contents(filepath.Join(t.TempDir(), "nothing")) && contents(kept) != before {
				t.Errorf("what was there is not kept as %q", kept)
			}
			restored(t, path, 3)
		})
	}
}

// unfolded is a store whose last writes are still in its log, as after a crash.
func unfolded(t *testing.T) string {
	t.Helper()
	live := filepath.Join(t.TempDir(), "press.db")
	s := opened(t, live)
	if err := save(t.Context(), s, 0, 5); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "press.db")
	for _, rest := range []string{"", "-wal"} {
		b, err := os.ReadFile(live + rest)
		if err != nil || len(b) == 0 {
			t.Fatalf("%d bytes, %v", len(b), err)
		}
		if err := os.WriteFile(path+rest, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestEveryRestoreKeepsWhatWasThere(t *testing.T) {
	path, from, kept := begun(t), copied(t), map[string]bool{}
	for range 3 { // within one second
		name, err := sqlite.Restore(t.Context(), from, path, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		kept[name] = true
	}
	if len(kept) != 3 {
		t.Errorf("kept %v", kept)
	}
}

func TestWhatIsNoGoodCopyIsNotRestored(t *testing.T) {
	for name, test := range map[string]struct {
		copied func(*testing.T) string
		kind   error
	}{
		"nothing":     {func(t *testing.T) string { return filepath.Join(t.TempDir(), "copy.db") }, sqlite.ErrMissing},
		"an empty":    {func(t *testing.T) string { return written(t, "") }, sqlite.ErrEmpty},
		"a text":      {func(t *testing.T) string { return written(t, "hello") }, sqlite.ErrForeign},
		"a live one":  {unfolded, sqlite.ErrForeign},
		"a truncated": {func(t *testing.T) string { return altered(t, func(b []byte) []byte { return b[:len(b)/2] }) }, sqlite.ErrDamaged},
		"a later version's": {func(t *testing.T) string {
			path := begun(t)
			execute(t, path, "PRAGMA user_version = 99")
			return path
		}, sqlite.ErrNewer},
	} {
		t.Run(name, func(t *testing.T) {
			path := begun(t)
			before := contents(path)
			_, err := sqlite.Restore(t.Context(), test.copied(t), path, time.Unix(0, 0))
			refusedAs(t, err, test.kind, "")
			if contents(path) != before {
				t.Error("the store was touched")
			}
		})
	}
}

func TestAStoreInUseIsNotReplaced(t *testing.T) {
	path := begun(t)
	opened(t, path)
	_, err := sqlite.Restore(t.Context(), copied(t), path, time.Unix(0, 0))
	refusedAs(t, err, sqlite.ErrInUse, "in use by another presswatch")
}
