package watcher_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/slack/slacktest"
)

// The manners of a poller are 42 checks, each a test named TestMannerNN…: 01 to 10
// validators, 11 to 17 timing, 18 to 24 requests, 25 to 31 answers, 32 to 42 items.
// This one says which are missing.
func TestNoMannerIsMissing(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if m := regexp.MustCompile(`^TestManner(\d\d)[A-Z]`).FindStringSubmatch(f.Name.Name); m != nil {
				found[m[1]] = f.Name.Name
			}
		}
	}
	for n := 1; n <= 42; n++ {
		name := found[fmt.Sprintf("%02d", n)]
		if name == "" {
			t.Errorf("check %d has no test", n)
		}
		t.Log(name)
	}
}

// server is a publisher's server that a test answers for, called in the process.
type server struct {
	answer func(n int, w http.ResponseWriter, r *http.Request) // of a feed; n counts from 0
	wait   time.Duration                                       // that every answer takes
	mu     sync.Mutex
	feeds  []asked
	all    []asked
	busy   map[string]int // requests under way, by host
	worst  int            // the most of them at a time
}

// asked is a request that the server got.
type asked struct {
	at     time.Time
	ended  time.Time
	url    string
	header http.Header
}

func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	a := asked{at: time.Now(), url: r.URL.String(), header: r.Header.Clone()}
	n := len(s.feeds)
	if s.busy == nil {
		s.busy = map[string]int{}
	}
	s.busy[r.URL.Host]++
	s.worst = max(s.worst, s.busy[r.URL.Host])
	isFeed := !strings.HasSuffix(r.URL.Path, ".html")
	if isFeed {
		s.feeds = append(s.feeds, a)
	}
	s.mu.Unlock()
	time.Sleep(s.wait)
	rec := httptest.NewRecorder()
	if isFeed {
		s.answer(n, rec, r)
	} else {
		fmt.Fprintf(rec, "<!doctype html><title>x</title><h1>Treaty of %s</h1><div class=text><p>Signed.</p></div>", r.URL.Path)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy[r.URL.Host]--
	a.ended = time.Now()
	s.all = append(s.all, a)
	response := rec.Result()
	response.Request = r
	return response, nil
}

// header lists what the feed's requests had in a header, "–" for none.
func (s *server) header(key string) string {
	var all []string
	for _, a := range s.feeds {
		if values, ok := a.header[key]; ok {
			all = append(all, strings.Join(values, ", "))
		} else {
			all = append(all, "–")
		}
	}
	return strings.Join(all, " | ")
}

// mannered is a desk that polls a server every hour.
func mannered(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) (*desk, *server) {
	d := newDesk(t)
	d.configure(strings.Replace(deskSetup, "@every 5m", "@every 1h", 1), deskRules)
	d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
	d.setup.OpsChannel = "#ops"
	s := &server{answer: answer}
	d.network = s
	return d, s
}

// polls polls whenever the feed is due, reads and delivers, so many times at most
// and over so much time.
func (d *desk) polls(most int, span time.Duration) {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	until := time.Now().Add(span)
	for range most {
		pass, err := w.Poll(context.Background())
		if err == nil {
			_, err = w.Read(context.Background())
		}
		if err == nil {
			_, err = w.Deliver(context.Background())
		}
		if err != nil {
			d.t.Fatal(pass, err)
		}
		next := d.dueNext(w.Cursors)
		if next.IsZero() || next.After(until) {
			return
		}
		time.Sleep(time.Until(next))
	}
}

func (d *desk) dueNext(cursors func(context.Context) ([]article.Cursor, error)) (next time.Time) {
	d.t.Helper()
	all, err := cursors(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, c := range all {
		if !c.Gone && (next.IsZero() || c.Due.Before(next)) {
			next = c.Due
		}
	}
	return next
}

// anItem is an item of a feed.
func anItem(link, title string, more ...string) string {
	return fmt.Sprintf("<item><title>%s</title><link>%s</link>%s</item>", title, link, strings.Join(more, ""))
}

func dated(at time.Time) string {
	return "<pubDate>" + at.Format(time.RFC1123Z) + "</pubDate>"
}

func storyItem(n int) string {
	return anItem(fmt.Sprintf("http://gazette.test/story/%d.html", n), fmt.Sprintf("Treaty %d", n), dated(time.Date(2000, 1, 1, 0, n, 0, 0, time.UTC)))
}

func channelOf(items ...string) string {
	return `<rss version="2.0"><channel><title>G</title>` + strings.Join(items, "") + `</channel></rss>`
}

// always answers every request with the same feed.
func always(header map[string]string, items ...string) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		for key, value := range header {
			w.Header()[key] = []string{value}
		}
		io.WriteString(w, channelOf(items...))
	}
}

// validating is always, but for a 304 where the validator comes back.
func validating(etag string, items ...string) func(int, http.ResponseWriter, *http.Request) {
	return func(n int, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		always(map[string]string{"Etag": etag}, items...)(n, w, r)
	}
}

// inTime runs a test in a bubble of fake time.
func inTime(t *testing.T, test func(t *testing.T)) { synctest.Test(t, test) }
