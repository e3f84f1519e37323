package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
)

// crashDir in the environment makes of the test binary the process that
// TestWhatWasAcknowledgedSurvivesAKill kills.
const crashDir = "PRESSWATCH_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		if err := workUntilKilled(dir, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// workUntilKilled brings article after article from its feed to its reader, and
// says of each write that was acknowledged which it was.
func workUntilKilled(dir string, out io.Writer) error {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "press.db"))
	if err != nil {
		return err
	}
	sum, err := s.Summary(ctx)
	if err != nil {
		return err
	}
	// The last article may stand anywhere on its way: it is gone through again.
	for n := max(sum.Articles-1, 0); n < 100_000; n++ {
		if err := wholeWay(ctx, s, n, func(step string) { fmt.Fprintln(out, step, n) }); err != nil {
			return fmt.Errorf("article %d: %w", n, err)
		}
	}
	return nil
}

// wholeWay makes the five writes of one article, whichever of them were made
// before, and acknowledges each.
func wholeWay(ctx context.Context, s *sqlite.Store, n int, done func(string)) error {
	at := time.UnixMilli(int64(n) + 1)
	entry := article.Entry{Identity: fmt.Sprint(n), URL: fmt.Sprintf("https://news.example/%d", n)}
	if _, err := s.SaveFeed(ctx, article.Cursor{Source: "courier", URL: "feed", Checked: at}, []article.Entry{entry}); err != nil {
		return err
	}
	done("saved")
	stored, err := s.Lookup(ctx, "courier/"+entry.Identity)
	if err != nil {
		return err
	}
	err = s.Record(ctx, store.Reading{Article: stored.Article, Matches: []article.Match{{Rule: "a", Level: article.Alert}},
		Owed: []store.Debt{{Digest: "desk", Level: article.Alert}}, At: at})
	if err != nil {
		return err
	}
	done("recorded")
	if err := tellOwed(ctx, s, n, at); err != nil {
		return err
	}
	done("enqueued")
	return deliver(ctx, s, fmt.Sprintf("d-%d", n), at, done)
}

func tellOwed(ctx context.Context, s *sqlite.Store, n int, at time.Time) error {
	owed, err := s.Owed(ctx, []string{"desk"}, article.Alert)
	if err != nil || len(owed) == 0 { // told already
		return err
	}
	batch := store.Batch{Findings: []int64{owed[0].ID}, At: at, Deliveries: []store.Delivery{{
		ID: fmt.Sprintf("d-%d", n), State: store.Ready, Channel: "#desk", Created: at, Due: at}}}
	if ok, err := s.Enqueue(ctx, batch); err != nil || !ok || len(owed) != 1 {
		return fmt.Errorf("%d owed, enqueued %t, %v", len(owed), ok, err)
	}
	return nil
}

func deliver(ctx context.Context, s *sqlite.Store, id string, at time.Time, done func(string)) error {
	due, err := s.Due(ctx, at.Add(time.Hour))
	if err != nil {
		return err
	}
	for _, d := range due {
		if d.ID != id {
			return fmt.Errorf("%s is still due", d.ID)
		}
		if err := s.Attempt(ctx, id, at, at); err != nil {
			return err
		}
		done("attempted")
		if err := s.Confirm(ctx, id, store.Receipt{Channel: "C1", TS: id, At: at}); err != nil {
			return err
		}
	}
	done("confirmed")
	return nil
}

func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]int{} // of each step the number of articles
	for range 20 {
		out := killedAtRandom(t, dir)
		for line := range strings.Lines(out) {
			var step string
			var n int
			if _, err := fmt.Sscanln(line, &step, &n); err != nil {
				continue // torn by the kill, so not acknowledged
			}
			acknowledged[step] = max(acknowledged[step], n+1)
		}
		survived(t, filepath.Join(dir, "press.db"), acknowledged)
	}
	t.Logf("acknowledged in 20 lives: %v", acknowledged)
	if acknowledged["confirmed"] == 0 {
		t.Error("no life was long enough to prove anything")
	}
}

// killedAtRandom lets the process work for a random time, kills it, and returns
// what it had acknowledged. The kernel keeps what is in the pipe.
func killedAtRandom(t *testing.T, dir string) string {
	t.Helper()
	life := time.Duration(rand.Int64N(int64(300 * time.Millisecond)))
	ctx, cancel := context.WithTimeout(t.Context(), life)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	if ctx.Err() == nil || complaint.Len() > 0 {
		t.Fatalf("it ended by itself: %v\n%s", err, complaint.String())
	}
	return out.String()
}

// survived compares a store with what was acknowledged. One write at most may be
// there that was not: the one under way when the process was killed.
func survived(t *testing.T, path string, acknowledged map[string]int) {
	t.Helper()
	if _, err := os.Stat(path); err != nil && acknowledged["saved"] == 0 {
		return // killed before the store was made
	}
	s, err := sqlite.OpenReader(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sum, err := s.Summary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	open, err := s.Due(t.Context(), time.Now().AddDate(100, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	attempted := sum.Outbox[store.Sent]
	for _, d := range open {
		attempted += min(d.Attempts, 1)
	}
	got := map[string]int{
		"saved": sum.Articles, "recorded": sum.Articles - sum.Unread,
		"enqueued": len(open) + sum.Outbox[store.Sent], "attempted": attempted, "confirmed": sum.Outbox[store.Sent],
	}
	extra := 0
	for step, n := range got {
		if n < acknowledged[step] {
			t.Errorf("%s: %d were acknowledged and %d are there", step, acknowledged[step], n)
		}
		extra += n - acknowledged[step]
	}
	if extra > 1 || sum.Owed["desk"] > 1 {
		t.Errorf("%v are there and only %v acknowledged; %d are owed", got, acknowledged, sum.Owed["desk"])
	}
}
