package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/slack/slacktest"
)

// TestTheProgramSurvivesAKill kills the real program at random moments, in its start
// and at work, while feeds bring news and Slack misbehaves: in the end every article stands
// in every channel once. PRESSWATCH_KILLS says how often. Where they are few, Slack
// gives no answer that leaves a doubt: to settle one takes minutes.
func TestTheProgramSurvivesAKill(t *testing.T) {
	if testing.Short() {
		t.Skip("takes the time of real processes")
	}
	kills, seed := 5, uint64(time.Now().UnixNano())
	if text := os.Getenv("PRESSWATCH_KILLS"); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	dice := rand.New(rand.NewPCG(seed, 0))
	t.Parallel()
	t.Logf("seed %d", seed)
	k, folder, m, binary := newKiosk(t, dice, 3*time.Second), t.TempDir(), newManager(t), built(t)
	run := []string{"run", "--config", k.configure(folder), "--log-level", "warn"}
	env := []string{"SLACK_TOKEN=" + slacktest.Token}
	var ready, worked []time.Duration
	for range kills {
		k.publish(news(dice, kills))
		k.move(6)
		k.configure(folder)
		k.misbehave(kills)
		p := m.start(binary, env, run...)
		if dice.IntN(4) == 0 { // in its start
			m.lives(p, time.Duration(dice.IntN(150))*time.Millisecond)
		} else {
			ready = append(ready, m.ready(p))
			worked = append(worked, p.worked())
			m.lives(p, time.Duration(dice.IntN(1000))*time.Millisecond)
		}
		p.end(syscall.SIGKILL)
		m.forget()
	}
	k.move(1)
	k.configure(folder)
	p := m.start(binary, env, run...)
	ready, worked = append(ready, m.ready(p)), append(worked, p.worked())
	finished(t, k, filepath.Join(folder, "presswatch.db"), p, 5*time.Minute+time.Duration(kills)*4*time.Second)
	p.end(syscall.SIGTERM)
	k.judge(kills)
	t.Logf("%d kills: ready again after %s at most, with %s of processor time at most", kills, slices.Max(ready).Round(time.Millisecond), slices.Max(worked))
}

// fewKills are what an ordinary run of the tests has the time for.
const fewKills = 20

// news is how much is published in one life: no more than the channels can take
// between two kills where there are many.
func news(dice *rand.Rand, kills int) int {
	if kills > fewKills {
		return dice.IntN(2)
	}
	return 1 + dice.IntN(3)
}

// misbehave lets some of the next calls of Slack go wrong, unless many wait to.
func (k *kiosk) misbehave(kills int) {
	answers := []slacktest.Fault{slacktest.Limit(time.Second), slacktest.Refuse("ratelimited"), {}, {}}
	if kills > fewKills {
		answers = append(answers, slacktest.LostAfter(), slacktest.BreakAfter(502), slacktest.RefuseAfter("fatal_error"), slacktest.Garble("<html>"),
			slacktest.LostBefore(), slacktest.Break(503), slacktest.Refuse("internal_error"), slacktest.Slow(time.Second), slacktest.Slow(3*time.Second), slacktest.Fault{}, slacktest.Fault{}, slacktest.Fault{}, slacktest.Fault{})
	}
	for method, most := range map[string]int{"chat.postMessage": 3, "conversations.history": 2} {
		if k.faults[method] > k.slack.Calls(method) {
			continue
		}
		for range k.dice.IntN(most) {
			k.slack.Script(method, answers[k.dice.IntN(len(answers))])
			k.faults[method]++
		}
	}
}

// finished waits until all is read and nothing is on its way.
func finished(t *testing.T, k *kiosk, path string, p *process, patience time.Duration) {
	t.Helper()
	deadline := time.After(patience)
	for tick := time.Tick(200 * time.Millisecond); ; {
		select {
		case <-tick:
		case <-deadline:
			t.Fatalf("not done: %d untold\n%s\n%s", k.untold(), standing(path), p.said.String())
		}
		if k.read(path) && k.untold() == 0 {
			return
		}
	}
}

// read reports whether a store has read all articles, and owes and sends nothing.
func (k *kiosk) read(path string) bool {
	sum, err := summary(path)
	open := sum.Outbox[store.Ready] + sum.Outbox[store.Attempted]
	for _, n := range sum.Owed {
		open += n
	}
	return err == nil && sum.Articles >= len(k.titles()) && sum.Unread+open == 0
}

// untold is how many articles lack in some channel.
func (k *kiosk) untold() (n int) {
	for i := range channels {
		told := k.told(i)
		for _, title := range k.titles() {
			if told[title] == 0 {
				n++
			}
		}
	}
	return n
}

func summary(path string) (sum store.Summary, err error) {
	ctx := context.Background()
	s, err := sqlite.OpenReader(ctx, path)
	if err != nil {
		return sum, err
	}
	defer s.Close()
	return s.Summary(ctx)
}

func standing(path string) string {
	sum, err := summary(path)
	return fmt.Sprintf("%d articles, %d unread, owed %v, outbox %v, %v", sum.Articles, sum.Unread, sum.Owed, sum.Outbox, err)
}

// told counts in how many messages of a channel each article stands.
func (k *kiosk) told(channel int) map[string]int {
	count := map[string]int{}
	for _, m := range k.slack.Messages(fmt.Sprintf("#desk-%d", channel)) {
		for line := range strings.Lines(m.Text) {
			name, _, found := strings.Cut(strings.TrimPrefix(line, "• "), ". ")
			if found && len(name) > 1 && strings.ContainsAny(name[:1], "TH") {
				count[name]++
			}
		}
	}
	return count
}

func (k *kiosk) judge(kills int) {
	lost, doubled, messages := 0, 0, 0
	for i := range channels {
		told, ids := k.told(i), map[string]int{}
		for _, title := range k.titles() {
			switch n := told[title]; {
			case n == 0:
				lost++
				k.t.Errorf("%s is not told in channel %d", title, i)
			case n > 1:
				doubled++
				k.t.Errorf("%s is told %d times in channel %d", title, n, i)
			}
		}
		for _, m := range k.slack.Messages(fmt.Sprintf("#desk-%d", i)) {
			messages++
			id := fmt.Sprint(m.Metadata.EventPayload["id"], m.Metadata.EventPayload["part"])
			if ids[id]++; ids[id] > 1 {
				k.t.Errorf("delivery %s stands %d times in channel %d", id, ids[id], i)
			}
		}
	}
	k.t.Logf("%d kills: %d articles in %d channels, %d messages: %d lost, %d doubled",
		kills, len(k.titles()), channels, messages, lost, doubled)
}
