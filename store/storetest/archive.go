package storetest

import (
	"context"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testArchive(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"newest first, undated ones by when they were seen": archiveOrder,
		"back to a time, inclusive":                         archiveSince,
		"an article comes back as it is looked up":          archiveWhole,
		"what is not read is not among them":                archiveUnread,
		"more than anyone reads at once, each once":         archiveLarge,
		"who stops is left alone":                           archiveStops,
		"it may be written to meanwhile":                    archiveWritten,
		"a question given up is an error":                   archiveGivenUp,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// archive lists the identities of the articles back to a time.
func (b *bench) archive(since time.Time) (identities []string) {
	b.t.Helper()
	for stored, err := range b.Articles(b.ctx, since) {
		b.must(err)
		identities = append(identities, stored.Article.Identity)
	}
	return identities
}

// dated saves an article with a date, and reads it.
func (b *bench) dated(n int, seen, published time.Time) {
	b.t.Helper()
	entry := entryOf(n)
	entry.Published = published
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", seen), []article.Entry{entry})
	b.must(err)
	b.readAll()
}

// readAll records every unread article, without a match.
func (b *bench) readAll() {
	b.t.Helper()
	for _, a := range b.unread() {
		b.must(b.Record(b.ctx, store.Reading{Article: a, At: after(1)}))
	}
}

func archiveOrder(b *bench) {
	b.dated(1, after(10), after(5))
	b.dated(2, after(20), after(-9))
	b.dated(3, after(30), after(9))
	b.dated(4, after(7), time.Time{})
	b.dated(5, after(40), after(5))
	b.same(b.archive(time.Time{}), []string{"number:3", "number:4", "number:5", "number:1", "number:2"})
}

func archiveSince(b *bench) {
	b.dated(1, after(10), after(1))
	b.dated(2, after(10), after(2))
	b.dated(3, after(3), time.Time{})
	b.dated(4, after(1), time.Time{})
	b.same(b.archive(after(2)), []string{"number:3", "number:2"})
	b.same(b.archive(after(4)), []string{})
}

func archiveWhole(b *bench) {
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), []article.Entry{fullEntry(), entryOf(901)})
	b.must(err)
	reading := fullReading(b.unread()[0])
	b.must(b.Record(b.ctx, reading))
	b.readAll()
	b.reopen()
	count := 0
	for got, err := range b.Articles(b.ctx, time.Time{}) {
		b.must(err)
		want, err := b.Lookup(b.ctx, got.Article.URL)
		b.must(err)
		b.same(got, want)
		count += 1 + len(got.Matches)
	}
	b.same(count, 2+len(reading.Matches))
}

func archiveUnread(b *bench) {
	b.saved("courier", start(), 1)
	b.same(b.archive(time.Time{}), []string{})
	b.readAll()
	b.same(b.archive(time.Time{}), []string{"number:1"})
}

func archiveLarge(b *bench) {
	const many = 300
	var want []string
	var entries []article.Entry
	for n := range many {
		e := entryOf(n)
		e.Published = after(-n / 7) // many share a time: pages must not split there
		entries = append(entries, e)
	}
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), entries)
	b.must(err)
	b.readAll()
	for from := 0; from < many; from += 7 {
		for n := min(from+7, many) - 1; n >= from; n-- {
			want = append(want, entryOf(n).Identity)
		}
	}
	b.same(b.archive(time.Time{}), want)
}

func archiveStops(b *bench) {
	b.dated(1, start(), after(1))
	b.dated(2, start(), after(2))
	for stored, err := range b.Articles(b.ctx, time.Time{}) {
		b.must(err)
		b.same(stored.Article.Identity, "number:2")
		break
	}
}

func archiveWritten(b *bench) {
	b.dated(1, start(), after(1))
	b.dated(2, start(), after(2))
	count := 0
	for _, err := range b.Articles(b.ctx, time.Time{}) {
		b.must(err)
		b.saved("herald", start(), 10+count)
		count++
	}
	b.same(count, 2)
	b.same(len(b.unread()), 2)
}

func archiveGivenUp(b *bench) {
	b.dated(1, start(), after(1))
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	var errs []error
	for _, err := range b.Articles(ctx, time.Time{}) {
		errs = append(errs, err)
	}
	b.same(len(errs), 1)
	b.refused(errs[0])
}
