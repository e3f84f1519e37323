package storetest

import (
	"errors"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

func testSilences(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"silences are kept, and listed until they end":              silencesKept,
		"a silence ends sooner, and never later":                    silenceEnds,
		"what is held is owed no more, and counted once":            heldIsCounted,
		"what is told or held already stays as it is":               heldOnce,
		"nothing is held by half":                                   heldWhole,
		"a later text of what is held owes no more than it did":     heldText,
		"another report of what is held owes as if it were not":     heldStory,
		"what was held has not told a story, and its reports begin": heldTellsNothing,
		"a text is forgotten though a match of it was held":         heldForgotten,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func silenceOf(what string, until int) silence.Silence {
	return silence.Silence{Kind: silence.Rule, What: what, Name: "Name of " + what, Reason: "summit", From: after(0), Until: after(until)}
}

// silenced adds a silence and returns it as the store has it.
func (b *bench) silenced(what string, until int) silence.Silence {
	b.t.Helper()
	s := silenceOf(what, until)
	id, err := b.AddSilence(b.ctx, s)
	b.must(err)
	s.ID = id
	return s
}

func (b *bench) silences(after int) []silence.Silence {
	b.t.Helper()
	all, err := b.Silences(b.ctx, start().Add(time.Duration(after)*time.Minute))
	b.must(err)
	return all
}

// hushed holds findings by a silence, and ends the test unless so many are.
func (b *bench) hushed(by silence.Silence, want int, findings ...article.Finding) {
	b.t.Helper()
	var held []store.Held
	for _, f := range findings {
		held = append(held, store.Held{Finding: f.ID, Silence: by.ID})
	}
	n, err := b.Hush(b.ctx, held)
	b.must(err)
	b.same(n, want)
}

func silencesKept(b *bench) {
	one, two := b.silenced("rule-a", 60), b.silenced("rule-b", 30)
	b.reopen()
	b.same(b.silences(0), []silence.Silence{one, two})
	b.same(b.silences(30), []silence.Silence{one})
	b.same(len(b.silences(60)), 0)
}

func silenceEnds(b *bench) {
	s := b.silenced("rule-a", 60)
	b.must(b.EndSilence(b.ctx, s.ID, after(20)))
	b.must(b.EndSilence(b.ctx, s.ID, after(40)))
	s.Until = after(20)
	b.same(b.silences(0), []silence.Silence{s})
	if err := b.EndSilence(b.ctx, 99, after(1)); !errors.Is(err, store.ErrNotFound) {
		b.t.Errorf("got %v, not ErrNotFound", err)
	}
}

func heldIsCounted(b *bench) {
	by, other := b.silenced("rule-a", 60), b.owing(2, article.Digest, "desk")
	held := b.owing(1, article.Alert, "desk", "weekly")
	b.hushed(by, 2, held...)
	b.reopen()
	b.same(len(b.owed(article.Alert, "desk", "weekly")), 0)
	b.same(b.owed(article.Digest, "desk"), other)
	by.Held = 2
	b.same(b.silences(0), []silence.Silence{by})
	want := []store.Silenced{{Silence: by, Findings: ids(held[:1]), Articles: []int64{held[0].Article.ID}}}
	b.isSilenced("desk", want...)
	sum, err := b.Summary(b.ctx)
	b.must(err)
	b.same(sum.Owed, map[string]int{"desk": 1})
	b.same(sum.Silenced, map[string]int{"desk": 1, "weekly": 1})
	h, err := b.History(b.ctx, held[0].Article.ID)
	b.must(err)
	b.same(h.Hushed, []store.Hushed{
		{Article: held[0].Article.ID, Digest: "desk", Rule: "rule-a", By: by, At: start()},
		{Article: held[0].Article.ID, Digest: "weekly", Rule: "rule-a", By: by, At: start()},
	})

	ok, err := b.Enqueue(b.ctx, store.Batch{Digest: "desk", Slot: "2026-03-02T08:00", Findings: want[0].Findings, Deliveries: []store.Delivery{deliveryOf("d1")}, At: after(5)})
	b.must(err)
	b.same(ok, true)
	b.isSilenced("desk")
	h, err = b.History(b.ctx, held[0].Article.ID)
	b.must(err)
	b.same([]int{len(h.Hushed), len(h.Told)}, []int{2, 0})
}

// isSilenced ends the test unless this was held from a digest.
func (b *bench) isSilenced(digest string, want ...store.Silenced) {
	b.t.Helper()
	got, err := b.Silenced(b.ctx, digest)
	b.must(err)
	b.same(got, want)
}

func heldOnce(b *bench) {
	by, told, held := b.silenced("rule-a", 60), b.owing(1, article.Alert, "desk"), b.owing(2, article.Alert, "weekly")
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{deliveryOf("d1")}, Findings: ids(told), At: after(1)})
	b.must(err)
	b.same(ok, true)
	b.hushed(by, 1, told[0], held[0])
	b.hushed(b.silenced("rule-b", 60), 0, told[0], held[0])
	b.isSilenced("desk")
	by.Held = 1
	b.isSilenced("weekly", store.Silenced{Silence: by, Findings: ids(held), Articles: []int64{held[0].Article.ID}})
}

