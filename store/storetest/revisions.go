package storetest

import (
	"errors"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testRevisions(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"a later text is the newest, and the first is kept":  laterText,
		"a reading of an older state changes nothing":        lateReading,
		"a level that was told is not owed again":            sameLevelAgain,
		"a level that rose is owed, with where it was told":  risenLevel,
		"a level that rises before it is told is owed once":  risesUntold,
		"a later text speaks for the one that waits":         laterTextSpeaks,
		"a rule of its own is owed beside another":           otherRule,
		"a visit is due, and over":                           visitIsDue,
		"visits are of each source so many, oldest first":    visitsPerSource,
		"a withdrawn article says so until it is read again": withdrawnArticle,
		"what is not stored has no visit and no history":     unknownVisit,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

// read records a text of article n, with matches owed to the digest desk.
func (b *bench) read(n int, text string, matches ...article.Match) {
	b.t.Helper()
	stored, err := b.Lookup(b.ctx, "courier/"+entryOf(n).Identity)
	b.must(err)
	reading := store.Reading{
		Article: stored.Article, Earlier: stored.Revisions, Matches: matches, At: after(10 * (1 + stored.Revisions)),
		Revision: article.Revision{Fetched: after(10 * (1 + stored.Revisions)), From: article.FromPage,
			Zones: []article.Zone{{Kind: article.Body, Text: text}}},
	}
	for i, m := range matches {
		reading.Owed = append(reading.Owed, store.Debt{Match: i, Digest: "desk", Level: m.Level})
	}
	b.must(b.Record(b.ctx, reading))
}

// tell tells all that is owed to the digest desk, in one message.
func (b *bench) tell(message string) {
	b.t.Helper()
	findings := append(b.owed(article.Alert, "desk"), b.owed(article.Digest, "desk")...)
	d := deliveryOf(message)
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: []store.Delivery{d}, Findings: ids(findings), At: after(99)})
	b.must(err)
	b.same(ok, true)
}

func laterText(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.", matchOf("rule-a", article.Digest))
	b.read(1, "Second.")
	got, err := b.Lookup(b.ctx, "courier/number:1")
	b.must(err)
	b.same([]any{got.Revision.Text(article.Body), len(got.Matches), got.Revisions}, []any{"Second.", 0, 2})
	h, err := b.History(b.ctx, got.Article.ID)
	b.must(err)
	var texts []string
	for _, r := range h.Revisions {
		texts = append(texts, r.Text(article.Body))
	}
	b.same(texts, []string{"First.", "Second."})
	b.same(h.Revisions[1], got.Revision)
	b.same(len(b.owed(article.Digest, "desk")), 1)
}

func lateReading(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.")
	late := fullReading(b.stored("courier/number:1").Article)
	for _, earlier := range []int{0, 2} {
		late.Earlier = earlier
		b.must(b.Record(b.ctx, late))
		b.same(b.stored("courier/number:1").Revisions, 1)
		b.same(len(b.owed(article.Alert, "desk")), 0)
	}
}

func (b *bench) stored(ref string) store.Stored {
	b.t.Helper()
	got, err := b.Lookup(b.ctx, ref)
	b.must(err)
	return got
}

func sameLevelAgain(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.", matchOf("rule-a", article.Alert))
	b.tell("m1")
	for _, level := range []article.Level{article.Alert, article.Digest} {
		b.read(1, "Later.", matchOf("rule-a", level))
		b.same(len(b.owed(article.Alert, "desk"))+len(b.owed(article.Digest, "desk")), 0)
	}
}

func risenLevel(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.", matchOf("rule-a", article.Digest))
	b.tell("m1")
	b.read(1, "Second.", matchOf("rule-a", article.Alert))
	owed := b.owed(article.Alert, "desk")
	b.same(len(owed), 1)
	b.same([]any{owed[0].Was, owed[0].First.Delivery, owed[0].Match.Level}, []any{article.Digest, "m1", article.Alert})
	b.tell("m2")
	b.read(1, "Third.", matchOf("rule-a", article.Alert), matchOf("rule-b", article.Digest))
	owed = b.owed(article.Digest, "desk")
	b.same(len(owed), 1)
	b.same([]any{owed[0].Was, owed[0].First.Delivery, owed[0].Match.Rule}, []any{article.None, "m1", "rule-b"})
	h, err := b.History(b.ctx, owed[0].Article.ID)
	b.must(err)
	b.same(h.Told, []store.Telling{
		{Article: owed[0].Article.ID, Digest: "desk", Rule: "rule-a", Level: article.Digest, Kind: "alert", Telling: article.Telling{Delivery: "m1", Channel: "#desk"}, At: after(99)},
		{Article: owed[0].Article.ID, Digest: "desk", Rule: "rule-a", Level: article.Alert, Kind: "alert", Telling: article.Telling{Delivery: "m2", Channel: "#desk"}, At: after(99)},
	})
}

