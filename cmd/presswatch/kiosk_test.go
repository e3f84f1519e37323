package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"presswatch/watcher/slack/slacktest"
)

// kiosk is a street full of papers whose feeds bring news all the time, each polled in
// a period of its own, and a strict stand-in for Slack. Titles begin with a name that no other
// has: "T12" is an alert, "H12" waits for a digest.
type kiosk struct {
	t     *testing.T
	slack *slacktest.Server
	host  string

	mu      sync.Mutex
	dice    *rand.Rand
	papers  [][]leaf
	numbers int
	faults  map[string]int // how many were ordered, by the method of Slack
	places  [papers]int    // how often each feed has moved: a new address is polled at once
}

type leaf struct {
	number      int
	title, body string
	at          time.Time
}

const (
	papers      = 24
	leaves      = 60 // in a feed
	channels    = 4
	firstPeriod = 60 // seconds between two polls of the first paper
)

func newKiosk(t *testing.T, dice *rand.Rand, lag time.Duration) *kiosk {
	k := &kiosk{t: t, dice: dice, papers: make([][]leaf, papers), faults: map[string]int{}}
	var all []slacktest.Channel
	for i := range channels {
		all = append(all, slacktest.Channel{ID: fmt.Sprintf("C0DESK%d", i), Name: fmt.Sprintf("desk-%d", i)})
	}
	k.slack = slacktest.New(slacktest.Options{Channels: all, Lag: lag})
	mux := http.NewServeMux()
	mux.Handle("/slack/", http.StripPrefix("/slack", k.slack))
	mux.HandleFunc("/papers/{paper}/feed", k.feed)
	mux.HandleFunc("/papers/{paper}/{page}", k.page)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	k.host = strings.TrimPrefix(server.URL, "http://")
	return k
}

// word is a name that nobody bears.
func (k *kiosk) word() string {
	const vowels, others = "aeiou", "bdfgklmnprstvz"
	var b strings.Builder
	for range 3 + k.dice.IntN(2) {
		b.WriteByte(others[k.dice.IntN(len(others))])
		b.WriteByte(vowels[k.dice.IntN(len(vowels))])
	}
	word := b.String()
	return strings.ToUpper(word[:1]) + word[1:]
}

// publish brings out so many articles, each in one of the papers.
func (k *kiosk) publish(n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for range n {
		k.numbers++
		l := leaf{number: k.numbers, at: time.Now()}
		kind := "T%d. A treaty of %s and %s is signed"
		if k.dice.IntN(3) == 0 {
			kind = "H%d. Ships of %s wait in the harbour of %s"
		}
		l.title = fmt.Sprintf(kind, l.number, k.word(), k.word())
		var words []string
		for range 60 {
			words = append(words, k.word())
		}
		l.body = strings.Join(words, " ") + "."
		i := k.dice.IntN(papers)
		k.papers[i] = append(k.papers[i], l)
	}
}

func (k *kiosk) of(r *http.Request) (paper int, all []leaf) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, err := fmt.Sscanf(r.PathValue("paper"), "p%d", &paper); err != nil || paper < 0 || paper >= papers {
		return 0, nil
	}
	return paper, k.papers[paper]
}

func (k *kiosk) feed(w http.ResponseWriter, r *http.Request) {
	paper, all := k.of(r)
	fmt.Fprintf(w, `<rss version="2.0"><channel><title>P</title><item><title>The weather</title><link>http://%s/papers/p%d/0.html</link></item>`, k.host, paper)
	for _, l := range all[max(0, len(all)-leaves):] {
		fmt.Fprintf(w, `<item><title>%s</title><link>http://%s/papers/p%d/%d.html</link><pubDate>%s</pubDate></item>`, l.title, k.host, paper, l.number, l.at.Format(time.RFC1123Z))
	}
	fmt.Fprint(w, `</channel></rss>`)
}

func (k *kiosk) page(w http.ResponseWriter, r *http.Request) {
	_, all := k.of(r)
	for _, l := range append([]leaf{{title: "The weather", body: "It rains."}}, all...) {
		if r.PathValue("page") == fmt.Sprintf("%d.html", l.number) {
			fmt.Fprintf(w, `<title>%[1]s</title><h1>%[1]s</h1><div class=text><p>%[2]s</p></div>`, l.title, l.body)
			return
		}
	}
	http.NotFound(w, r)
}

// titles are the names of all articles.
func (k *kiosk) titles() (all []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, paper := range k.papers {
		for _, l := range paper {
			name, _, _ := strings.Cut(l.title, ".")
			all = append(all, name)
		}
	}
	return all
}

const kioskRules = `rules:
  - {id: treaties, name: Treaties, match: treaty, alert: 'title:treaty'}
  - {id: harbours, name: Harbours, match: harbour}
`

// move gives a share of the feeds new addresses: one in so many.
func (k *kiosk) move(oneIn int) {
	for i := range k.places {
		if k.dice.IntN(oneIn) == 0 {
			k.places[i]++
		}
	}
}

// configure writes what a presswatch needs to watch the papers and to post here.
// The last channel takes few alerts one by one.
func (k *kiosk) configure(folder string) (config string) {
	var b strings.Builder
	fmt.Fprintf(&b, `timezone: UTC
database: presswatch.db
contact: mailto:test@example.org
rules: [rules.yaml]
network: {allow: [127.0.0.0/8], interval: 20ms}
slack: {token: {env: SLACK_TOKEN}, api_url: "http://%s/slack/api/"}
sources:
`, k.host)
	for i := range papers {
		fmt.Fprintf(&b, `  - {id: p%[1]d, name: "Paper %[1]d", language: en, hosts: ["%[2]s"], identity: '/(?P<number>\d+)\.html', article: {body: .text},
     feeds: [{url: "http://%[2]s/papers/p%[1]d/feed?place=%[4]d", schedule: "@every %[3]ds"}]}
`, i, k.host, firstPeriod+i, k.places[i])
	}
	b.WriteString("digests:\n")
	for i := range channels {
		most := 1000
		if i == channels-1 {
			most = 5
		}
		fmt.Fprintf(&b, `  - {id: desk-%[1]d, channel: "#desk-%[1]d", schedule: "* * * * *", rules: [treaties, harbours], alerts: true, most_alerts: %[2]d}
`, i, most)
	}
	config = filepath.Join(folder, "presswatch.yaml")
	for name, text := range map[string]string{config: b.String(), filepath.Join(folder, "rules.yaml"): kioskRules} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			k.t.Fatal(err)
		}
	}
	return config
}
