package watcher_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher"
	"presswatch/watcher/slack/slacktest"
)

// TestAMonthKeepsEveryScheduleAndDoublesNone runs three digests in three zones
// for a month with a new article every two hours: each slot tells, once, what
// came since the one before.
func TestAMonthKeepsEveryScheduleAndDoublesNone(t *testing.T) {
	if testing.Short() {
		t.Skip("a month takes some seconds")
	}
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Split(deskSetup, "digests:")[0]+`digests:
  - {id: paris, channel: "#paris", schedule: "0 7,17 * * 1-5", timezone: Europe/Paris, rules: [harbours]}
  - {id: saigon, channel: "#saigon", schedule: "30 8 * * *", timezone: Asia/Ho_Chi_Minh, rules: [harbours]}
  - {id: every, channel: "#every", schedule: "@every 6h", rules: [harbours]}
`, deskRules)
		d.setup.Sources[0].Feeds[0].Schedule = hourly(t)
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "paris"}, {ID: "C2", Name: "saigon"}, {ID: "C3", Name: "every"}}})
		start := time.Now()
		const days = 30
		for i := range days * 12 {
			at := start.Add(time.Duration(i)*2*time.Hour + time.Minute)
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: fmt.Sprintf("Story %03d.", i), body: "It happened in the harbour.", appears: at, published: at})
		}
		d.paper.window = 50
		d.runFor(days*24*time.Hour + time.Minute)
		for channel, slots := range map[string]int{"#paris": 2 * 20, "#saigon": days, "#every": days * 4} {
			messages := map[string]bool{}
			for _, m := range d.slack.Messages(channel) {
				messages[m.At.Format("2006-01-02T15")] = true
			}
			if len(messages) != slots {
				t.Errorf("%s: %d slots told, want %d", channel, len(messages), slots)
			}
			all := strings.Join(d.told(channel), "\n")
			for i := range days*12 - 3*12 { // what came before the last weekend
				if n := strings.Count(all, fmt.Sprintf("Story %03d.", i)); n != 1 {
					t.Errorf("%s: story %d is told %d times", channel, i, n)
				}
			}
		}
	})
}

// TestAPreviewIsWhatIsSentAndChangesNothing looks at the digest of one o'clock
// before it comes.
func TestAPreviewIsWhatIsSentAndChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{stories: []story{{number: 1, title: "At the quay", body: "The cranes stand still.", published: time.Now()}}}
		d.runFor(30 * time.Minute)
		w, end := d.start(t.Context())
		preview, err := w.Preview(t.Context(), d.setup.Digests[0])
		if err != nil || len(preview) != 1 {
			t.Fatalf("%d messages, %v", len(preview), err)
		}
		if err := w.Health(t.Context()); err != nil {
			t.Errorf("health: %v", err)
		}
		end()
		d.runFor(31 * time.Minute)
		sent := d.told("#desk")
		if len(sent) != 1 || !strings.Contains(preview[0].Text, "At the quay") || !strings.Contains(sent[0], "At the quay") {
			t.Errorf("preview %q, sent %q", preview[0].Text, sent)
		}
	})
}

// TestADigestThatCannotBeComposedIsNeitherShownNorSent lets each question that a
// digest is composed from fail.
func TestADigestThatCannotBeComposedIsNeitherShownNorSent(t *testing.T) {
	for _, question := range []string{"Owed", "Silences", "Silenced", "Summary", "Gaps", "Incidents", "Cursors"} {
		synctest.Test(t, func(t *testing.T) {
			d := newDesk(t)
			d.paper = &paper{stories: []story{{number: 1, title: "At the quay", body: "The cranes stand still.", published: time.Now()}}}
			d.runFor(29 * time.Minute)
			full := &ailing{only: question, until: time.Now().Add(time.Hour), calls: map[string]int{}}
			d.wrap = func(s store.Store) store.Store { return questions{s, full} }
			w, end := d.start(t.Context())
			defer end()
			if _, err := w.Preview(t.Context(), d.setup.Digests[0]); !errors.Is(err, errFull) {
				t.Errorf("%s: preview: %v", question, err)
			}
			if _, err := w.Once(t.Context(), watcher.OnceOptions{Digests: watcher.AllDigests}); !errors.Is(err, errFull) {
				t.Errorf("%s: once: %v", question, err)
			}
			if n := len(d.told("#desk")); n != 0 {
				t.Errorf("%s: %d messages", question, n)
			}
		})
	}
}

// TestTheProgramIsToldWhenItMayRest lets the daemon run for an hour.
func TestTheProgramIsToldWhenItMayRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		w, end := d.start(t.Context())
		defer end()
		rests := 0
		w.Rest = func() { rests++ }
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := w.Run(ctx); err != nil || rests == 0 {
			t.Errorf("%d rests, %v", rests, err)
		}
	})
}

func TestASlotMissedWhileDownIsMadeUpOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{stories: []story{{number: 1, title: "At the quay", body: "…", published: time.Now()}}}
		d.runFor(30 * time.Minute) // the article is read; its digest would come at one o'clock
		time.Sleep(5 * time.Hour)  // down over five slots
		d.runFor(time.Minute)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("%d digests: %s\n%s", n, indented(d.told("#desk")), d.log)
		}
		slots := d.summary().Slots
		if len(slots) != 1 || slots[0].Slot != "2000-01-01T05:00" {
			t.Errorf("slots: %v", slots)
		}
		d.runFor(3 * time.Hour)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("%d digests later: a digest with nothing to say was posted", n)
		}
	})
}

func TestADigestThatIsNewBeginsWithItsNextSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		time.Sleep(50 * time.Minute)
		d.paper = &paper{stories: []story{{number: 1, title: "At the quay", body: "…", published: time.Now()}}}
		d.runFor(5 * time.Minute)
		if n := len(d.told("#desk")); n != 0 {
			t.Errorf("%d digests before the first slot", n)
		}
		d.runFor(6 * time.Minute)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("%d digests at the first slot", n)
		}
	})
}

func TestAReloadReSendsNothingAndAppliesToWhatComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.paper.stories = append(d.paper.stories, story{number: 2, title: "A strike", lead: "Since noon.", body: "…", appears: time.Now().Add(20 * time.Minute), published: time.Now().Add(20 * time.Minute)})
		ctx, cancel := context.WithTimeout(t.Context(), 40*time.Minute)
		defer cancel()
		w, end := d.start(t.Context())
		defer end()
		done := make(chan error)
		go func() { done <- w.Run(ctx) }()
		time.Sleep(10 * time.Minute)
		d.configure(deskSetup, strings.Replace(deskRules, "[treaty, pact]", "[treaty, pact, strike]", 1))
		w.Swap(d.setup)
		if err := <-done; err != nil {
			t.Error(err)
		}
		for phrase, want := range map[string]int{"A treaty of two cities": 1, "A strike": 1} {
			if n := d.tally("#desk", phrase)[phrase]; n != want {
				t.Errorf("%s: told %d times, want %d", phrase, n, want)
			}
		}
	})
}
