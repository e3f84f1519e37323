package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
)

// machine makes the same calls on a store and on the model.
type machine struct {
	store *sqlite.Store
	model *model
	path  string
	ctx   context.Context
}

func TestAnySequenceOfCallsAnswersAsTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "presswatch-model-")
		must(t, err)
		defer os.RemoveAll(dir)
		m := &machine{model: newModel(), path: filepath.Join(dir, "press.db"), ctx: context.Background()}
		m.store, err = sqlite.Open(m.ctx, m.path)
		must(t, err)
		defer func() { m.store.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"":         m.check,
			"save":     m.save,
			"postpone": m.postponeRead,
			"record":   m.record,
			"visit":    m.visited,
			"enqueue":  m.enqueue,
			"attempt":  m.attempt,
			"confirm":  m.confirm,
			"delay":    m.postpone,
			"park":     m.park,
			"retry":    m.retry,
			"drop":     m.drop,
			"pause":    m.pause,
			"silence":  m.addSilence,
			"end":      m.endSilence,
			"hush":     m.hush,
			"reopen":   m.reopen,
		})
	})
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *rapid.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s: got + instead of -:\n%s", what, diff)
	}
}

// Small ranges, so that calls meet each other.
func instantOf(t *rapid.T, name string) time.Time {
	return time.UnixMilli(int64(rapid.IntRange(1, 12).Draw(t, name)) * 60_000).UTC()
}

func digestOf(t *rapid.T) string {
	return rapid.SampledFrom([]string{"desk", "weekly"}).Draw(t, "digest")
}

func channelOf(t *rapid.T) string { return rapid.SampledFrom([]string{"#a", "#b"}).Draw(t, "channel") }

func levelOf(t *rapid.T) article.Level {
	return rapid.SampledFrom([]article.Level{article.Digest, article.Alert}).Draw(t, "level")
}

func (m *machine) save(t *rapid.T) {
	source := rapid.SampledFrom([]string{"courier", "herald"}).Draw(t, "source")
	cursor := article.Cursor{Source: source, URL: "https://" + source + ".example/feed", Checked: instantOf(t, "checked")}
	var entries []article.Entry
	for _, n := range rapid.SliceOfN(rapid.IntRange(1, 9), 0, 4).Draw(t, "entries") {
		entries = append(entries, article.Entry{Identity: fmt.Sprint(n), URL: fmt.Sprintf("https://news.example/%s/%d", source, n)})
	}
	got, err := m.store.SaveFeed(m.ctx, cursor, entries)
	must(t, err)
	same(t, "unseen", got, m.model.saveFeed(cursor, entries))
}

func (m *machine) anyArticle(t *rapid.T) *modelArticle {
	if len(m.model.articles) == 0 {
		t.Skip("no article yet")
	}
	return rapid.SampledFrom(m.model.articles).Draw(t, "article")
}

func (m *machine) postponeRead(t *rapid.T) {
	a, due := m.anyArticle(t), instantOf(t, "due")
	must(t, m.store.PostponeRead(m.ctx, a.ID, due, "time-out"))
	m.model.postponeRead(a, due)
}

func (m *machine) record(t *rapid.T) {
	a := m.anyArticle(t)
	reading := store.Reading{Article: a.Article, At: instantOf(t, "at"), Earlier: rapid.IntRange(0, 2).Draw(t, "earlier"), Revision: article.Revision{From: article.FromPage,
		Zones: []article.Zone{{Kind: article.Body, Text: rapid.String().Draw(t, "text")}}}}
	reading.Article.Title = rapid.String().Draw(t, "title")
	for i := range rapid.IntRange(0, 2).Draw(t, "matches") {
		reading.Matches = append(reading.Matches, article.Match{Rule: fmt.Sprint(i), Level: levelOf(t)})
		for range rapid.IntRange(0, 2).Draw(t, "debts") {
			reading.Owed = append(reading.Owed, store.Debt{Match: i, Digest: digestOf(t), Level: levelOf(t)})
		}
	}
	if rapid.Bool().Draw(t, "visit") {
		reading.Visit.Due = instantOf(t, "visit due")
	}
	must(t, m.store.Record(m.ctx, reading))
	m.model.record(a, reading)
	got, err := m.store.Lookup(m.ctx, a.URL)
	must(t, err)
	same(t, "lookup", got.Article, a.Article)
	same(t, "matches", got.Matches, a.matches)
	same(t, "revisions", got.Revisions, a.revisions)
}

func (m *machine) visited(t *rapid.T) {
	a := m.anyArticle(t)
	var visit store.Visit
	if visit.Count = 1; rapid.Bool().Draw(t, "again") {
		visit.Due = instantOf(t, "due")
	}
	must(t, m.store.Visited(m.ctx, a.ID, visit, time.Time{}))
	a.visit = visit.Due
}

