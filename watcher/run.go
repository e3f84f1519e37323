package watcher

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"presswatch/store"
	"presswatch/watcher/article"
)

// step names a loop of Run.
type step string

const (
	stepPoll    step = "poll"
	stepRead    step = "read"
	stepDigest  step = "digest"
	stepDeliver step = "deliver"
	stepKeep    step = "keep"
)

var steps = [...]step{stepPoll, stepRead, stepDigest, stepDeliver, stepKeep}

const (
	// A loop waits no longer than this though nothing is due: so a clock that was
	// set, or a machine that slept, is noticed. Where somebody asks for its health the
	// heart has to beat more often.
	longestWait = 10 * time.Minute
	watchedWait = time.Minute

	// deliverWait is how long the delivery loop may miss what an operator decided
	// beside the daemon, while there is something to decide: a delivery that waits,
	// or one that was set aside.
	deliverWait = 30 * time.Second

	// troubleWait is the wait after the store failed (a full disk, say): nothing is
	// lost, and work goes on when there is room.
	troubleWait = 5 * time.Second
)

// Run does all steps until ctx ends: it returns nil then. What is under way is
// finished or left as due as before; nothing is abandoned half-done.
func (w *Watcher) Run(ctx context.Context) error {
	summary, err := w.Store.Summary(ctx)
	w.parked.Store(err != nil || summary.Outbox[store.Parked] > 0)
	w.Client.Rest() // the process before may have been asking a moment ago
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return w.loop(ctx, stepPoll, w.Poll, w.nextPoll) })
	g.Go(func() error { return w.loop(ctx, stepRead, w.Read, w.nextRead) })
	g.Go(func() error { return w.loop(ctx, stepDigest, w.Digest, w.nextDigest) })
	g.Go(func() error { return w.loop(ctx, stepDeliver, w.Deliver, w.nextDelivery) })
	g.Go(func() error { return w.loop(ctx, stepKeep, w.Keep, w.nextKeep) })
	g.Go(func() error { return w.watchdog(ctx) })
	return g.Wait()
}

// loop does a step whenever it has something to do, until ctx ends.
func (w *Watcher) loop(ctx context.Context, s step, do func(context.Context) (Pass, error), next func(context.Context) (time.Time, error)) error {
	for ctx.Err() == nil {
		w.heart.beat(s)
		_, err := do(ctx)
		if s == stepKeep && w.Rest != nil {
			w.Setup().Rules.Rest()
			w.Rest()
		}
		due, nextErr := next(ctx)
		if err == nil {
			err = nextErr
		}
		if err != nil && ctx.Err() == nil {
			w.Log.Error("step failed; nothing is lost, it is tried again", "step", s, "error", err, "wait", troubleWait)
			due = time.Now().Add(troubleWait)
		}
		w.idle(ctx, s, due)
	}
	return nil
}

// idle waits until something is due, the step is roused, or the longest wait is
// over. A zero due time means that nothing is in sight.
func (w *Watcher) idle(ctx context.Context, s step, due time.Time) {
	wait := longestWait
	switch {
	case s == stepDeliver && (!due.IsZero() || w.parked.Load()):
		wait = deliverWait
	case w.Notify.Interval() > 0 || w.Pulse == Watched:
		wait = watchedWait
	}
	if !due.IsZero() {
		wait = min(max(time.Until(due), 0), wait)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.wake[s]:
	case <-ctx.Done():
	}
}

// rouse tells a step that there is work now.
func (w *Watcher) rouse(s step) {
	select {
	case w.wake[s] <- struct{}{}:
	default: // it has been told already
	}
}

func (w *Watcher) nextPoll(ctx context.Context) (time.Time, error) {
	var next time.Time
	polls, err := w.polls(ctx, w.Setup())
	for _, p := range polls {
		if !p.cursor.Gone && (next.IsZero() || p.cursor.Due.Before(next)) {
			next = p.cursor.Due
		}
		if sought := p.cursor.Missing; !sought.IsZero() && (next.IsZero() || sought.Due.Before(next)) {
			next = sought.Due
		}
	}
	return next, err
}

func (w *Watcher) nextRead(ctx context.Context) (time.Time, error) {
	read, _, err := w.Store.Next(ctx)
	return sooner(read, w.Setup().heldUntil(article.Alert, time.Now())), err
}

func (w *Watcher) nextDelivery(ctx context.Context) (time.Time, error) {
	_, delivery, err := w.Store.Next(ctx)
	return delivery, err
}

func (w *Watcher) nextDigest(context.Context) (time.Time, error) {
	var next time.Time
	setup := w.Setup()
	for _, d := range setup.Digests {
		next = sooner(next, d.Schedule.Next(time.Now(), setup.zoneOf(d)))
	}
	return sooner(next, setup.heldUntil(article.Digest, time.Now())), nil
}
