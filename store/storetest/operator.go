package storetest

import (
	"errors"
	"testing"
	"time"

	"presswatch/store"
)

func testOperator(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"what is parked is ready again by a retry, in its layout": retryParked,
		"what is dropped is ready again by a retry":               retryDropped,
		"a retry hurries what waits, and leaves it in doubt":      retryOpen,
		"what is sent is neither retried nor dropped":             sentIsLeftAlone,
		"what is dropped is worked on no more":                    droppedIsDone,
		"the first reason to drop stays":                          dropTwice,
		"a receipt settles what was dropped":                      dropInDoubt,
		"what follows a dropped delivery is let go":               followerOfDropped,
		"the outbox is listed by state, newest first":             listed,
		"a delivery is found by its id":                           foundByID,
		"a message that arrives ends its channel's pause":         arrivalEndsPause,
		"what is not there cannot be retried or dropped":          operateOnNothing,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// settled ends the test unless err says that the delivery is past changing.
func (b *bench) settled(err error) {
	b.t.Helper()
	if !errors.Is(err, store.ErrSettled) {
		b.t.Fatalf("got %v, not ErrSettled", err)
	}
}

func retryParked(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	b.must(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Ready, Due: after(3), Plain: true}))
	b.must(b.Park(b.ctx, "d1", "no_text", after(4)))
	b.must(b.Retry(b.ctx, "d1", after(9)))
	b.same(len(b.due(after(8))), 0)
	d := b.only()
	b.same([]any{d.State, d.Plain, d.Due, d.Attempts, d.Error}, []any{store.Ready, false, after(9), 1, "no_text"})
}

func retryDropped(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Drop(b.ctx, "d1", "stale", after(1)))
	b.must(b.Retry(b.ctx, "d1", after(2)))
	b.same(b.only().State, store.Ready)
}

func retryOpen(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Attempt(b.ctx, "d1", after(1), after(60)))
	b.must(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Attempted, Due: after(60), Plain: true}))
	b.must(b.Retry(b.ctx, "d1", after(2)))
	d := b.due(after(2))[0]
	b.same([]any{d.State, d.Plain}, []any{store.Attempted, true})
}

func sentIsLeftAlone(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Confirm(b.ctx, "d1", receiptOf("1.1")))
	b.settled(b.Retry(b.ctx, "d1", after(2)))
	b.settled(b.Drop(b.ctx, "d1", "stale", after(2)))
	b.same(b.counted(), map[store.State]int{store.Sent: 1})
}

func droppedIsDone(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Drop(b.ctx, "d1", "stale", after(1)))
	b.same(len(b.due(after(100))), 0)
	b.nextIs(time.Time{}, time.Time{})
	b.settled(b.Attempt(b.ctx, "d1", after(2), after(3)))
	b.settled(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Ready, Due: after(3)}))
	b.settled(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Attempted, Due: after(3)}))
	b.settled(b.Park(b.ctx, "d1", "no_text", after(3)))
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf("d1")}, At: after(4)})
	b.must(err)
	b.same(ok, false)
	b.same(b.counted(), map[store.State]int{store.Dropped: 1})
}

func dropTwice(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Drop(b.ctx, "d1", "stale", after(1)))
	b.must(b.Drop(b.ctx, "d1", "wrong", after(1)))
	d, err := b.Delivery(b.ctx, "d1")
	b.must(err)
	b.same(d.Error, "stale")
}

func dropInDoubt(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	b.must(b.Drop(b.ctx, "d1", "stale", after(2)))
	b.must(b.Confirm(b.ctx, "d1", receiptOf("1.1")))
	b.same(b.counted(), map[store.State]int{store.Sent: 1})
}

func followerOfDropped(b *bench) {
	b.enqueued(deliveryOf("first"), replyTo("first", "reply"))
	b.must(b.Drop(b.ctx, "first", "stale", after(1)))
	b.same(b.dueIDs(after(5)), []string{"reply"})
}

func listed(b *bench) {
	for i, id := range []string{"d1", "d2", "d3", "d4"} {
		d := deliveryOf(id)
		d.Created = after(i)
		b.enqueued(d)
	}
	b.must(b.Drop(b.ctx, "d1", "stale", after(9)))
	b.must(b.Park(b.ctx, "d3", "no_text", after(9)))
	for _, test := range []struct {
		most   int
		states []store.State
		want   []string
	}{
		{9, []store.State{store.Ready}, []string{"d4", "d2"}},
		{1, []store.State{store.Ready}, []string{"d4"}},
		{9, []store.State{store.Parked, store.Ready}, []string{"d4", "d3", "d2"}},
		{9, []store.State{store.Dropped}, []string{"d1"}},
		{9, []store.State{store.Sent}, nil},
	} {
		all, err := b.Outbox(b.ctx, test.most, test.states...)
		b.must(err)
		var got []string
		for _, d := range all {
			got = append(got, d.ID)
			b.same(len(d.Payload), 0)
		}
		b.same(got, test.want)
	}
}

func foundByID(b *bench) {
	want := editOf("nobody", "edit")
	b.enqueued(want)
	got, err := b.Delivery(b.ctx, "edit")
	b.must(err)
	b.same(got, want)
}

func arrivalEndsPause(b *bench) {
	other := deliveryOf("d3")
	other.Channel = "#other"
	b.enqueued(deliveryOf("d1"), deliveryOf("d2"), other)
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(15)))
	b.must(b.PauseChannel(b.ctx, "#other", "is_archived", after(15)))
	b.must(b.Confirm(b.ctx, "d1", receiptOf("1.1")))
	b.same(b.dueIDs(after(1)), []string{"d2"})
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same(sum.Paused, []store.Pause{{Channel: "#other", Reason: "is_archived", Until: after(15)}})
}

func operateOnNothing(b *bench) {
	_, err := b.Delivery(b.ctx, "nobody")
	for _, err := range []error{err, b.Retry(b.ctx, "nobody", after(1)), b.Drop(b.ctx, "nobody", "", after(1))} {
		if !errors.Is(err, store.ErrNotFound) {
			b.t.Errorf("got %v, not ErrNotFound", err)
		}
	}
}
