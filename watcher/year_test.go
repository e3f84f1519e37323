package watcher_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/slack/slacktest"
)

// agency is a newspaper with many feeds; each has a new article every few days.
type agency struct {
	begun time.Time
	every time.Duration
}

// RoundTrip serves /feed/N, with the newest articles of the feed, and their pages.
func (a agency) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	var feed, n int
	if _, err := fmt.Sscanf(r.URL.Path, "/story/%d-%d.html", &feed, &n); err == nil {
		rec.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(rec, "<h1>%s</h1><div class=text><p>In the harbour.</p></div>", title(feed, n))
	} else if _, err := fmt.Sscanf(r.URL.Path, "/feed/%d", &feed); err == nil {
		rec.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(rec, `<rss version="2.0"><channel><title>A</title>`)
		newest := int(time.Since(a.begun) / a.every)
		for n := max(0, newest-3); n <= newest; n++ {
			fmt.Fprintf(rec, "<item><title>%s</title><link>http://gazette.test/story/%d-%d.html</link><pubDate>%s</pubDate></item>",
				title(feed, n), feed, n, a.begun.Add(time.Duration(n)*a.every).Format(time.RFC1123Z))
		}
		io.WriteString(rec, "</channel></rss>")
	}
	response := rec.Result()
	response.Request = r
	return response, nil
}

func title(feed, n int) string { return fmt.Sprintf("Ship %d of line %d.", n, feed) }

// yearSetup has sixteen feeds and four digests in four zones. Their hours lie
// where clocks are turned: what a clock skips, and what it shows twice.
func yearSetup() string {
	var feeds []string
	for i := range 16 {
		feeds = append(feeds, fmt.Sprintf(`{url: "http://gazette.test/feed/%d", schedule: "@every 72h"}`, i))
	}
	return strings.Replace(strings.Split(deskSetup, "digests:")[0], `{url: "http://gazette.test/feed", schedule: "@every 5m"}`, strings.Join(feeds, ", "), 1) +
		`digests:
  - {id: paris, channel: "#paris", schedule: "30 2 * * *", timezone: Europe/Paris, rules: [harbours], quiet: say}
  - {id: newyork, channel: "#newyork", schedule: "30 1,4 * * *", timezone: America/New_York, rules: [harbours], quiet: say}
  - {id: hanoi, channel: "#hanoi", schedule: "0 7,17 * * 1-5", timezone: Asia/Ho_Chi_Minh, rules: [harbours], quiet: say}
  - {id: auckland, channel: "#auckland", schedule: "0 2 * * *", timezone: Pacific/Auckland, rules: [harbours], quiet: say}
`
}

// TestAYearKeepsEverySlotOnce lives through a year in steps of an hour, over
// the turns of six clocks.
func TestAYearKeepsEverySlotOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("a year takes some seconds")
	}
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(yearSetup(), deskRules)
		begun, every := time.Now(), 10*24*time.Hour
		d.network = agency{begun, every}
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "paris"}, {ID: "C2", Name: "newyork"}, {ID: "C3", Name: "hanoi"}, {ID: "C4", Name: "auckland"}}})
		d.stepThrough(begun.AddDate(1, 0, 0))
		for channel, want := range map[string][]string{
			"#paris": wallTimes("paris", begun, everyDay, "02:30"), "#newyork": wallTimes("newyork", begun, everyDay, "01:30", "04:30"),
			"#hanoi": wallTimes("hanoi", begun, weekdays, "07:00", "17:00"), "#auckland": wallTimes("auckland", begun, everyDay, "02:00"),
		} {
			var got []string
			told := d.told(channel)
			for _, text := range told {
				first, _, _ := strings.Cut(text, "\n")
				got = append(got, first)
			}
			if missing, twice := compared(got, want); missing+twice > 0 || len(got) < len(want) {
				t.Errorf("%s: %d slots told of %d, %d missing, %d more than once", channel, len(got), len(want), missing, twice)
			}
			all := strings.Join(told, "\n")
			for n := range int(365*24*time.Hour/every) - 1 {
				for feed := range 16 {
					if times := strings.Count(all, title(feed, n)); times != 1 {
						t.Errorf("%s: %s is told %d times", channel, title(feed, n), times)
					}
				}
			}
		}
	})
}

// stepThrough does the daemon's steps every hour.
func (d *desk) stepThrough(end time.Time) {
	w, stop := d.start(d.t.Context())
	defer stop()
	for time.Now().Before(end) {
		for _, err := range []error{
			errOf(w.Poll(d.t.Context())), errOf(w.Read(d.t.Context())), errOf(w.Digest(d.t.Context())), errOf(w.Deliver(d.t.Context())),
		} {
			if err != nil {
				d.t.Fatal(err)
			}
		}
		time.Sleep(time.Until(time.Now().Truncate(time.Hour).Add(time.Hour)))
	}
}

func errOf[T any](_ T, err error) error { return err }

func everyDay(time.Weekday) bool { return true }

func weekdays(d time.Weekday) bool { return d != time.Saturday && d != time.Sunday }

// wallTimes are the titles of a year's slots, by the calendar alone. The first day
// and the last are left out: they begin and end at another hour in each zone.
func wallTimes(digest string, begun time.Time, on func(time.Weekday) bool, clocks ...string) (titles []string) {
	for day := begun.AddDate(0, 0, 1); day.Before(begun.AddDate(1, 0, -1)); day = day.AddDate(0, 0, 1) {
		for _, clock := range clocks {
			if on(day.Weekday()) {
				titles = append(titles, digest+" · "+day.Format("Mon 2 Jan 2006")+", "+clock)
			}
		}
	}
	return titles
}

// compared counts what is wanted and missing, and what is there more than once.
func compared(got, want []string) (missing, twice int) {
	count := map[string]int{}
	for _, s := range got {
		count[s]++
	}
	for _, s := range want {
		if count[s] == 0 {
			missing++
		}
	}
	for _, n := range count {
		if n > 1 {
			twice++
		}
	}
	return missing, twice
}
