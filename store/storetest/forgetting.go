package storetest

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testForgetting(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"the oldest texts first, as many as asked":         forgetsOldest,
		"what an article is and what was said of it stays": forgetsTextAlone,
		"what is owed is not forgotten":                    forgetsNothingOwed,
		"what is not read is not forgotten":                forgetsNothingUnread,
		"a forgotten article is known all the same":        forgetsNoIdentity,
		"the room of texts is used again":                  forgetsForRoom,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// reported saves and reads an article of a day with a text, and what it owes.
func (b *bench) reported(n, day int, owed ...store.Debt) {
	b.t.Helper()
	entry := entryOf(n)
	entry.Published, entry.Lead = after(day*24*60), "A lead."
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", after(0)), []article.Entry{entry})
	b.must(err)
	for _, a := range b.unread() {
		reading := store.Reading{Article: a, At: after(1), Owed: owed, Revision: article.Revision{
			Fetched: after(1), From: article.FromPage, Zones: []article.Zone{
				{Kind: article.Title, Text: "A title"}, {Kind: article.Lead, Text: "A lead."}, {Kind: article.Body, Text: strings.Repeat("text ", n)}}}}
		if len(owed) > 0 {
			reading.Matches = []article.Match{{Rule: "a", Level: article.Alert, Evidence: []article.Passage{{Zone: article.Body, Quote: "text"}}}}
		}
		b.must(b.Record(b.ctx, reading))
	}
}

// forget forgets and returns the identities that are left in the archive.
func (b *bench) forget(before time.Time, n, want int) []string {
	b.t.Helper()
	got, err := b.Forget(b.ctx, before, n)
	b.must(err)
	b.same(got, want)
	return b.archive(time.Time{})
}

func forgetsOldest(b *bench) {
	for n, day := range []int{3, 1, 2, 4} {
		b.reported(n, day)
	}
	b.same(b.forget(after(3*24*60), 1, 1), []string{"number:3", "number:0", "number:2"})
	b.same(b.forget(after(3*24*60), 5, 1), []string{"number:3", "number:0"}) // not of the time itself
	b.same(b.forget(after(3*24*60), 5, 0), []string{"number:3", "number:0"})
	b.reopen()
	b.same(b.archive(time.Time{}), []string{"number:3", "number:0"})
}

func forgetsTextAlone(b *bench) {
	b.reported(1, 1, store.Debt{Digest: "desk", Level: article.Alert})
	owed, err := b.Owed(b.ctx, []string{"desk"}, article.Alert)
	b.must(err)
	_, err = b.Enqueue(b.ctx, store.Batch{Findings: []int64{owed[0].ID}, Deliveries: []store.Delivery{deliveryOf("d")}})
	b.must(err)
	before := b.lookup("courier/number:1")
	b.forget(after(9*24*60), 5, 1)
	got := b.lookup("courier/number:1")
	want := before
	want.Article.Lead = ""
	want.Revision.From, want.Revision.Zones = article.Forgotten, before.Revision.Zones[:1]
	b.same(got, want)
	b.same(b.lookup(before.Article.URL), want)
	due, err := b.Due(b.ctx, after(99*24*60))
	b.must(err)
	b.same(len(due), 1)
}

func (b *bench) lookup(ref string) store.Stored {
	b.t.Helper()
	stored, err := b.Lookup(b.ctx, ref)
	b.must(err)
	return stored
}

func forgetsNothingOwed(b *bench) {
	b.reported(1, 1, store.Debt{Digest: "desk", Level: article.Alert})
	b.reported(2, 2)
	b.same(b.forget(after(9*24*60), 5, 1), []string{"number:1"})
}

func forgetsNothingUnread(b *bench) {
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", after(0)), []article.Entry{entryOf(1)})
	b.must(err)
	b.forget(after(9*24*60), 5, 0)
	b.same(len(b.unread()), 1)
}

func forgetsNoIdentity(b *bench) {
	b.reported(1, 1)
	b.forget(after(9*24*60), 5, 1)
	unseen, err := b.SaveFeed(b.ctx, cursorOf("courier", after(1)), []article.Entry{entryOf(1)})
	b.must(err)
	b.same(unseen, 0)
}

// bulky saves and reads an article whose text does not compress to little.
func (b *bench) bulky(n int) {
	b.t.Helper()
	entry := entryOf(n)
	entry.Published = after(-n)
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", after(0)), []article.Entry{entry})
	b.must(err)
	dice := rand.New(rand.NewPCG(1, uint64(n)))
	body := make([]byte, 40_000)
	for i := range body {
		body[i] = byte('!' + dice.IntN(90))
	}
	for _, a := range b.unread() {
		b.must(b.Record(b.ctx, store.Reading{Article: a, At: after(1), Revision: article.Revision{
			From: article.FromPage, Zones: []article.Zone{{Kind: article.Body, Text: string(body)}}}}))
	}
}

// forgetsForRoom forgets as many texts as it stores, and watches the size.
func forgetsForRoom(b *bench) {
	size := func() (int64, int64) {
		sum, err := b.Summary(b.ctx)
		b.must(err)
		return sum.Bytes, sum.Free
	}
	for n := range 60 {
		b.bulky(n)
	}
	b.reopen()
	whole, _ := size()
	b.forget(after(1), 60, 60)
	if _, free := size(); free < whole/2 {
		b.t.Errorf("of %d bytes %d are free after all texts were forgotten", whole, free)
	}
	for n := range 40 {
		b.bulky(100 + n)
	}
	b.reopen()
	if now, _ := size(); now > whole+whole/4 {
		b.t.Errorf("the store grew from %d to %d bytes beside its free room", whole, now)
	}
}
