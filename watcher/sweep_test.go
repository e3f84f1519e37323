package watcher_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher"
	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

// answers are all the ways in which Slack may answer a post, one of each class of
// the delivery rules and of each kind of doubt.
func answers() map[string]slacktest.Fault {
	return map[string]slacktest.Fault{
		"sent": {}, "sent, late": slacktest.Slow(15 * time.Second),
		"no connection": slacktest.Unreachable(), "429": slacktest.Limit(30 * time.Second), "429 bare": slacktest.Limit(0), "ratelimited": slacktest.Refuse("ratelimited"),
		"lost before": slacktest.LostBefore(), "lost after": slacktest.LostAfter(), "503": slacktest.Break(503), "502 after": slacktest.BreakAfter(502),
		"internal_error": slacktest.Refuse("internal_error"), "fatal_error after": slacktest.RefuseAfter("fatal_error"), "unknown after": slacktest.RefuseAfter("brand_new"),
		"garbled after": slacktest.Garble("<html>"), "sent, too late": slacktest.Slow(50 * time.Second),
		"no place": slacktest.Refuse("not_in_channel"), "no layout": slacktest.Refuse("invalid_blocks"),
	}
}

// trial is one try of delivery: an outbox, a Slack that misbehaves, and a process
// that dies and is started again until nothing is due any more.
type trial struct {
	t     *testing.T
	store store.Store
	name  string // of this trial, in the ids of its deliveries
	slack *slacktest.Server
	doom  func(life, act int) fate
	acts  []string // of the first life
}

// courier delivers what is due, once: the house's way, or one that is known to err.
type courier func(ctx context.Context, s store.Store, w *watcher.Watcher) error

func byOutbox(ctx context.Context, _ store.Store, w *watcher.Watcher) error {
	_, err := w.Deliver(ctx)
	return err
}

// markFirst says "sent" and then sends: what is lost, nobody sends again.
func markFirst(ctx context.Context, s store.Store, w *watcher.Watcher) error {
	due, err := s.Due(ctx, time.Now())
	for _, d := range due {
		if err := s.Confirm(ctx, d.ID, store.Receipt{Channel: "C1", At: time.Now()}); err != nil {
			return err
		}
		time.Sleep(slack.Pace)
		_, _ = w.Sender.Send(ctx, bare(d))
	}
	return err
}

// markAfter sends and then says "sent", and sends again after any error.
func markAfter(ctx context.Context, s store.Store, w *watcher.Watcher) error {
	due, err := s.Due(ctx, time.Now())
	for _, d := range due {
		time.Sleep(slack.Pace)
		receipt, err := w.Sender.Send(ctx, bare(d))
		if err != nil {
			err = s.Postpone(ctx, d.ID, store.Postponement{State: store.Ready, Due: time.Now().Add(time.Minute)})
		} else {
			err = s.Confirm(ctx, d.ID, receipt)
		}
		if err != nil {
			return err
		}
	}
	return err
}

// bare is what those two post: they know no threads.
func bare(d store.Delivery) slack.Post {
	return slack.Post{ID: d.ID, Part: d.Part, Parts: d.Parts, Channel: d.Channel, Text: "news of " + d.ID}
}

// enqueue puts an alert, a reply to it and an edit of it, and a digest in two parts
// into the outbox.
func (r *trial) enqueue() {
	first := r.name + "-first"
	part := func(n int) func(*store.Delivery) {
		return func(d *store.Delivery) { d.Group, d.Part, d.Parts = r.name+"-digest", n, 2 }
	}
	batch := store.Batch{At: time.Now(), Deliveries: []store.Delivery{
		outboxOf(r.t, first, nil),
		outboxOf(r.t, r.name+"-digest-1", part(1)), outboxOf(r.t, r.name+"-digest-2", part(2)),
		outboxOf(r.t, r.name+"-edit", func(d *store.Delivery) { d.Edits = first }),
		outboxOf(r.t, r.name+"-reply", func(d *store.Delivery) { d.Thread = first }),
	}}
	if ok, err := r.store.Enqueue(context.Background(), batch); !ok || err != nil {
		r.t.Fatal(ok, err)
	}
}

