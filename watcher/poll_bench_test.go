package watcher_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"presswatch/watcher"
)

// benchFeeds is how many feeds a pass of Poll has in a benchmark: what a pass
// costs once is shared among them, as it is by a desk's.
const benchFeeds = 100

// press serves feeds of 50 entries, each of the size that an agency's have.
type press struct {
	round int // entries that appeared since the beginning
}

func (p *press) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	etag := fmt.Sprintf(`"%d"`, p.round)
	if r.Header.Get("If-None-Match") == etag {
		rec.WriteHeader(http.StatusNotModified)
	} else {
		rec.Header().Set("ETag", etag)
		io.WriteString(rec, p.feed(strings.TrimPrefix(r.URL.Path, "/feed/")))
	}
	response := rec.Result()
	response.Request = r
	return response, nil
}

func (p *press) feed(name string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Gazette</title>`)
	for n := p.round + 50; n > p.round; n-- {
		link := fmt.Sprintf("http://gazette.test/%s/the-councils-of-two-cities-agree-on-a-bridge-post%d.html", name, n)
		fmt.Fprintf(&b, `<item><title><![CDATA[The councils of two cities agree on a bridge, no %d]]></title><link>%s</link><guid>%s</guid><pubDate>Sat, 22 Aug 2026 21:%02d:00 +0700</pubDate>`, n, link, link, n%60)
		fmt.Fprintf(&b, `<description><![CDATA[<a href="%s"><img src="http://gazette.test/pictures/%d.jpg"></a><p>%s</p><div style="clear: both;"><ul><li><a href="http://gazette.test/other">Another headline of the day</a></li></ul></div>]]></description></item>`, link, n, strings.Repeat("The bridge is to be built within four years, said the mayors. ", 4))
	}
	return b.String() + "</channel></rss>"
}

func benchPress(b *testing.B) (*watcher.Watcher, *press) {
	b.Helper()
	p, source := &press{}, benchSource
	source.Feeds = nil
	for n := range benchFeeds {
		source.Feeds = append(source.Feeds, watcher.Feed{URL: fmt.Sprintf("http://gazette.test/feed/%d", n)})
	}
	w := benchDesk(b, p, shippedSetup(b, source))
	if pass, err := w.Poll(b.Context()); err != nil || pass.Done != benchFeeds {
		b.Fatal(pass, err)
	}
	return w, p
}

// BenchmarkPollNotModified is one poll of a feed that answers 304, with what it
// writes. Goal: ≤ 0.1 ms of CPU.
func BenchmarkPollNotModified(b *testing.B) {
	w, _ := benchPress(b)
	benchPolls(b, w, func() {})
}

// BenchmarkPollOneNewOfFifty is one poll of a feed of 50 entries of which one is
// new, with the whole intake and what it writes. Goal: ≤ 6 ms of CPU.
func BenchmarkPollOneNewOfFifty(b *testing.B) {
	w, p := benchPress(b)
	benchPolls(b, w, func() { p.round++ })
}

// benchPolls reports the CPU time of a poll, and its share for each feed.
func benchPolls(b *testing.B, w *watcher.Watcher, news func()) {
	b.Helper()
	polls := 0
	before := cpu()
	for b.Loop() {
		news()
		pass, err := w.Poll(b.Context())
		if err != nil || pass.Done != benchFeeds {
			b.Fatal(pass, err)
		}
		polls += pass.Done
	}
	b.ReportMetric((cpu()-before).Seconds()*1000/float64(polls), "cpu-ms/feed")
}

// cpu is the time that this process has worked.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
