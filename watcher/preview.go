package watcher

import (
	"context"
	"time"

	"presswatch/watcher/digest"
)

// Preview composes a digest as it would be sent now, and writes nothing: of
// Options it needs the Store alone, which may be a reader.
func (w *Watcher) Preview(ctx context.Context, d digest.Config) ([]digest.Message, error) {
	input, err := w.digestInput(ctx, w.Setup(), d, digest.Input{}, time.Now())
	if err != nil {
		return nil, err
	}
	return digest.Digest(input), nil
}

// digestInput is all that a digest is composed from now: of slots, the slots are
// given.
func (w *Watcher) digestInput(ctx context.Context, setup *Setup, d digest.Config, slots digest.Input, now time.Time) (in digest.Input, err error) {
	in = setup.digestInput(d, slots, now)
	if in.Findings, err = w.owedTo(ctx, d); err != nil {
		return in, err
	}
	in.Gaps, err = w.gapsFor(ctx, d, now)
	return in, err
}
