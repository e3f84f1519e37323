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

// stored looks an article of the paper up.
func (d *desk) stored(path string) store.Stored {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	s, err := w.Store.Lookup(context.Background(), "http://gazette.test"+path)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func TestAPageThatFailsForAWhileIsReadLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.paper.stories[0].status = http.StatusBadGateway
		d.runFor(30 * time.Second)
		if s := d.stored("/story/1.html"); s.Read || s.Article.Attempts != 1 {
			t.Errorf("after a failure: %s", indented(s))
		}
		d.paper.stories[0].status = 0
		d.runFor(2 * time.Minute)
		s := d.stored("/story/1.html")
		if !s.Read || s.Revision.From != article.FromPage || s.Revision.Text(article.Body) != "The mayors signed it." {
			t.Errorf("in the end: %s", indented(s))
		}
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("told %d times", n)
		}
	})
}

func TestTheFeedsLeadStandsInForAPageThatCannotBeHad(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		within time.Duration
	}{
		{"at once when the server says never", http.StatusGone, 30 * time.Second},
		{"after four tries when it may come back", http.StatusBadGateway, 30 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				d.paper.stories[0].status = tt.status
				d.runFor(tt.within)
				if told := strings.Join(d.told("#desk"), "\n"); !strings.Contains(told, "From the feed only: the page could not be read.") {
					t.Errorf("told: %s\n%s", told, d.log)
				}
				s := d.stored("/story/1.html")
				if s.Revision.From != article.FromFeed || s.Revision.Note == "" || s.Revision.Text(article.Lead) != "Signed." {
					t.Errorf("stored: %s", indented(s))
				}
			})
		})
	}
}

func TestAPageThatSaysNothingLeavesTheFeedsWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.paper.stories[0].status = http.StatusNoContent
		d.runFor(30 * time.Minute)
		if n := d.tally("#desk", "A treaty of two cities")["A treaty of two cities"]; n != 1 {
			t.Errorf("told %d times\n%s", n, d.log)
		}
	})
}

func TestThePageGivesTheDateThatTheFeedLacks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Replace(deskSetup, "lead: .lead}", "lead: .lead, date: time}", 1), deskRules)
		d.paper = oneTreaty()
		d.paper.stories[0].published = time.Time{}
		d.paper.stories[0].body = `The mayors signed it. <time datetime="1999-12-31T10:00">yesterday</time>`
		d.runFor(time.Minute)
		s := d.stored("/story/1.html")
		if want := time.Date(1999, 12, 31, 9, 0, 0, 0, time.UTC); !s.Article.Published.Equal(want) || s.Article.DateNote != "" {
			t.Errorf("published %v (%s), want %v", s.Article.Published, s.Article.DateNote, want)
		}
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("an article of yesterday is told %d times", n)
		}
	})
}

func TestArticlesOfASourceThatIsNotConfiguredWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.paper.stories[0].status = http.StatusBadGateway
		d.runFor(30 * time.Second)
		d.paper.stories[0].status = 0
		sources := d.setup.Sources
		d.setup.Sources = nil
		d.runFor(10 * time.Minute)
		if s := d.stored("/story/1.html"); s.Read || s.Article.Attempts != 2 {
			t.Errorf("without its source: %s", indented(s))
		}
		d.setup.Sources = sources
		d.runFor(25 * time.Hour)
		if s := d.stored("/story/1.html"); !s.Read {
			t.Errorf("with its source again: %s", indented(s))
		}
	})
}

func TestAlertsBeyondTheRoundsLimitComeInOneMessageWithACount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		now := time.Now()
		for i, name := range []string{"one", "two", "three", "four", "five"} {
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: "Treaty " + name, lead: "…", body: "…", published: now})
		}
		d.runFor(5 * time.Minute)
		told := d.told("#desk")
		if len(told) != 4 || !strings.HasPrefix(told[3], "2 more alerts") {
			t.Fatalf("told: %s", indented(told))
		}
		for _, name := range []string{"one", "two", "three", "four", "five"} {
			if n := d.tally("#desk", "Treaty "+name)["Treaty "+name]; n != 1 {
				t.Errorf("treaty %s is told %d times", name, n)
			}
		}
	})
}

func TestTwoDigestsOfOneChannelTellAnArticleOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(deskSetup+`  - {id: second, channel: "#desk", schedule: "0 8 * * *", rules: [treaties], alerts: true}`+"\n", deskRules)
		d.paper = oneTreaty()
		d.runFor(5 * time.Minute)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("told %d times: %s", n, indented(d.told("#desk")))
		}
	})
}

func TestADigestWithoutAlertsTellsAllOnSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Replace(deskSetup, "alerts: true, most_alerts: 3", "alerts: false", 1), deskRules)
		d.paper = oneTreaty()
		d.runFor(59 * time.Minute)
		if n := len(d.told("#desk")); n != 0 {
			t.Errorf("told %d times before the schedule", n)
		}
		d.runFor(2 * time.Minute)
		if n := d.tally("#desk", "A treaty of two cities")["A treaty of two cities"]; n != 1 {
			t.Errorf("told %d times", n)
		}
	})
}

func TestAlertsOwedWhenADigestTurnsQuietComeWithTheDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		owing := context.Background()
		w, end := d.start(owing)
		if _, err := w.Poll(owing); err != nil {
			t.Fatal(err)
		}
		// The process dies between Record and Enqueue: the alert is owed.
		unread, err := w.Store.Unread(owing, time.Now(), 1)
		if err != nil || len(unread) != 1 {
			t.Fatal(unread, err)
		}
		err = w.Store.Record(owing, store.Reading{
			Article: unread[0], Revision: article.Revision{From: article.FromFeed, Zones: []article.Zone{{Kind: article.Title, Text: unread[0].Title}}},
			Matches: []article.Match{{Rule: "treaties", Name: "Treaties", Level: article.Alert}},
			Owed:    []store.Debt{{Digest: "desk", Level: article.Alert}}, At: time.Now(),
		})
		if err != nil {
			t.Fatal(err)
		}
		end()
		d.configure(strings.Replace(deskSetup, "alerts: true, most_alerts: 3", "alerts: false", 1), deskRules)
		d.runFor(61 * time.Minute)
		if n := d.tally("#desk", "A treaty of two cities")["A treaty of two cities"]; n != 1 {
			t.Errorf("told %d times: %s", n, indented(d.told("#desk")))
		}
	})
}
