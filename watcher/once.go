package watcher

import (
	"context"
	"time"

	"presswatch/watcher/article"
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

// Once polls, reads, tells and delivers until nothing is due any more, and
// returns. Failed counts feeds that could not be polled and deliveries that did
// not leave.
func (w *Watcher) Once(ctx context.Context, options OnceOptions) (Pass, error) {
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
		setup := w.Setup()
		for _, d := range setup.Digests {
			if _, err := w.digestNow(ctx, setup, d, ""); err != nil {
				return total, err
			}
		}
	}
	failed, err := w.deliverAll(ctx)
	total.Failed += failed
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

// deliverAll delivers until nothing is due.
func (w *Watcher) deliverAll(ctx context.Context) (failed int, err error) {
	for ctx.Err() == nil {
		pass, err := w.Deliver(ctx)
		if err != nil || pass == (Pass{}) {
			return failed, err
		}
		failed += pass.Failed
	}
	return failed, nil
}
