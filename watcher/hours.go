package watcher

import (
	"context"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

// digestEarly composes a digest before its slot when enough waits for it. The slot
// stays to be done: it tells what comes until then.
func (w *Watcher) digestEarly(ctx context.Context, setup *Setup, d digest.Config) (int, error) {
	if d.AtCount <= 0 {
		return 0, nil
	}
	findings, err := w.owedTo(ctx, d)
	if err == nil && len(findings) >= d.AtCount {
		findings, err = w.free(ctx, setup, findings)
	}
	if err != nil || len(findings) < d.AtCount {
		return 0, err
	}
	return w.digestNow(ctx, setup, d, digest.Input{})
}

// heldUntil is the end of the quiet hours that hold something of a level now, of
// any digest; zero when nothing is held. Then the step that tells it has work to
// do, whatever else is due.
func (s *Setup) heldUntil(level article.Level, now time.Time) time.Time {
	var until time.Time
	for _, d := range s.Digests {
		if level == article.Alert && !d.Alerts {
			continue
		}
		until = sooner(until, d.HeldUntil(level, now, s.zoneOf(d)))
	}
	return until
}

// sooner is the earlier of two times of which the zero one means never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// rouseEarly wakes the step that composes digests, where one waits for a count.
func (w *Watcher) rouseEarly(setup *Setup) {
	for _, d := range setup.Digests {
		if d.AtCount > 0 {
			w.rouse(stepDigest)
			return
		}
	}
}
