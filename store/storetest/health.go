package storetest

import (
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testHealth(t *testing.T, open Open) {
	t.Run("what a cursor knows is kept whole", func(t *testing.T) {
		b := newBench(t, open)
		c := knowing("courier")
		for _, window := range []string{"0123456789abcdef", "", "fedcba9876543210", "fedcba9876543210"} {
			c.Window = window
			_, err := b.SaveFeed(b.ctx, c, nil)
			b.must(err)
			b.reopen()
			all, err := b.Cursors(b.ctx)
			b.must(err)
			b.same(all, []article.Cursor{c})
		}
	})
	t.Run("a gap is settled once, and tells of it then", testGap(open))
	t.Run("an incident is kept from its opening to its end", testIncident(open))
	t.Run("the times of a feed are those of what it brought first", testPublished(open))
}

func testGap(open Open) func(*testing.T) {
	return func(t *testing.T) {
		b := newBench(t, open)
		c := knowing("courier")
		_, err := b.SaveFeed(b.ctx, c, nil)
		b.must(err)
		gap := article.Gap{
			Source: c.Source, Feed: c.URL, Stretch: c.Missing.Stretch, Found: c.Missing.Found, Settled: after(60),
			Filled: 3, Left: article.Stretch{From: after(5), To: after(9)}, Why: "no sitemap",
		}
		told := store.Batch{Deliveries: []store.Delivery{deliveryOf("gap-1")}, At: after(60)}
		other := gap
		other.To = after(40)
		b.same(b.settle(other, told), false)
		b.same(b.dueIDs(after(60)), []string{})
		b.same(b.settle(gap, told), true)
		b.same(b.settle(gap, told), false)
		b.reopen()
		b.same(b.dueIDs(after(60)), []string{"gap-1"})
		b.same(b.gaps(after(29)), []article.Gap{gap})
		b.same(b.gaps(after(30)), []article.Gap{})
		c.Missing = article.Missing{}
		all, err := b.Cursors(b.ctx)
		b.must(err)
		b.same(all, []article.Cursor{c})
		_, err = b.SettleGap(b.ctx, article.Gap{Source: "nobody", Feed: "nothing"}, store.Batch{})
		b.refused(err)
	}
}

func testIncident(open Open) func(*testing.T) {
	return func(t *testing.T) {
		b := newBench(t, open)
		c := knowing("courier")
		_, err := b.SaveFeed(b.ctx, c, nil)
		b.must(err)
		i := article.Incident{Source: c.Source, Feed: c.URL, Opened: after(1), Kind: article.Failing, Text: "503", Began: start(), Told: after(1), Delivery: "trouble-1"}
		told := store.Batch{Deliveries: []store.Delivery{deliveryOf("trouble-1")}, At: after(1)}
		b.must(b.SaveIncident(b.ctx, i, told))
		b.same(b.incidents(after(90)), []article.Incident{i})
		i.Kind, i.Text, i.Good = article.NoFeed, "a page", 1
		told.Deliveries = append(told.Deliveries, deliveryOf("trouble-2"))
		b.must(b.SaveIncident(b.ctx, i, told))
		b.same(b.dueIDs(after(2)), []string{"trouble-1", "trouble-2"})
		i.Closed = after(10)
		b.must(b.SaveIncident(b.ctx, i, store.Batch{}))
		again := i
		again.Opened, again.Closed = after(20), time.Time{}
		b.must(b.SaveIncident(b.ctx, again, store.Batch{}))
		b.reopen()
		b.same(b.incidents(after(10)), []article.Incident{i, again})
		b.same(b.incidents(after(11)), []article.Incident{again})
		b.refused(b.SaveIncident(b.ctx, article.Incident{Source: "nobody", Feed: "nothing"}, store.Batch{}))
	}
}

func testPublished(open Open) func(*testing.T) {
	return func(t *testing.T) {
		b := newBench(t, open)
		first, second := cursorOf("courier", after(1)), cursorOf("courier", after(2))
		second.URL += "/2"
		for i, c := range []article.Cursor{first, second} {
			var entries []article.Entry
			for n := range 4 + i { // the second has one more
				e := entryOf(n)
				e.Published = after(100 - 10*n)
				entries = append(entries, e)
			}
			entries[1].Published = time.Time{}
			_, err := b.SaveFeed(b.ctx, c, entries)
			b.must(err)
		}
		for _, a := range b.unread() {
			b.must(b.Record(b.ctx, store.Reading{Article: a, At: after(3)}))
		}
		times := func(url string, since time.Time) []time.Time {
			all, err := b.Published(b.ctx, "courier", url, since)
			b.must(err)
			return all
		}
		b.same(times(first.URL, start()), []time.Time{after(70), after(80), after(100)})
		b.same(times(first.URL, after(80)), []time.Time{after(80), after(100)})
		b.same(times(second.URL, start()), []time.Time{after(60)})
		b.same(times("nothing", start()), []time.Time{})
	}
}

// knowing is a cursor with everything set that is about the feed's health.
func knowing(source string) article.Cursor {
	c := cursorOf(source, after(30))
	c.Kind, c.TTL, c.Newest, c.Empty = "rss", 90*time.Minute, after(20), 2
	c.Missing = article.Missing{Stretch: article.Stretch{From: start(), To: after(30)}, Found: after(30), Due: after(31), Tries: 2}
	c.Move = article.Move{To: "https://elsewhere.example/feed", Since: after(3), Seen: 7, Taken: true}
	return c
}

func (b *bench) settle(g article.Gap, told store.Batch) bool {
	b.t.Helper()
	settled, err := b.SettleGap(b.ctx, g, told)
	b.must(err)
	return settled
}

func (b *bench) gaps(since time.Time) []article.Gap {
	b.t.Helper()
	all, err := b.Gaps(b.ctx, since)
	b.must(err)
	return all
}

func (b *bench) incidents(since time.Time) []article.Incident {
	b.t.Helper()
	all, err := b.Incidents(b.ctx, since)
	b.must(err)
	return all
}
