package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// upgraded are the migrations of a program one version ahead of this one.
func upgraded(t *testing.T, last string) fs.FS {
	t.Helper()
	ahead := fstest.MapFS{"migrations/9999.sql": {Data: []byte(last)}}
	files, err := fs.Glob(steps, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := steps.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		ahead[name] = &fstest.MapFile{Data: data}
	}
	return ahead
}

// old is a store of this version with one article in it.
func old(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "press.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.SaveFeed(t.Context(), article.Cursor{Source: "courier", URL: "feed"}, []article.Entry{{Identity: "1", URL: "https://news.example/1"}})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAMigratedStoreIsKeptAsItWas(t *testing.T) {
	path := old(t)
	s, err := openWith(t.Context(), path, upgraded(t, "ALTER TABLE sources ADD COLUMN colour TEXT NOT NULL DEFAULT ''"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Lookup(t.Context(), "courier/1"); err != nil {
		t.Error("the upgrade lost an article:", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), path)
	var refusal *Refusal
	if !errors.As(err, &refusal) || !errors.Is(err, ErrNewer) {
		t.Fatalf("the program before opens what it does not know: %v", err)
	}
	words := strings.Fields(refusal.Do)
	kept := words[len(words)-1] // "… presswatch restore PATH"
	if files, _ := filepath.Glob(path + ".version-*"); !slices.Contains(files, kept) || len(files) != 1 {
		t.Fatalf("told to restore %q, and there are %q", kept, files)
	}
	back, err := Open(t.Context(), kept)
	if err != nil {
		t.Fatal("the way back is no store:", err)
	}
	defer back.Close()
	if _, err := back.Lookup(t.Context(), "courier/1"); err != nil {
		t.Error(err)
	}
}

func TestAStoreOfEveryEarlierVersionIsBroughtForwardAndKept(t *testing.T) {
	files, err := fs.Glob(steps, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for version := 1; version < len(files); version++ {
		path := filepath.Join(t.TempDir(), "press.db")
		if err := create(t.Context(), path, upTo(t, version)); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		_, err = s.SaveFeed(t.Context(), article.Cursor{Source: "courier", URL: "feed"}, []article.Entry{{Identity: "1", URL: "https://news.example/1"}})
		if err := errors.Join(err, s.Close()); err != nil {
			t.Errorf("version %d: %v", version, err)
		}
		kept, err := inspect(t.Context(), path+".version-"+strconv.Itoa(version), len(files))
		if err != nil || kept != version {
			t.Errorf("version %d is kept as version %d, %v", version, kept, err)
		}
	}
}

// upTo are the migrations of an earlier program.
func upTo(t *testing.T, version int) fs.FS {
	t.Helper()
	earlier := fstest.MapFS{}
	for n := range version {
		name := fmt.Sprintf("migrations/%04d.sql", n+1)
		data, err := steps.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		earlier[name] = &fstest.MapFile{Data: data}
	}
	return earlier
}

func TestAMigrationThatCannotBeDoneLeavesTheStoreAsItWas(t *testing.T) {
	path := old(t)
	for range 2 { // the second finds the copy that the first made
		if _, err := openWith(t.Context(), path, upgraded(t, "CREATE TABLE colours (id INTEGER) STRICT; ALTER TABLE nowhere ADD COLUMN x")); err == nil {
			t.Fatal("migrated")
		}
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Lookup(t.Context(), "courier/1"); err != nil {
		t.Error(err)
	}
}

func TestAStoreIsNotMigratedWhenItCannotBeKept(t *testing.T) {
	path := old(t)
	latest, err := latestVersion(steps)
	if err != nil {
		t.Fatal(err)
	}
	// A folder of that name, with something in it, cannot be replaced.
	if err := os.MkdirAll(filepath.Join(path+".version-"+strconv.Itoa(latest), "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := openWith(t.Context(), path, upgraded(t, "CREATE TABLE colours (id INTEGER) STRICT")); err == nil || !strings.Contains(err.Error(), "before the upgrade") {
		t.Fatalf("migrated without a way back: %v", err)
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal("and the program before cannot open it any more:", err)
	}
	s.Close()
}

func TestAReaderDoesNotMigrate(t *testing.T) {
	err := current(t.Context(), old(t), upgraded(t, "CREATE TABLE colours (id INTEGER) STRICT"))
	var refusal *Refusal
	if !errors.As(err, &refusal) || !errors.Is(err, ErrOlder) || !strings.Contains(refusal.Do, "brings it up to date") {
		t.Error(err)
	}
}

func TestWhatWasInAnOutboxOfTheFirstVersionIsStillToBeSent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "press.db")
	first, err := steps.ReadFile("migrations/0001.sql")
	if err != nil {
		t.Fatal(err)
	}
	s, err := openWith(t.Context(), path, fstest.MapFS{"migrations/0001.sql": {Data: first}})
	if err == nil {
		payload := s.press.squeeze([]byte("news"))
		_, err = s.writer.Exec(`INSERT INTO batches VALUES (1, '', '', 0);
			INSERT INTO deliveries (name, batch, message, part, parts, kind, channel, payload, state, created, due,
			attempts, first_attempt, last_attempt, plain, error)
			VALUES ('d-1', 1, 'd', 1, 2, 'alert', '#desk', ?1, 'attempted', 5, 6, 1, 7, 8, 0, 'no answer'),
			('d-2', 1, 'd', 2, 2, 'alert', '#desk', ?1, 'ready', 5, 6, 0, 0, 0, 0, '')`, payload)
		err = errors.Join(err, s.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	due, err := s.Due(t.Context(), time.UnixMilli(9))
	if err != nil || len(due) != 1 {
		t.Fatalf("%d are due: %v", len(due), err)
	}
	d := due[0]
	if d.ID != "d-1" || string(d.Payload) != "news" || d.State != store.Attempted || d.Attempts != 1 || d.FirstAttempt.UnixMilli() != 7 || d.Error != "no answer" {
		t.Errorf("came over as %+v", d)
	}
}
