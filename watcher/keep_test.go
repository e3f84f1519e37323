package watcher_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/store/upkeep"
	"presswatch/watcher/article"
	"presswatch/watcher/feed"
	"presswatch/watcher/schedule"
	"presswatch/watcher/slack/slacktest"
)

func copies(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "presswatch-*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheDaemonCopiesItsStoreAndKeepsTheNewestCopies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = busyMorning(time.Now())
		folder := filepath.Join(d.dir, "copies")
		d.setup.Upkeep.Backup = upkeep.Backup{Folder: folder, Schedule: schedule.Every(time.Hour), Keep: 2}
		d.runFor(30 * time.Minute)
		if got := copies(t, folder); len(got) != 1 {
			t.Errorf("after half an hour: %q", got)
		}
		d.runFor(4 * time.Hour)
		got := copies(t, folder)
		if len(got) != 2 {
			t.Fatalf("after four hours more: %q", got)
		}
		s, err := sqlite.OpenReader(t.Context(), got[1])
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		sum, err := s.Summary(t.Context())
		if err != nil || sum.Articles == 0 || sum.Outbox[store.Sent] == 0 {
			t.Errorf("the newest copy holds %+v, %v", sum, err)
		}
	})
}

func TestACopyThatCannotBeMadeIsToldOnceADayAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
		d.setup.OpsChannel = "#ops"
		folder := filepath.Join(d.dir, "copies")
		if err := os.WriteFile(folder, []byte("a file is in the way"), 0o600); err != nil {
			t.Fatal(err)
		}
		d.setup.Upkeep.Backup = upkeep.Backup{Folder: folder, Schedule: schedule.Every(24 * time.Hour)}
		d.runFor(2 * time.Hour)
		if n := d.tally("#ops", "The store is not copied")["The store is not copied"]; n != 1 {
			t.Errorf("told %d times within two hours", n)
		}
		if n := strings.Count(d.log.String(), "the store could not be copied"); n < 8 || n > 10 {
			t.Errorf("tried %d times in two hours", n)
		}
		if notes := d.summary().Notes; len(notes) != 1 || notes[0].Subject != "backup" {
			t.Errorf("status shows %v", notes)
		}
		if err := os.Remove(folder); err != nil {
			t.Fatal(err)
		}
		d.runFor(20 * time.Minute)
		if notes := d.summary().Notes; len(notes) != 0 || len(copies(t, folder)) != 1 {
			t.Errorf("the way is free, and there are %q; status shows %v", copies(t, folder), notes)
		}
	})
}

// forgotten counts the articles without their text.
func (d *desk) forgotten(numbers int) (n int) {
	s, err := sqlite.OpenReader(d.t.Context(), filepath.Join(d.dir, "desk.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	for number := range numbers {
		stored, err := s.Lookup(d.t.Context(), fmt.Sprintf("gazette/number:%d", number))
		if err != nil {
			d.t.Fatal("an article is not known any more:", err)
		}
		if stored.Revision.From == article.Forgotten {
			n++
		}
	}
	return n
}

// oneADay is a paper that put out an article a day for so many days, the last
// one today.
func oneADay(now time.Time, days int, body string) *paper {
	p := &paper{}
	for n := range days {
		p.stories = append(p.stories, story{number: n, title: fmt.Sprint("The quay of day ", n), body: body,
			published: now.Add(time.Duration(n+1-days)*24*time.Hour - time.Hour)})
	}
	return p
}

func TestOldTextsAreForgottenAndNothingIsToldAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneADay(time.Now(), 60, "Ships wait at the quay.")
		d.setup.Upkeep.Retention = upkeep.Retention{Age: 40 * 24 * time.Hour}
		d.runFor(2 * time.Hour)
		if n := d.forgotten(60); n != 0 {
			t.Errorf("%d texts are forgotten before the first day is over", n)
		}
		before := len(d.told("#desk"))
		d.runFor(26 * time.Hour)
		if n := d.forgotten(60); n != 20 && n != 21 {
			t.Errorf("%d texts of 60 days are forgotten after 40", n)
		}
		d.paper.feed = d.paper.rss() + " " // the same items under another ETag
		d.runFor(2 * time.Hour)
		if sum := d.summary(); sum.Articles != 60 || len(d.told("#desk")) > before+28 {
			t.Errorf("%d articles, %d messages and before %d", sum.Articles, len(d.told("#desk")), before)
		}
	})
}

func TestAStoreThatHoldsTooMuchForgetsItsOldestTexts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneADay(time.Now(), 60, "Ships wait at the quay.")
		d.setup.Upkeep.Retention = upkeep.Retention{Size: feed.KiB} // less than any store has
		d.runFor(time.Hour)
		w, end := d.start(context.Background())
		pass, err := w.Keep(t.Context())
		end()
		if err != nil || pass.Done == 0 {
			t.Errorf("%+v, %v", pass, err)
		}
		if n := d.forgotten(60); n < 28 || n > 31 {
			t.Errorf("%d texts are forgotten: those of the last 30 days stay, whatever the size", n)
		}
	})
}