func heldWhole(b *bench) {
	by, owed := b.silenced("rule-a", 60), b.owing(1, article.Alert, "desk")
	for _, held := range [][]store.Held{
		{{Finding: owed[0].ID, Silence: by.ID}, {Finding: 99, Silence: by.ID}},
		{{Finding: owed[0].ID, Silence: 99}},
	} {
		if _, err := b.Hush(b.ctx, held); !errors.Is(err, store.ErrNotFound) {
			b.t.Errorf("got %v, not ErrNotFound", err)
		}
	}
	b.same(b.owed(article.Alert, "desk"), owed)
}

func heldText(b *bench) {
	a := b.placed(1, article.Place{}, article.Digest)
	b.hushed(b.silenced("rule-a", 60), 1, b.owed(article.Digest, "desk")...)
	b.reread(1, article.Digest)
	b.placed(2, article.Place{Copies: a, Event: a, Worth: 9}, article.Digest)
	b.same(len(b.waiting()), 0)
	b.reread(1, article.Alert)
	raised := b.owed(article.Alert, "desk")
	b.same(len(raised), 1)
	b.same(raised[0].Was, article.None) // as the digest was told
}

// reread records a later text of an article that was placed, with one match.
func (b *bench) reread(n int, level article.Level) {
	b.t.Helper()
	stored := b.stored("courier-" + entryOf(n).Identity + "/" + entryOf(n).Identity)
	b.must(b.Record(b.ctx, store.Reading{
		Article: stored.Article, Earlier: stored.Revisions, At: after(90), Revision: article.Revision{Fetched: after(90), From: article.FromPage},
		Matches: []article.Match{matchOf("rule-a", level)}, Owed: []store.Debt{{Digest: "desk", Level: level}},
	}))
}

func heldStory(b *bench) {
	a := b.placed(1, article.Place{}, article.Alert)
	b.hushed(b.silenced("rule-a", 60), 1, b.owed(article.Alert, "desk")...)
	another := b.placed(2, article.Place{Event: a}, article.Alert)
	b.same(b.waiting(), []int64{another})
}

func heldTellsNothing(b *bench) {
	a := b.placed(1, article.Place{}, article.Alert)
	held := b.owed(article.Alert, "desk")
	b.hushed(b.silenced("rule-a", 60), 1, held...)
	ok, err := b.Enqueue(b.ctx, store.Batch{Digest: "desk", Slot: "2026-03-02T08:00", Findings: ids(held), Deliveries: []store.Delivery{deliveryOf("d1")}, At: after(5)})
	b.must(err)
	b.same(ok, true)
	b.placed(2, article.Place{Event: a}, article.Alert)
	b.same(b.owed(article.Alert, "desk")[0].First, article.Telling{})
}

func heldForgotten(b *bench) {
	b.placed(1, article.Place{}, article.Alert)
	b.hushed(b.silenced("rule-a", 60), 1, b.owed(article.Alert, "desk")...)
	n, err := b.Forget(b.ctx, after(60*24*365), 9)
	b.must(err)
	b.same(n, 1)
}
