package watcher_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

func TestAnUnchangedFeedIsA304AndWritesNothingButItsTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{stories: []story{{number: 1, title: "Calm", lead: "Nothing.", body: "At all.", published: time.Now()}}}
		d.runFor(2 * time.Minute)
		before := d.cursor()
		time.Sleep(4 * time.Minute)
		d.runFor(2 * time.Minute)
		after := d.cursor()
		if got := strings.Join(d.paper.requests, " "); got != "200 /feed 200 /story/1.html 304 /feed" {
			t.Errorf("requests: %s", got)
		}
		if !after.Checked.After(before.Checked) || !after.OK.After(before.OK) {
			t.Errorf("the check is not noted: %s → %s", indented(before), indented(after))
		}
		after.Checked, after.OK, after.Due, after.Why = before.Checked, before.OK, before.Due, before.Why
		if before != after {
			t.Errorf("more changed than times: %s → %s", indented(before), indented(after))
		}
	})
}

func TestAServerWithoutValidatorsCostsAHashAndNoSecondParse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{header: http.Header{"Cache-Control": {"no-store"}}}
		d.paper.feed = (&paper{stories: []story{{number: 1, title: "A treaty", lead: "Signed.", published: time.Now()}}}).rss()
		d.runFor(30 * time.Minute)
		if n := d.tally("#desk", "A treaty")["A treaty"]; n != 1 {
			t.Errorf("told %d times", n)
		}
	})
}

func TestAFeedInTroubleBacksOffIsNamedAndRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{status: http.StatusServiceUnavailable}
		d.runFor(40 * time.Minute)
		c := d.cursor()
		if c.Failures < 2 || !strings.Contains(c.Error, "503") || !c.Since.IsZero() || c.ETag != "" {
			t.Errorf("after failures: %s", indented(c))
		}
		if polls := len(d.paper.requests); polls > 4 {
			t.Errorf("%d requests in 40 minutes of failures", polls)
		}
		d.paper.status = 0
		d.paper.stories = []story{{number: 1, title: "A treaty", lead: "Signed.", body: "Today.", published: time.Now()}}
		d.runFor(2 * time.Hour)
		if c = d.cursor(); c.Error != "" || c.Failures != 0 || c.OK.IsZero() {
			t.Errorf("after recovery: %s", indented(c))
		}
		if !strings.Contains(d.log.String(), "feed is well again") {
			t.Error("the recovery is not logged")
		}
	})
}

func TestAFeedThatIsGoneIsToldAndPolledNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{status: http.StatusGone}
		d.runFor(3 * time.Hour)
		if got := strings.Join(d.paper.requests, " "); got != "410 /feed" {
			t.Errorf("requests: %s", got)
		}
		if c := d.cursor(); !c.Gone {
			t.Errorf("not marked: %s", indented(c))
		}
	})
}

func TestWhatIsNoFeedLeavesValidatorsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{feed: "<!doctype html><title>Are you a robot?</title><script>check()</script>"}
		d.runFor(time.Minute)
		if c := d.cursor(); c.ETag != "" || !strings.Contains(c.Error, "not a feed") {
			t.Errorf("cursor: %s", indented(c))
		}
	})
}

func TestABaselineDecidesWhatAFirstPollTells(t *testing.T) {
	for _, tt := range []struct {
		baseline string
		told     string // ages in hours, of those that are told
	}{
		{"", "1 47"},
		{"baseline: 2h", "1"},
		{"baseline: 0s", ""},
		{"baseline: all", "1 47 49 undated"},
	} {
		t.Run("with "+tt.baseline, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				setup := strings.Replace(deskSetup, "language: en", "language: en\n    "+tt.baseline, 1)
				d.configure(strings.Replace(setup, "most_alerts: 3", "most_alerts: 9", 1), deskRules)
				now := time.Now()
				d.paper = &paper{stories: []story{
					{number: 1, title: "Treaty 1", body: "…", published: now.Add(-time.Hour)},
					{number: 2, title: "Treaty 47", body: "…", published: now.Add(-47 * time.Hour)},
					{number: 3, title: "Treaty 49", body: "…", published: now.Add(-49 * time.Hour)},
					{number: 4, title: "Treaty undated", body: "…"},
				}}
				d.runFor(3 * time.Minute)
				all := strings.Join(d.told("#desk"), "\n")
				var told []string
				for _, age := range []string{"1", "47", "49", "undated"} {
					if strings.Contains(all, "Treaty "+age+"\n") {
						told = append(told, age)
					}
				}
				if got := strings.Join(told, " "); got != tt.told {
					t.Errorf("told %q, want %q; messages: %s", got, tt.told, indented(d.told("#desk")))
				}
				if n := d.summary().Articles; n != 4 {
					t.Errorf("%d of 4 articles are stored", n)
				}
			})
		})
	}
}

// summary counts what the desk has stored.
func (d *desk) summary() store.Summary {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	sum, err := w.Store.Summary(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	return sum
}

// cursor is where the desk stands with its feed.
func (d *desk) cursor() article.Cursor {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	cursors, err := w.Cursors(context.Background())
	if err != nil || len(cursors) != 1 {
		d.t.Fatal(cursors, err)
	}
	return cursors[0]
}
