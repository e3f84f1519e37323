package watcher_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestAStormSaysWhereItsStoriesStandByNow lets a second paper bring, an hour later,
// what a storm of the first told of.
func TestAStormSaysWhereItsStoriesStandByNow(t *testing.T) {
	for name, stories := range map[string]int{"in one message": 3, "in several parts": 60} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, k := newKiosk(t)
				d.configure(strings.Replace(kioskSetup, "alerts: true", "alerts: true, most_alerts: 1", 1), kioskRules)
				now := time.Now()
				k["agency.test"].stories = []story{{number: 1, title: "A treaty of gardeners", body: "Roses.", published: now, appears: now}}
				for n := range stories {
					title := fmt.Sprintf("The treaty of %[1]s%[1]s%[2]d", string(rune('A'+n%26)), n)
					k["agency.test"].stories = append(k["agency.test"].stories, story{number: 10 + n, title: title, body: title + " stands.", published: now.Add(time.Second), appears: now})
				}
				k["agency.test"].stories = append(k["agency.test"].stories, ferry(5, now.Add(time.Minute), "Treaty on ferries signed", ferryTreaty...))
				later := now.Add(3 * time.Hour)
				k["herald.test"].stories = []story{ferry(7, later, "Ferries: a treaty", ferryTreaty...)}
				d.runFor(2 * time.Hour)
				before := len(d.slack.Messages("#desk"))
				d.runFor(3 * time.Hour)
				messages := d.slack.Messages("#desk")
				if len(messages) != before {
					t.Errorf("%d messages became %d", before, len(messages))
				}
				amended := 0
				for _, m := range messages {
					if strings.Contains(m.Text, "Treaty on ferries signed") && strings.Contains(m.Text, "also in The Herald") && m.Edits > 0 {
						amended++
					}
				}
				if n := d.tally("#desk", "Treaty on ferries signed"); amended != 1 || n["Treaty on ferries signed"] != 1 {
					t.Errorf("%d messages are amended, %v: %s\n%s", amended, n, indented(d.told("#desk")), d.log)
				}
			})
		})
	}
}
