package storetest

import (
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testStories(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"an article that is not placed stands alone":            standsAlone,
		"a copy owes nothing that is told":                      copyOfTold,
		"a copy owes nothing that waits":                        copyOfWaiting,
		"a copy owes what another rule found":                   copyOtherRule,
		"a copy at a higher level is owed":                      copyHigher,
		"the best of the copies speaks while it waits":          bestCopySpeaks,
		"a report of a told event owes nothing":                 reportOfTold,
		"a report at a higher level is owed":                    reportHigher,
		"a report does not speak for another":                   reportSpeaksForItself,
		"a report of another event is owed":                     reportOfItsOwn,
		"a copy of what was told in another event owes nothing": copyAcrossEvents,
		"groups of copies that are one get one name":            mergedCopies,
		"an event is never changed":                             eventStays,
		"a later text stays where the article is":               laterTextStays,
		"the other articles of a story are told with it":        relativesOfStory,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// placed records article n of a source of its own at a place, with one match at
// a level owed to the digest desk; None for no match. It returns its number.
func (b *bench) placed(n int, place article.Place, level article.Level, merged ...int64) int64 {
	b.t.Helper()
	source := "courier-" + entryOf(n).Identity
	b.saved(source, after(n), n)
	stored := b.stored(source + "/" + entryOf(n).Identity)
	reading := store.Reading{Article: stored.Article, Place: place, Merged: merged, At: after(n),
		Revision: article.Revision{Fetched: after(n), From: article.FromPage}}
	if level != article.None {
		reading.Matches = []article.Match{matchOf("rule-a", level)}
		reading.Owed = []store.Debt{{Digest: "desk", Level: level}}
	}
	b.must(b.Record(b.ctx, reading))
	return stored.Article.ID
}

// waiting are the numbers of the articles that desk is owed, at both levels.
func (b *bench) waiting() (articles []int64) {
	b.t.Helper()
	for _, f := range append(b.owed(article.Alert, "desk"), b.owed(article.Digest, "desk")...) {
		articles = append(articles, f.Article.ID)
	}
	return articles
}

func (b *bench) place(n int) article.Place {
	b.t.Helper()
	return b.stored("courier-" + entryOf(n).Identity + "/" + entryOf(n).Identity).Place
}

func standsAlone(b *bench) {
	for n := range 2 {
		id := b.placed(n, article.Place{Worth: 7}, article.Digest)
		b.same(b.place(n), article.Place{Copies: id, Event: id, Worth: 7})
	}
	b.same(len(b.waiting()), 2)
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same([]int{sum.Copies, sum.Reports}, []int{0, 0})
}

func copyOfTold(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	b.tell("m1")
	b.placed(2, article.Place{Copies: first, Event: first, Worth: 99}, article.Digest)
	b.same(len(b.waiting()), 0)
	b.reopen()
	b.placed(3, article.Place{Copies: first, Event: first}, article.Digest)
	b.same(len(b.waiting()), 0)
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same([]int{sum.Copies, sum.Reports}, []int{2, 2})
}

func copyOfWaiting(b *bench) {
	first := b.placed(1, article.Place{Worth: 5}, article.Alert)
	b.placed(2, article.Place{Copies: first, Event: first, Worth: 5}, article.Alert)
	b.placed(3, article.Place{Copies: first, Event: first, Worth: 5}, article.Digest)
	b.same(b.waiting(), []int64{first})
}

func copyOtherRule(b *bench) {
	first := b.placed(1, article.Place{}, article.Alert)
	b.tell("m1")
	b.saved("herald", after(9), 9)
	reading := store.Reading{Article: b.stored("herald/number:9").Article, Place: article.Place{Copies: first, Event: first},
		Matches: []article.Match{matchOf("rule-b", article.Digest)}, Owed: []store.Debt{{Digest: "desk", Level: article.Digest}}}
	b.must(b.Record(b.ctx, reading))
	owed := b.owed(article.Digest, "desk")
	b.same(len(owed), 1)
	b.same([]any{owed[0].Match.Rule, owed[0].Was, owed[0].First.Delivery}, []any{"rule-b", article.None, "m1"})
}

func copyHigher(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	b.tell("m1")
	second := b.placed(2, article.Place{Copies: first, Event: first}, article.Alert)
	owed := b.owed(article.Alert, "desk")
	b.same(len(owed), 1)
	b.same([]any{owed[0].Article.ID, owed[0].Was, owed[0].First.Delivery}, []any{second, article.Digest, "m1"})
}

func bestCopySpeaks(b *bench) {
	first := b.placed(1, article.Place{Worth: 5}, article.Digest)
	place := article.Place{Copies: first, Event: first, Worth: 4}
	b.placed(2, place, article.Digest)
	b.same(b.waiting(), []int64{first})
	place.Worth = 6
	best := b.placed(3, place, article.Digest)
	b.same(b.waiting(), []int64{best})
	place.Worth = 0
	raised := b.placed(4, place, article.Alert)
	b.same(b.waiting(), []int64{raised})
}

func reportOfTold(b *bench) {
	first := b.placed(1, article.Place{}, article.Alert)
	b.tell("m1")
	for n := 2; n < 5; n++ {
		b.placed(n, article.Place{Event: first, Worth: n}, article.Alert)
		b.same(len(b.waiting()), 0)
	}
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same([]int{sum.Copies, sum.Reports}, []int{0, 3})
}

func reportHigher(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	b.tell("m1")
	second := b.placed(2, article.Place{Event: first}, article.Alert)
	owed := b.owed(article.Alert, "desk")
	b.same(len(owed), 1)
	b.same([]any{owed[0].Article.ID, owed[0].Was, owed[0].First.Delivery}, []any{second, article.Digest, "m1"})
}

func reportSpeaksForItself(b *bench) {
	first := b.placed(1, article.Place{Worth: 1}, article.Digest)
	b.placed(2, article.Place{Event: first, Worth: 9}, article.Digest)
	b.same(b.waiting(), []int64{first})
}

func reportOfItsOwn(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	b.tell("m1")
	second := b.placed(2, article.Place{}, article.Digest)
	b.same(b.waiting(), []int64{second})
	b.same(b.owed(article.Digest, "desk")[0].First, article.Telling{})
	b.same(first == second, false)
}

func copyAcrossEvents(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	b.tell("m1")
	b.placed(2, article.Place{Copies: first}, article.Digest)
	b.same(len(b.waiting()), 0)
}

func mergedCopies(b *bench) {
	first := b.placed(1, article.Place{}, article.None)
	second := b.placed(2, article.Place{}, article.None)
	b.placed(3, article.Place{Copies: second}, article.None)
	b.placed(4, article.Place{Copies: first}, article.None, second)
	for n := 1; n <= 4; n++ {
		b.same(b.place(n).Copies, first)
	}
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same(sum.Copies, 3)
}

func eventStays(b *bench) {
	first := b.placed(1, article.Place{}, article.None)
	b.placed(2, article.Place{Event: first}, article.None)
	stored := b.stored("courier-number:2/number:2")
	for earlier, event := range []int64{0, stored.Article.ID, 0} {
		b.must(b.Record(b.ctx, store.Reading{Article: stored.Article, Earlier: earlier, Place: article.Place{Event: event}}))
		b.same(b.place(2).Event, first)
	}
}

func laterTextStays(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	b.tell("m1")
	b.placed(2, article.Place{Copies: first, Event: first, Worth: 3}, article.Digest)
	stored := b.stored("courier-number:2/number:2")
	b.must(b.Record(b.ctx, store.Reading{Article: stored.Article, Earlier: 1, Place: article.Place{Worth: 8},
		Matches: []article.Match{matchOf("rule-a", article.Digest)}, Owed: []store.Debt{{Digest: "desk", Level: article.Digest}}}))
	b.same(b.place(2), article.Place{Copies: first, Event: first, Worth: 8})
	b.same(len(b.waiting()), 0)
}

func relativesOfStory(b *bench) {
	first := b.placed(1, article.Place{}, article.Digest)
	second := b.placed(2, article.Place{Copies: first, Event: first}, article.Digest)
	third := b.placed(3, article.Place{Event: first}, article.Digest)
	b.placed(4, article.Place{}, article.None)
	want := []article.Relative{
		{Article: b.stored("courier-number:2/number:2").Article, Kinship: article.Copy},
		{Article: b.stored("courier-number:3/number:3").Article, Kinship: article.Report},
	}
	b.same(b.owed(article.Digest, "desk")[0].Also, want)
	h, err := b.History(b.ctx, first)
	b.must(err)
	b.same(h.Also, want)
	b.tell("m1")
	for id, kin := range map[int64][]article.Kinship{second: {article.Copy, article.Report}, third: {article.Report, article.Report}} {
		h, err := b.History(b.ctx, id)
		b.must(err)
		b.same([]article.Kinship{h.Also[0].Kinship, h.Also[1].Kinship}, kin)
		b.same([]int64{h.Also[0].ID, h.Told[0].Article}, []int64{first, first})
	}
}
