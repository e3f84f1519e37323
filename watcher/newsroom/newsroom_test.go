package newsroom

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/mmcdole/gofeed"
)

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// open is a newsroom whose clock stands so long after its start.
func open(t *testing.T, elapsed time.Duration) *Newsroom {
	t.Helper()
	n, err := New(start, func() time.Time { return start.Add(elapsed) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// get asks a handler as a reader on host would.
func get(t *testing.T, h http.Handler, target string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (p Publisher) feedAt(host string) string { return "http://" + host + p.Feed }

// read parses a publisher's feed.
func read(t *testing.T, p Publisher) *gofeed.Feed {
	t.Helper()
	feed, err := gofeed.NewParser().ParseString(body(t, get(t, p.Handler, p.feedAt("127.0.0.1:8081"))))
	if err != nil {
		t.Fatalf("feed of %s: %v", p.ID, err)
	}
	return feed
}

func TestEveryFeedIsReadByAFeedParser(t *testing.T) {
	kinds := map[string]bool{}
	for _, p := range open(t, time.Hour).Publishers() {
		feed := read(t, p)
		kinds[feed.FeedType] = true
		if len(feed.Items) < 2 {
			t.Errorf("feed of %s: %d items", p.ID, len(feed.Items))
		}
		for i, item := range feed.Items {
			switch {
			case item.Title == "", item.Description == "":
				t.Errorf("feed of %s: item %d has no title or description", p.ID, i)
			case item.GUID != item.Link || !strings.HasPrefix(item.Link, "http://127.0.0.1:8081/"):
				t.Errorf("feed of %s: guid %q, link %q", p.ID, item.GUID, item.Link)
			case item.PublishedParsed == nil || item.PublishedParsed.After(start.Add(time.Hour)):
				t.Errorf("feed of %s: published %q", p.ID, item.Published)
			case i > 0 && item.PublishedParsed.After(*feed.Items[i-1].PublishedParsed):
				t.Errorf("feed of %s: %q is newer than the item before it", p.ID, item.Title)
			}
		}
	}
	for _, kind := range []string{"rss", "atom", "json"} {
		if !kinds[kind] {
			t.Errorf("no feed is %s", kind)
		}
	}
}

func TestEveryItemLeadsToItsPage(t *testing.T) {
	for _, p := range open(t, time.Hour).Publishers() {
		for _, item := range read(t, p).Items {
			page := get(t, p.Handler, item.Link)
			if page.StatusCode != http.StatusOK {
				t.Fatalf("%s: %s", item.Link, page.Status)
			}
			doc, err := goquery.NewDocumentFromReader(page.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(doc.Find("h1").Text()); got != item.Title {
				t.Errorf("%s: h1 is %q, the feed says %q", item.Link, got, item.Title)
			}
		}
	}
}

func TestAnArticleAppearsWhenItsTimeHasCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, err := New(time.Now(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		before := len(n.Articles())
		time.Sleep(n.Lasts() - time.Nanosecond)
		almost := len(n.Articles())
		time.Sleep(time.Nanosecond)
		all := len(n.Articles())
		if before == 0 || before >= almost || almost >= all {
			t.Errorf("articles at the start %d, just before the last %d, with the last %d", before, almost, all)
		}
	})
}

func TestAPageDoesNotExistBeforeItsArticleAppears(t *testing.T) {
	late := Article{Publisher: "agency-fr", Number: 730118, Slug: "x"}
	for elapsed, want := range map[time.Duration]int{0: http.StatusNotFound, time.Hour: http.StatusOK} {
		p := open(t, elapsed).Publishers()[0]
		got := get(t, p.Handler, "http://h"+p.press.path(late.Slug, late.Number)).StatusCode
		if got != want {
			t.Errorf("after %v: status %d, want %d", elapsed, got, want)
		}
	}
}

func TestOneArticleHasTwoAddresses(t *testing.T) {
	p := open(t, time.Hour).Publishers()[0]
	a := body(t, get(t, p.Handler, "http://h/some-slug-post730118.vnp"))
	b := body(t, get(t, p.Handler, "http://h/another/730118.vnp"))
	if a != b || !strings.Contains(a, "article__title") {
		t.Error("the two addresses lead to different pages")
	}
}

func TestValidatorsSpareAnUnchangedFeed(t *testing.T) {
	elapsed := time.Duration(0)
	n, err := New(start, func() time.Time { return start.Add(elapsed) })
	if err != nil {
		t.Fatal(err)
	}
	p := n.Publishers()[0]
	first := get(t, p.Handler, p.feedAt("h"))
	etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if first.StatusCode != http.StatusOK || etag == "" || modified == "" {
		t.Fatalf("status %d, ETag %q, Last-Modified %q", first.StatusCode, etag, modified)
	}
	requests := []struct {
		name   string
		header []string
		want   int
	}{
		{"the same entity tag", []string{"If-None-Match", etag}, http.StatusNotModified},
		{"the same tag, weakened on its way", []string{"If-None-Match", "W/" + etag}, http.StatusNotModified},
		{"the same date", []string{"If-Modified-Since", modified}, http.StatusNotModified},
		{"another tag beside the same date", []string{"If-None-Match", `"x"`, "If-Modified-Since", modified}, http.StatusOK},
		{"a date that cannot be read", []string{"If-Modified-Since", "yesterday"}, http.StatusOK},
	}
	for _, r := range requests {
		got := get(t, p.Handler, p.feedAt("h"), r.header...)
		if got.StatusCode != r.want {
			t.Errorf("%s: status %d, want %d", r.name, got.StatusCode, r.want)
		}
		if got.StatusCode == http.StatusNotModified && body(t, got) != "" {
			t.Errorf("%s: 304 with a body", r.name)
		}
	}
	elapsed = time.Hour
	later := get(t, p.Handler, p.feedAt("h"), "If-None-Match", etag, "If-Modified-Since", modified)
	if later.StatusCode != http.StatusOK || later.Header.Get("ETag") == etag {
		t.Errorf("with new articles: status %d, ETag %s", later.StatusCode, later.Header.Get("ETag"))
	}
}

func TestBodiesAreGzippedOnRequest(t *testing.T) {
	n := open(t, time.Hour)
	server := httptest.NewServer(n.Publishers()[0].Handler)
	defer server.Close()
	for _, path := range []string{n.Publishers()[0].Feed, "/x-post730118.vnp"} {
		response, err := server.Client().Get(server.URL + path) // asks for gzip, and undoes it
		if err != nil {
			t.Fatal(err)
		}
		if got := body(t, response); !response.Uncompressed || !strings.Contains(got, "<title>") {
			t.Errorf("%s: gzipped %v, %.60q", path, response.Uncompressed, got)
		}
		response.Body.Close()
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	h := open(t, 0).Publishers()[0].Handler
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/rss/home.rss", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", w.Code)
	}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/rss/home.rss", nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: status %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestASourceNamesItsHostAndFeed(t *testing.T) {
	for _, p := range open(t, 0).Publishers() {
		text, err := p.Source("127.0.0.1:8081", "@every 1m")
		if err != nil {
			t.Fatal(err)
		}
		address, err := url.Parse(p.feedAt("127.0.0.1:8081"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"id: " + p.ID + "\n", "127.0.0.1:8081", address.String(), "@every 1m", "identity:"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("source %s lacks %q:\n%s", p.ID, want, text)
			}
		}
		if !strings.HasPrefix(string(text), "id:") {
			t.Errorf("source %s does not begin with its id", p.ID)
		}
	}
}
