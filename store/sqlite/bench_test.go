package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// writer makes texts that compress as news do: words of a small language, some
// far more frequent than others.
type writer struct {
	words []string
	zipf  *rand.Zipf
}

func newWriter() *writer {
	r := rand.New(rand.NewPCG(1, 2))
	w := &writer{zipf: rand.NewZipf(r, 1.15, 4, 8_000)}
	for range 8_001 {
		word := make([]byte, 2+r.IntN(5)+r.IntN(5))
		for i := range word {
			word[i] = "eeeaaiisstnnrrllouudcmpévgbfhq"[r.IntN(30)]
		}
		w.words = append(w.words, string(word))
	}
	return w
}

func (w *writer) text(size int) string {
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(w.words[w.zipf.Uint64()])
		b.WriteByte(' ')
	}
	return b.String()
}

// entry is an item as a home feed has it: 90 bytes of title, 250 of lead, three
// related headlines.
func (w *writer) entry(n int) article.Entry {
	title := w.text(90)
	url := fmt.Sprintf("https://news.example/%s-post%d.html", strings.ReplaceAll(strings.TrimSpace(w.text(70)), " ", "-"), 880_000+n)
	return article.Entry{
		Identity: fmt.Sprintf("number:%d", 880_000+n), URL: url, GUID: url, Title: title, Lead: w.text(250),
		Teasers: []string{w.text(80), w.text(80), w.text(80)}, Sections: []string{"world"},
		Published: time.UnixMilli(1_770_000_000_000 + int64(n)*400_000),
	}
}

// reading is a page of three kilobytes; one in twenty has a match.
func (w *writer) reading(a article.Article, n int) store.Reading {
	body := w.text(3_000)
	r := store.Reading{Article: a, At: a.Published, Revision: article.Revision{
		Fetched: a.Published, From: article.FromPage, Zones: []article.Zone{
			{Kind: article.Title, Text: a.Title}, {Kind: article.Lead, Text: a.Lead}, {Kind: article.Body, Text: body},
			{Kind: article.Caption, Text: w.text(100)}, {Kind: article.Teaser, Text: strings.Join(a.Teasers, "\n\n")},
		}}}
	if n%20 == 0 {
		sentence := article.Span{End: 200}
		r.Matches = []article.Match{{Rule: "rule-a", Name: "A rule", Level: article.Digest, Clause: w.text(60), Hash: "0011aabb",
			Evidence: []article.Passage{{Zone: article.Body, Index: 2, Sentence: sentence, Quote: body[:200],
				Words: []article.Span{{Start: 3, End: 9}, {Start: 12, End: 20}}}}}}
		r.Owed = []store.Debt{{Digest: "desk", Level: article.Digest}}
	}
	return r
}

func at(n int) article.Cursor {
	return article.Cursor{Source: fmt.Sprintf("source-%d", n%7), URL: "https://news.example/feed", Checked: time.UnixMilli(1_770_000_000_000)}
}

// archive fills a store with n articles that come ten in a poll and are read
// then. It does not wait for the disk.
func archive(b testing.TB, s *Store, n int) {
	b.Helper()
	if _, err := s.writer.Exec("PRAGMA synchronous = 0"); err != nil {
		b.Fatal(err)
	}
	w := newWriter()
	for from := 0; from < n; from += 10 {
		var entries []article.Entry
		for i := range min(10, n-from) {
			entries = append(entries, w.entry(from+i))
		}
		if _, err := s.SaveFeed(b.Context(), at(from/10), entries); err != nil {
			b.Fatal(err)
		}
		unread, err := s.Unread(b.Context(), time.Now(), 10)
		if err != nil {
			b.Fatal(err)
		}
		err = s.write(b.Context(), "archive", func(tx *sql.Tx) error {
			for i, a := range unread {
				if err := s.record(b.Context(), tx, w.reading(a, from+i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
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
	some := newWriter().entry(0)
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
		cursor := at(0)
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
	w := newWriter()
	var entries []article.Entry
	for n := range 50 {
		entries = append(entries, w.entry(n))
	}
	if _, err := s.SaveFeed(b.Context(), at(1), entries); err != nil {
		b.Fatal(err)
	}
	cursor := at(1)
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
	s, w := newStore(b), newWriter()
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		if _, err := s.SaveFeed(b.Context(), at(0), []article.Entry{w.entry(n)}); err != nil {
			b.Fatal(err)
		}
		unread, err := s.Unread(b.Context(), time.Now(), 1)
		if err != nil || len(unread) != 1 {
			b.Fatal(len(unread), err)
		}
		reading := w.reading(unread[0], 0)
		b.StartTimer()
		if err := s.Record(b.Context(), reading); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEnqueue(b *testing.B) {
	s, w := newStore(b), newWriter()
	payload := []byte(w.text(4_000))
	for n := 0; b.Loop(); n++ {
		d := store.Delivery{ID: fmt.Sprintf("d-%d", n), State: store.Ready, Channel: "#desk", Payload: payload}
		if ok, err := s.Enqueue(b.Context(), store.Batch{Deliveries: []store.Delivery{d}}); err != nil || !ok {
			b.Fatal(ok, err)
		}
	}
}
