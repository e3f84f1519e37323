package watcher_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/store/sqlite"
	"presswatch/watcher/silence"
)

// silences sets a silence for so long, as an operator does beside the daemon.
func (d *desk) silences(kind silence.Kind, what string, span time.Duration) {
	d.t.Helper()
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(d.dir, "desk.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.AddSilence(ctx, silence.Silence{Kind: kind, What: what, From: time.Now(), Until: time.Now().Add(span)}); err != nil {
		d.t.Fatal(err)
	}
}

// twoTreaties are two alerts and a find for the digest, within the hour from now.
func twoTreaties(now time.Time) *paper {
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	return &paper{stories: []story{
		{number: 1, title: "A treaty of two cities", body: "Of rice and fish.", published: at(5), appears: at(5)},
		{number: 2, title: "A pact of pilots", body: "Of shoals.", published: at(70), appears: at(70)},
		{number: 3, title: "At the quay", body: "It rains.", published: at(75), appears: at(75)},
	}}
}

func TestWhatIsSilencedIsCountedAndNeverTold(t *testing.T) {
	for name, test := range map[string]struct {
		kind silence.Kind
		what string
		told map[string]int // besides the digest of 02:00, which holds the quay
	}{
		"its rule":                  {silence.Rule, "treaties", map[string]int{"A pact of pilots": 1, "1 article · rule treaties silenced until 1 Jan 01:00": 1}},
		"its source":                {silence.Source, "gazette", map[string]int{"A pact of pilots": 1, "1 article · source gazette silenced": 1}},
		"its event":                 {silence.Event, "1", map[string]int{"A pact of pilots": 1, "1 article · event 1 silenced": 1}},
		"a query":                   {silence.Query, "rice fish", map[string]int{"A pact of pilots": 1, "1 article · query rice fish silenced": 1}},
		"a query of something else": {silence.Query, "wheat", map[string]int{"A treaty of two cities": 1, "A pact of pilots": 1}},
		"a query no rule knows":     {silence.Query, "@wheat", map[string]int{"A treaty of two cities": 1, "A pact of pilots": 1}},
		"another rule":              {silence.Rule, "nobody", map[string]int{"A treaty of two cities": 1, "A pact of pilots": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = twoTreaties(time.Now())
				d.runFor(time.Second)
				d.silences(test.kind, test.what, time.Hour-time.Second)
				d.runFor(90 * time.Minute)
				d.runFor(3 * time.Hour)
				phrases := []string{"A treaty of two cities", "A pact of pilots", "At the quay", "silenced"}
				for phrase := range test.told {
					phrases = append(phrases, phrase)
				}
				slices.Sort(phrases)
				got := d.tally("#desk", slices.Compact(phrases)...)
				for phrase, n := range test.told {
					if got[phrase] != n {
						t.Errorf("%q is told %d times\n%s\n%s", phrase, got[phrase], indented(d.told("#desk")), d.log)
					}
				}
				if test.told["A treaty of two cities"] == 0 && got["A treaty of two cities"] != 0 {
					t.Errorf("what was silenced is told: %s", indented(d.told("#desk")))
				}
				if got["At the quay"] != 1 || got["silenced"] > 1 {
					t.Errorf("told %v", got)
				}
			})
		})
	}
}

func TestASilenceHoldsWhatWaitsAlready(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{stories: []story{{number: 1, title: "At the quay", body: "It rains.", published: time.Now()}}}
		d.runFor(30 * time.Minute) // it waits for the digest of one o'clock
		d.silences(silence.Rule, "harbours", time.Hour)
		d.runFor(5 * time.Hour)
		if told := d.told("#desk"); len(told) != 0 {
			t.Errorf("told %s", indented(told))
		}
	})
}

func TestAQuietSlotSaysWhatWasLeftOutWhereItSpeaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.configure(strings.Replace(deskSetup, "most_alerts: 3", "quiet: say", 1), deskRules)
		d.paper = oneTreaty()
		d.paper.stories[0].appears = time.Now().Add(5 * time.Minute)
		d.runFor(time.Second)
		d.silences(silence.Rule, "treaties", 30*time.Minute)
		d.runFor(2*time.Hour + 5*time.Minute)
		told := d.told("#desk")
		if len(told) != 2 || !strings.Contains(told[0], "1 article · rule treaties silenced until 1 Jan 00:30") || strings.Contains(told[1], "silenced") {
			t.Errorf("told %s", indented(told))
		}
	})
}

func TestAPreviewLeavesOutWhatTheDigestWill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{stories: []story{
			{number: 1, title: "At the quay", body: "It rains.", published: time.Now()},
			{number: 2, title: "At the port", body: "Of a treaty.", published: time.Now()},
		}}
		d.runFor(time.Minute)
		d.silences(silence.Rule, "harbours", 3*time.Hour)
		w, end := d.start(context.Background())
		defer end()
		for range 2 { // it writes nothing
			messages, err := w.Preview(context.Background(), d.setup.Digests[0])
			if err != nil || len(messages) != 1 || strings.Contains(messages[0].Text, "At the quay") || !strings.Contains(messages[0].Text, "2 articles · rule harbours silenced") {
				t.Errorf("%v, %+v", err, messages)
			}
		}
	})
}

// TestADeathWhileItIsSilentTellsAndLosesNothing ends the process before and after
// each write of a silence and of a batch, and starts it again.
func TestADeathWhileItIsSilentTellsAndLosesNothing(t *testing.T) {
	held := 0
	for at, name := range silentMorning(t, -1, false) {
		if name != "Hush" && name != "Enqueue" {
			continue
		}
		if name == "Hush" {
			held++
		}
		silentMorning(t, at, false)
		silentMorning(t, at, true)
	}
	if held == 0 {
		t.Error("nothing was held")
	}
}

func silentMorning(t *testing.T, at int, after bool) (acts []string) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = twoTreaties(time.Now())
		d.runFor(time.Second)
		d.silences(silence.Rule, "treaties", time.Hour)
		acts = d.lifetimes(4*time.Hour, at, after)
		want := map[string]int{"A pact of pilots": 1, "At the quay": 1, "1 article · rule treaties silenced until 1 Jan 01:00": 1}
		phrases := []string{"A treaty of two cities", "A pact of pilots", "At the quay", "1 article · rule treaties silenced until 1 Jan 01:00"}
		if diff := cmp.Diff(want, d.tally("#desk", phrases...)); diff != "" {
			t.Errorf("act %d: told (-want +got):\n%s%s", at, diff, indented(d.told("#desk")))
		}
	})
	return acts
}
