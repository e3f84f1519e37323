package watcher_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"presswatch/configs"
	"presswatch/store/sqlite"
	"presswatch/watcher"
	"presswatch/watcher/article"
	"presswatch/watcher/feed"
	"presswatch/watcher/newsroom"
)

// benchDesk is a watcher with the shipped rules, the first publisher of the
// newsroom, and a store on disk, without a network.
func benchDesk(b *testing.B, network http.RoundTripper, setup *watcher.Setup) *watcher.Watcher {
	b.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return watcher.New(watcher.Options{
		Store:  s,
		Client: feed.NewClient(feed.Config{Interval: time.Nanosecond}, "presswatch/bench (+mailto:bench@example.org)", network),
		Sender: &watcher.Printer{Out: io.Discard},
		Log:    slog.New(slog.DiscardHandler),
	}, setup)
}

// shippedSetup is the shipped configuration with one source of its own.
func shippedSetup(b *testing.B, source watcher.Source) *watcher.Setup {
	b.Helper()
	c, mistakes := configs.Load("../configs/presswatch.yaml")
	if len(mistakes) > 0 {
		b.Fatal(mistakes.Report())
	}
	setup := c.Setup()
	source.Article = setup.Sources[0].Article
	setup.Sources = []watcher.Source{source}
	return setup
}

var benchSource = watcher.Source{ID: "gazette", Language: "fr", Hosts: []string{"gazette.test"}, Feeds: []watcher.Feed{{URL: "http://gazette.test/feed"}}}

// BenchmarkReadToRecord is one article from its page to its record in the store:
// extraction, words, the shipped rules, one transaction. Goal: ≤ 5 ms.
func BenchmarkReadToRecord(b *testing.B) {
	news, err := newsroom.New(time.Now().Add(-time.Hour), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	page := news.Publishers()[0]
	var longest newsroom.Article
	for _, a := range news.Articles() {
		if a.Publisher == page.ID && len(a.Body) > len(longest.Body) {
			longest = a
		}
	}
	p := &paper{}
	for i := range b.N {
		p.stories = append(p.stories, story{number: i + 1, title: longest.Title, lead: longest.Lead, body: longest.Body, published: time.Now().Add(-time.Duration(i) * 2 * watcher.CopyWindow)}) // no copies of each other
	}
	w := benchDesk(b, p, shippedSetup(b, benchSource))
	if _, err := w.Store.SaveFeed(b.Context(), cursorNow(), entriesOf(p.stories)); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for done := 0; done < b.N; {
		pass, err := w.Read(b.Context())
		if err != nil || pass.Done == 0 {
			b.Fatal(pass, err)
		}
		done += pass.Done
	}
}

// cursorNow is the benchmark's feed after a poll.
func cursorNow() article.Cursor {
	return article.Cursor{Source: "gazette", URL: "http://gazette.test/feed", Checked: time.Now(), OK: time.Now(), Due: time.Now().Add(time.Hour)}
}

func entriesOf(stories []story) (entries []article.Entry) {
	for _, s := range stories {
		entries = append(entries, article.Entry{Identity: s.path(), URL: "http://gazette.test" + s.path(), Title: s.title, Published: s.published})
	}
	return entries
}
