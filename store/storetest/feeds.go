package storetest

import (
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testFeeds(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"a cursor comes back as it was given":             cursorComesBack,
		"a cursor is replaced, not merged":                cursorIsReplaced,
		"a feed whose address changes starts anew":        cursorKey,
		"unseen entries are stored unread":                entriesAreStored,
		"an entry is new once":                            entryIsNewOnce,
		"an entry twice in one feed is one article":       entryTwiceInOneFeed,
		"one identity in two sources is two articles":     identityIsOfASource,
		"two feeds of one source bring an article once":   twoFeedsOneSource,
		"a poll without entries stores the cursor alone":  pollWithoutEntries,
		"an entry comes back with everything it had":      entryComesBack,
		"an entry seen again keeps what it was first":     entrySeenAgain,
		"articles are numbered as they arrive":            arrivalOrder,
		"a read article that is in the feed stays read":   readStaysRead,
		"times are whole milliseconds in UTC, zero stays": timesOfCursor,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func fullCursor() article.Cursor {
	return article.Cursor{
		Source: "courier", URL: "https://courier.example/rss?a=1&b=2",
		ETag: `W/"abc"`, LastModified: "Mon, 02 Mar 2026 07:00:00 GMT", BodyHash: "sha256:00ff",
		Since: after(1), Checked: after(2), OK: after(3), Due: after(4), Why: "its schedule",
		Failures: 3, Error: "time-out", Gone: true,
	}
}

func cursorComesBack(b *bench) {
	want := fullCursor()
	unseen, err := b.SaveFeed(b.ctx, want, nil)
	b.must(err)
	b.same(unseen, 0)
	got, err := b.Cursors(b.ctx)
	b.must(err)
	b.same(got, []article.Cursor{want})
}

func cursorIsReplaced(b *bench) {
	first := fullCursor()
	second := article.Cursor{Source: first.Source, URL: first.URL, Checked: after(9)}
	for _, c := range []article.Cursor{first, second} {
		_, err := b.SaveFeed(b.ctx, c, nil)
		b.must(err)
	}
	got, err := b.Cursors(b.ctx)
	b.must(err)
	b.same(got, []article.Cursor{second})
}

func cursorKey(b *bench) {
	one, two := fullCursor(), fullCursor()
	two.URL += "&c=3"
	for _, c := range []article.Cursor{one, two} {
		_, err := b.SaveFeed(b.ctx, c, nil)
		b.must(err)
	}
	got, err := b.Cursors(b.ctx)
	b.must(err)
	b.same(len(got), 2)
}

func entriesAreStored(b *bench) {
	unseen, err := b.SaveFeed(b.ctx, cursorOf("courier", after(5)), []article.Entry{entryOf(1), entryOf(2)})
	b.must(err)
	b.same(unseen, 2)
	all := b.unread()
	b.same(len(all), 2)
	for i, a := range all {
		b.same(a, article.Article{
			ID: a.ID, Source: "courier", Feed: "https://courier.example/feed", Entry: entryOf(i + 1), Seen: after(5),
		})
	}
	early, err := b.Unread(b.ctx, after(4), 10)
	b.must(err)
	b.same(len(early), 0)
	onTime, err := b.Unread(b.ctx, after(5), 10)
	b.must(err)
	b.same(len(onTime), 2)
}

func entryIsNewOnce(b *bench) {
	for _, want := range []int{1, 0} {
		unseen, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), []article.Entry{entryOf(1)})
		b.must(err)
		b.same(unseen, want)
	}
	b.same(len(b.unread()), 1)
}

func entryTwiceInOneFeed(b *bench) {
	unseen, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), []article.Entry{entryOf(1), entryOf(2), entryOf(1)})
	b.must(err)
	b.same(unseen, 2)
	b.same(len(b.unread()), 2)
}

func identityIsOfASource(b *bench) {
	b.saved("courier", start(), 1)
	b.saved("herald", start(), 1)
	b.same(len(b.unread()), 2)
}

func twoFeedsOneSource(b *bench) {
	b.saved("courier", start(), 1)
	other := cursorOf("courier", after(1))
	other.URL += "/politics"
	unseen, err := b.SaveFeed(b.ctx, other, []article.Entry{entryOf(1), entryOf(2)})
	b.must(err)
	b.same(unseen, 1)
	all := b.unread()
	b.same([]string{all[0].Feed, all[1].Feed}, []string{cursorOf("courier", start()).URL, other.URL})
}

func pollWithoutEntries(b *bench) {
	b.saved("courier", start(), 1)
	before := b.unread()
	b.saved("courier", after(10))
	b.same(b.unread(), before)
	got, err := b.Cursors(b.ctx)
	b.must(err)
	b.same(got, []article.Cursor{cursorOf("courier", after(10))})
}

func fullEntry() article.Entry {
	return article.Entry{
		Identity: "url:courier.example/a-b", URL: "https://courier.example/a-b", GUID: "tag:courier,2026:17",
		Title: "Les « deux » rives 🚢", Lead: "Première phrase.\n\nSeconde phrase.",
		Teasers: []string{"Autre titre", ""}, Author: "A. Martin", Sections: []string{"Monde", "Économie"},
		Published: after(-90), DateNote: "clamped", OldBefore: after(-60 * 48),
	}
}

func entryComesBack(b *bench) {
	noDate := entryOf(2)
	noDate.GUID, noDate.DateNote = noDate.URL, "missing"
	odd := entryOf(3)
	odd.GUID = "="
	entries := []article.Entry{fullEntry(), noDate, odd}
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), entries)
	b.must(err)
	for i, a := range b.unread() {
		b.same(a.Entry, entries[i])
	}
}

func entrySeenAgain(b *bench) {
	b.saved("courier", start(), 1)
	changed := entryOf(1)
	changed.Title, changed.URL = "Corrected", "https://news.example/elsewhere"
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", after(10)), []article.Entry{changed})
	b.must(err)
	all := b.unread()
	b.same(all[0].Entry, entryOf(1))
	b.same(all[0].Seen, start())
}

func arrivalOrder(b *bench) {
	b.saved("courier", after(3), 5, 3)
	b.saved("herald", after(2), 9)
	b.saved("courier", after(1), 4)
	var order []string
	last := int64(0)
	for _, a := range b.unread() {
		order = append(order, a.Identity)
		if a.ID <= last {
			b.t.Fatalf("article %d comes after %d", a.ID, last)
		}
		last = a.ID
	}
	b.same(order, []string{"number:5", "number:3", "number:9", "number:4"})
}

func readStaysRead(b *bench) {
	b.saved("courier", start(), 1)
	b.must(b.Record(b.ctx, store.Reading{Article: b.unread()[0], At: after(1)}))
	b.saved("courier", after(2), 1)
	b.same(len(b.unread()), 0)
}

func timesOfCursor(b *bench) {
	c := article.Cursor{Source: "courier", URL: "https://courier.example/feed"}
	c.Checked = time.Date(2026, 3, 2, 14, 0, 0, 123_987_654, time.FixedZone("+07", 7*3600))
	_, err := b.SaveFeed(b.ctx, c, nil)
	b.must(err)
	all, err := b.Cursors(b.ctx)
	b.must(err)
	got := all[0]
	b.same(got.Checked, time.Date(2026, 3, 2, 7, 0, 0, 123_000_000, time.UTC))
	b.same(got.Checked.Location().String(), "UTC")
	for _, zero := range []time.Time{got.Since, got.OK, got.Due} {
		b.same(zero.IsZero(), true)
	}
}
