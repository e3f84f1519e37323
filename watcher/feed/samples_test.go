package feed

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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

// rss is the item as RSS again.
func (c captured) rss() string {
	return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate><description><![CDATA[%s]]></description></item>",
		html.EscapeString(c.Title), html.EscapeString(c.Link), html.EscapeString(c.ID), html.EscapeString(c.Published), c.Summary)
}

func capturedItems(t testing.TB) map[string][]captured {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t, "samples"), "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Skip("no captured items")
	}
	all := map[string][]captured{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var c captured
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(file)] = append(all[filepath.Base(file)], c)
		}
		f.Close()
	}
	return all
}

func TestEveryCapturedItemIsOneEntry(t *testing.T) {
	teasers := 0
	for file, items := range capturedItems(t) {
		for _, c := range items {
			u, err := url.Parse(c.Link)
			if err != nil {
				t.Fatal(err)
			}
			a := About{URL: c.Link, Hosts: []string{u.Host}, Zone: time.UTC, Now: c.Fetched}
			p, err := Parse([]byte(rssOf(c.rss())), "text/xml", a)
			if err != nil || len(p.Entries) != 1 || len(p.Notes) != 0 {
				t.Fatalf("%s %s: %d entries, %q, %v", file, c.ID, len(p.Entries), p.Notes, err)
			}
			e := p.Entries[0]
			if e.Published.IsZero() || e.Published.After(c.Fetched) || e.Title == "" {
				t.Errorf("%s %s: %+v", file, c.ID, e)
			}
			checkEntries(t, p, a)
			teasers += len(e.Teasers)
		}
	}
	t.Logf("%d related headlines", teasers)
}

func TestADaysCaptureIsOneFeed(t *testing.T) {
	for file, items := range capturedItems(t) {
		days := map[time.Time][]string{}
		for _, c := range items {
			days[c.Fetched] = append(days[c.Fetched], c.rss())
		}
		for day, rss := range days {
			// Without a list of hosts: a publisher's special pages stand on
			// sub-domains of its own.
			p, err := Parse([]byte(rssOf(rss...)), "text/xml", About{URL: items[0].Link, Now: day})
			if err != nil || len(p.Entries) != len(rss) {
				t.Errorf("%s, %v: %d of %d entries, %q, %v", file, day, len(p.Entries), len(rss), p.Notes, err)
			}
		}
	}
}

// fifty is a feed of the usual size, with descriptions of the usual kind.
func fifty() []byte {
	var items []string
	for i := range 50 {
		items = append(items, strings.Replace(item(i+1), "<p>Lead", `<a href="/a"><img src="https://media.news.example.org/images/`+strings.Repeat("0123456789abcdef", 12)+`.jpg"/></a><p>The two ministers of defence met in the capital and signed a plan of cooperation for the coming year. Lead`, 1))
	}
	return []byte(rssOf(items...))
}

func BenchmarkParse50(b *testing.B) {
	body := fifty()
	for b.Loop() {
		if p, err := Parse(body, "", about()); err != nil || len(p.Entries) != 50 {
			b.Fatal(len(p.Entries), err)
		}
	}
}

func BenchmarkParse50Broken(b *testing.B) {
	body := []byte(strings.Replace(string(fifty()), "</title>", "</b></title>", 10))
	for b.Loop() {
		if p, err := Parse(body, "", about()); err != nil || len(p.Entries) != 50 {
			b.Fatal(len(p.Entries), err)
		}
	}
}