func (m *machine) enqueue(t *rapid.T) {
	batch := store.Batch{Digest: digestOf(t), At: instantOf(t, "at")}
	if n := rapid.IntRange(0, 3).Draw(t, "slot"); n > 0 {
		batch.Slot = fmt.Sprintf("2026-03-0%dT07:00", n)
	}
	for _, f := range m.model.findings {
		if rapid.IntRange(0, 3).Draw(t, "told") == 0 {
			batch.Findings = append(batch.Findings, f.ID)
		}
	}
	group, parts := rapid.IntRange(1, 6).Draw(t, "group"), rapid.IntRange(0, 3).Draw(t, "parts")
	channel, created, due := channelOf(t), instantOf(t, "created"), instantOf(t, "due")
	parent, edits := "", rapid.Bool().Draw(t, "edits")
	if rapid.Bool().Draw(t, "follows") {
		parent = fmt.Sprintf("d-%d-1", rapid.IntRange(1, 6).Draw(t, "parent"))
	}
	for part := 1; part <= parts; part++ {
		batch.Deliveries = append(batch.Deliveries, store.Delivery{
			ID: fmt.Sprintf("d-%d-%d", group, part), Group: fmt.Sprint(group), Part: part, Parts: parts, Kind: "digest",
			Channel: channel, Payload: []byte("news"), State: store.Ready, Created: created, Due: due,
		})
		if d := &batch.Deliveries[part-1]; edits {
			d.Edits = parent
		} else {
			d.Thread = parent
		}
	}
	got, err := m.store.Enqueue(m.ctx, batch)
	must(t, err)
	same(t, "enqueued", got, m.model.enqueue(batch))
}

func (m *machine) anyDelivery(t *rapid.T) *modelDelivery {
	if len(m.model.deliveries) == 0 {
		t.Skip("no delivery yet")
	}
	return rapid.SampledFrom(m.model.deliveries).Draw(t, "delivery")
}

func (m *machine) attempt(t *rapid.T) {
	d, at, due := m.anyDelivery(t), instantOf(t, "at"), instantOf(t, "due")
	err := m.store.Attempt(m.ctx, d.ID, at, due)
	same(t, "attempted", err == nil, m.model.attempt(d, at, due))
}

func (m *machine) confirm(t *rapid.T) {
	d := m.anyDelivery(t)
	receipt := store.Receipt{Channel: "C1", TS: d.ID, At: instantOf(t, "at")}
	must(t, m.store.Confirm(m.ctx, d.ID, receipt))
	m.model.confirm(d, receipt)
}

func (m *machine) postpone(t *rapid.T) {
	d := m.anyDelivery(t)
	p := store.Postponement{
		State: rapid.SampledFrom([]store.State{store.Ready, store.Attempted}).Draw(t, "state"),
		Due:   instantOf(t, "due"), Reason: rapid.String().Draw(t, "reason"), Plain: rapid.Bool().Draw(t, "plain"),
	}
	err := m.store.Postpone(m.ctx, d.ID, p)
	same(t, "postponed", err == nil, m.model.postpone(d, p))
}

func (m *machine) park(t *rapid.T) {
	d, at := m.anyDelivery(t), instantOf(t, "at")
	err := m.store.Park(m.ctx, d.ID, "no_text", at)
	same(t, "parked", err == nil, m.model.park(d, "no_text", at))
}

func (m *machine) retry(t *rapid.T) {
	d, due := m.anyDelivery(t), instantOf(t, "due")
	err := m.store.Retry(m.ctx, d.ID, due)
	same(t, "retried", err == nil, m.model.retry(d, due))
}

func (m *machine) drop(t *rapid.T) {
	d := m.anyDelivery(t)
	err := m.store.Drop(m.ctx, d.ID, "stale", instantOf(t, "at"))
	same(t, "dropped", err == nil, m.model.drop(d, "stale"))
}

func (m *machine) pause(t *rapid.T) {
	channel, until := channelOf(t), instantOf(t, "until")
	must(t, m.store.PauseChannel(m.ctx, channel, "not_in_channel", until))
	m.model.pauses[channel] = until
}

func (m *machine) reopen(t *rapid.T) {
	must(t, m.store.Close())
	var err error
	m.store, err = sqlite.Open(m.ctx, m.path)
	must(t, err)
}

// check compares all that the store shows of itself.
func (m *machine) check(t *rapid.T) {
	now, perSource := instantOf(t, "now"), rapid.IntRange(0, 3).Draw(t, "per source")
	unread, err := m.store.Unread(m.ctx, now, perSource)
	must(t, err)
	same(t, "unread", unread, m.model.unread(now, perSource))
	for _, digest := range []string{"desk", "weekly"} {
		for _, level := range []article.Level{article.Digest, article.Alert} {
			owed, err := m.store.Owed(m.ctx, []string{digest}, level)
			must(t, err)
			same(t, "owed to "+digest, owed, m.model.owed(digest, level))
		}
		slot, err := m.store.LastSlot(m.ctx, digest)
		must(t, err)
		same(t, "slot of "+digest, slot, m.model.slots[digest])
	}
	due, err := m.store.Due(m.ctx, now)
	must(t, err)
	same(t, "due", due, m.model.due(now))
	for _, state := range []store.State{store.Ready, store.Attempted, store.Sent, store.Parked, store.Dropped} {
		listed, err := m.store.Outbox(m.ctx, 3, state)
		must(t, err)
		same(t, "listed "+string(state), listed, m.model.outbox(3, state))
	}
	read, delivery, err := m.store.Next(m.ctx)
	must(t, err)
	wantRead, wantDelivery := m.model.next()
	same(t, "next", []time.Time{read, delivery}, []time.Time{wantRead, wantDelivery})
	m.checkSilences(t, now)
	sum, err := m.store.Summary(m.ctx)
	must(t, err)
	sum.Bytes, sum.Free, sum.Paused, sum.Slots = 0, 0, nil, nil
	same(t, "summary", sum, m.model.summary())
	_, err = m.store.Lookup(m.ctx, "nobody/1")
	same(t, "lookup of nobody", errors.Is(err, store.ErrNotFound), true)
}
