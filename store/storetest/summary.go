package storetest

import (
	"fmt"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testNext(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"nothing is due in an empty store":                      nextOfNothing,
		"the next read is the earliest unread":                  nextRead,
		"the next delivery is the earliest open one":            nextDelivery,
		"a pause moves the next delivery":                       nextAfterPause,
		"a part held back is not next":                          nextWithoutHeldParts,
		"what is due without an hour is next, and is not zero":  nextWithoutHour,
		"there is something to do from next on, and not before": nextAgreesWithDue,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func (b *bench) nextIs(read, delivery time.Time) {
	b.t.Helper()
	gotRead, gotDelivery, err := b.Next(b.ctx)
	b.must(err)
	b.same([]time.Time{gotRead, gotDelivery}, []time.Time{read, delivery})
}

func nextOfNothing(b *bench) { b.nextIs(time.Time{}, time.Time{}) }

func nextRead(b *bench) {
	b.saved("courier", after(5), 1, 2)
	b.nextIs(after(5), time.Time{})
	for i, a := range b.unread() {
		b.must(b.PostponeRead(b.ctx, a.ID, after(20-i), "time-out"))
	}
	b.nextIs(after(19), time.Time{})
	for _, a := range b.unread() {
		b.must(b.Record(b.ctx, store.Reading{Article: a, At: after(6)}))
	}
	b.nextIs(time.Time{}, time.Time{})
}

func nextDelivery(b *bench) {
	late := deliveryOf("d2")
	late.Due = after(30)
	b.enqueued(deliveryOf("d1"), late)
	b.nextIs(time.Time{}, start())
	b.must(b.Attempt(b.ctx, "d1", after(1), after(40)))
	b.nextIs(time.Time{}, after(30))
	b.must(b.Park(b.ctx, "d2", "no_text", after(2)))
	b.nextIs(time.Time{}, after(40))
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{At: after(3)}))
	b.nextIs(time.Time{}, time.Time{})
}

func nextAfterPause(b *bench) {
	other := deliveryOf("d2")
	other.Channel, other.Due = "#other", after(20)
	b.enqueued(deliveryOf("d1"), other)
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(15)))
	b.nextIs(time.Time{}, after(15))
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(25)))
	b.nextIs(time.Time{}, after(20))
	b.must(b.PauseChannel(b.ctx, "#desk", "", after(-1)))
	b.nextIs(time.Time{}, start())
}

func nextWithoutHeldParts(b *bench) {
	b.enqueued(threeParts()...)
	b.must(b.Attempt(b.ctx, "p1", after(1), after(10)))
	b.nextIs(time.Time{}, after(10))
}

func nextWithoutHour(b *bench) {
	d := deliveryOf("d1")
	d.Due = time.Time{}
	b.enqueued(d)
	b.saved("courier", time.Time{}, 1)
	read, delivery, err := b.Next(b.ctx)
	b.must(err)
	if read.IsZero() || delivery.IsZero() || read.After(start()) || delivery.After(start()) {
		b.t.Fatalf("next read %v, delivery %v", read, delivery)
	}
}

func nextAgreesWithDue(b *bench) {
	b.enqueued(threeParts()...)
	b.must(b.Attempt(b.ctx, "p1", after(1), after(10)))
	b.must(b.PauseChannel(b.ctx, "#desk", "ratelimited", after(12)))
	b.saved("courier", after(5), 1)
	read, delivery, err := b.Next(b.ctx)
	b.must(err)
	for _, test := range []struct {
		now         time.Time
		reads, sent int
	}{
		{read.Add(-time.Millisecond), 0, 0}, {read, 1, 0}, {delivery.Add(-time.Millisecond), 1, 0}, {delivery, 1, 1},
	} {
		reads, err := b.Unread(b.ctx, test.now, 1)
		b.must(err)
		b.same([]int{len(reads), len(b.due(test.now))}, []int{test.reads, test.sent})
	}
}

func testSummary(t *testing.T, open Open) {
	t.Run("an empty store counts nothing", func(t *testing.T) {
		b := newBench(t, open)
		got, err := b.Summary(b.ctx)
		b.must(err)
		got.Bytes, got.Free = 0, 0
		b.same(got, store.Summary{})
	})
	t.Run("everything is counted", func(t *testing.T) { everythingCounted(newBench(t, open)) })
	t.Run("at most twenty are shown of those parked", func(t *testing.T) { twentyParked(newBench(t, open)) })
}

func everythingCounted(b *bench) {
	b.saved("herald", start(), 10, 11)
	told := b.owing(1, article.Alert, "desk")
	b.owing(2, article.Digest, "desk", "weekly")
	b.owing(3, article.Digest, "weekly")
	sent, parked, doubt, ready := deliveryOf("d1"), deliveryOf("d2"), deliveryOf("d3"), deliveryOf("d4")
	sent.Created, parked.Created, doubt.Created = after(-9), after(-8), after(-7)
	ok, err := b.Enqueue(b.ctx, store.Batch{
		Deliveries: []store.Delivery{sent, parked, doubt, ready}, Findings: ids(told),
		Digest: "desk", Slot: "2026-03-02T07:00", At: after(1),
	})
	b.must(err)
	b.same(ok, true)
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{At: after(2)}))
	b.must(b.Park(b.ctx, "d2", "no_text", after(2)))
	b.must(b.Attempt(b.ctx, "d3", after(2), after(3)))
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(15)))

	got, err := b.Summary(b.ctx)
	b.must(err)
	if got.Bytes <= 0 {
		b.t.Errorf("the store takes %d bytes", got.Bytes)
	}
	got.Bytes, got.Free = 0, 0
	parked.State, parked.Error, parked.Payload = store.Parked, "no_text", nil
	b.same(got, store.Summary{
		Articles: 5, Unread: 2,
		Owed:   map[string]int{"desk": 1, "weekly": 2},
		Outbox: map[store.State]int{store.Ready: 1, store.Attempted: 1, store.Sent: 1, store.Parked: 1},
		Oldest: after(-7),
		Parked: []store.Delivery{parked},
		Paused: []store.Pause{{Channel: "#desk", Reason: "not_in_channel", Until: after(15)}},
		Slots:  []store.Slot{{Digest: "desk", Slot: "2026-03-02T07:00", At: after(1)}},
	})
}

func twentyParked(b *bench) {
	var want []string
	for i := range 25 {
		id := fmt.Sprintf("d-%02d", i)
		b.enqueued(deliveryOf(id))
		b.must(b.Park(b.ctx, id, "no_text", after(i)))
		want = append([]string{id}, want...)
	}
	sum, err := b.Summary(b.ctx)
	b.must(err)
	var got []string
	for _, d := range sum.Parked {
		got = append(got, d.ID)
	}
	b.same(got, want[:20])
}
