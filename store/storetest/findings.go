package storetest

import (
	"errors"
	"strings"
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testFindings(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"findings are owed by digest and level, oldest first": owedByDigest,
		"a digest asked for twice is answered once":           owedTwice,
		"nobody owes an unknown digest":                       owedUnknown,
		"a batch tells its findings and fills the outbox":     batchTells,
		"a finding is told once":                              toldOnce,
		"a delivery is enqueued once":                         deliveryOnce,
		"a batch with one thing known changes nothing":        batchIsWhole,
		"a finding that is not stored cannot be told":         tellUnknown,
		"a batch without deliveries does its slot":            emptyBatch,
		"the last slot is that of the newest batch":           lastSlot,
		"a batch that changes nothing does no slot":           refusedSlot,
		"a delivery that could not be settled is refused":     unsoundDelivery,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func owedByDigest(b *bench) {
	b.owing(1, article.Digest, "weekly")
	b.owing(2, article.Alert, "desk")
	b.owing(3, article.Digest, "desk", "weekly")
	b.same(len(b.owed(article.Alert, "desk")), 1)
	b.same(len(b.owed(article.Alert, "weekly")), 0)
	var got []string
	last := int64(0)
	for _, f := range b.owed(article.Digest, "desk", "weekly") {
		got = append(got, f.Digest+" "+f.Article.Identity)
		if f.ID <= last {
			b.t.Fatalf("finding %d comes after %d", f.ID, last)
		}
		last = f.ID
	}
	b.same(got, []string{"weekly number:1", "desk number:3", "weekly number:3"})
}

func owedTwice(b *bench) {
	b.owing(1, article.Alert, "desk")
	b.same(len(b.owed(article.Alert, "desk", "desk")), 1)
}

func owedUnknown(b *bench) {
	b.owing(1, article.Alert, "desk")
	b.same(len(b.owed(article.Alert, "nobody")), 0)
	b.same(len(b.owed(article.Alert)), 0)
}

func batchTells(b *bench) {
	told := b.owing(1, article.Alert, "desk")
	other := b.owing(2, article.Alert, "weekly")
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf("d1")}, Findings: ids(told), At: after(1)})
	b.must(err)
	b.same(ok, true)
	b.same(b.owed(article.Alert, "desk", "weekly"), other)
	b.same(b.due(start()), []store.Delivery{deliveryOf("d1")})
}

func toldOnce(b *bench) {
	told := ids(b.owing(1, article.Alert, "desk"))
	for i, id := range []string{"d1", "d2"} {
		ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf(id)}, Findings: told, At: start()})
		b.must(err)
		b.same(ok, i == 0)
	}
	b.same(b.dueIDs(start()), []string{"d1"})
}

func deliveryOnce(b *bench) {
	first := deliveryOf("d1")
	b.enqueued(first)
	second := first
	second.Payload = []byte("another")
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{second}, At: start()})
	b.must(err)
	b.same(ok, false)
	b.same(b.due(start()), []store.Delivery{first})
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{At: after(1)}))
	ok, err = b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{second}, At: start()})
	b.must(err)
	b.same(ok, false)
}

func batchIsWhole(b *bench) {
	told := ids(b.owing(1, article.Alert, "desk"))
	fresh := ids(b.owing(2, article.Alert, "weekly"))
	_, err := b.Enqueue(b.ctx, store.Batch{Findings: told, At: start()})
	b.must(err)
	ok, err := b.Enqueue(b.ctx, store.Batch{
		Deliveries: []store.Delivery{deliveryOf("d1")}, Findings: append(fresh, told...), At: start(),
	})
	b.must(err)
	b.same(ok, false)
	b.same(len(b.owed(article.Alert, "weekly")), 1)
	b.same(len(b.due(start())), 0)
}

func tellUnknown(b *bench) {
	fresh := ids(b.owing(1, article.Alert, "desk"))
	_, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf("d1")}, Findings: append(fresh, 4711), At: start()})
	b.same(errors.Is(err, store.ErrNotFound), true)
	b.same(len(b.owed(article.Alert, "desk")), 1)
	b.same(len(b.due(start())), 0)
}

func emptyBatch(b *bench) {
	ok, err := b.Enqueue(b.ctx, store.Batch{Digest: "weekly", Slot: "2026-03-02T07:00", At: start()})
	b.must(err)
	b.same(ok, true)
	slot, err := b.LastSlot(b.ctx, "weekly")
	b.must(err)
	b.same(slot, "2026-03-02T07:00")
}

func lastSlot(b *bench) {
	slot, err := b.LastSlot(b.ctx, "weekly")
	b.must(err)
	b.same(slot, "")
	for _, batch := range []store.Batch{
		{Digest: "weekly", Slot: "2026-03-02T07:00"},
		{Digest: "weekly", Slot: "2026-03-02T17:00"},
		{Digest: "desk", Slot: "2026-03-03T07:00"},
		{Digest: "weekly"}, // asked for by hand: no slot is meant
		{Deliveries: []store.Delivery{deliveryOf("alert-1")}},
	} {
		_, err := b.Enqueue(b.ctx, batch)
		b.must(err)
	}
	slot, err = b.LastSlot(b.ctx, "weekly")
	b.must(err)
	b.same(slot, "2026-03-02T17:00")
}

func refusedSlot(b *bench) {
	b.enqueued(deliveryOf("d1"))
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf("d1")}, Digest: "desk", Slot: "2026-03-02T07:00"})
	b.must(err)
	b.same(ok, false)
	slot, err := b.LastSlot(b.ctx, "desk")
	b.must(err)
	b.same(slot, "")
}

func unsoundDelivery(b *bench) {
	sent := deliveryOf("d1")
	sent.State = store.Sent
	long := deliveryOf(strings.Repeat("d", 65))
	for name, batch := range map[string][]store.Delivery{
		"not ready":        {sent},
		"without an id":    {deliveryOf("")},
		"with an odd id":   {deliveryOf("d_1")},
		"with a long id":   {long},
		"twice in a batch": {deliveryOf("d2"), deliveryOf("d2")},
	} {
		ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: batch, Digest: "desk", Slot: "2026-03-02T07:00"})
		if err == nil || ok {
			b.t.Errorf("a delivery %s was accepted", name)
		}
	}
	b.same(len(b.due(start())), 0)
	slot, err := b.LastSlot(b.ctx, "desk")
	b.must(err)
	b.same(slot, "")
}
