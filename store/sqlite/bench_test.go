package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/store/storetest"
	"presswatch/watcher/article"
)

// newPress writes the same articles in every benchmark.
func newPress() *storetest.Press { return storetest.NewPress(time.UnixMilli(1_770_000_000_000)) }

// archive fills a store with n articles. It does not wait for the disk.
func archive(b testing.TB, s *Store, n int) {
	b.Helper()
	if _, err := s.writer.Exec("PRAGMA synchronous = 0"); err != nil {
		b.Fatal(err)
	}
	newPress().Fill(b, s, n)
}

// BenchmarkArchive is what a store of 100 000 articles costs; of a few where it is
// only run to see that it does.
func BenchmarkArchive(b *testing.B) {
	articles := 100_000
	if testing.Short() {
		articles = 5_000
	}
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "press.db")
	s := opened(b, path)
	archive(b, s, articles)
	sum, err := s.Summary(ctx)
	if err != nil {
		b.Fatal(err)
	}
	closed(b, s)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			closed(b, opened(b, path))
		}
		b.ReportMetric(float64(sum.Bytes)/float64(articles), "B/article")
	})
	s = opened(b, path)
	defer closed(b, s)
	some := newPress().Entry(0)
	for name, call := range map[string]func() error{
		"summary": func() error { _, err := s.Summary(ctx); return err },
		"unread":  func() error { _, err := s.Unread(ctx, time.Now(), 10); return err },
		"due":     func() error { _, err := s.Due(ctx, time.Now()); return err },
		"next":    func() error { _, _, err := s.Next(ctx); return err },
		"lookup":  func() error { _, err := s.Lookup(ctx, some.URL); return err },
		"owed":    func() error { _, err := s.Owed(ctx, []string{"desk"}, article.Alert); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := call(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("feed of 50, one new", func(b *testing.B) { benchmarkFeed(b, s, 1) })
	b.Run("feed of 50, none new", func(b *testing.B) { benchmarkFeed(b, s, 0) })
	b.Run("304", func(b *testing.B) {
		cursor := newPress().Cursor(0)
		for b.Loop() {
			cursor.Checked = cursor.Checked.Add(10 * time.Minute)
			if _, err := s.SaveFeed(ctx, cursor, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func opened(b testing.TB, path string) *Store {
	b.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func closed(b testing.TB, s *Store) {
	b.Helper()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

func benchmarkFeed(b *testing.B, s *Store, fresh int) {
	w := newPress()
	var entries []article.Entry
	for n := range 50 {
		entries = append(entries, w.Entry(n))
	}
	if _, err := s.SaveFeed(b.Context(), w.Cursor(1), entries); err != nil {
		b.Fatal(err)
	}
	cursor := w.Cursor(1)
	for n := 0; b.Loop(); n++ {
		cursor.Checked = cursor.Checked.Add(10 * time.Minute)
		if fresh > 0 {
			e := &entries[49]
			e.Identity, e.URL = fmt.Sprintf("new:%d", n), fmt.Sprintf("https://press.example/new-%d", n)
			e.GUID = e.URL
		}
		if got, err := s.SaveFeed(b.Context(), cursor, entries); err != nil || got != fresh {
			b.Fatal(got, err)
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	s, w := newStore(b), newPress()
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		if _, err := s.SaveFeed(b.Context(), w.Cursor(0), []article.Entry{w.Entry(n)}); err != nil {
			b.Fatal(err)
		}
		unread, err := s.Unread(b.Context(), time.Now(), 1)
		if err != nil || len(unread) != 1 {
			b.Fatal(len(unread), err)
		}
		reading := w.Reading(unread[0], 0)
		b.StartTimer()
		if err := s.Record(b.Context(), reading); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEnqueue(b *testing.B) {
	s, w := newStore(b), newPress()
	payload := []byte(w.Text(4_000))
	for n := 0; b.Loop(); n++ {
		d := store.Delivery{ID: fmt.Sprintf("d-%d", n), State: store.Ready, Channel: "#desk", Payload: payload}
		if ok, err := s.Enqueue(b.Context(), store.Batch{Deliveries: []store.Delivery{d}}); err != nil || !ok {
			b.Fatal(ok, err)
		}
	}
}
