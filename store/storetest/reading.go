package storetest

import (
	"errors"
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testReading(t *testing.T, open Open) {
	for name, test := range map[string]func(*bench){
		"at most so many of each source, oldest first": unreadPerSource,
		"none of each source is none":                  unreadNone,
		"a postponed article waits and counts":         postponedRead,
		"postponing what is read changes nothing":      postponeAfterRead,
		"what is not stored cannot be postponed":       postponeUnknown,
		"a reading comes back whole":                   readingComesBack,
		"an article is read once":                      recordTwice,
		"an article that is not stored is not read":    recordUnknown,
		"a reading does not move an article":           recordMovesNothing,
		"a debt without its match stores nothing":      recordBadDebt,
		"a reading without matches is a reading":       recordNothingFound,
	} {
		t.Run(name, func(t *testing.T) { test(newBench(t, open)) })
	}
}

func unreadPerSource(b *bench) {
	b.saved("courier", start(), 1, 2, 3)
	b.saved("herald", start(), 7)
	b.saved("courier", start(), 4)
	b.must(b.PostponeRead(b.ctx, b.unread()[0].ID, after(30), "time-out"))
	got, err := b.Unread(b.ctx, after(1), 2)
	b.must(err)
	var names []string
	for _, a := range got {
		names = append(names, a.Source+"/"+a.Identity)
	}
	b.same(names, []string{"courier/number:2", "courier/number:3", "herald/number:7"})
}

func unreadNone(b *bench) {
	b.saved("courier", start(), 1)
	for _, n := range []int{0, -1} {
		got, err := b.Unread(b.ctx, after(1), n)
		b.must(err)
		b.same(len(got), 0)
	}
}

func postponedRead(b *bench) {
	b.saved("courier", start(), 1)
	id := b.unread()[0].ID
	b.must(b.PostponeRead(b.ctx, id, after(10), "time-out"))
	b.must(b.PostponeRead(b.ctx, id, after(20), "time-out"))
	early, err := b.Unread(b.ctx, after(19), 10)
	b.must(err)
	b.same(len(early), 0)
	late, err := b.Unread(b.ctx, after(20), 10)
	b.must(err)
	b.same(len(late), 1)
	b.same(late[0].Attempts, 2)
}

func postponeAfterRead(b *bench) {
	b.saved("courier", start(), 1)
	a := b.unread()[0]
	b.must(b.Record(b.ctx, store.Reading{Article: a, At: after(1)}))
	b.must(b.PostponeRead(b.ctx, a.ID, after(2), "late"))
	b.same(len(b.unread()), 0)
	got, err := b.Lookup(b.ctx, "courier/number:1")
	b.must(err)
	b.same(got.Article.Attempts, 0)
}

func postponeUnknown(b *bench) {
	err := b.PostponeRead(b.ctx, 4711, after(1), "")
	b.same(errors.Is(err, store.ErrNotFound), true)
}

// fullReading is a reading of an article with all there can be in one.
func fullReading(a article.Article) store.Reading {
	a.Title, a.Author, a.Sections = "A better title", "B. Page", []string{"World"}
	a.Published, a.DateNote = after(-3), ""
	text := "Première phrase. Seconde phrase."
	first := matchOf("rule-a", article.Alert)
	first.Evidence = []article.Passage{
		{Zone: article.Body, Index: 2, Sentence: article.Span{Start: 0, End: 17}, Quote: text[:17],
			Words: []article.Span{{Start: 0, End: 9}, {Start: 10, End: 16}}},
		{Zone: article.Caption, Index: 3, Sentence: article.Span{Start: 0, End: 7}, Quote: "Légende"[:7]},
	}
	return store.Reading{
		Article: a,
		Revision: article.Revision{Fetched: after(2), From: article.FromPage, Note: "second try", Zones: []article.Zone{
			{Kind: article.Title, Text: a.Title}, {Kind: article.Lead, Text: a.Lead}, {Kind: article.Body, Text: text},
			{Kind: article.Caption, Text: "Légende"}, {Kind: article.Caption, Text: ""}, {Kind: article.Teaser, Text: "Autre titre"},
		}},
		Matches: []article.Match{first, matchOf("rule-b", article.Digest)},
		Owed: []store.Debt{
			{Match: 0, Digest: "desk", Level: article.Alert}, {Match: 1, Digest: "desk", Level: article.Digest},
			{Match: 0, Digest: "weekly", Level: article.Digest},
		},
		At: after(3),
	}
}

func readingComesBack(b *bench) {
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), []article.Entry{fullEntry()})
	b.must(err)
	reading := fullReading(b.unread()[0])
	b.must(b.Record(b.ctx, reading))
	b.same(len(b.unread()), 0)
	got, err := b.Lookup(b.ctx, reading.Article.URL)
	b.must(err)
	b.same(got, store.Stored{Article: reading.Article, Read: true, Revision: reading.Revision, Matches: reading.Matches, Revisions: 1,
		Place: article.Place{Copies: reading.Article.ID, Event: reading.Article.ID}})

	owed := b.owed(article.Digest, "weekly", "desk")
	b.same(len(owed), 2)
	b.same(owed[0], article.Finding{ID: owed[0].ID, Digest: "desk", Level: article.Digest, Article: reading.Article,
		From: article.FromPage, Match: reading.Matches[1], Found: after(3)})
	b.same(owed[1], article.Finding{ID: owed[1].ID, Digest: "weekly", Level: article.Digest, Article: reading.Article,
		From: article.FromPage, Match: reading.Matches[0], Found: after(3)})
}

