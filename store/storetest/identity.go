package storetest

import (
	"errors"
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testIdentity(t *testing.T, open Open) {
	numbered := func(n, url string) article.Entry {
		return article.Entry{Identity: "number:" + n, URL: "https://" + url, Address: "url:" + url}
	}
	byAddress := func(url string) article.Entry {
		return article.Entry{Identity: "url:" + url, URL: "https://" + url, Address: "url:" + url}
	}
	withGUID := func(e article.Entry, guid string) article.Entry { e.GUID = guid; return e }
	for name, test := range map[string]struct {
		was, is []article.Entry
		unseen  int
	}{
		"of the same identity at another address": {
			was: []article.Entry{numbered("7", "press.example/a-7")}, is: []article.Entry{numbered("7", "press.example/b-7")}},
		"of the same address that has a number now": {
			was: []article.Entry{byAddress("press.example/a-7")}, is: []article.Entry{numbered("7", "press.example/a-7")}},
		"of the same address that has a number no more": {
			was: []article.Entry{numbered("7", "press.example/a-7")}, is: []article.Entry{byAddress("press.example/a-7")}},
		"of the same address that has another number": {
			was: []article.Entry{numbered("7", "press.example/a-7")}, is: []article.Entry{numbered("a-7", "press.example/a-7")}},
		"of the same canonical address in another spelling": {
			was: []article.Entry{{Identity: "number:7", URL: "http://m.press.example/a-7-", Address: "url:press.example/a-7"}},
			is:  []article.Entry{byAddress("press.example/a-7")}},
		"of the same GUID at another address": {
			was: []article.Entry{withGUID(byAddress("press.example/a"), "17")}, is: []article.Entry{withGUID(byAddress("press.example/b"), "17")}},
		"not of the same GUID when numbers say otherwise": {unseen: 1,
			was: []article.Entry{withGUID(numbered("7", "press.example/a-7"), "17")},
			is:  []article.Entry{withGUID(numbered("8", "press.example/a-8"), "17")}},
		"not of a GUID that several of the entries have": {unseen: 2,
			was: []article.Entry{withGUID(byAddress("press.example/a"), "17")},
			is:  []article.Entry{withGUID(byAddress("press.example/b"), "17"), withGUID(byAddress("press.example/c"), "17")}},
		"not of a GUID that several articles have": {unseen: 1,
			was: []article.Entry{withGUID(byAddress("press.example/a"), "17"), withGUID(byAddress("press.example/b"), "17")},
			is:  []article.Entry{withGUID(byAddress("press.example/c"), "17")}},
		"not of another address": {unseen: 1,
			was: []article.Entry{byAddress("press.example/a")}, is: []article.Entry{byAddress("press.example/b")}},
		"twice in one feed under two names": {unseen: 1,
			is: []article.Entry{byAddress("press.example/a-7"), numbered("7", "press.example/a-7")}},
	} {
		t.Run("an article is known, "+name, func(t *testing.T) {
			b := newBench(t, open)
			_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), test.was)
			b.must(err)
			for _, want := range []int{test.unseen, 0} {
				unseen, err := b.SaveFeed(b.ctx, cursorOf("courier", after(5)), test.is)
				b.must(err)
				b.same(unseen, want)
			}
			b.same(len(b.unread()), len(test.was)+test.unseen)
			unseen, err := b.SaveFeed(b.ctx, cursorOf("herald", after(6)), test.is[:1])
			b.must(err)
			b.same(unseen, 1)
		})
	}
	t.Run("an article answers to all names it came by", func(t *testing.T) { allNames(newBench(t, open)) })
}

// allNames renames an article step by step: each name leads to it, also after a
// restart, and the first is still its own.
func allNames(b *bench) {
	names := []article.Entry{
		{Identity: "url:press.example/a", URL: "https://press.example/a", Address: "url:press.example/a", GUID: "17"},
		{Identity: "url:press.example/b", URL: "https://www.press.example/b?utm_source=x", Address: "url:press.example/b", GUID: "17"},
		{Identity: "number:b", URL: "https://m.press.example/b", Address: "url:press.example/b"},
		{Identity: "number:b", URL: "https://press.example/else", Address: "url:press.example/else"},
		{Identity: "url:press.example/b", URL: "https://press.example/b", Address: "url:press.example/b"},
	}
	for i, e := range names {
		unseen, err := b.SaveFeed(b.ctx, cursorOf("courier", after(i)), []article.Entry{e})
		b.must(err)
		b.same(unseen == 1, i == 0)
		b.reopen()
	}
	want := b.unread()[0]
	for _, ref := range []string{"https://press.example/a", "http://press.example/b/", "17", "courier/url:press.example/a", "number:b"} {
		got, err := b.Lookup(b.ctx, ref)
		if err != nil {
			b.t.Fatalf("%s: %v", ref, err)
		}
		b.same(got.Article, want)
	}
	_, err := b.Lookup(b.ctx, "https://press.example/c")
	b.same(errors.Is(err, store.ErrNotFound), true)
}
