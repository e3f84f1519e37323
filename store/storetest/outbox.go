package storetest

import (
	"testing"
	"time"

	"presswatch/store"
)

func testOutbox(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"a delivery comes back as it was given":                deliveryComesBack,
		"a delivery waits until it is due":                     deliveryWaits,
		"deliveries come oldest first":                         deliveriesInOrder,
		"a part is held back by an earlier part that is open":  partsInOrder,
		"a part is not held back by one that is parked":        parkedPartLetsGo,
		"a part that is not yet due holds its followers":       latePartHolds,
		"deliveries without a group do not hold each other":    noGroup,
		"a paused channel is held, the others are not":         pausedChannel,
		"a pause ends by its time":                             pauseEnds,
		"a newer pause replaces an older one":                  pauseReplaced,
		"a channel is resumed by a time that has passed":       pauseResumed,
		"a pause holds what is enqueued later":                 pauseHoldsLater,
		"a delivery without an hour is due at once":            zeroDue,
		"what is sent or parked is worked on no more":          settledIsDone,
		"an attempted delivery is worked on when it is due":    attemptedComesAgain,
		"a message of several channels is as many deliveries":  channelsApart,
		"text that is not UTF-8 in a payload is kept by bytes": payloadBytes,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func deliveryComesBack(b *bench) {
	want := store.Delivery{
		ID: "digest-0123-2", Group: "digest-0123", Part: 1, Parts: 3, Kind: "digest", Channel: "#büro",
		Payload: []byte(`{"text":"«news» 🚢"}`), State: store.Ready, Created: after(1), Due: after(2), Plain: true,
	}
	b.enqueued(want)
	b.same(b.due(after(2)), []store.Delivery{want})
}

func deliveryWaits(b *bench) {
	d := deliveryOf("d1")
	d.Due = after(10)
	b.enqueued(d)
	b.same(len(b.due(after(10).Add(-time.Millisecond))), 0)
	b.same(len(b.due(after(10))), 1)
}

func deliveriesInOrder(b *bench) {
	young, old, same := deliveryOf("young"), deliveryOf("old"), deliveryOf("a-same")
	young.Created = after(2)
	old.Due = after(1)
	b.enqueued(young, old, same)
	b.same(b.dueIDs(after(3)), []string{"old", "a-same", "young"})
}

// threeParts is one message in three parts.
func threeParts() []store.Delivery {
	var parts []store.Delivery
	for i, id := range []string{"p1", "p2", "p3"} {
		d := deliveryOf(id)
		d.Group, d.Part, d.Parts = "message", i+1, 3
		parts = append(parts, d)
	}
	return parts
}

func partsInOrder(b *bench) {
	b.enqueued(threeParts()...)
	b.same(b.dueIDs(after(5)), []string{"p1"})
	b.must(b.Attempt(b.ctx, "p1", after(1), after(60)))
	b.same(len(b.dueIDs(after(5))), 0)
	b.must(b.Confirm(b.ctx, "p1", store.Receipt{Channel: "C1", TS: "1.1", At: after(1)}))
	b.same(b.dueIDs(after(5)), []string{"p2"})
	b.must(b.Attempt(b.ctx, "p2", after(2), after(60)))
	b.must(b.Postpone(b.ctx, "p2", store.Postponement{State: store.Ready, Due: after(3), Reason: "429"}))
	b.same(b.dueIDs(after(5)), []string{"p2"})
	b.must(b.Confirm(b.ctx, "p2", store.Receipt{Channel: "C1", TS: "1.2", At: after(2)}))
	b.same(b.dueIDs(after(5)), []string{"p3"})
}

func parkedPartLetsGo(b *bench) {
	b.enqueued(threeParts()...)
	b.must(b.Park(b.ctx, "p1", "invalid_blocks", after(1)))
	b.same(b.dueIDs(after(5)), []string{"p2"})
}

func latePartHolds(b *bench) {
	parts := threeParts()
	parts[0].Due = after(30)
	b.enqueued(parts...)
	b.same(len(b.dueIDs(after(29))), 0)
	b.same(b.dueIDs(after(30)), []string{"p1"})
}

func noGroup(b *bench) {
	one, two := deliveryOf("d1"), deliveryOf("d2")
	one.Group, two.Group, two.Part = "", "", 2
	b.enqueued(one, two)
	b.same(b.dueIDs(start()), []string{"d1", "d2"})
}

func pausedChannel(b *bench) {
	other := deliveryOf("d2")
	other.Channel = "#other"
	b.enqueued(deliveryOf("d1"), other)
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(15)))
	b.same(b.dueIDs(after(14)), []string{"d2"})
}

func pauseEnds(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(15)))
	b.same(len(b.dueIDs(after(15).Add(-time.Millisecond))), 0)
	b.same(b.dueIDs(after(15)), []string{"d1"})
}

func pauseReplaced(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(60)))
	b.must(b.PauseChannel(b.ctx, "#desk", "ratelimited", after(5)))
	b.same(b.dueIDs(after(5)), []string{"d1"})
}

func pauseResumed(b *bench) {
	for _, past := range []time.Time{{}, after(-1)} {
		b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(60)))
		b.must(b.PauseChannel(b.ctx, "#desk", "", past))
	}
	b.enqueued(deliveryOf("d1"))
	b.same(b.dueIDs(start()), []string{"d1"})
}

func pauseHoldsLater(b *bench) {
	b.must(b.PauseChannel(b.ctx, "#desk", "not_in_channel", after(15)))
	b.enqueued(deliveryOf("d1"))
	b.same(len(b.dueIDs(after(1))), 0)
}

func zeroDue(b *bench) {
	d := deliveryOf("d1")
	d.Due = time.Time{}
	b.enqueued(d)
	b.same(b.dueIDs(start()), []string{"d1"})
}

func settledIsDone(b *bench) {
	b.enqueued(deliveryOf("d1"), deliveryOf("d2"), deliveryOf("d3"))
	b.must(b.Confirm(b.ctx, "d1", store.Receipt{Channel: "C1", At: after(1)}))
	b.must(b.Park(b.ctx, "d2", "no_text", after(1)))
	b.same(b.dueIDs(after(100)), []string{"d3"})
}

func attemptedComesAgain(b *bench) {
	b.enqueued(deliveryOf("d1"))
	b.must(b.Attempt(b.ctx, "d1", after(1), after(3)))
	b.same(len(b.due(after(2))), 0)
	want := deliveryOf("d1")
	want.State, want.Attempts, want.Due = store.Attempted, 1, after(3)
	want.FirstAttempt, want.LastAttempt = after(1), after(1)
	b.same(b.due(after(3)), []store.Delivery{want})
}

func channelsApart(b *bench) {
	one, two := deliveryOf("d1"), deliveryOf("d2")
	two.Channel = "#other"
	b.enqueued(one, two)
	b.must(b.Park(b.ctx, "d1", "no_text", after(1)))
	b.same(b.dueIDs(start()), []string{"d2"})
}

func payloadBytes(b *bench) {
	d := deliveryOf("d1")
	d.Payload = []byte("a\x00b\xff\xfe🚢")
	b.enqueued(d)
	b.same(b.due(start())[0].Payload, d.Payload)
}