func risesUntold(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.", matchOf("rule-a", article.Digest))
	b.read(1, "Second.", matchOf("rule-a", article.Alert))
	owed := b.owed(article.Alert, "desk")
	b.same(len(owed), 1)
	b.same([]any{owed[0].Was, owed[0].First.Delivery}, []any{article.None, ""})
	b.same(len(b.owed(article.Digest, "desk")), 0)
}

func laterTextSpeaks(b *bench) {
	b.saved("courier", start(), 1)
	first, second := matchOf("rule-a", article.Digest), matchOf("rule-a", article.Digest)
	first.Clause, second.Clause = "first", "second"
	b.read(1, "First.", first)
	b.read(1, "Second.", second)
	owed := b.owed(article.Digest, "desk")
	b.same(len(owed), 1)
	b.same(owed[0].Match.Clause, "second")
	b.read(1, "Third.")
	b.same(b.owed(article.Digest, "desk"), owed)
}

func otherRule(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.", matchOf("rule-a", article.Digest), matchOf("rule-b", article.Digest))
	b.same(len(b.owed(article.Digest, "desk")), 2)
}

func (b *bench) revisits(now time.Time, perSource int) []store.Revisit {
	b.t.Helper()
	all, err := b.Revisits(b.ctx, now, perSource)
	b.must(err)
	return all
}

func visitIsDue(b *bench) {
	b.saved("courier", start(), 1)
	visit := store.Visit{Due: after(20), Count: 1, ETag: `"a"`, LastModified: "Mon", Missing: after(3)}
	reading := fullReading(b.unread()[0])
	reading.Visit = visit
	b.must(b.Record(b.ctx, reading))
	b.same(len(b.revisits(after(19), 9)), 0)
	b.reopen()
	got := b.revisits(after(20), 9)
	b.same(got, []store.Revisit{{Stored: b.stored("courier/number:1"), Visit: visit, Entry: reading.Article.Entry}})
	read, _, err := b.Next(b.ctx)
	b.must(err)
	b.same(read, after(20))

	b.must(b.Visited(b.ctx, reading.Article.ID, store.Visit{Count: 2}, time.Time{}))
	b.same(len(b.revisits(after(9999), 9)), 0)
	read, _, err = b.Next(b.ctx)
	b.must(err)
	b.same(read.IsZero(), true)
	h, err := b.History(b.ctx, reading.Article.ID)
	b.must(err)
	b.same(h.Visit, store.Visit{Count: 2})
}

func visitsPerSource(b *bench) {
	for i, source := range []string{"courier", "courier", "herald"} {
		b.saved(source, start(), i)
		reading := store.Reading{Article: b.unread()[0], At: after(1), Visit: store.Visit{Due: after(20 - i)}}
		b.must(b.Record(b.ctx, reading))
	}
	var names []string
	for _, r := range b.revisits(after(20), 1) {
		names = append(names, r.Article.Source+"/"+r.Article.Identity)
	}
	b.same(names, []string{"herald/number:2", "courier/number:1"})
	b.same(len(b.revisits(after(20), 0)), 0)
}

func withdrawnArticle(b *bench) {
	b.saved("courier", start(), 1)
	b.read(1, "First.")
	id := b.stored("courier/number:1").Article.ID
	b.must(b.Visited(b.ctx, id, store.Visit{}, after(30)))
	b.same(b.stored("courier/number:1").Article.Withdrawn, after(30))
	b.read(1, "It is back.")
	b.same(b.stored("courier/number:1").Article.Withdrawn.IsZero(), true)
}

func unknownVisit(b *bench) {
	b.same(errors.Is(b.Visited(b.ctx, 4711, store.Visit{Due: after(1)}, time.Time{}), store.ErrNotFound), true)
	_, err := b.History(b.ctx, 4711)
	b.same(errors.Is(err, store.ErrNotFound), true)
}
