package watcher_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/slack/slacktest"
)

// feedOutage is a feed that fails, turns over meanwhile, and comes back, with an
// archive that reaches back over a part of that, for a daemon that lives through it
// in some way.
func feedOutage(t *testing.T, live func(d *desk, span time.Duration)) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Replace(deskSetup, "    article:", "    archives: [{url: 'http://gazette.test/latest.xml'}]\n    article:", 1), deskRules)
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
		d.setup.OpsChannel = "#ops"
		d.paper.window = 3
		now := time.Now()
		for n := range 9 {
			d.paper.stories = append(d.paper.stories, treaty(n+1, now.Add(time.Duration(n)*4*time.Minute)))
		}
		d.network = failing{annex{d.paper, map[string]func() string{"/latest.xml": d.paper.lastFive}}, now.Add(7 * time.Minute), now.Add(48 * time.Minute)}
		live(d, 130*time.Minute)
		for n, want := range []int{1, 1, 0, 0, 1, 1, 1, 1, 1} {
			if got := d.tally("#desk", fmt.Sprintf("Treaty %d", n+1)); got[fmt.Sprintf("Treaty %d", n+1)] != want {
				t.Errorf("Treaty %d: told %v, want %d", n+1, got, want)
			}
		}
		got := strings.Join(d.told("#ops"), "\n")
		for phrase, want := range map[string]int{"in trouble": 1, "well again": 1, "gap in": 1, "Articles of that time may be missing": 1} {
			if n := strings.Count(got, phrase); n != want {
				t.Errorf("%q: %d times in\n%s", phrase, n, got)
			}
		}
		if gaps := d.gaps(); len(gaps) != 1 || gaps[0].Left.IsZero() {
			t.Errorf("gaps %s", indented(gaps))
		}
	})
}

// outageWithDeath is such an outage; the process dies at one of its acts.
func outageWithDeath(t *testing.T, at int, after bool) (acts []string) {
	feedOutage(t, func(d *desk, span time.Duration) { acts = d.lifetimes(span, at, after) })
	return acts
}

// lastFive is a sitemap of the newest five stories.
func (p *paper) lastFive() string {
	var b strings.Builder
	all := p.visible()
	for _, s := range all[max(0, len(all)-5):] {
		fmt.Fprintf(&b, "<url><loc>%s</loc><lastmod>%s</lastmod></url>", s.path(), s.published.Format(time.RFC3339))
	}
	return "<urlset>" + b.String() + "</urlset>"
}

// failing is a network whose feed answers 503 from one time to another.
type failing struct {
	annex
	from, to time.Time
}

func (f failing) RoundTrip(r *http.Request) (*http.Response, error) {
	now := time.Now()
	f.paper.status = 0
	if now.After(f.from) && now.Before(f.to) {
		f.paper.status = http.StatusServiceUnavailable
	}
	return f.annex.RoundTrip(r)
}

func TestADeathDuringAnOutageLosesAndDoublesNothing(t *testing.T) {
	acts := outageWithDeath(t, -1, false)
	for _, name := range []string{"SettleGap", "SaveIncident"} {
		if !slices.Contains(acts, name) {
			t.Fatalf("%s is not among the acts: %q", name, acts)
		}
	}
	for at, name := range acts {
		if name != "SaveFeed" && name != "SettleGap" && name != "SaveIncident" {
			continue // those of every morning
		}
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s act %d, after it %v", name, at, after), func(t *testing.T) {
				t.Parallel()
				outageWithDeath(t, at, after)
			})
		}
	}
}