// run lives until nothing is due, at most half a day.
func (r *trial) run(deliver courier) {
	r.enqueue()
	end := time.Now().Add(12 * time.Hour)
	for life := 0; time.Now().Before(end); life++ {
		var dead atomic.Bool
		ctx, kill := context.WithDeadline(context.Background(), end)
		mortals := &reaper{doom: func(act int) fate { return r.doom(life, act) }, dead: &dead, kill: kill}
		kept := changes{r.store, mortals}
		client := slack.NewClient(slack.Config{Token: slack.Literal(slacktest.Token), APIURL: slacktest.APIURL}, &http.Client{Transport: mortal{r.slack.Transport(), &dead}})
		w := watcher.New(watcher.Options{Store: kept, Sender: mortalSender{client, mortals}, Log: slog.New(slog.DiscardHandler), Jitter: func() float64 { return 0 }}, &watcher.Setup{Zone: time.UTC})
		settled := r.live(ctx, &dead, func() error { return deliver(ctx, kept, w) })
		kill()
		if life == 0 {
			r.acts = mortals.acts
		}
		if settled {
			break
		}
		time.Sleep(3 * time.Second) // fake time: it is started again
	}
	time.Sleep(5 * time.Minute) // what comes late has come
}

// live delivers until the process dies, or nothing is left to do.
func (r *trial) live(ctx context.Context, dead *atomic.Bool, deliver func() error) (settled bool) {
	for ctx.Err() == nil {
		if err := deliver(); dead.Load() {
			return false
		} else if err != nil {
			r.t.Fatal(err)
		}
		_, due, err := r.store.Next(context.Background())
		if err != nil || due.IsZero() {
			return err == nil
		}
		time.Sleep(time.Until(due))
	}
	return false
}

// tally counts what readers miss, and what they were told more than once. What was
// set aside, an operator was told of.
func (r *trial) tally() (lost, doubled int) {
	for _, what := range []string{"first", "digest-1", "digest-2", "reply", "edit"} {
		d, err := r.store.Delivery(context.Background(), r.name+"-"+what)
		if err != nil {
			r.t.Fatal(err)
		}
		if d.State == store.Parked || d.Receipt.Channel == "nowhere" { // an edit of what was set aside
			continue
		}
		n := 0
		for _, m := range r.slack.Messages("#desk") {
			if m.Text == "news of "+d.ID || what == "first" && m.Edits > 0 {
				n++
			}
		}
		switch {
		case n == 0:
			lost++
		case n > 1:
			doubled++
		}
	}
	return lost, doubled
}

// sweep runs trials in one bubble, on one store, and sums up what went wrong.
func sweep(t *testing.T, deliver courier, trials func(try func(name string, lag time.Duration, script func(*slacktest.Server), doom func(life, act int) fate) []string)) (runs, lost, doubled int) {
	synctest.Test(t, func(t *testing.T) {
		s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "sweep.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		trials(func(name string, lag time.Duration, script func(*slacktest.Server), doom func(life, act int) fate) []string {
			r := &trial{t: t, store: s, name: "t" + strconv.Itoa(runs), doom: doom,
				slack: slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}}, Lag: lag})}
			script(r.slack)
			r.run(deliver)
			l, d := r.tally()
			runs, lost, doubled = runs+1, lost+l, doubled+d
			if l+d > 0 && testing.Verbose() {
				t.Logf("%s: %d lost, %d doubled: %s", name, l, d, indented(r.slack.Messages("#desk")))
			}
			return r.acts
		})
	})
	return runs, lost, doubled
}

// everyCrash tries an answer at each call of a method, and with it a death before
// and after each act that there is then.
func everyCrash(name string, answer slacktest.Fault, try func(string, time.Duration, func(*slacktest.Server), func(life, act int) fate) []string) {
	for _, call := range []struct {
		method string
		nth    int
	}{{"chat.postMessage", 0}, {"chat.postMessage", 3}, {"chat.update", 0}} {
		script := func(s *slacktest.Server) {
			s.Script(call.method, append(make([]slacktest.Fault, call.nth), answer)...)
		}
		acts := try(name, 100*time.Second, script, func(int, int) fate { return lives })
		for at, act := range acts {
			for _, when := range []fate{diesBefore, diesAfter} {
				try(fmt.Sprintf("%s to %s %d, death %d at %s", name, call.method, call.nth, when, act), 100*time.Second, script,
					func(life, act int) fate {
						if life == 0 {
							return doomed(at, when)(act)
						}
						return lives
					})
			}
		}
	}
}

