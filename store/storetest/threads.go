package storetest

import (
	"testing"
	"time"

	"presswatch/store"
)

func testThreads(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"what follows waits for what it follows":              followerWaits,
		"what follows learns where the first message stands":  followerLearns,
		"what follows is let go when the first is parked":     followerOfParked,
		"what follows an unknown delivery waits for nobody":   followerOfUnknown,
		"what follows into another channel learns no receipt": followerElsewhere,
		"those that follow one message keep their order":      followersInOrder,
		"an edit and a reply to one message keep their order": editBeforeReply,
		"a delivery in doubt holds those that follow it":      doubtHoldsFollowers,
		"what was enqueued later holds nobody":                laterHoldsNobody,
		"a delivery cannot both follow and edit":              followAndEdit,
		"a follower comes back as it was given":               followerComesBack,
		"the first of a message in parts can be followed":     followerOfParts,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// replyTo is a ready delivery for the thread of another.
func replyTo(parent, id string) store.Delivery {
	d := deliveryOf(id)
	d.Thread = parent
	return d
}

// editOf is a ready delivery that takes the place of another.
func editOf(parent, id string) store.Delivery {
	d := deliveryOf(id)
	d.Edits = parent
	return d
}

func receiptOf(ts string) store.Receipt { return store.Receipt{Channel: "C1", TS: ts, At: after(1)} }

func followerWaits(b *bench) {
	b.enqueued(deliveryOf("first"))
	b.enqueued(replyTo("first", "reply"), editOf("first", "edit"))
	b.same(b.dueIDs(after(5)), []string{"first"})
	b.nextIs(time.Time{}, start())
}

func followerLearns(b *bench) {
	b.enqueued(deliveryOf("first"), replyTo("first", "reply"))
	b.must(b.Confirm(b.ctx, "first", receiptOf("1.1")))
	due := b.due(after(5))
	b.same(len(due), 1)
	b.same([]any{due[0].ID, due[0].Thread, due[0].Edits, due[0].Parent}, []any{"reply", "first", "", receiptOf("1.1")})
}

func followerOfParked(b *bench) {
	b.enqueued(deliveryOf("first"), replyTo("first", "reply"))
	b.must(b.Park(b.ctx, "first", "no_text", after(1)))
	due := b.due(after(5))
	b.same(len(due), 1)
	b.same([]any{due[0].ID, due[0].Parent}, []any{"reply", store.Receipt{}})
}

func followerOfUnknown(b *bench) {
	b.enqueued(replyTo("nobody", "reply"))
	due := b.due(start())
	b.same([]any{len(due), due[0].Parent}, []any{1, store.Receipt{}})
}

func followerElsewhere(b *bench) {
	reply := replyTo("first", "reply")
	reply.Channel = "#other"
	b.enqueued(deliveryOf("first"), reply)
	b.same(b.dueIDs(start()), []string{"first"})
	b.must(b.Confirm(b.ctx, "first", receiptOf("1.1")))
	b.same(b.due(start())[0].Parent, store.Receipt{})
}

func followersInOrder(b *bench) {
	b.enqueued(deliveryOf("first"), replyTo("first", "b-reply"), replyTo("first", "a-reply"))
	for _, id := range []string{"first", "b-reply", "a-reply"} {
		b.same(b.dueIDs(after(5)), []string{id})
		b.must(b.Confirm(b.ctx, id, receiptOf("1."+id)))
	}
}

func editBeforeReply(b *bench) {
	b.enqueued(deliveryOf("first"))
	b.must(b.Confirm(b.ctx, "first", receiptOf("1.1")))
	b.enqueued(editOf("first", "edit"), replyTo("first", "reply"))
	b.same(b.dueIDs(after(5)), []string{"edit"})
	b.must(b.Attempt(b.ctx, "edit", after(1), after(60)))
	b.same(len(b.due(after(5))), 0)
	b.must(b.Park(b.ctx, "edit", "no_text", after(2)))
	b.same(b.dueIDs(after(5)), []string{"reply"})
}

func doubtHoldsFollowers(b *bench) {
	b.enqueued(deliveryOf("first"), replyTo("first", "reply"))
	b.must(b.Attempt(b.ctx, "first", after(1), after(3)))
	b.must(b.Postpone(b.ctx, "first", store.Postponement{State: store.Attempted, Due: after(30)}))
	b.same(len(b.due(after(29))), 0)
	b.nextIs(time.Time{}, after(30))
}

func laterHoldsNobody(b *bench) {
	b.enqueued(replyTo("second", "first"))
	b.enqueued(replyTo("first", "second"))
	b.same(b.dueIDs(start()), []string{"first"})
	b.must(b.Confirm(b.ctx, "first", receiptOf("1.1")))
	b.same(b.dueIDs(start()), []string{"second"})
}

func followAndEdit(b *bench) {
	d := replyTo("one", "d1")
	d.Edits = "other"
	_, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{d}, At: start()})
	b.refused(err)
	b.same(len(b.due(start())), 0)
}

func followerComesBack(b *bench) {
	edit := editOf("nobody", "edit")
	b.enqueued(edit)
	b.reopen()
	b.same(b.due(start()), []store.Delivery{edit})
}

func followerOfParts(b *bench) {
	b.enqueued(threeParts()...)
	b.enqueued(replyTo("p1", "reply"))
	b.same(b.dueIDs(after(5)), []string{"p1"})
	b.must(b.Confirm(b.ctx, "p1", receiptOf("1.1")))
	b.same(b.dueIDs(after(5)), []string{"p2", "reply"})
}
