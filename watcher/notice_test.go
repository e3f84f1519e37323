package watcher_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/slack/slacktest"
)

func TestANoticeIsToldOnceAndStandsUntilItIsSettled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
		d.setup.OpsChannel = "#ops"
		notice := func(text, occasion string) {
			t.Helper()
			w, end := d.start(context.Background())
			defer end()
			if err := w.Notice(context.Background(), "configuration", text, occasion); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Deliver(context.Background()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(2 * time.Second)
		}
		notice("a mistake", "monday")
		notice("a mistake", "monday")
		if n := d.tally("#ops", "a mistake")["a mistake"]; n != 1 {
			t.Errorf("told %d times on one occasion", n)
		}
		notice("a mistake", "tuesday")
		if n := d.tally("#ops", "a mistake")["a mistake"]; n != 2 {
			t.Errorf("told %d times on two occasions", n)
		}
		if notes := d.summary().Notes; len(notes) != 1 || notes[0].Text != "a mistake" {
			t.Errorf("notes: %v", notes)
		}
		w, end := d.start(context.Background())
		if err := w.Settled(context.Background(), "configuration"); err != nil {
			t.Error(err)
		}
		end()
		if notes := d.summary().Notes; len(notes) != 0 {
			t.Errorf("notes after it was mended: %v", notes)
		}
	})
}

func TestANoticeWithoutAChannelIsForStatusAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		w, end := d.start(context.Background())
		if err := w.Notice(context.Background(), "configuration", "a mistake", "monday"); err != nil {
			t.Fatal(err)
		}
		end()
		if sum := d.summary(); len(sum.Notes) != 1 || len(sum.Outbox) != 0 {
			t.Errorf("notes %v, outbox %v", sum.Notes, sum.Outbox)
		}
	})
}
