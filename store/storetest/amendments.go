package storetest

import (
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testAmendments(t *testing.T, open Open) {
	b := newBench(t, open)
	amendments := func() []store.Amendment {
		t.Helper()
		all, err := b.Amendments(b.ctx)
		b.must(err)
		return all
	}
	first := b.placed(1, article.Place{}, article.Alert)
	b.same(len(amendments()), 0)
	b.tell("m1")
	b.placed(2, article.Place{}, article.Alert) // another story
	b.tell("m2")
	b.same(len(amendments()), 0)

	b.placed(3, article.Place{Copies: first, Event: first}, article.Alert)
	last := b.placed(4, article.Place{Event: first}, article.None)
	b.reopen()
	owed := amendments()
	b.same(len(owed), 1)
	b.same([]any{owed[0].Telling, owed[0].Article}, []any{article.Telling{Delivery: "m1", Channel: "#desk"}, last})
	b.same(len(owed[0].Findings), 1)
	b.same([]any{owed[0].Findings[0].Article.ID, len(owed[0].Findings[0].Also)}, []any{first, 2})

	edit := deliveryOf("m1-also")
	edit.Edits = "m1"
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{edit}, Amends: []string{"m1"}, At: after(100)})
	b.must(err)
	b.same(ok, true)
	b.same(len(amendments()), 0)

	stored := b.stored("courier-number:3/number:3")
	b.must(b.Record(b.ctx, store.Reading{Article: stored.Article, Earlier: 1, At: after(101)})) // a later text is no other article
	b.same(len(amendments()), 0)
	b.placed(5, article.Place{Event: first}, article.None)
	b.same(len(amendments()), 1)
}

func testStormAmended(t *testing.T, open Open) {
	b := newBench(t, open)
	first := b.placed(1, article.Place{}, article.Alert)
	b.placed(2, article.Place{}, article.Alert)
	var parts []store.Delivery
	for n, id := range []string{"storm-1", "storm-2"} {
		d := deliveryOf(id)
		d.Kind, d.Group, d.Part, d.Parts = "storm", "storm", n+1, 2
		parts = append(parts, d)
	}
	told := b.owed(article.Alert, "desk")
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: parts, Findings: ids(told), At: after(99)})
	b.must(err)
	b.same(ok, true)
	b.placed(3, article.Place{Event: first}, article.None)
	owed, err := b.Amendments(b.ctx)
	b.must(err)
	b.same(len(owed), 1) // of its parts together
	b.same([]any{owed[0].Delivery, owed[0].Kind, owed[0].Parts}, []any{"storm-1", "storm", 2})
	b.same(ids(owed[0].Findings), ids(told))
	b.same(len(owed[0].Findings[0].Also), 1)
}
