package watcher_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/systemd"
	"presswatch/watcher"
	"presswatch/watcher/digest"
	"presswatch/watcher/feed"
	"presswatch/watcher/same"
	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
	"presswatch/watcher/strict"
)

// desk is a whole presswatch on a real store, with a newspaper and a Slack that
// are called in the process: it lives in a bubble of fake time.
type desk struct {
	t       *testing.T
	dir     string
	setup   *watcher.Setup
	paper   *paper
	network http.RoundTripper // in place of the paper, when set
	slack   *slacktest.Server
	sender  func(watcher.Sender) watcher.Sender // wraps the sender; nil: as it is
	wrap    func(store.Store) store.Store       // wraps the store; nil: as it is
	config  slack.Config
	unclear slack.WhenUnclear
	dead    atomic.Bool // the process is gone: its network with it
	log     *strings.Builder
}

const deskRules = `
vocabulary:
  harbour: {en: [harbour, port, quay]}
  treaty: {en: [treaty, pact]}
rules:
  - {id: treaties, name: Treaties, match: '@treaty', alert: 'title:@treaty'}
  - {id: harbours, name: Harbours, match: '@harbour'}
`

const deskSetup = `
sources:
  - id: gazette
    name: The Gazette
    publisher: Gazette
    language: en
    hosts: [gazette.test]
    timezone: Europe/Paris
    identity: '/(?P<number>\d+)\.html'
    feeds: [{url: "http://gazette.test/feed", schedule: "@every 5m"}]
    article: {body: .text, title: h1, lead: .lead}
digests:
  - {id: desk, channel: "#desk", schedule: "0 * * * *", rules: [treaties, harbours], alerts: true, most_alerts: 3}
`

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, dir: t.TempDir(), paper: &paper{}, log: &strings.Builder{}}
	d.configure(deskSetup, deskRules)
	d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}}})
	d.config = slack.Config{Token: slack.Literal(slacktest.Token), APIURL: slacktest.APIURL}
	return d
}

func (d *desk) configure(setup, ruleFile string) {
	d.t.Helper()
	var file struct {
		Sources []watcher.Source `yaml:"sources"`
		Digests []digest.Config  `yaml:"digests"`
	}
	if ms := strict.Decode(strict.File{Name: "setup.yaml", Data: []byte(setup)}, &file); len(ms) > 0 {
		d.t.Fatal(ms.Report())
	}
	files := []strict.File{{Name: "rules.yaml", Data: []byte(ruleFile)}}
	set, ms := rules.Load(files, known(file.Sources))
	if len(ms) > 0 {
		d.t.Fatal(ms.Report())
	}
	kinds, ms := facts.Load(files, set)
	if len(ms) > 0 {
		d.t.Fatal(ms.Report())
	}
	var words struct {
		Vocabulary same.Vocabularies `yaml:"vocabulary"`
	}
	strict.Decode(strict.File{Name: "rules.yaml", Data: []byte(ruleFile)}, &words) // its mistakes are told above
	d.setup = &watcher.Setup{Sources: file.Sources, Digests: file.Digests, Rules: set, Facts: kinds, Words: same.WordsOf(words.Vocabulary), Zone: time.UTC}
}

// known is what rules may name.
func known(sources []watcher.Source) (k rules.Known) {
	for _, s := range sources {
		k.Sources = append(k.Sources, s.ID)
		k.Publishers = append(k.Publishers, s.Publisher)
		k.Languages = append(k.Languages, s.Language)
	}
	return k
}

func readCloser(s string) io.ReadCloser { return io.NopCloser(strings.NewReader(s)) }

// start opens the store and composes a watcher, as a new process would.
func (d *desk) start(ctx context.Context) (*watcher.Watcher, func()) {
	d.t.Helper()
	d.dead.Store(false)
	opened, err := sqlite.Open(ctx, filepath.Join(d.dir, "desk.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	var kept store.Store = opened
	if d.wrap != nil {
		kept = d.wrap(opened)
	}
	var sender watcher.Sender = slack.NewClient(d.config, &http.Client{Transport: mortal{d.slack.Transport(), &d.dead}})
	if d.sender != nil {
		sender = d.sender(sender)
	}
	var network http.RoundTripper = d.paper
	if d.network != nil {
		network = d.network
	}
	w := watcher.New(watcher.Options{
		Store:   kept,
		Client:  feed.NewClient(feed.Config{}, "presswatch/test (+mailto:test@example.org)", mortal{network, &d.dead}),
		Sender:  sender,
		Log:     slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Notify:  systemd.NewNotifier(func(string) string { return "" }),
		Jitter:  func() float64 { return 0 },
		Unclear: d.unclear,
	}, d.setup)
	return w, func() {
		if err := opened.Close(); err != nil {
			d.t.Error(err)
		}
	}
}

// runFor runs the daemon for a time and stops it.
func (d *desk) runFor(span time.Duration) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), span)
	defer cancel()
	w, end := d.start(context.Background())
	defer end()
	if err := w.Run(ctx); err != nil {
		d.t.Error(err)
	}
}

