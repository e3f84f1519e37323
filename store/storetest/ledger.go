package storetest

import (
	"errors"
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

func testLedger(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"what a text states comes back whole":           factsComeBack,
		"facts are recorded with their reading":         factsWithReading,
		"the newest text counts":                        factsOfNewest,
		"restated facts stand in place of the old ones": factsRestated,
		"corrections are kept in their order":           correctionsKept,
		"what the ledger says comes with its match":     ledgerSays,
		"what a batch says is said once":                saidOnce,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func pact(status string) article.Fact {
	return article.Fact{Kind: "pact", Instrument: "plan", Parties: []string{"N", "S"}, Domain: "rope", Period: "2031-2035", Status: status,
		Date: "2031-01-02", Place: "Saltholm", Signatories: []string{"harbour masters"}, News: true, Loose: []string{"domain"},
		Evidence: []article.Passage{{Zone: article.Body, Index: 1, Sentence: article.Span{Start: 2, End: 9}, Words: []article.Span{{Start: 3, End: 5}}, Quote: "a\xffplan!"}}}
}

// stated records a text of article n that states facts.
func (b *bench) stated(n int, text string, facts ...article.Fact) {
	b.t.Helper()
	stored, err := b.Lookup(b.ctx, "courier/"+entryOf(n).Identity)
	b.must(err)
	reading := store.Reading{Article: stored.Article, Earlier: stored.Revisions, At: after(9),
		Revision: article.Revision{Fetched: after(9), From: article.FromPage, Zones: []article.Zone{{Kind: article.Body, Text: text}}}}
	reading.Article.Title = "Title of " + text
	for _, f := range facts {
		reading.Facts = append(reading.Facts, store.Stated{Fact: f, Novelty: ledger.New, Reason: "told as news"})
	}
	b.must(b.Record(b.ctx, reading))
}

func (b *bench) ledger(partitions ...string) store.Kept {
	b.t.Helper()
	kept, err := b.Ledger(b.ctx, partitions)
	b.must(err)
	return kept
}

func factsComeBack(b *bench) {
	b.saved("courier", start(), 1)
	a := b.unread()[0]
	b.stated(1, "one", pact("signed"))
	b.reopen()
	published := a.Published
	if published.IsZero() {
		published = a.Seen
	}
	want := []store.Statement{{
		Entry:   ledger.Entry{Article: a.ID, Source: "courier", Title: "Title of one", URL: a.URL, Published: published, Fact: pact("signed")},
		Novelty: ledger.New, Reason: "told as news", At: after(9),
	}}
	b.same(b.ledger().Statements, want)
	b.same(b.ledger("pact plan N-S").Statements, want)
	b.same(len(b.ledger("pact plan N-E").Statements), 0)
	b.same(b.ledger().Entries()[0], want[0].Entry)
}

func factsWithReading(b *bench) {
	b.saved("courier", start(), 1)
	a := b.unread()[0]
	bad := store.Reading{Article: a, At: after(9), Facts: []store.Stated{{Fact: pact("signed")}}, Owed: []store.Debt{{Match: 3, Digest: "desk", Level: article.Alert}}}
	b.refused(b.Record(b.ctx, bad))
	b.same(len(b.ledger().Statements), 0)
	b.stated(1, "one", pact("signed"))
	again := store.Reading{Article: a, At: after(9), Facts: []store.Stated{{Fact: pact("completed")}}}
	b.must(b.Record(b.ctx, again)) // recorded already
	b.same(len(b.ledger().Statements), 1)
}

func factsOfNewest(b *bench) {
	b.saved("courier", start(), 1, 2)
	b.stated(1, "one", pact("announced"))
	b.stated(2, "two", pact("proposed"))
	b.stated(1, "one again", pact("signed"))
	b.stated(2, "two again")
	kept := b.ledger()
	b.same(len(kept.Statements), 1)
	b.same(kept.Statements[0].Fact.Status, "signed")
	b.same(kept.Statements[0].Title, "Title of one again")
}

func factsRestated(b *bench) {
	b.saved("courier", start(), 1, 2)
	b.stated(1, "one", pact("announced"), pact("signed"))
	ids := map[int64]bool{}
	for _, s := range b.ledger().Statements {
		ids[s.Article] = true
	}
	b.same(len(ids), 1)
	var unread int64 = b.unread()[0].ID
	for id := range ids {
		r := store.Restatement{Article: article.Article{ID: id, Entry: article.Entry{Title: "Anew"}}, At: after(20),
			Facts: []store.Stated{{Fact: pact("completed"), Novelty: ledger.Recalled, Reason: "known"}}}
		b.must(b.Restate(b.ctx, r))
		b.must(b.Restate(b.ctx, r))
	}
	kept := b.ledger()
	b.same(len(kept.Statements), 1)
	b.same([]any{kept.Statements[0].Fact.Status, kept.Statements[0].Title, kept.Statements[0].At}, []any{"completed", "Anew", after(20)})
	for _, id := range []int64{unread, 4711} {
		err := b.Restate(b.ctx, store.Restatement{Article: article.Article{ID: id}})
		b.same(errors.Is(err, store.ErrNotFound), true)
	}
}

func correctionsKept(b *bench) {
	want := []ledger.Correction{
		{Deed: ledger.Merge, Key: "pact plan N-S rope 2031", Into: "pact plan N-S rope 2032", Articles: []int64{1, 2}, At: after(1)},
		{Deed: ledger.Drop, Key: "pact plan N-S rope 2033", Articles: []int64{3}, At: after(2)},
	}
	for i, c := range want {
		id, err := b.Correct(b.ctx, c)
		b.must(err)
		want[i].ID = id
	}
	b.reopen()
	b.same(b.ledger().Corrections, want)
	b.same(b.ledger("pact plan N-S").Corrections, want)
}

func ledgerSays(b *bench) {
	b.saved("courier", start(), 1)
	m := article.Match{Rule: "r", Name: "R", Level: article.Alert, Clause: "c", Hash: "h", Evidence: pact("signed").Evidence, Ledger: []string{"NEW · plan", "of old"}}
	n := article.Match{Rule: "q", Name: "Q", Level: article.Alert, Clause: "c", Hash: "h", Evidence: pact("signed").Evidence}
	b.read(1, "text", m, n)
	owed, err := b.Owed(b.ctx, []string{"desk"}, article.Alert)
	b.must(err)
	b.same([]article.Match{owed[0].Match, owed[1].Match}, []article.Match{m, n})
}

func saidOnce(b *bench) {
	enqueued, err := b.Enqueue(b.ctx, store.Batch{Digest: "desk", Slot: "2031-01-01T07:00", Said: []string{"a", "b"}, At: after(1)})
	b.must(err)
	b.same(enqueued, true)
	b.reopen()
	enqueued, err = b.Enqueue(b.ctx, store.Batch{Digest: "desk", Slot: "2031-01-02T07:00", Said: []string{"c", "b"}, At: after(2)})
	b.must(err)
	b.same(enqueued, false)
	slot, err := b.LastSlot(b.ctx, "desk")
	b.must(err)
	b.same(slot, "2031-01-01T07:00")
	said, err := b.Said(b.ctx, []string{"c", "b", "a"})
	b.must(err)
	b.same(said, []string{"b", "a"})
}
