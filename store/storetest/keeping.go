package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testKeeping(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"all is there after closing and opening":         reopeningKeeps,
		"odd text comes back byte for byte":              oddText,
		"a cancelled call leaves nothing half-written":   cancelledCalls,
		"a call that runs out of time is whole or not":   expiringCalls,
		"eight at once do not disturb each other":        eightAtOnce,
		"of eight that tell the same thing one succeeds": eightTellers,
		"calls on a closed store fail":                   closedStore,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// state is all that a store shows of itself.
type state struct {
	Cursors       []article.Cursor
	Unread        []article.Article
	Owed          []article.Finding
	Due           []store.Delivery
	Stored        store.Stored
	Slot          string
	NextRead      time.Time
	NextDelivered time.Time
	Summary       store.Summary
}

func (b *bench) state(ref string) state {
	b.t.Helper()
	var s state
	var err error
	s.Cursors, err = b.Cursors(b.ctx)
	b.must(err)
	s.Unread = b.unread()
	s.Owed = append(b.owed(article.Alert, "desk", "weekly"), b.owed(article.Digest, "desk", "weekly")...)
	s.Due = b.due(start().AddDate(1, 0, 0))
	s.Stored, err = b.Lookup(b.ctx, ref)
	b.must(err)
	s.Slot, err = b.LastSlot(b.ctx, "desk")
	b.must(err)
	s.NextRead, s.NextDelivered, err = b.Next(b.ctx)
	b.must(err)
	s.Summary, err = b.Summary(b.ctx)
	b.must(err)
	s.Summary.Bytes, s.Summary.Free = 0, 0
	return s
}

func reopeningKeeps(b *bench) {
	_, err := b.SaveFeed(b.ctx, fullCursor(), []article.Entry{fullEntry(), entryOf(1), entryOf(2)})
	b.must(err)
	reading := fullReading(b.unread()[0])
	b.must(b.Record(b.ctx, reading))
	b.must(b.PostponeRead(b.ctx, b.unread()[0].ID, after(30), "time-out"))
	_, err = b.Enqueue(b.ctx, store.Batch{
		Deliveries: append(threeParts(), deliveryOf("d1"), deliveryOf("d2")),
		Findings:   ids(b.owed(article.Alert, "desk")), Digest: "desk", Slot: "2026-03-02T07:00", At: after(4),
	})
	b.must(err)
	b.must(b.Attempt(b.ctx, "p1", after(5), after(8)))
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{Channel: "C1", TS: "1.1", At: after(6)}))
	b.must(b.Park(b.ctx, "d2", "no_text", after(7)))
	b.must(b.PauseChannel(b.ctx, "#other", "is_archived", after(60)))
	want := b.state(reading.Article.URL)
	for range 2 {
		b.reopen()
		b.same(b.state(reading.Article.URL), want)
	}
}

func oddText(b *bench) {
	odd := "a\x00b 🚢 \xff\xfe\xc3 end\u2028"
	cursor := article.Cursor{Source: odd, URL: odd, ETag: odd, Error: odd}
	entry := article.Entry{Identity: odd, URL: odd, GUID: odd, Title: odd, Lead: odd, Author: odd,
		Teasers: []string{odd, "", odd}, Sections: []string{odd}}
	_, err := b.SaveFeed(b.ctx, cursor, []article.Entry{entry})
	b.must(err)
	a := b.unread()[0]
	b.same(a.Entry, entry)
	match := matchOf(odd, article.Alert)
	match.Evidence = []article.Passage{{Zone: article.Body, Quote: odd[2:8], Sentence: article.Span{Start: 2, End: 8}}}
	reading := store.Reading{
		Article:  a,
		Revision: article.Revision{From: article.FromPage, Note: odd, Zones: []article.Zone{{Kind: article.Body, Text: odd}}},
		Matches:  []article.Match{match}, Owed: []store.Debt{{Digest: odd, Level: article.Alert}},
	}
	b.must(b.Record(b.ctx, reading))
	got, err := b.Lookup(b.ctx, odd)
	b.must(err)
	b.same(got, store.Stored{Article: a, Read: true, Revision: reading.Revision, Matches: reading.Matches, Revisions: 1,
		Place: article.Place{Copies: a.ID, Event: a.ID}})
	b.same(len(b.owed(article.Alert, odd)), 1)
	cursors, err := b.Cursors(b.ctx)
	b.must(err)
	b.same(cursors, []article.Cursor{cursor})
}

