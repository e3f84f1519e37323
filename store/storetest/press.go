package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// Press writes what benchmarks fill stores with: texts that compress as news do,
// of words of a small language, some far more frequent than others. Two of them
// write the same.
type Press struct {
	words []string
	zipf  *rand.Zipf
	first time.Time
}

// pressInterval lies between two articles: a year of it makes 80 000.
const pressInterval = 400 * time.Second

// NewPress makes a press whose first article is published at an instant.
func NewPress(first time.Time) *Press {
	r := rand.New(rand.NewPCG(1, 2))
	p := &Press{zipf: rand.NewZipf(r, 1.15, 4, 8_000), first: first}
	for range 8_001 {
		word := make([]byte, 2+r.IntN(5)+r.IntN(5))
		for i := range word {
			word[i] = "eeeaaiisstnnrrllouudcmpévgbfhq"[r.IntN(30)]
		}
		p.words = append(p.words, string(word))
	}
	return p
}

// Text is a text of so many bytes, or a few more.
func (p *Press) Text(size int) string {
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(p.words[p.zipf.Uint64()])
		b.WriteByte(' ')
	}
	return b.String()
}

// Entry is item n as a home feed has it: 90 bytes of title, 250 of lead, three
// related headlines.
func (p *Press) Entry(n int) article.Entry {
	title := p.Text(90)
	url := fmt.Sprintf("https://news.example/%s-post%d.html", strings.ReplaceAll(strings.TrimSpace(p.Text(70)), " ", "-"), 880_000+n)
	return article.Entry{
		Identity: fmt.Sprintf("number:%d", 880_000+n), URL: url, GUID: url, Title: title, Lead: p.Text(250),
		Teasers: []string{p.Text(80), p.Text(80), p.Text(80)}, Sections: []string{"world"},
		Published: p.first.Add(time.Duration(n) * pressInterval),
	}
}

// Reading is a page of three kilobytes; one in twenty has a match, which is owed to
// the digest desk.
func (p *Press) Reading(a article.Article, n int) store.Reading {
	body := p.Text(3_000)
	r := store.Reading{Article: a, At: a.Published, Revision: article.Revision{
		Fetched: a.Published, From: article.FromPage, Zones: []article.Zone{
			{Kind: article.Title, Text: a.Title}, {Kind: article.Lead, Text: a.Lead}, {Kind: article.Body, Text: body},
			{Kind: article.Caption, Text: p.Text(100)}, {Kind: article.Teaser, Text: strings.Join(a.Teasers, "\n\n")},
		}}}
	if n%20 == 0 {
		sentence := article.Span{End: 200}
		r.Matches = []article.Match{{Rule: "rule-a", Name: "A rule", Level: article.Digest, Clause: p.Text(60), Hash: "0011aabb",
			Evidence: []article.Passage{{Zone: article.Body, Index: 2, Sentence: sentence, Quote: body[:200],
				Words: []article.Span{{Start: 3, End: 9}, {Start: 12, End: 20}}}}}}
		r.Owed = []store.Debt{{Digest: "desk", Level: article.Digest}}
	}
	return r
}

// Cursor is where the poller stands with a feed, number n of seven.
func (p *Press) Cursor(n int) article.Cursor {
	return article.Cursor{Source: fmt.Sprintf("source-%d", n%7), URL: "https://news.example/feed", Checked: p.first}
}

// Fill fills an empty store with n articles that come ten in a poll and are read
// then.
func (p *Press) Fill(tb testing.TB, s store.Store, n int) {
	tb.Helper()
	for from := 0; from < n; from += 10 {
		var entries []article.Entry
		for i := range min(10, n-from) {
			entries = append(entries, p.Entry(from+i))
		}
		if err := p.save(tb.Context(), s, from, entries); err != nil {
			tb.Fatal(err)
		}
	}
}

func (p *Press) save(ctx context.Context, s store.Store, from int, entries []article.Entry) error {
	if _, err := s.SaveFeed(ctx, p.Cursor(from/10), entries); err != nil {
		return err
	}
	unread, err := s.Unread(ctx, p.first, len(entries))
	if err != nil {
		return err
	}
	for i, a := range unread {
		if err := s.Record(ctx, p.Reading(a, from+i)); err != nil {
			return err
		}
	}
	return nil
}

// Filled is how long before its newest article a press that fills a store with n
// of them has to begin.
func Filled(n int) time.Duration { return time.Duration(n) * pressInterval }
