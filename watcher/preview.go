package watcher

import (
	"context"
	"time"

	"presswatch/store"
	"presswatch/watcher/digest"
)

// Preview composes a digest as it would be sent now, and writes nothing: of
// Options it needs the Store and the Log, and the Store may be a reader.
func (w *Watcher) Preview(ctx context.Context, d digest.Config) ([]digest.Message, error) {
	setup, now := w.Setup(), time.Now()
	owed, err := w.owedTo(ctx, d)
	if err != nil {
		return nil, err
	}
	findings, held, err := w.sift(ctx, setup, owed, now)
	if err != nil {
		return nil, err
	}
	silenced, err := w.silenced(ctx, d, held)
	if err != nil {
		return nil, err
	}
	input, err := w.digestInput(ctx, setup, d, digest.Input{Findings: findings, Silenced: said(silenced)}, now)
	if err != nil {
		return nil, err
	}
	return digest.Digest(input), nil
}

// digestInput is all that a digest is composed from now: of in, the slots, the
// findings and what was silenced are given.
func (w *Watcher) digestInput(ctx context.Context, setup *Setup, d digest.Config, in digest.Input, now time.Time) (digest.Input, error) {
	in = setup.digestInput(d, in, now)
	var err error
	if in.Gaps, err = w.gapsFor(ctx, d, now); err != nil {
		return in, err
	}
	in.Troubles, err = w.Store.Incidents(ctx, now)
	return in, err
}

// said is what a digest says of what was silenced.
func said(all []store.Silenced) (out []digest.Silenced) {
	for _, s := range all {
		out = append(out, digest.Silenced{Silence: s.Silence, Articles: len(s.Articles)})
	}
	return out
}