func cancelledCalls(b *bench) {
	b.saved("courier", start(), 1)
	b.enqueued(deliveryOf("d1"))
	want := b.state("courier/number:1")
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	_, err := b.SaveFeed(ctx, cursorOf("courier", after(9)), []article.Entry{entryOf(2)})
	b.refused(err)
	b.refused(b.Record(ctx, store.Reading{Article: want.Unread[0]}))
	b.refused(b.PostponeRead(ctx, want.Unread[0].ID, after(9), ""))
	_, err = b.Enqueue(ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf("d2")}, Digest: "desk", Slot: "s"})
	b.refused(err)
	b.refused(b.Attempt(ctx, "d1", after(1), after(2)))
	b.refused(b.Confirm(ctx, "d1", store.Receipt{}))
	b.refused(b.Postpone(ctx, "d1", store.Postponement{State: store.Ready}))
	b.refused(b.Park(ctx, "d1", "", after(1)))
	b.refused(b.PauseChannel(ctx, "#desk", "", after(9)))
	_, err = b.Summary(ctx)
	b.refused(err)
	b.same(b.state("courier/number:1"), want)
}

// expiringCalls cancels a large save at different moments of it: each time all
// of it is stored, or nothing.
func expiringCalls(b *bench) {
	stored := 0
	for i := range 12 {
		var entries []article.Entry
		for n := range 300 {
			entries = append(entries, entryOf(i*1000+n))
		}
		ctx, cancel := context.WithTimeout(b.ctx, time.Duration(i)*2*time.Millisecond)
		unseen, err := b.SaveFeed(ctx, cursorOf("courier", start()), entries)
		cancel()
		if err != nil {
			b.same(unseen, 0)
		}
		sum, errSum := b.Summary(b.ctx)
		b.must(errSum)
		if got := sum.Articles - stored; err == nil && got != 300 || err != nil && got != 0 {
			b.t.Fatalf("%d of 300 entries are stored, and the error is %v", got, err)
		}
		stored = sum.Articles
	}
}

// eightAtOnce lets eight sources poll, read and tell beside each other. A
// WaitGroup starts them: waiting for each other is what is tested.
func eightAtOnce(b *bench) {
	const rounds = 12
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for n := range rounds {
				if err := b.wholeWay(fmt.Sprintf("source-%d", worker), n); err != nil {
					b.t.Errorf("source-%d, round %d: %v", worker, n, err)
					return
				}
			}
		})
	}
	all.Wait()
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same([]int{sum.Articles, sum.Unread, sum.Outbox[store.Sent]}, []int{8 * rounds, 0, 8 * rounds})
	b.same(len(sum.Owed), 0)
}

// wholeWay brings one article from its feed to its reader.
func (b *bench) wholeWay(source string, n int) error {
	if _, err := b.SaveFeed(b.ctx, cursorOf(source, start()), []article.Entry{entryOf(n)}); err != nil {
		return err
	}
	stored, err := b.Lookup(b.ctx, source+"/"+entryOf(n).Identity)
	if err != nil {
		return err
	}
	err = b.Record(b.ctx, store.Reading{Article: stored.Article, At: start(),
		Matches: []article.Match{matchOf("rule-a", article.Alert)},
		Owed:    []store.Debt{{Digest: source, Level: article.Alert}}})
	if err != nil {
		return err
	}
	owed, err := b.Owed(b.ctx, []string{source}, article.Alert)
	if err != nil || len(owed) != 1 {
		return fmt.Errorf("%d findings are owed: %w", len(owed), err)
	}
	id := fmt.Sprintf("%s-%d", source, n)
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf(id)}, Findings: ids(owed)})
	if err != nil || !ok {
		return fmt.Errorf("enqueued %t: %w", ok, err)
	}
	if err := b.Attempt(b.ctx, id, after(1), after(2)); err != nil {
		return err
	}
	return b.Confirm(b.ctx, id, store.Receipt{Channel: "C1", TS: id, At: after(1)})
}

func eightTellers(b *bench) {
	told := ids(b.owing(1, article.Alert, "desk"))
	results := make([]bool, 8)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() {
			ok, err := b.Enqueue(b.ctx, store.Batch{
				Deliveries: []store.Delivery{deliveryOf(fmt.Sprintf("d%d", i))}, Findings: told,
			})
			if err != nil {
				b.t.Error(err)
			}
			results[i] = ok
		})
	}
	all.Wait()
	winners := 0
	for _, ok := range results {
		if ok {
			winners++
		}
	}
	b.same([]int{winners, len(b.due(start()))}, []int{1, 1})
}

func closedStore(b *bench) {
	b.must(b.Close())
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), nil)
	b.refused(err)
	_, err = b.Summary(b.ctx)
	b.refused(err)
	b.refused(b.Attempt(b.ctx, "d1", after(1), after(2)))
	b.Store = b.open(b.t, b.dir)
}
