package watcher

import (
	"context"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

// OnceOptions says what Once does beside the work that is due.
type OnceOptions struct {
	Poll    PollScope
	Digests DigestScope
}

// PollScope says which feeds are polled.
type PollScope int

// DigestScope says which digests are composed.
type DigestScope int

// The scopes of Once.
const (
	DueFeeds PollScope = iota
	AllFeeds           // whatever their schedule

	NoDigests DigestScope = iota
	AllDigests
)

// patience is how long Once waits for deliveries that are due a little later:
// when Slack asks for a pause, or an answer is unclear and has to be looked for.
const patience = time.Minute

// Once polls, reads, tells and delivers until nothing is due any more, and
// returns. Failed counts feeds that could not be polled, and deliveries that
// stay in the outbox.
func (w *Watcher) Once(ctx context.Context, options OnceOptions) (Pass, error) {
	w.Client.Rest()
	total, err := w.pollWhere(ctx, func(c article.Cursor) bool {
		return options.Poll == AllFeeds || !c.Due.After(time.Now())
	})
	if err != nil {
		return total, err
	}
	if err := w.readAll(ctx); err != nil {
		return total, err
	}
	if options.Digests == AllDigests {
		if err := w.digestAll(ctx); err != nil {
			return total, err
		}
	}
	if err := w.deliverAll(ctx); err != nil {
		return total, err
	}
	summary, err := w.Store.Summary(context.WithoutCancel(ctx))
	total.Failed += summary.Outbox[store.Ready] + summary.Outbox[store.Attempted]
	return total, err
}

// readAll reads until no article is due.
func (w *Watcher) readAll(ctx context.Context) error {
	for ctx.Err() == nil {
		pass, err := w.Read(ctx)
		if err != nil || pass == (Pass{}) {
			return err
		}
	}
	return nil
}

// digestAll composes every digest, whatever its schedule.
func (w *Watcher) digestAll(ctx context.Context) error {
	setup := w.Setup()
	for _, d := range setup.Digests {
		if _, err := w.digestNow(ctx, setup, d, digest.Input{}); err != nil {
			return err
		}
	}
	return nil
}

// deliverAll delivers until nothing is due, nor soon will be.
func (w *Watcher) deliverAll(ctx context.Context) error {
	until := time.Now().Add(patience)
	for ctx.Err() == nil {
		if _, err := w.Deliver(ctx); err != nil {
			return err
		}
		next, err := w.nextDelivery(ctx)
		if err != nil || next.IsZero() || next.After(until) {
			return err
		}
		sleep(ctx, time.Until(next))
	}
	return nil
}