// told lists the texts of the messages in a channel, oldest first.
func (d *desk) told(channel string) (texts []string) {
	for _, m := range d.slack.Messages(channel) {
		texts = append(texts, m.Text)
	}
	return texts
}

// tally counts in how many messages each phrase stands.
func (d *desk) tally(channel string, phrases ...string) map[string]int {
	count := map[string]int{}
	for _, phrase := range phrases {
		for _, text := range d.told(channel) {
			if strings.Contains(text, phrase) {
				count[phrase]++
			}
		}
	}
	return count
}

// story is an article of the paper.
type story struct {
	number      int
	title, lead string
	body        string
	published   time.Time
	appears     time.Time
	status      int    // of its page, 0 for 200
	etag        string // of its page, "" for none
	edited      time.Time
	becomes     *story // from then on
}

// paper is a newspaper with one feed, called in the process.
type paper struct {
	stories  []story
	requests []string // "200 /feed", in order
	status   int      // of the feed, 0 for 200
	header   http.Header
	feed     string // in place of the feed, when set
	window   int    // how many items the feed holds, 0 for all
	host     string // of its pages, "" for gazette.test
}

var errDead = errors.New("the process is dead")

// mortal is a network that ends with its process.
type mortal struct {
	http.RoundTripper
	dead *atomic.Bool
}

func (m mortal) RoundTrip(r *http.Request) (*http.Response, error) {
	if m.dead.Load() {
		return nil, errDead
	}
	response, err := m.RoundTripper.RoundTrip(r)
	if m.dead.Load() { // it died while it waited: nobody hears the answer
		return nil, errDead
	}
	return response, err
}

// RoundTrip serves the paper.
func (p *paper) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, r)
	p.requests = append(p.requests, fmt.Sprintf("%d %s", rec.Code, r.URL.Path))
	response := rec.Result()
	response.Request = r
	return response, nil
}

func (p *paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for key, values := range p.header {
		w.Header()[key] = values
	}
	if r.URL.Path == "/feed" {
		p.serveFeed(w, r)
		return
	}
	for _, s := range p.visible() {
		if r.URL.Path != s.path() {
			continue
		}
		if s.status != 0 {
			http.Error(w, "no page", s.status)
			return
		}
		if s.etag != "" {
			w.Header().Set("ETag", s.etag)
			if r.Header.Get("If-None-Match") == s.etag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>%s</title><h1>%s</h1><p class=lead>%s</p><div class=text>", s.title, s.title, s.lead)
		for _, paragraph := range strings.Split(s.body, "\n\n") {
			fmt.Fprintf(w, "<p>%s</p>", paragraph)
		}
		io.WriteString(w, "</div>")
		return
	}
	http.NotFound(w, r)
}

func (p *paper) serveFeed(w http.ResponseWriter, r *http.Request) {
	if p.status != 0 {
		http.Error(w, "trouble", p.status)
		return
	}
	text := p.feed
	if text == "" {
		text = p.rss()
	}
	etag := fmt.Sprintf(`W/"%d-%d"`, len(text), len(p.visible()))
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	io.WriteString(w, text)
}

func (p *paper) rss() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Gazette</title>`)
	items := p.visible()
	if p.window > 0 {
		items = items[max(0, len(items)-p.window):]
	}
	for _, s := range items {
		host := cmp.Or(p.host, "gazette.test")
		fmt.Fprintf(&b, "<item><title>%s</title><link>http://%s%s</link><guid>http://%s%s</guid><description>%s</description>", s.title, host, s.path(), host, s.path(), s.lead)
		if !s.published.IsZero() {
			fmt.Fprintf(&b, "<pubDate>%s</pubDate>", s.published.Format(time.RFC1123Z))
		}
		b.WriteString("</item>")
	}
	return b.String() + "</channel></rss>"
}

func (p *paper) visible() (out []story) {
	for _, s := range p.stories {
		if s.becomes != nil && !s.edited.After(time.Now()) {
			s = *s.becomes
		}
		if !s.appears.After(time.Now()) {
			out = append(out, s)
		}
	}
	return out
}

func (s story) path() string { return fmt.Sprintf("/story/%d.html", s.number) }

func indented(v any) string {
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(out)
}
