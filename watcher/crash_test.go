package watcher_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/store"
	"presswatch/watcher"
	"presswatch/watcher/slack"
)

// reaper counts what a process does to the outer world, and ends the process at
// some of these acts: before it takes effect, or after.
type reaper struct {
	mu   sync.Mutex
	acts []string
	doom func(act int) fate
	dead *atomic.Bool
	kill context.CancelFunc
}

// fate is whether a process dies at an act.
type fate int

const (
	lives fate = iota
	diesBefore
	diesAfter
)

// doomed is a process that dies at one act; it lives where that is none.
func doomed(at int, when fate) func(int) fate {
	return func(act int) fate {
		if act == at {
			return when
		}
		return lives
	}
}

// act does something to the outer world, or dies.
func (r *reaper) act(name string, do func() error) error {
	r.mu.Lock()
	when := r.doom(len(r.acts))
	r.acts = append(r.acts, name)
	r.mu.Unlock()
	if r.dead.Load() || when == diesBefore {
		r.die()
		return errDead
	}
	err := do()
	if when == diesAfter {
		r.die()
		return errDead
	}
	return err
}

func (r *reaper) die() {
	r.dead.Store(true)
	r.kill()
}

// mortalSender is a sender whose process may die at any post.
type mortalSender struct {
	watcher.Sender
	r *reaper
}

func (m mortalSender) Send(ctx context.Context, p slack.Post) (receipt store.Receipt, err error) {
	err = m.r.act("Send", func() error { receipt, err = m.Sender.Send(ctx, p); return err })
	return receipt, err
}

func (m mortalSender) Update(ctx context.Context, at store.Receipt, p slack.Post) error {
	return m.r.act("Update", func() error { return m.Sender.Update(ctx, at, p) })
}

func (m mortalSender) Find(ctx context.Context, s slack.Sought) (receipt store.Receipt, found bool, err error) {
	err = m.r.act("Find", func() error { receipt, found, err = m.Sender.Find(ctx, s); return err })
	return receipt, found, err
}

// lifetimes runs the daemon over a span of time, starting it again whenever it
// dies, and returns what it did to the outer world in its first life.
func (d *desk) lifetimes(span time.Duration, at int, after bool) []string {
	end := time.Now().Add(span)
	var first []string
	for life := 0; time.Now().Before(end); life++ {
		ctx, cancel := context.WithDeadline(context.Background(), end)
		r := &reaper{doom: doomed(-1, lives), dead: &d.dead, kill: cancel}
		if life == 0 {
			r.doom = doomed(at, map[bool]fate{false: diesBefore, true: diesAfter}[after])
		}
		d.wrap = func(s store.Store) store.Store { return changes{s, r} }
		d.sender = func(s watcher.Sender) watcher.Sender { return mortalSender{s, r} }
		w, closeStore := d.start(context.Background())
		if err := w.Run(ctx); err != nil {
			d.t.Error(err)
		}
		closeStore()
		cancel()
		if life == 0 {
			first = r.acts
		}
		time.Sleep(3 * time.Second) // fake time: the service manager starts it again
	}
	return first
}

// busyMorning is a paper with everything that makes the spine write.
func busyMorning(now time.Time) *paper {
	edited := story{number: 7, title: "The river pact", lead: "Signed.", body: "A treaty it is.", published: now}
	taken := story{number: 8, title: "A treaty too early", status: http.StatusGone, published: now}
	return &paper{stories: []story{
		{number: 7, title: "The river talks", lead: "They go on.", body: "Of a treaty.", published: now, edited: now.Add(15 * time.Minute), becomes: &edited},
		{number: 8, title: "A treaty too early", lead: "Signed.", body: "By mistake.", published: now, edited: now.Add(10 * time.Minute), becomes: &taken},
		{number: 1, title: "A treaty of two cities", lead: "Signed.", body: "The mayors signed it.", published: now.Add(-2 * time.Hour)},
		{number: 2, title: "An old treaty", lead: "Years ago.", body: "Of no interest now.", published: now.Add(-90 * time.Hour)},
		{number: 3, title: "Ships wait", lead: "Queues.", body: "At the harbour nothing moves.", published: now.Add(-time.Hour)},
		{number: 4, title: "Another pact", lead: "Agreed.", body: "At last.", appears: now.Add(6 * time.Minute), published: now.Add(5 * time.Minute)},
		{number: 5, title: "A pact nobody can read", lead: "The page is missing.", appears: now.Add(6 * time.Minute), published: now.Add(5 * time.Minute), status: http.StatusGone},
		{number: 6, title: "The quay is closed", lead: "Repairs.", body: "Until spring.", appears: now.Add(20 * time.Minute), published: now.Add(20 * time.Minute), status: http.StatusBadGateway},
	}}
}

var morningTold = map[string]int{
	"The river pact": 1, "The river talks": 0, "Withdrawn by its publisher": 1,
	"A treaty of two cities": 1, "An old treaty": 0, "Ships wait": 1, "Another pact": 1, "A pact nobody can read": 1, "The quay is closed": 1,
}

func (d *desk) checkMorning(what string) {
	d.t.Helper()
	var phrases []string
	want := map[string]int{}
	for phrase, n := range morningTold {
		phrases = append(phrases, phrase)
		if n > 0 {
			want[phrase] = n
		}
	}
	if diff := cmp.Diff(want, d.tally("#desk", phrases...)); diff != "" {
		d.t.Errorf("%s: told (-want +got):\n%s\nmessages: %s", what, diff, indented(d.told("#desk")))
	}
}

// TestADeathAtAnyWriteLosesAndDoublesNothing ends the process before and after
// each of its writes and posts, and starts it again.
func TestADeathAtAnyWriteLosesAndDoublesNothing(t *testing.T) {
	acts := morningWithDeath(t, -1, false)
	if len(acts) < 30 {
		t.Fatalf("only %d acts to die at: %q", len(acts), acts)
	}
	for at, name := range acts {
		for _, after := range []bool{false, true} {
			when := map[bool]string{false: "before", true: "after"}[after]
			t.Run(fmt.Sprintf("%s act %d %s", when, at, name), func(t *testing.T) {
				t.Parallel()
				morningWithDeath(t, at, after)
			})
		}
	}
}

func morningWithDeath(t *testing.T, at int, after bool) (acts []string) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = busyMorning(time.Now())
		acts = d.lifetimes(65*time.Minute, at, after)
		d.checkMorning("in the end")
	})
	return acts
}
