package storetest

import (
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// testNoticing proves when a feed that changes its words makes a visit due.
func testNoticing(t *testing.T, open Open) {
	was := fullEntry()
	was.DateNote = ""
	with := func(change func(*article.Entry)) article.Entry { e := was; change(&e); return e }
	for name, test := range map[string]struct {
		is  article.Entry
		due bool
	}{
		"another title":             {with(func(e *article.Entry) { e.Title = "Corrected" }), true},
		"another lead":              {with(func(e *article.Entry) { e.Lead = "Corrected." }), true},
		"another date":              {with(func(e *article.Entry) { e.Published = after(-5) }), true},
		"the same":                  {was, false},
		"another GUID":              {with(func(e *article.Entry) { e.GUID = "18" }), false},
		"a date that we corrected":  {with(func(e *article.Entry) { e.Published, e.DateNote = after(9), "clamped" }), true},
		"other related headlines":   {with(func(e *article.Entry) { e.Teasers = []string{"New"} }), false},
		"other sections, an author": {with(func(e *article.Entry) { e.Sections, e.Author = nil, "B. Page" }), false},
	} {
		t.Run("a feed that has "+name, func(t *testing.T) {
			b := newBench(t, open)
			b.entry("courier", 0, was)
			b.must(b.Record(b.ctx, fullReading(b.unread()[0])))
			b.entry("courier", 5, test.is)
			got := b.revisits(after(5), 9)
			if b.same(len(got) == 1, test.due); !test.due {
				return
			}
			b.same([]any{got[0].Visit.Due, got[0].Entry.Title, got[0].Entry.Lead}, []any{after(5), test.is.Title, test.is.Lead})
			b.same([]any{got[0].Entry.Identity, got[0].Entry.OldBefore, got[0].Entry.Published},
				[]any{was.Identity, was.OldBefore, got[0].Article.Published})
			for _, visit := range []store.Visit{{Count: 1}, {}} {
				b.must(b.Visited(b.ctx, got[0].Article.ID, visit, time.Time{}))
				b.entry("courier", 9, test.is)
				b.same(len(b.revisits(after(9), 9)), 0)
			}
		})
	}
	t.Run("a date that is corrected at every poll is noticed once", func(t *testing.T) { correctedDates(newBench(t, open)) })
	t.Run("another feed's words are not compared", func(t *testing.T) { otherFeedsWords(newBench(t, open)) })
	t.Run("what is not read yet is not read again", func(t *testing.T) { noticedUnread(newBench(t, open)) })
}

// entry saves one entry as a poll of a source after so many minutes.
func (b *bench) entry(source string, minutes int, e article.Entry) {
	b.t.Helper()
	_, err := b.SaveFeed(b.ctx, cursorOf(source, after(minutes)), []article.Entry{e})
	b.must(err)
}

func correctedDates(b *bench) {
	e := fullEntry()
	b.entry("courier", 0, e)
	b.must(b.Record(b.ctx, fullReading(b.unread()[0])))
	for minute := range 5 {
		e.Published = after(minute)
		b.entry("courier", minute, e)
	}
	b.same(len(b.revisits(after(9), 9)), 0)
}

func otherFeedsWords(b *bench) {
	b.entry("courier", 0, fullEntry())
	b.must(b.Record(b.ctx, fullReading(b.unread()[0])))
	other, changed := cursorOf("courier", after(5)), fullEntry()
	other.URL, changed.Title = other.URL+"/politics", "As politics has it"
	_, err := b.SaveFeed(b.ctx, other, []article.Entry{changed})
	b.must(err)
	b.same(len(b.revisits(after(9), 9)), 0)
}

func noticedUnread(b *bench) {
	b.entry("courier", 0, fullEntry())
	changed := fullEntry()
	changed.Title = "Corrected"
	b.entry("courier", 5, changed)
	b.same(len(b.revisits(after(9), 9)), 0)
	b.must(b.Record(b.ctx, fullReading(b.unread()[0])))
	b.entry("courier", 7, changed)
	b.same(len(b.revisits(after(9), 9)), 0)
}
