package watcher_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"presswatch/store"
)

// inTurn answers with one feed after the other, and then with the last.
func inTurn(feeds ...string) func(int, http.ResponseWriter, *http.Request) {
	return func(n int, w http.ResponseWriter, _ *http.Request) { io.WriteString(w, feeds[min(n, len(feeds)-1)]) }
}

// tells polls a desk by the hour, and checks how many messages were posted and how
// many articles are stored.
func (d *desk) tells(polls, messages, articles int) {
	d.t.Helper()
	d.polls(polls, time.Duration(polls)*time.Hour)
	if n := len(d.told("#desk")); n != messages {
		d.t.Errorf("%d messages, not %d: %q", n, messages, d.told("#desk"))
	}
	if n := d.summary().Articles; n != articles {
		d.t.Errorf("%d articles, not %d", n, articles)
	}
}

func (d *desk) lookup(ref string) store.Stored {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	found, err := w.Store.Lookup(context.Background(), ref)
	if err != nil {
		d.t.Fatalf("%s: %v", ref, err)
	}
	return found
}

const one = "http://gazette.test/story/1.html"

func TestManner32AnotherGUIDIsNoOtherArticle(t *testing.T) {
	inTime(t, func(t *testing.T) {
		now := dated(time.Now())
		d, _ := mannered(t, inTurn(channelOf(anItem(one, "Treaty", now, "<guid>a</guid>")), channelOf(anItem(one, "Treaty", now, "<guid>b</guid>"))))
		d.tells(3, 1, 1)
	})
}

func TestManner33AnEditedTitleIsARevisionAndNotASecondAlert(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper.stories = []story{{number: 1, title: "Treaty signed", lead: "L.", body: "B.", published: time.Now(), edited: time.Now().Add(11 * time.Minute),
			becomes: &story{number: 1, title: "Treaty signed at last", lead: "L.", body: "B.", published: time.Now()}}}
		d.runFor(40 * time.Minute)
		if got := d.told("#desk"); len(got) != 1 {
			t.Errorf("told %q", got)
		}
		if found := d.lookup(one); found.Revisions != 2 || found.Article.Title != "Treaty signed at last" {
			t.Errorf("%d revisions, the last %q", found.Revisions, found.Article.Title)
		}
	})
}

func TestManner34AllFormsOfAnAddressAreOneArticle(t *testing.T) {
	for name, forms := range map[string]struct {
		identity string
		links    []string
	}{
		"by its number": {`(?:-post|/)(?P<number>\d+)\.vnp`, []string{
			"http://gazette.test/a-b/56.vnp", "http://gazette.test/a-b-post56.vnp", "https://gazette.test/a-b-post56.vnp", "http://www.gazette.test/other-slug-post56.vnp",
			"http://gazette.test/a-b-post56.vnp?utm_source=x&amp;utm_medium=rss", "http://gazette.test/a-b-post56.vnp#top",
		}},
		"by its address": {"", []string{
			"http://gazette.test/a/caf%C3%A9", "https://gazette.test/a/caf%c3%a9", "http://www.gazette.test/a/café", "http://m.gazette.test/a/caf%C3%A9/",
			"http://gazette.test:80/a/caf%C3%A9?fbclid=1", "http://gazette.test/a/caf%C3%A9#x", "http://GAZETTE.test/a/caf%C3%A9-",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			inTime(t, func(t *testing.T) {
				var feeds []string
				for _, link := range forms.links {
					feeds = append(feeds, channelOf(anItem(link, "Treaty", dated(time.Now()))))
				}
				setup := strings.Replace(deskSetup, `identity: '/(?P<number>\d+)\.html'`, "", 1)
				if forms.identity != "" {
					setup = strings.Replace(deskSetup, `/(?P<number>\d+)\.html`, forms.identity, 1)
				}
				d, s := mannered(t, nil)
				s.answer = func(n int, w http.ResponseWriter, r *http.Request) {
					if strings.HasPrefix(r.URL.Path, "/feed") {
						inTurn(feeds...)(len(s.polls())-1, w, r)
						return
					}
					fmt.Fprint(w, "<!doctype html><title>x</title><h1>Treaty</h1><div class=text><p>Signed.</p></div>")
				}
				d.configure(strings.Replace(setup, "@every 5m", "@every 1h", 1), deskRules)
				d.tells(len(feeds)+1, 1, 1)
			})
		})
	}
}

// polls are the requests for the feed itself.
func (s *server) polls() (all []asked) {
	for _, a := range s.feeds {
		if strings.HasSuffix(a.url, "/feed") {
			all = append(all, a)
		}
	}
	return all
}

