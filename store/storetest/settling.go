package storetest

import (
	"errors"
	"testing"

	"presswatch/store"
)

func testSettling(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"the first attempt is remembered, the last is renewed": attempts,
		"a postponed delivery says why and keeps its attempts": postponed,
		"a delivery in doubt stays in doubt":                   stillInDoubt,
		"plain is for good":                                    plainStays,
		"the first receipt stays":                              confirmTwice,
		"the first reason to park stays":                       parkTwice,
		"a receipt settles whatever the state":                 confirmFromAnyState,
		"what is sent is sent for good":                        sentIsFinal,
		"what is parked is not sent":                           parkedIsHeld,
		"what was not attempted is not in doubt":               doubtNeedsAttempt,
		"a delivery is postponed to ready or in doubt only":    postponeToOddState,
		"what is not stored cannot be settled":                 settleUnknown,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, open)
			b.enqueued(deliveryOf("d1"))
			test(b)
		})
	}
}

// only is the one delivery that is due a year later.
func (b *bench) only() store.Delivery {
	b.t.Helper()
	all := b.due(start().AddDate(1, 0, 0))
	if len(all) != 1 {
		b.t.Fatalf("%d deliveries are due, not 1", len(all))
	}
	return all[0]
}

// counted is how many deliveries are in each state.
func (b *bench) counted() map[store.State]int {
	b.t.Helper()
	sum, err := b.Summary(b.ctx)
	b.must(err)
	return sum.Outbox
}

func attempts(b *bench) {
	for i := range 3 {
		b.must(b.Attempt(b.ctx, "d1", after(i+1), after(i+10)))
	}
	d := b.only()
	b.same(d.Attempts, 3)
	b.same(d.FirstAttempt, after(1))
	b.same(d.LastAttempt, after(3))
	b.same(d.Due, after(12))
}

func postponed(b *bench) {
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	b.must(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Ready, Due: after(9), Reason: "ratelimited"}))
	want := deliveryOf("d1")
	want.Due, want.Attempts, want.Error = after(9), 1, "ratelimited"
	want.FirstAttempt, want.LastAttempt = after(1), after(1)
	b.same(b.only(), want)
}

func stillInDoubt(b *bench) {
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	for range 2 {
		b.must(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Attempted, Due: after(9), Reason: "no answer"}))
	}
	d := b.only()
	b.same(d.State, store.Attempted)
	b.same(d.Error, "no answer")
	b.same(d.Attempts, 1)
}

func plainStays(b *bench) {
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	for _, plain := range []bool{true, false} {
		b.must(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Ready, Due: after(9), Plain: plain}))
		b.same(b.only().Plain, true)
	}
}

func confirmTwice(b *bench) {
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{Channel: "C1", TS: "1.1", At: after(1)}))
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{Channel: "C1", TS: "1.2", At: after(2)}))
	b.same(b.counted(), map[store.State]int{store.Sent: 1})
}

func parkTwice(b *bench) {
	b.must(b.Park(b.ctx, "d1", "no_text", after(1)))
	b.must(b.Park(b.ctx, "d1", "another", after(2)))
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same(len(sum.Parked), 1)
	b.same(sum.Parked[0].Error, "no_text")
}

func confirmFromAnyState(b *bench) {
	b.enqueued(deliveryOf("d2"), deliveryOf("d3"))
	b.must(b.Attempt(b.ctx, "d2", after(1), after(3)))
	b.must(b.Park(b.ctx, "d3", "no answer in a day", after(1)))
	for _, id := range []string{"d1", "d2", "d3"} {
		b.must(b.Confirm(b.ctx, id, store.Receipt{Channel: "C1", TS: "1.1", At: after(4)}))
	}
	b.same(b.counted(), map[store.State]int{store.Sent: 3})
}

func sentIsFinal(b *bench) {
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{Channel: "C1", TS: "1.1", At: after(1)}))
	b.refused(b.Attempt(b.ctx, "d1", after(2), after(3)))
	b.refused(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Ready, Due: after(3)}))
	b.refused(b.Park(b.ctx, "d1", "no_text", after(2)))
	b.same(b.counted(), map[store.State]int{store.Sent: 1})
}

func parkedIsHeld(b *bench) {
	b.must(b.Park(b.ctx, "d1", "no_text", after(1)))
	b.refused(b.Attempt(b.ctx, "d1", after(2), after(3)))
	b.refused(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Ready, Due: after(3)}))
	b.same(b.counted(), map[store.State]int{store.Parked: 1})
}

func doubtNeedsAttempt(b *bench) {
	b.refused(b.Postpone(b.ctx, "d1", store.Postponement{State: store.Attempted, Due: after(3)}))
	b.same(b.only(), deliveryOf("d1"))
}

func postponeToOddState(b *bench) {
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	for _, state := range []store.State{store.Sent, store.Parked, "", "lost"} {
		b.refused(b.Postpone(b.ctx, "d1", store.Postponement{State: state, Due: after(9)}))
	}
	b.same(b.only().Due, after(3))
}

func settleUnknown(b *bench) {
	for _, err := range []error{
		b.Attempt(b.ctx, "nobody", after(1), after(2)),
		b.Confirm(b.ctx, "nobody", store.Receipt{At: after(1)}),
		b.Postpone(b.ctx, "nobody", store.Postponement{State: store.Ready, Due: after(1)}),
		b.Park(b.ctx, "nobody", "", after(1)),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			b.t.Errorf("got %v, not ErrNotFound", err)
		}
	}
}
