package watcher

import (
	"context"
	"time"

	"presswatch/watcher/digest"
)

// Preview composes a digest as it would be sent now, and writes nothing: of
// Options it needs the Store alone, which may be a reader.
func (w *Watcher) Preview(ctx context.Context, d digest.Config) ([]digest.Message, error) {
	findings, err := w.owedTo(ctx, d)
	if err != nil {
		return nil, err
	}
	return digest.Digest(w.Setup().digestInput(d, digest.Input{}, findings, time.Now())), nil
}
