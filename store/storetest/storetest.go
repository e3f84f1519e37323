// Package storetest is the contract of package store as a test. Every store
// passes it:
//
//	func TestContract(t *testing.T) {
//		storetest.Run(t, func(t *testing.T, dir string) store.Store { … })
//	}
//
// It asks only through the interface, so it says what callers may rely on: what
// each method does, what it refuses, what a repetition changes (nothing), and
// that all of it is still there after the store was closed and opened again.
//
// Where the contract leaves a choice to the store, storetest leaves it too: a
// list that is empty may be nil, and errors other than ErrNotFound are only
// required to be errors.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"presswatch/store"
	"presswatch/watcher/article"
)

// Open opens the store that lives in a folder, and makes it when the folder is
// empty. It is called again after the store was closed.
type Open func(t *testing.T, dir string) store.Store

// Run proves that a store keeps the contract.
func Run(t *testing.T, open func(t *testing.T, dir string) store.Store) {
	for _, part := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"feeds", testFeeds},
		{"identity", testIdentity},
		{"reading", testReading},
		{"revisions", testRevisions},
		{"noticing", testNoticing},
		{"ledger", testLedger},
		{"stories", testStories},
		{"amendments", testAmendments},
		{"amendments of storms", testStormAmended},
		{"lookup", testLookup},
		{"archive", testArchive},
		{"forgetting", testForgetting},
		{"findings", testFindings},
		{"silences", testSilences},
		{"outbox", testOutbox},
		{"threads", testThreads},
		{"settling", testSettling},
		{"operator", testOperator},
		{"next", testNext},
		{"summary", testSummary},
		{"notes", testNotes},
		{"health", testHealth},
		{"keeping", testKeeping},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(t, open) })
	}
}

// bench is a store under test with what tests do to it all the time; what must
// not go wrong ends the test.
type bench struct {
	store.Store
	t    *testing.T
	ctx  context.Context
	dir  string
	open Open
}

func newBench(t *testing.T, open Open) *bench {
	b := &bench{t: t, ctx: t.Context(), dir: t.TempDir(), open: open}
	b.Store = open(t, b.dir)
	t.Cleanup(func() { b.Close() })
	return b
}

// reopen closes the store and opens it again.
func (b *bench) reopen() {
	b.t.Helper()
	b.must(b.Close())
	b.Store = b.open(b.t, b.dir)
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// same ends the test unless got is want; empty lists and nil ones are the same.
func (b *bench) same(got, want any) {
	b.t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		b.t.Fatalf("got + instead of -:\n%s", diff)
	}
}

// refused ends the test unless err is an error.
func (b *bench) refused(err error) {
	b.t.Helper()
	if err == nil {
		b.t.Fatal("accepted, and should have been refused")
	}
}

// start is the first instant of every test.
func start() time.Time { return time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC) }

// after is so many minutes after start.
func after(minutes int) time.Time { return start().Add(time.Duration(minutes) * time.Minute) }

func cursorOf(source string, checked time.Time) article.Cursor {
	return article.Cursor{Source: source, URL: "https://" + source + ".example/feed", Checked: checked}
}

func entryOf(n int) article.Entry {
	return article.Entry{
		Identity: fmt.Sprintf("number:%d", n),
		URL:      fmt.Sprintf("https://news.example/a-post%d.html", n),
		Title:    fmt.Sprintf("Title %d", n),
	}
}

// saved saves entries with these numbers as news of a source.
func (b *bench) saved(source string, checked time.Time, numbers ...int) {
	b.t.Helper()
	var entries []article.Entry
	for _, n := range numbers {
		entries = append(entries, entryOf(n))
	}
	_, err := b.SaveFeed(b.ctx, cursorOf(source, checked), entries)
	b.must(err)
}

// unread returns all that waits to be read, however late it is due.
func (b *bench) unread() []article.Article {
	b.t.Helper()
	all, err := b.Unread(b.ctx, start().AddDate(100, 0, 0), 1_000_000)
	b.must(err)
	return all
}

// owing records an article of a source with one match, owed to each of the
// digests at the level, and returns what is owed.
func (b *bench) owing(n int, level article.Level, digests ...string) []article.Finding {
	b.t.Helper()
	b.saved("courier", start(), n)
	reading := store.Reading{At: start(), Matches: []article.Match{matchOf("rule-a", level)}}
	for _, a := range b.unread() {
		if a.Identity == entryOf(n).Identity {
			reading.Article = a
		}
	}
	for _, d := range digests {
		reading.Owed = append(reading.Owed, store.Debt{Digest: d, Level: level})
	}
	b.must(b.Record(b.ctx, reading))
	return b.owed(level, digests...)
}

func (b *bench) owed(level article.Level, digests ...string) []article.Finding {
	b.t.Helper()
	all, err := b.Owed(b.ctx, digests, level)
	b.must(err)
	return all
}

func matchOf(rule string, level article.Level) article.Match {
	return article.Match{Rule: rule, Name: "Rule of " + rule, Level: level, Clause: "a AND b", Hash: "h1"}
}

func ids(findings []article.Finding) []int64 {
	var all []int64
	for _, f := range findings {
		all = append(all, f.ID)
	}
	return all
}

// deliveryOf is a ready delivery that is due at start.
func deliveryOf(id string) store.Delivery {
	return store.Delivery{
		ID: id, Group: id, Part: 1, Parts: 1, Kind: "alert", Channel: "#desk", Payload: []byte(`{"text":"news"}`),
		State: store.Ready, Created: start(), Due: start(),
	}
}

// enqueued puts deliveries into the outbox.
func (b *bench) enqueued(deliveries ...store.Delivery) {
	b.t.Helper()
	ok, err := b.Enqueue(b.ctx, store.Batch{Deliveries: deliveries, At: start()})
	b.must(err)
	b.same(ok, true)
}

func (b *bench) due(now time.Time) []store.Delivery {
	b.t.Helper()
	all, err := b.Due(b.ctx, now)
	b.must(err)
	return all
}

// dueIDs are the ids of what is due.
func (b *bench) dueIDs(now time.Time) []string {
	b.t.Helper()
	var all []string
	for _, d := range b.due(now) {
		all = append(all, d.ID)
	}
	return all
}