func recordTwice(b *bench) {
	b.saved("courier", start(), 1)
	reading := fullReading(b.unread()[0])
	b.must(b.Record(b.ctx, reading))
	want, err := b.Lookup(b.ctx, "courier/number:1")
	b.must(err)
	owed := b.owed(article.Alert, "desk")

	reading.Article.Title, reading.Revision.Zones = "Another", nil
	b.must(b.Record(b.ctx, reading))
	got, err := b.Lookup(b.ctx, "courier/number:1")
	b.must(err)
	b.same(got, want)
	b.same(b.owed(article.Alert, "desk"), owed)
}

func recordUnknown(b *bench) {
	err := b.Record(b.ctx, store.Reading{Article: article.Article{ID: 4711}, At: start()})
	b.same(errors.Is(err, store.ErrNotFound), true)
}

func recordMovesNothing(b *bench) {
	b.saved("courier", start(), 1)
	want := b.unread()[0]
	moved := want
	moved.Source, moved.Feed, moved.Identity, moved.URL = "herald", "https://else.example", "number:2", "https://else.example/2"
	moved.GUID, want.GUID = moved.URL, moved.URL
	moved.Seen, moved.Attempts = after(99), 7
	b.must(b.Record(b.ctx, store.Reading{Article: moved, At: after(1)}))
	got, err := b.Lookup(b.ctx, "courier/number:1")
	b.must(err)
	b.same(got.Article, want)
	_, err = b.Lookup(b.ctx, "herald/number:2")
	b.same(errors.Is(err, store.ErrNotFound), true)
}

func recordBadDebt(b *bench) {
	b.saved("courier", start(), 1)
	reading := fullReading(b.unread()[0])
	reading.Owed = append(reading.Owed, store.Debt{Match: 2, Digest: "desk", Level: article.Alert})
	b.refused(b.Record(b.ctx, reading))
	b.same(len(b.unread()), 1)
	b.same(len(b.owed(article.Alert, "desk")), 0)
}

func recordNothingFound(b *bench) {
	b.saved("courier", start(), 1)
	b.must(b.Record(b.ctx, store.Reading{Article: b.unread()[0], At: after(1),
		Revision: article.Revision{Fetched: after(1), From: article.FromFeed, Note: "404"}}))
	got, err := b.Lookup(b.ctx, "courier/number:1")
	b.must(err)
	b.same(got.Read, true)
	b.same(got.Revision, article.Revision{Fetched: after(1), From: article.FromFeed, Note: "404"})
	b.same(len(got.Matches), 0)
}
