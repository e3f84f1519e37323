package watcher_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher"
	"presswatch/watcher/feed"
)

// interval is the least time between two requests to a host.
const interval = feed.DefaultInterval

// pauses checks that requests kept their distance.
func (s *server) pauses(t *testing.T) {
	t.Helper()
	last := map[string]asked{}
	for _, a := range s.all {
		host := strings.Split(a.url, "/")[2]
		if before, ok := last[host]; ok && a.at.Sub(before.ended) < interval {
			t.Errorf("%s came %v after %s", a.url, a.at.Sub(before.ended), before.url)
		}
		last[host] = a
	}
}

func TestManner11RequestsKeepTheirDistanceAcrossRestartReloadAndManualRuns(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, always(nil, storyItem(1), storyItem(2), storyItem(3)))
		for range 4 {
			d.runFor(3 * time.Second) // killed and started again at once
		}
		w, end := d.start(context.Background())
		for range 3 {
			if _, err := w.Once(context.Background(), watcher.OnceOptions{Poll: watcher.AllFeeds}); err != nil {
				t.Fatal(err)
			}
			w.Swap(d.setup)
		}
		end()
		d.runFor(time.Minute)
		if len(s.all) < 7 {
			t.Errorf("only %d requests", len(s.all))
		}
		s.pauses(t)
	})
}

func TestManner12JitterOnlyLengthens(t *testing.T) {
	now := time.Date(2026, 7, 20, 10, 0, 0, 0, time.UTC)
	for _, err := range []error{nil, &feed.NotFeed{What: "x"}, &feed.Error{Kind: feed.Status, Status: 503, RetryAfter: time.Hour}} {
		o := feed.Outcome{Scheduled: now.Add(10 * time.Minute), Err: err, Failures: 3}
		least, _ := feed.NextPoll(now, o)
		for _, o.Jitter = range []float64{0.1, 0.5, 0.99, -1} {
			if due, _ := feed.NextPoll(now, o); due.Before(least) || due.After(least.Add(time.Hour)) {
				t.Errorf("%v, jitter %v: due %v, without it %v", err, o.Jitter, due, least)
			}
		}
	}
}

func TestManner13TheNextPollIsTheLatestOfAllWishesWithinADay(t *testing.T) {
	for _, c := range []struct {
		name   string
		header map[string]string
		head   string // of the channel
		status int
		after  time.Duration
		why    string
	}{
		{"nothing asked", nil, "", 200, time.Hour, "schedule"},
		{"less than the schedule", map[string]string{"Cache-Control": "max-age=60"}, "<ttl>5</ttl>", 200, time.Hour, "schedule"},
		{"max-age less Age", map[string]string{"Cache-Control": "public, max-age=10800", "Age": "1800"}, "", 200, 150 * time.Minute, "fresh"},
		{"Expires", map[string]string{"Date": "Sat, 01 Jan 2000 00:00:00 GMT", "Expires": "Sat, 01 Jan 2000 03:00:00 GMT"}, "", 200, 3 * time.Hour, "fresh"},
		{"ttl", nil, "<ttl>120</ttl>", 200, 2 * time.Hour, "the feed asks for 2h"},
		{"the latest of them", map[string]string{"Cache-Control": "max-age=10800"}, "<ttl>240</ttl>", 200, 4 * time.Hour, "the feed asks"},
		{"Retry-After", map[string]string{"Retry-After": "7200"}, "", 503, 2 * time.Hour, "pause of 2h"},
		{"a week", map[string]string{"Cache-Control": "max-age=604800"}, "", 200, 24 * time.Hour, "fresh"},
		{"a year", nil, "<ttl>525600</ttl>", 200, 24 * time.Hour, "the feed asks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inTime(t, func(t *testing.T) {
				d, _ := mannered(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
					for key, value := range c.header {
						w.Header()[key] = []string{value}
					}
					w.WriteHeader(c.status)
					fmt.Fprint(w, strings.Replace(channelOf(storyItem(1)), "<channel>", "<channel>"+c.head, 1))
				})
				d.polls(1, 0)
				cursor := d.cursor()
				if after := cursor.Due.Sub(cursor.Checked.Truncate(time.Minute)); after.Round(time.Minute) != c.after || !strings.Contains(cursor.Why, c.why) {
					t.Errorf("due after %v, because: %s", after, cursor.Why)
				}
			})
		})
	}
}