func TestManner35ANewDateIsNoNews(t *testing.T) {
	inTime(t, func(t *testing.T) {
		var feeds []string
		for n := range 4 {
			feeds = append(feeds, channelOf(anItem(one, "Treaty", dated(time.Now().Add(time.Duration(n)*time.Hour)))))
		}
		d, _ := mannered(t, inTurn(feeds...))
		d.tells(5, 1, 1)
	})
}

func TestManner36DatesOfTheFutureNoneAndWithoutAZone(t *testing.T) {
	inTime(t, func(t *testing.T) {
		now := time.Now() // midnight in UTC, one o'clock in Paris, where the paper is
		link := func(n int) string { return fmt.Sprintf("http://gazette.test/story/%d.html", n) }
		d, _ := mannered(t, inTurn(channelOf(
			anItem(link(1), "Future", dated(now.Add(7*time.Hour))), anItem(link(2), "Missing"),
			anItem(link(3), "Without a zone", "<pubDate>Fri, 31 Dec 1999 23:30:00</pubDate>"),
			anItem(link(4), "Its zone has a colon", "<pubDate>Sat, 01 Jan 2000 05:30:00 +07:00</pubDate>"),
		)))
		d.polls(1, 0)
		for n, want := range map[int]struct{ at, note string }{
			1: {"2000-01-01T00:00", "clamped"}, 2: {"0001-01-01T00:00", "missing"}, 3: {"1999-12-31T22:30", ""}, 4: {"1999-12-31T22:30", ""},
		} {
			a := d.lookup(link(n)).Article
			if got := a.Published.UTC().Format("2006-01-02T15:04"); got != want.at || a.DateNote != want.note {
				t.Errorf("%s: %s %q", a.Title, got, a.DateNote)
			}
		}
	})
}

func TestManner37WhatLeavesTheFeedAndComesBackIsNoNews(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, _ := mannered(t, inTurn(channelOf(storyItem(1), storyItem(2)), channelOf(storyItem(2)), channelOf(storyItem(1), storyItem(2))))
		d.tells(4, 2, 2)
	})
}

func TestManner38ANewSourceDoesNotFlood(t *testing.T) {
	for baseline, want := range map[string]int{"48h": 1, "0s": 0, "all": 2} {
		inTime(t, func(t *testing.T) {
			var old []string
			for n := range 50 {
				old = append(old, anItem(fmt.Sprintf("http://gazette.test/old/%d.html", n+10), "Treaty", dated(time.Now().Add(-time.Duration(50+n)*time.Hour))))
			}
			d, _ := mannered(t, inTurn(channelOf(append([]string{storyItem(0)}, old...)...)))
			if err := d.setup.Sources[0].Baseline.UnmarshalText([]byte(baseline)); err != nil {
				t.Fatal(err)
			}
			d.polls(3, 3*time.Hour)
			if n := min(len(d.told("#desk")), 2); n != want || d.summary().Articles != 51 {
				t.Errorf("baseline %s: %d messages, %d articles", baseline, n, d.summary().Articles)
			}
		})
	}
}

func TestManner40NeitherOrderNorNumberIsAWaterMark(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, _ := mannered(t, inTurn(
			channelOf(storyItem(50), storyItem(40)),
			channelOf(storyItem(50), storyItem(40), storyItem(7)), // a lower number, at the end, with an older date
			channelOf(storyItem(45), storyItem(50), storyItem(40), storyItem(7)),
		))
		d.tells(4, 4, 4)
	})
}

func TestManner41RelativeLinksAreResolved(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, _ := mannered(t, inTurn(channelOf(anItem("/story/1.html", "Treaty", dated(time.Now())), anItem("story/2.html", "Treaty", dated(time.Now())), anItem("//gazette.test/story/3.html", "Treaty", dated(time.Now())))))
		d.polls(1, 0)
		for n := range 3 {
			if link := fmt.Sprintf("http://gazette.test/story/%d.html", n+1); d.lookup(link).Article.URL != link {
				t.Errorf("%s is stored as %s", link, d.lookup(link).Article.URL)
			}
		}
	})
}

func TestManner42LinksToForeignHostsAreRefused(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, inTurn(channelOf(storyItem(1),
			anItem("http://gazette.example/story/2.html", "Treaty", dated(time.Now())), anItem("http://gazette.test.bet.example/story/3.html", "Treaty", dated(time.Now())),
			anItem("http://user@bet.example/gazette.test/4.html", "Treaty", dated(time.Now())), anItem("javascript:alert(1)", "Treaty", dated(time.Now())))))
		d.tells(1, 1, 1)
		for _, a := range s.all {
			if !strings.HasPrefix(a.url, "http://gazette.test/") {
				t.Errorf("asked for %s", a.url)
			}
		}
	})
}
