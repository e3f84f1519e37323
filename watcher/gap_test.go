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

// busy is a desk on a paper whose feed holds 50 items and turns over in 4 hours,
// with archives where they are asked for. The last article appears after so many
// hours.
func busy(t *testing.T, archives string, hours int) *desk {
	d := newDesk(t)
	d.configure(strings.Replace(deskSetup, "    article:", archives+"    article:", 1), deskRules)
	d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
	d.setup.OpsChannel = "#ops"
	d.paper.window = 50
	every := 4 * time.Hour / 50
	for n := range int(time.Duration(hours) * time.Hour / every) {
		d.paper.stories = append(d.paper.stories, treaty(n+1, time.Now().Add(time.Duration(n)*every)))
	}
	p := d.paper
	d.network = annex{p, map[string]func() string{
		"/news-2000-1.xml": func() string { return p.month(2000, 1) },
		"/news-2000-2.xml": func() string { return p.month(2000, 2) },
		"/latest.xml":      func() string { return p.month(2000, 1) },
		"/list":            func() string { return p.list(200) },
		"/short":           func() string { return p.list(60) },
		"/index.xml":       index,
	}}
	return d
}

// index is an index of sitemaps: one that ended long ago, one that may have what is
// missing, one that does not say.
func index() string {
	return `<sitemapindex><sitemap><loc>http://gazette.test/news-1999-1.xml</loc><lastmod>1999-02-01T00:00:00Z</lastmod></sitemap>
<sitemap><loc>http://gazette.test/news-2000-1.xml</loc><lastmod>2000-01-01T12:00:00Z</lastmod></sitemap>
<sitemap><loc>http://gazette.test/news-2000-2.xml</loc></sitemap></sitemapindex>`
}

// list is a page of the newest headlines, without dates.
func (p *paper) list(most int) string {
	var b strings.Builder
	all := p.visible()
	for i := range min(most, len(all)) {
		s := all[len(all)-1-i]
		fmt.Fprintf(&b, `<h3><a href="%s">%s</a></h3>`, s.path(), s.title)
	}
	return "<!doctype html><title>News</title>" + b.String()
}

// outage stops the daemon for 12 hours between two runs.
func (d *desk) outage() {
	d.runFor(118 * time.Minute)
	time.Sleep(12*time.Hour + 2*time.Minute)
	d.paper.requests = nil
	d.runFor(3 * time.Hour)
}

func (d *desk) gaps() (gaps []article.Gap) {
	d.t.Helper()
	s, err := sqlite.OpenReader(context.Background(), filepath.Join(d.dir, "desk.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	if gaps, err = s.Gaps(context.Background(), time.Time{}); err != nil {
		d.t.Fatal(err)
	}
	return gaps
}

// untold lists the stories that appeared and were told by no message.
func (d *desk) untold() (numbers []int) {
	all := strings.Join(d.told("#desk"), "\n") + "\n"
	for _, s := range d.paper.visible() {
		if !strings.Contains(all, s.title+"\n") && !strings.Contains(all, s.title+" ") && !strings.Contains(all, s.title+"|") && !strings.Contains(all, s.title+">") {
			numbers = append(numbers, s.number)
		}
	}
	return numbers
}

func TestManner39AfterAnOutageWhatTheFeedShowsNoMoreComesFromAnArchive(t *testing.T) {
	for _, c := range []struct{ name, archives string }{
		{"a month sitemap", "    archives: [{url: 'http://gazette.test/news-{year}-{month}.xml'}]\n"},
		{"a sitemap", "    archives: [{url: 'http://gazette.test/latest.xml'}]\n"},
		{"a page of headlines without dates", "    archives: [{url: 'http://gazette.test/list', links: h3 > a}]\n"},
		{"an index of sitemaps", "    archives: [{url: 'http://gazette.test/index.xml'}]\n"},
		{"the second of two, the first being missing", "    archives: [{url: 'http://gazette.test/none.xml'}, {url: 'http://gazette.test/latest.xml'}]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := busy(t, c.archives, 16)
				d.outage()
				if missing := d.untold(); len(missing) > 0 {
					t.Errorf("never told: %v", missing)
				}
				if n, want := d.summary().Articles, len(d.paper.visible()); n != want {
					t.Errorf("%d articles of %d", n, want)
				}
				gaps := d.gaps()
				if len(gaps) != 1 || !gaps[0].Left.IsZero() || gaps[0].Filled < 90 {
					t.Errorf("gaps %s", indented(gaps))
				}
				if told := d.told("#ops"); len(told) > 0 {
					t.Errorf("a gap that was filled is told: %q", told)
				}
				if n := strings.Count(strings.Join(d.paper.requests, " ")+" ", "200 /news-2000-1.xml "); n > 1 {
					t.Errorf("the archive is asked %d times", n)
				}
			})
		})
	}
}

