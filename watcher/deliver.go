package watcher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
		if err := w.pauseChannel(ctx, d, err, now.Add(placeRetry)); err != nil {
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

// pauseChannel holds a channel that refuses us, and tells who can mend it.
func (w *Watcher) pauseChannel(ctx context.Context, d store.Delivery, why error, until time.Time) error {
	hint := hintOf(why)
	w.Log.Error("the channel or the token refuses: mend it in Slack; nothing is lost",
		"delivery", d.ID, "channel", d.Channel, "error", why, "hint", hint, "retry", until)
	text := fmt.Sprintf("%s\n%s\nNothing is lost: it is tried again every %d minutes, and by presswatch outbox retry %s.", why, hint, placeRetry/time.Minute, d.ID)
	if err := w.tellTrouble(ctx, d, "channel "+d.Channel+" refuses messages", text, why); err != nil {
		return err
	}
	return w.Store.PauseChannel(ctx, d.Channel, why.Error(), until)
}

// park sets a delivery aside, and tells who can decide about it.
func (w *Watcher) park(ctx context.Context, d store.Delivery, why error) error {
	w.Log.Error("delivery set aside: see presswatch outbox", "delivery", d.ID, "channel", d.Channel, "error", why)
	text := fmt.Sprintf("%s\nThe %s for %s waits for you: presswatch outbox show %s, then retry or drop.", why, d.Kind, d.Channel, d.ID)
	if err := w.tellTrouble(ctx, d, "a message was set aside", text, why); err != nil {
		return err
	}
	w.parked.Store(true)
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

// hintOf is what an operator can do about it.
func hintOf(err error) string {
	var se *slack.Error
	if errors.As(err, &se) {
		return se.Hint()
	}
	return ""
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
