package watcher_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store/sqlite"
	"presswatch/watcher/article"
	"presswatch/watcher/slack/slacktest"
)

// tended is a desk with a channel for operators and two feeds of one source.
func tended(t *testing.T, schedule string) *desk {
	d := newDesk(t)
	d.configure(strings.Replace(deskSetup, `"@every 5m"}`, schedule+`}, {url: "http://gazette.test/feed?2", schedule: `+schedule+`}`, 1), deskRules)
	d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
	d.setup.OpsChannel = "#ops"
	return d
}

func (d *desk) incidents() (all []article.Incident) {
	d.t.Helper()
	s, err := sqlite.OpenReader(context.Background(), filepath.Join(d.dir, "desk.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	if all, err = s.Incidents(context.Background(), time.Time{}); err != nil {
		d.t.Fatal(err)
	}
	return all
}

// operators lists what stands in their channel, replies set in.
func (d *desk) operators() string {
	var b strings.Builder
	for _, m := range d.slack.Messages("#ops") {
		lines := strings.Split(m.Text, "\n")
		if m.ThreadTS != "" && m.ThreadTS != m.TS {
			b.WriteString("  ")
		}
		fmt.Fprintln(&b, strings.Join(lines[:min(2, len(lines))], ": "))
	}
	return b.String()
}

func TestAnIncidentIsToldOnceUpdatedInItsThreadAndClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tended(t, `"@every 5m"`)
		d.paper.stories = []story{treaty(1, time.Now())}
		d.runFor(11 * time.Minute)
		d.paper.status = http.StatusServiceUnavailable
		d.runFor(5 * time.Hour)
		d.paper.status, d.paper.feed = 0, "<!doctype html><title>Are you a robot?</title>"
		d.runFor(8 * time.Hour)
		d.paper.feed = ""
		d.runFor(30 * time.Hour)
		want := `presswatch: feed in trouble: The Gazette: errors, since Sat 1 Jan 2000, 00:10 UTC.
  presswatch: feed in trouble: The Gazette: errors, since Sat 1 Jan 2000, 00:10 UTC.
  presswatch: feed in trouble: The Gazette: not a feed, since Sat 1 Jan 2000, 00:10 UTC.
  presswatch: feed in trouble: The Gazette: not a feed, since Sat 1 Jan 2000, 00:10 UTC.
  presswatch: feed is well again: The Gazette: `
		got := d.operators()
		if !strings.HasPrefix(got, want) || strings.Count(got, "well again") != 2 || strings.Count(got, "\np") > 0 {
			t.Errorf("operators read\n%s", got)
		}
		for _, i := range d.incidents() {
			if i.Kind != article.NoFeed || i.Closed.IsZero() || i.Delivery == "" {
				t.Errorf("incident %s", indented(i))
			}
		}
	})
}

// TestManner30…: the newest item is older than the source's rhythm.
func TestManner30ASilentFeedIsToldOnceAndItsRecoveryInTheSameThread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tended(t, `"@every 1h"`)
		var stories []story
		begin := time.Now()
		for n := range 24 * 4 { // one an hour for four days, silent for one, then one more
			stories = append(stories, treaty(n+1, begin.Add(time.Duration(n)*time.Hour)))
			stories[n].title = "Calm"
		}
		stories = append(stories, treaty(200, begin.Add(5*24*time.Hour)))
		d.paper.stories, d.paper.window = stories, 50
		d.polls(400, 5*24*time.Hour+3*time.Hour)
		got := d.operators()
		if strings.Count(got, "silent, since Tue 4 Jan 2000, 23:00 UTC") < 1 || !strings.Contains(got, "well again") || strings.Count("\n"+got, "\np") != 1 {
			t.Errorf("operators read\n%s", got)
		}
		for _, i := range d.incidents() {
			if open := i.Opened.Sub(i.Began); i.Kind != article.Silent || open < 2*time.Hour || open > 20*time.Hour {
				t.Errorf("after %v: %s", open, indented(i))
			}
		}
	})
}

// pollFor polls every hour and delivers, without the other steps.
func (d *desk) pollFor(span time.Duration) {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	for until := time.Now().Add(span); time.Now().Before(until); time.Sleep(time.Hour) {
		_, err := w.Poll(context.Background())
		if err == nil {
			_, err = w.Deliver(context.Background())
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
}

func TestAFeedIsNeverGivenUpButFor410(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tended(t, `"@every 1h"`)
		d.paper.status = http.StatusInternalServerError
		d.pollFor(30 * 24 * time.Hour)
		before := len(d.paper.requests)
		d.pollFor(2 * 24 * time.Hour)
		if len(d.paper.requests) == before {
			t.Error("given up after three weeks of errors")
		}
		d.paper.status = http.StatusGone
		d.pollFor(2 * 24 * time.Hour)
		before = len(d.paper.requests)
		d.pollFor(5 * 24 * time.Hour)
		if n := len(d.paper.requests) - before; n > 0 {
			t.Errorf("%d requests after 410", n)
		}
		if got := d.operators(); strings.Count(got, "gone, since") != 2 || strings.Count("\n"+got, "\np") != 1 {
			t.Errorf("operators read\n%s", got)
		}
	})
}
