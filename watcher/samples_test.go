package watcher_test

import (
	"bufio"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// captured is an item as a real feed served it.
type captured struct {
	Fetched   time.Time `json:"fetched"`
	ID        string    `json:"id"`
	Link      string    `json:"link"`
	Title     string    `json:"title"`
	Published string    `json:"published"`
	Summary   string    `json:"summary"`
}

// archive replays captured feeds: at any time each serves the newest fifty of the
// items that were captured by then. Its pages are gone.
type archive struct {
	feeds map[string][]captured // by host

	mu       sync.Mutex
	requests map[string]int // "304 host"
}

func (a *archive) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body, header := http.StatusGone, "", http.Header{}
	if r.URL.Path == "/rss" {
		status = http.StatusOK
		body = a.rss(r.URL.Host)
		header.Set("ETag", fmt.Sprintf(`"%d"`, len(body)))
		header.Set("Content-Type", "text/xml")
		if r.Header.Get("If-None-Match") == header.Get("ETag") {
			status, body = http.StatusNotModified, ""
		}
		a.mu.Lock()
		a.requests[fmt.Sprintf("%d %s", status, r.URL.Host)]++
		a.mu.Unlock()
	}
	return &http.Response{StatusCode: status, Header: header, Body: readCloser(body), Request: r, ContentLength: int64(len(body))}, nil
}

func (a *archive) rss(host string) string {
	var items []captured
	for _, c := range a.feeds[host] {
		if !c.Fetched.After(time.Now()) {
			items = append(items, c)
		}
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>`)
	escape := func(s string) string {
		var e strings.Builder
		_ = xml.EscapeText(&e, []byte(s))
		return e.String()
	}
	for _, c := range items[max(0, len(items)-50):] {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate><description>%s</description></item>",
			escape(c.Title), escape(c.Link), escape(c.ID), escape(c.Published), escape(c.Summary))
	}
	return b.String() + "</channel></rss>"
}

const archiveSetup = `
sources:
  - {id: vietnamplus, language: vi, hosts: [www.vietnamplus.vn, mega.vietnamplus.vn], timezone: Asia/Ho_Chi_Minh, identity: '-post(?P<number>\d+)\.vnp', baseline: all,
     feeds: [{url: "http://www.vietnamplus.vn/rss", schedule: "@every 6h"}]}
  - {id: nhandan, language: vi, hosts: [nhandan.vn], timezone: Asia/Ho_Chi_Minh, identity: '-post(?P<number>\d+)\.html', baseline: all,
     feeds: [{url: "http://nhandan.vn/rss", schedule: "@every 6h"}]}
  - {id: vov, language: vi, hosts: [vov.vn], timezone: Asia/Ho_Chi_Minh, identity: '-post(?P<number>\d+)\.vov', baseline: all,
     feeds: [{url: "http://vov.vn/rss", schedule: "@every 6h"}]}
digests:
  - {id: desk, channel: "#desk", schedule: "0 7 * * *", rules: [defence]}
`

const archiveRules = `rules: [{id: defence, match: '"quốc phòng"'}]`

// TestRealFeedsAreStoredOnceAndRelatedHeadlinesAreNotRead replays a month of
// three captured feeds, day by day.
func TestRealFeedsAreStoredOnceAndRelatedHeadlinesAreNotRead(t *testing.T) {
	if testing.Short() {
		t.Skip("a month of three feeds takes some seconds")
	}
	t.Parallel()
	shared := os.Getenv("PRESSWATCH_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	feeds := map[string][]captured{}
	total := 0
	for host, name := range map[string]string{"www.vietnamplus.vn": "vietnamplus_www_home", "nhandan.vn": "nhandan_home", "vov.vn": "vov"} {
		feeds[host] = readCaptured(t, filepath.Join(shared, "samples", name+"_rss_items.jsonl"))
		total += len(feeds[host])
	}
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(archiveSetup, archiveRules)
		a := &archive{feeds: feeds, requests: map[string]int{}}
		d.network = a
		first := feeds["vov.vn"][0].Fetched
		time.Sleep(time.Until(first))
		d.runFor(34 * 24 * time.Hour)
		d.checkArchive(total, feeds)
		for host := range feeds {
			if a.requests["304 "+host] == 0 {
				t.Errorf("%s: no poll of an unchanged feed was a 304: %v", host, a.requests)
			}
		}
		d.runFor(24 * time.Hour) // a second pass over what is there
		d.checkArchive(total, feeds)
	})
}

// checkArchive checks what is stored against what was captured.
func (d *desk) checkArchive(total int, feeds map[string][]captured) {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	sum, err := w.Store.Summary(context.Background())
	if err != nil || sum.Articles != total || sum.Unread != 0 {
		d.t.Fatalf("%d articles of %d, %d unread, %v", sum.Articles, total, sum.Unread, err)
	}
	matched, onlyRelated := 0, 0
	for host, items := range feeds {
		for _, c := range items {
			s, err := w.Store.Lookup(context.Background(), c.Link)
			if err != nil {
				d.t.Errorf("%s: %v", c.Link, err)
				continue
			}
			if s.Article.Published.IsZero() || s.Article.Published.After(s.Article.Seen) {
				d.t.Errorf("%s: published %v, seen %v", c.Link, s.Article.Published, s.Article.Seen)
			}
			own, related, _ := strings.Cut(c.Summary, "<ul>")
			phrase := "quốc phòng"
			inOwn := strings.Contains(strings.ToLower(c.Title+" "+own), phrase)
			inRelated := host != "vov.vn" && strings.Contains(strings.ToLower(related), phrase)
			if inRelated && !inOwn {
				onlyRelated++
			}
			if len(s.Matches) > 0 {
				matched++
				d.checkOwnWords(c, s)
			}
			if inOwn != (len(s.Matches) > 0) {
				d.t.Errorf("%s: the phrase is in its own words: %v, matched: %v", c.Link, inOwn, len(s.Matches) > 0)
			}
		}
	}
	if matched == 0 || onlyRelated == 0 {
		d.t.Errorf("%d matches, %d with the phrase in related headlines only: the captures prove nothing", matched, onlyRelated)
	}
	d.t.Logf("%d articles, %d matched; %d with the phrase in related headlines alone did not", total, matched, onlyRelated)
}

func (d *desk) checkOwnWords(c captured, s store.Stored) {
	for _, p := range s.Matches[0].Evidence {
		if p.Zone != article.Title && p.Zone != article.Lead && p.Zone != article.Body {
			d.t.Errorf("%s: evidence in %s", c.Link, p.Zone)
		}
	}
}

func readCaptured(t *testing.T, path string) (items []captured) {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("no captured feeds: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c captured
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		items = append(items, c)
	}
	return items
}