func TestManner14WhatIsNotToBeCachedIsNeitherHastenedNorAskedInVain(t *testing.T) {
	for key, value := range map[string]string{"Expires": "0", "Cache-Control": "no-store, no-cache, max-age=0", "Pragma": "no-cache"} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, func(n int, w http.ResponseWriter, r *http.Request) {
				w.Header().Set(key, value)
				validating(`"1"`, storyItem(1))(n, w, r)
			})
			d.polls(3, 3*time.Hour)
			if got := s.header("If-None-Match"); got != `– | "1" | "1"` {
				t.Errorf("%s: If-None-Match: %s", key, got)
			}
			if d := s.feeds[1].at.Sub(s.feeds[0].at); d < 59*time.Minute {
				t.Errorf("%s: asked again after %v", key, d)
			}
		})
	}
}

func TestManner15RetryAfterIsObeyedInBothForms(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"5400": 90 * time.Minute, "Sat, 01 Jan 2000 03:00:00 GMT": 3 * time.Hour, "soon": time.Hour, "-5": time.Hour, "999999999999": 24 * time.Hour,
	} {
		for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
			inTime(t, func(t *testing.T) {
				d, s := mannered(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Retry-After", value)
					w.WriteHeader(status)
				})
				d.polls(2, 48*time.Hour)
				if got := s.feeds[1].at.Sub(s.feeds[0].at.Truncate(time.Minute)).Round(time.Minute); got != want {
					t.Errorf("%d, Retry-After %s: asked again after %v", status, value, got)
				}
			})
		}
	}
}

func TestManner16TroubleBacksOffPerHostWithoutEverGivingUp(t *testing.T) {
	for _, status := range []int{403, 429, 500, 502, 503, 504} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
			d.setup.Sources[0].Feeds = append(d.setup.Sources[0].Feeds, watcher.Feed{URL: "http://gazette.test/feed/2", Schedule: d.setup.Sources[0].Feeds[0].Schedule})
			d.polls(200, 20*24*time.Hour)
			var waits []time.Duration
			var last time.Time
			for _, a := range s.feeds {
				if strings.HasSuffix(a.url, "/feed") {
					if !last.IsZero() {
						waits = append(waits, a.at.Sub(last).Round(time.Minute))
					}
					last = a.at
				}
			}
			if len(waits) < 15 || !slices.IsSorted(waits[:6]) || waits[3] < 6*time.Hour || slices.Max(waits) > 31*time.Hour {
				t.Errorf("%d: waits %v", status, waits)
			}
		})
	}
}

// TestManner16AHost…: it is left alone by all that ask it.
func TestManner16AHostThatFailsTimeAfterTimeIsLeftAloneByAll(t *testing.T) {
	inTime(t, func(t *testing.T) {
		s := &server{answer: func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }}
		c := feed.NewClient(feed.Config{}, "test", s)
		var held int
		for n := range 20 {
			_, err := c.Fetch(t.Context(), feed.Request{URL: fmt.Sprintf("http://gazette.test/feed/%d", n)})
			if fe, ok := err.(*feed.Error); ok && fe.Kind == feed.Held {
				held++
			}
		}
		if len(s.feeds) != 3 || held != 17 {
			t.Errorf("%d requests, %d held back", len(s.feeds), held)
		}
		time.Sleep(90 * time.Second)
		s.answer = always(nil, storyItem(1))
		for range 3 {
			if _, err := c.Fetch(t.Context(), feed.Request{URL: "http://gazette.test/feed"}); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestManner17OneRequestAtATimeForAHostAndNoHerdAtStart(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, always(nil, storyItem(1)))
		s.wait = 3 * time.Second
		first := d.setup.Sources[0]
		for n := range 5 {
			other := first
			other.ID, other.Feeds = fmt.Sprintf("other-%d", n), nil
			for m := range 3 {
				other.Feeds = append(other.Feeds, watcher.Feed{URL: fmt.Sprintf("http://gazette.test/feed/%d/%d", n, m), Schedule: first.Feeds[0].Schedule})
			}
			d.setup.Sources = append(d.setup.Sources, other)
		}
		d.runFor(5 * time.Minute)
		if s.worst != 1 || len(s.feeds) != 16 {
			t.Errorf("%d requests at a time, %d in all", s.worst, len(s.feeds))
		}
		s.pauses(t)
	})
}
