package storetest

import (
	"errors"
	"testing"

	"presswatch/store"
	"presswatch/watcher/article"
)

func testLookup(t *testing.T, open Open) {
	b := newBench(t, open)
	entry := article.Entry{
		Identity: "number:17", URL: "https://www.courier.example/monde/a-b-post17.html?page=2&x=1",
		GUID: "https://courier.example/?p=17",
	}
	byPath := article.Entry{Identity: "url:herald.example/a-b", URL: "http://herald.example/a-b/?utm_source=rss"}
	_, err := b.SaveFeed(b.ctx, cursorOf("courier", start()), []article.Entry{entry})
	b.must(err)
	_, err = b.SaveFeed(b.ctx, cursorOf("herald", start()), []article.Entry{byPath})
	b.must(err)
	for name, test := range map[string]struct{ ref, source string }{
		"by its address":                   {entry.URL, "courier"},
		"by its GUID":                      {entry.GUID, "courier"},
		"by source and identity":           {"courier/number:17", "courier"},
		"by an identity with a slash":      {"herald/url:herald.example/a-b", "herald"},
		"with the other scheme":            {"http://www.courier.example/monde/a-b-post17.html?page=2&x=1", "courier"},
		"without www":                      {"https://courier.example/monde/a-b-post17.html?page=2&x=1", "courier"},
		"with a fragment":                  {entry.URL + "#top", "courier"},
		"with the query in other order":    {"https://www.courier.example/monde/a-b-post17.html?x=1&page=2", "courier"},
		"with a tracking parameter":        {entry.URL + "&utm_source=mail", "courier"},
		"by the address in its identity":   {"https://herald.example/a-b", "herald"},
		"with a last slash":                {"https://HERALD.example/a-b/", "herald"},
		"not by another query":             {"https://www.courier.example/monde/a-b-post17.html?page=3&x=1", ""},
		"not by another path":              {"https://herald.example/a", ""},
		"not by another source's identity": {"herald/number:17", ""},
		"not by nothing":                   {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := b.Lookup(b.ctx, test.ref)
			if test.source == "" {
				if !errors.Is(err, store.ErrNotFound) {
					t.Fatalf("got %v, %v", got.Article.URL, err)
				}
				return
			}
			if err != nil || got.Article.Source != test.source || got.Read || len(got.Matches) > 0 {
				t.Fatalf("got %+v, %v", got, err)
			}
		})
	}
}
