package watcher_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher/slack/slacktest"
)

// nightSetup is the desk with its digest changed; it sleeps from ten to half past
// six, in UTC.
func (d *desk) sleeps(more string) {
	d.configure(strings.Replace(deskSetup, "most_alerts: 3", "most_alerts: 3, quiet_hours: 22:00-06:30"+more, 1), deskRules)
}

// at tells when each phrase was first told, as "15:04".
func (d *desk) at(phrases ...string) string {
	var told []string
	for _, phrase := range phrases {
		for _, m := range d.slack.Messages("#desk") {
			if strings.Contains(m.Text, phrase) {
				told = append(told, m.At.UTC().Format("15:04"))
				break
			}
		}
	}
	return strings.Join(told, " ")
}

func TestQuietHoursHoldAlertsAndDigestsUntilTheyEnd(t *testing.T) {
	for name, tt := range map[string]struct{ more, told string }{
		"all of them":        {"", "06:30 06:30"},
		"but for what wakes": {", wakes: alert", "01:05 06:30"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.sleeps(tt.more)
				d.paper = oneTreaty() // and it is midnight
				d.paper.stories = append(d.paper.stories, story{number: 2, title: "At the quay", body: "…", published: time.Now()})
				for i := range d.paper.stories {
					d.paper.stories[i].appears = time.Now().Add(63 * time.Minute)
				}
				d.runFor(9 * time.Hour)
				if got := d.at("A treaty of two cities", "At the quay"); got != tt.told {
					t.Errorf("told at %s, want %s\n%s", got, tt.told, d.log)
				}
				if n := d.tally("#desk", "A treaty", "At the quay"); n["A treaty"] != 1 || n["At the quay"] != 1 {
					t.Errorf("told %v", n)
				}
			})
		})
	}
}

func TestWhatANightHeldComesAsFewMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.sleeps("")
		for i := range 20 {
			at := time.Now().Add(time.Duration(i) * 15 * time.Minute)
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: fmt.Sprintf("Treaty %02d.", i), body: "…", published: at, appears: at})
		}
		d.runFor(8 * time.Hour)
		if n := len(d.told("#desk")); n != 4 || !strings.Contains(strings.Join(d.told("#desk"), "\n"), "17 more alerts") {
			t.Errorf("%d messages: %s", n, indented(d.told("#desk")))
		}
	})
}

func TestADigestDoesNotWaitOnceEnoughWaitsForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Replace(deskSetup, `"0 * * * *"`, `"0 7 * * *", at_count: 4`, 1), deskRules)
		for i := range 9 {
			at := time.Now().Add(time.Duration(i)*10*time.Minute + time.Minute)
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: fmt.Sprintf("Ship %d.", i), body: "At the quay.", published: at, appears: at})
		}
		d.runFor(8 * time.Hour)
		if got := d.at("Ship 0.", "Ship 3.", "Ship 4.", "Ship 7.", "Ship 8."); got != "00:35 00:35 01:15 01:15 07:00" {
			t.Errorf("told at %s\n%s", got, indented(d.told("#desk")))
		}
		if n := len(d.told("#desk")); n != 3 {
			t.Errorf("%d digests", n)
		}
	})
}

func TestAQuietSlotIsToldInOneLineWhereThatIsWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Replace(deskSetup, "most_alerts: 3", "quiet: say", 1), deskRules)
		d.runFor(3*time.Hour + time.Minute)
		d.runFor(time.Minute)
		told := d.told("#desk")
		if len(told) != 3 || !strings.Contains(told[2], "Nothing new since Sat 1 Jan 2000, 02:00") {
			t.Errorf("told %q", told)
		}
	})
}

func TestAStormInTheSecondChannelIsToldThoughTheFirstHasNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Split(deskSetup, "digests:")[0]+`digests:
  - {id: calm, channel: "#calm", schedule: "@daily", rules: [harbours], alerts: true}
  - {id: desk, channel: "#desk", schedule: "@daily", rules: [treaties], alerts: true, most_alerts: 1}
`, deskRules)
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "calm"}}})
		for i := range 5 {
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: fmt.Sprintf("Treaty %02d.", i), body: "…", published: time.Now()})
		}
		d.runFor(2 * time.Minute)
		if n := len(d.told("#desk")); n != 2 {
			t.Errorf("%d messages: %s", n, indented(d.told("#desk")))
		}
	})
}

func TestAChannelTakesSoManyAlertsAnHourWhateverIsRestarted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for i := range 12 {
			at := time.Now().Add(time.Duration(i)*10*time.Minute + time.Minute)
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: fmt.Sprintf("Treaty %02d.", i), body: "…", published: at, appears: at})
		}
		for range 24 {
			d.runFor(5 * time.Minute) // and is started anew
		}
		alerts := map[int]int{} // one by one, by the hour
		for _, m := range d.slack.Messages("#desk") {
			if strings.HasPrefix(m.Text, "ALERT") {
				alerts[m.At.Hour()]++
			}
		}
		if alerts[0] != 3 || alerts[1] != 3 || len(alerts) != 2 {
			t.Errorf("alerts one by one: %v\n%s", alerts, indented(d.told("#desk")))
		}
		for i := range 12 {
			phrase := fmt.Sprintf("Treaty %02d.", i)
			if n := d.tally("#desk", phrase)[phrase]; n != 1 {
				t.Errorf("%s is told %d times", phrase, n)
			}
		}
	})
}

// recorded notes when articles were recorded.
type recorded struct {
	store.Store
	at *[]time.Time
}

func (r recorded) Record(ctx context.Context, reading store.Reading) error {
	err := r.Store.Record(ctx, reading)
	*r.at = append(*r.at, time.Now())
	return err
}

func TestAnAlertLeavesWithinASecondOfItsRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		var at []time.Time
		d.wrap = func(s store.Store) store.Store { return recorded{s, &at} }
		d.runFor(time.Minute)
		messages := d.slack.Messages("#desk")
		if len(messages) != 1 || len(at) != 1 || messages[0].At.Sub(at[0]) > time.Second {
			t.Errorf("recorded %v, told %v", at, messages)
		}
	})
}
