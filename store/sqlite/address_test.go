package sqlite

import (
	"errors"
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func TestAHashInCommonIsNotAnAddressInCommon(t *testing.T) {
	s := newStore(t)
	entry := article.Entry{Identity: "number:1", URL: "https://news.example/a"}
	if _, err := s.SaveFeed(t.Context(), article.Cursor{Source: "courier"}, []article.Entry{entry}); err != nil {
		t.Fatal(err)
	}
	const other = "https://news.example/b"
	if _, err := s.writer.Exec(insertAddress, addressHash(other), 1); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Lookup(t.Context(), other); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("found %s (%v)", got.Article.URL, err)
	}
}

func TestAnAddressAndItsSpellingsHaveOneKey(t *testing.T) {
	for ref, want := range map[string]string{
		"https://www.News.example/A-b/?utm_source=x#y": "news.example/A-b",
		"url:news.example/A-b":                         "news.example/A-b",
		"news.example/A-b":                             "news.example/A-b",
		"http://news.example:80/A-b":                   "news.example/A-b",
		"http://news.example:8080/A-b?b=2&a=1":         "news.example:8080/A-b?a=1&b=2",
		"https://news.example":                         "news.example/",
		"number:881287":                                "number:881287",
		"tag:news.example,2026:a/b":                    "tag:news.example,2026:a/b",
		"ftp://news.example/a":                         "ftp://news.example/a",
		"https://news.example/%zz":                     "https://news.example/%zz",
		"":                                             "",
	} {
		if got := addressKey(ref); got != want {
			t.Errorf("%q: got %q, not %q", ref, got, want)
		}
	}
}