// TestAfterAnOutageAPageOfHeadlinesOfTheSameSourceFillsTheGap: what lists for long
// is an archive, whatever it is called in the configuration.
func TestAfterAnOutageAPageOfHeadlinesOfTheSameSourceFillsTheGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := busy(t, "", 16)
		d.configure(strings.Replace(deskSetup, `"@every 5m"}]`, `"@every 5m"}, {url: "http://gazette.test/list", schedule: "0 0 1 1 *", links: h3 > a}]`, 1), deskRules)
		d.setup.OpsChannel = "#ops"
		d.outage()
		if gaps := d.gaps(); len(gaps) != 1 || !gaps[0].Left.IsZero() || gaps[0].Filled < 90 {
			t.Errorf("gaps %s", indented(gaps))
		}
	})
}

func TestManner39AGapThatCannotBeFilledIsToldOnceWithItsTimes(t *testing.T) {
	for _, c := range []struct{ name, archives, left, why string }{
		{"no archive", "", "from Sat 1 Jan 2000, 01:55 UTC to Sat 1 Jan 2000, 10:04 UTC", "has no archive"},
		{"an archive that is missing", "    archives: [{url: 'http://gazette.test/none.xml'}]\n", "from Sat 1 Jan 2000, 01:55 UTC to Sat 1 Jan 2000, 10:04 UTC", "answers 404"},
		{"a list that does not reach back", "    archives: [{url: 'http://gazette.test/short', links: h3 > a}]\n", "from Sat 1 Jan 2000, 01:55 UTC", "does not tell how far back"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := busy(t, c.archives, 16)
				d.outage()
				gaps := d.gaps()
				if len(gaps) != 1 || gaps[0].Left.IsZero() || !strings.Contains(gaps[0].Why, c.why) {
					t.Errorf("gaps %s", indented(gaps))
				}
				told := d.told("#ops")
				if len(told) != 1 || !strings.Contains(told[0], c.left) || !strings.Contains(told[0], "The Gazette") {
					t.Errorf("told %q", told)
				}
				if c := d.cursor(); !c.Missing.IsZero() {
					t.Errorf("cursor %s", indented(c))
				}
			})
		})
	}
}

func TestTheSearchAfterAnOutageSurvivesARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := busy(t, "    archives: [{url: 'http://gazette.test/latest.xml'}]\n", 16)
		pages := d.network.(annex).pages
		whole := pages["/latest.xml"]
		pages["/latest.xml"] = func() string { return "" }
		d.runFor(118 * time.Minute)
		time.Sleep(12*time.Hour + 2*time.Minute)
		d.runFor(time.Minute)
		if c := d.cursor(); c.Missing.Tries != 1 || len(d.gaps()) != 0 {
			t.Fatalf("cursor %s", indented(c))
		}
		pages["/latest.xml"] = whole
		d.runFor(30 * time.Minute)
		if gaps := d.gaps(); len(gaps) != 1 || !gaps[0].Left.IsZero() || gaps[0].Filled < 90 {
			t.Errorf("gaps %s", indented(gaps))
		}
	})
}

func TestPollsThatOverlapLeaveNoGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := busy(t, "", 10)
		d.runFor(2 * time.Hour)
		time.Sleep(3*time.Hour + 30*time.Minute)
		d.runFor(time.Hour)
		d.paper.status = http.StatusBadGateway
		d.runFor(2 * time.Hour)
		d.paper.status = 0
		d.runFor(3 * time.Hour)
		if gaps := d.gaps(); len(gaps) != 0 {
			t.Errorf("gaps %s", indented(gaps))
		}
		if missing := d.untold(); len(missing) > 0 {
			t.Errorf("never told: %v", missing)
		}
	})
}

func TestAFeedThatWasEmptyForAWhileIsMissingThatTime(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, _ := mannered(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if n > 1 && n < 8 {
				always(nil)(n, w, r)
				return
			}
			always(nil, storyItem(n/8))(n, w, r)
		})
		d.polls(10, 10*time.Hour)
		if gaps := d.gaps(); len(gaps) != 1 || gaps[0].To.Sub(gaps[0].From).Round(time.Hour) != 7*time.Hour {
			t.Errorf("gaps %s", indented(gaps))
		}
	})
}
