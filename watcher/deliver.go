package watcher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"presswatch/store"
	"presswatch/watcher/digest"
	"presswatch/watcher/slack"
)

const (
	// Settle is how long after an attempt "not there" is believed: the lag of
	// Slack's history, and before it the longest call.
	Settle = slack.Settle + slack.MaxTimeout

	askAgain   = 20 * time.Second // between two questions within Settle
	placeRetry = 15 * time.Minute // between two tries at a channel that refuses us
	sendGrace  = 3 * time.Second  // for what is under way when the program stops
)

// doubt is what can be said of an attempt without a receipt.
type doubt int

const (
	noDoubt    doubt = iota // never attempted, or surely not in the channel
	settled                 // nothing is to be sent now
	unknowable              // nobody can tell: it is sent again, marked
)

// settleDoubt asks what became of an attempt without a receipt. An edit is simply
// made again: it does no harm twice.
func (w *Watcher) settleDoubt(ctx context.Context, d store.Delivery) (doubt, error) {
	if d.State != store.Attempted || d.Edits != "" {
		return noDoubt, nil
	}
	receipt, found, err := w.find(ctx, d)
	now := time.Now()
	wait := store.Postponement{State: store.Attempted, Plain: d.Plain}
	switch {
	case found:
		w.Log.Info("delivery found where it was in doubt", "delivery", d.ID, "channel", d.Channel)
		return settled, w.Store.Confirm(ctx, d.ID, receipt)
	case errors.Is(err, slack.ErrCannotAsk):
		return w.settleUnasked(ctx, d)
	case err != nil:
		wait.Due, wait.Reason = now.Add(max(askAgain, retryAfter(err))), "in doubt, and Slack does not say: "+err.Error()
		return settled, w.Store.Postpone(ctx, d.ID, wait)
	case now.Before(d.LastAttempt.Add(Settle)):
		wait.Due, wait.Reason = earlier(now.Add(askAgain), d.LastAttempt.Add(Settle)), "in doubt: not in the channel yet"
		return settled, w.Store.Postpone(ctx, d.ID, wait)
	}
	w.Log.Info("delivery is not in its channel: sending again", "delivery", d.ID, "channel", d.Channel, "attempts", d.Attempts)
	return noDoubt, nil
}

// settleUnasked decides on a doubt that nobody can resolve, as configured.
func (w *Watcher) settleUnasked(ctx context.Context, d store.Delivery) (doubt, error) {
	if w.Unclear == slack.Drop {
		return settled, w.park(ctx, d, errors.New("its fate is unknown and slack.when_unclear is drop: it may be lost"))
	}
	w.Log.Warn("delivery sent again, marked: it may stand twice", "delivery", d.ID, "channel", d.Channel)
	return unknowable, nil
}

// settleFailure decides what an unsuccessful send means: TX5.
func (w *Watcher) settleFailure(ctx context.Context, d store.Delivery, err error) error {
	log := w.Log.With("delivery", d.ID, "channel", d.Channel, "error", err)
	if errors.Is(err, slack.ErrFixed) {
		return w.nothingToEdit(ctx, d, err.Error())
	}
	now := time.Now()
	next := store.Postponement{State: store.Ready, Due: now, Reason: err.Error(), Plain: d.Plain}
	switch classOf(err) {
	case slack.Unsent:
		next.Due = now.Add(max(retryAfter(err), backoff(d.Attempts)))
		log.Warn("not sent", "next", next.Due)
	case slack.Place:
		log.Error("the channel or the token refuses: mend it in Slack; nothing is lost", "retry", now.Add(placeRetry))
		if err := w.Store.PauseChannel(ctx, d.Channel, err.Error(), now.Add(placeRetry)); err != nil {
			return err
		}
	case slack.Payload:
		if d.Plain {
			return w.park(ctx, d, err)
		}
		next.Plain = true
		log.Warn("Slack refuses the layout: sending plain text")
	default: // slack.Unclear, and whatever is not known
		next.State, next.Due = store.Attempted, now.Add(doubtWait(d))
		log.Warn("in doubt: the answer is unclear", "next", next.Due)
	}
	return w.Store.Postpone(ctx, d.ID, next)
}

func (w *Watcher) park(ctx context.Context, d store.Delivery, why error) error {
	w.Log.Error("delivery set aside: see status", "delivery", d.ID, "channel", d.Channel, "error", why)
	return w.Store.Park(ctx, d.ID, why.Error(), time.Now())
}

// postOf makes what is sent from what the outbox holds.
func postOf(d store.Delivery, fate doubt) (slack.Post, error) {
	var m digest.Message
	if err := json.Unmarshal(d.Payload, &m); err != nil {
		return slack.Post{}, fmt.Errorf("the stored message cannot be read: %w", err)
	}
	if d.Plain {
		m = digest.Plain(m)
	}
	blocks, err := json.Marshal(m.Blocks)
	if err != nil {
		return slack.Post{}, fmt.Errorf("the stored message cannot be written: %w", err)
	}
	channel, thread := placeOf(d)
	return slack.Post{
		ID: d.ID, Part: d.Part, Parts: d.Parts, Channel: channel, Thread: thread,
		Text: m.Text, Blocks: blocks, Again: fate == unknowable,
	}, nil
}

func (w *Watcher) logDelivered(d store.Delivery, r store.Receipt) {
	w.Log.Info("delivered", "delivery", d.ID, "kind", d.Kind, "channel", d.Channel, "part", d.Part, "parts", d.Parts, "ts", r.TS)
}

// backoff grows with the attempts: 5 s, 10 s, … 10 min.
func backoff(attempts int) time.Duration {
	return min(5*time.Second<<min(attempts, 10), 10*time.Minute)
}

// classOf is what is known of a message's fate; what is not known is unclear.
func classOf(err error) slack.Class {
	var se *slack.Error
	if errors.As(err, &se) {
		return se.Class
	}
	return slack.Unclear
}

func retryAfter(err error) time.Duration {
	var se *slack.Error
	if errors.As(err, &se) {
		return se.RetryAfter
	}
	return 0
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// pacing keeps the rate of messages in a channel.
type pacing struct {
	mu   sync.Mutex
	next map[string]time.Time
}

// wait holds until the channel may be written to; false means the program stops.
func (p *pacing) wait(ctx context.Context, channel string) bool {
	p.mu.Lock()
	if p.next == nil {
		p.next = map[string]time.Time{}
	}
	now := time.Now()
	at := now
	if p.next[channel].After(now) {
		at = p.next[channel]
	}
	p.next[channel] = at.Add(slack.Pace)
	p.mu.Unlock()
	return sleep(ctx, at.Sub(now))
}

// sleep waits, and reports false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// withGrace lets what is under way end when the program stops: the context it
// returns outlives its parent by sendGrace.
func withGrace(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	stop := context.AfterFunc(parent, func() {
		sleep(ctx, sendGrace)
		cancel()
	})
	return ctx, func() { stop(); cancel() }
}