// TestNoAnswerAndNoCrashLosesOrDoublesAnything: every answer at a first message, a
// reply and an edit, and at each of them a death before and after every act.
func TestNoAnswerAndNoCrashLosesOrDoublesAnything(t *testing.T) {
	if testing.Short() {
		t.Skip("some two thousand runs take half a minute")
	}
	for name, answer := range answers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runs, lost, doubled := sweep(t, byOutbox, func(try func(string, time.Duration, func(*slacktest.Server), func(int, int) fate) []string) {
				everyCrash(name, answer, try)
			})
			t.Logf("%d runs: %d lost, %d doubled", runs, lost, doubled)
			if lost+doubled > 0 || runs < 90 {
				t.Error("that is not as it should be")
			}
		})
	}
}

// TestTheSweepSeesWhatOtherSendersDo holds the sweep itself to the test.
func TestTheSweepSeesWhatOtherSendersDo(t *testing.T) {
	for name, tt := range map[string]struct {
		deliver       courier
		loses, double bool
	}{
		"marked before": {markFirst, true, false},
		"marked after":  {markAfter, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, lost, doubled := sweep(t, tt.deliver, func(try func(string, time.Duration, func(*slacktest.Server), func(int, int) fate) []string) {
				everyCrash(name, slacktest.LostAfter(), try)
				everyCrash(name, slacktest.LostBefore(), try)
			})
			if (lost > 0) != tt.loses || (doubled > 0) != tt.double {
				t.Errorf("%d lost, %d doubled", lost, doubled)
			}
		})
	}
}

// TestRandomFaultsLoseAndDoubleNothing draws answers, lags and deaths; the number
// of seeds is PRESSWATCH_SEEDS.
func TestRandomFaultsLoseAndDoubleNothing(t *testing.T) {
	seeds, err := strconv.Atoi(os.Getenv("PRESSWATCH_SEEDS"))
	if err != nil {
		seeds = 200
	}
	const bubbles = 4
	for bubble := range bubbles {
		t.Run(strconv.Itoa(bubble), func(t *testing.T) {
			t.Parallel()
			runs, lost, doubled := sweep(t, byOutbox, func(try func(string, time.Duration, func(*slacktest.Server), func(int, int) fate) []string) {
				for seed := bubble; seed < seeds; seed += bubbles {
					draw(uint64(seed), try)
				}
			})
			t.Logf("%d runs: %d lost, %d doubled", runs, lost, doubled)
			if lost+doubled > 0 {
				t.Error("that is not as it should be")
			}
		})
	}
}

func draw(seed uint64, try func(string, time.Duration, func(*slacktest.Server), func(life, act int) fate) []string) {
	dice := rand.New(rand.NewPCG(seed, 0))
	all := answers()
	names := strings.Split("sent|sent|sent|sent|sent|sent|sent, late|no connection|429|ratelimited|lost before|lost after|503|502 after|internal_error|fatal_error after|garbled after|sent, too late|no place|no layout", "|")
	script := func(s *slacktest.Server) {
		for _, method := range []string{"chat.postMessage", "chat.update", "conversations.history", "conversations.replies", "conversations.list"} {
			choices := len(names)
			if strings.HasPrefix(method, "conversations") {
				choices -= 2 // refused a look, it may say a thing again, marked: that is the operator's choice
			}
			for range dice.IntN(12) {
				s.Script(method, all[names[dice.IntN(choices)]])
			}
		}
	}
	deaths := dice.IntN(6)
	try(fmt.Sprintf("seed %d", seed), time.Duration(dice.IntN(110))*time.Second, script, func(life, act int) fate {
		if life < deaths && dice.IntN(6) == 0 {
			return diesBefore + fate(dice.IntN(2))
		}
		return lives
	})
}
