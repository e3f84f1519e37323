package watcher

import (
	"context"
	"time"

	"presswatch/store"
	"presswatch/watcher/digest"
)

const kindNotice = "notice"

// Notice keeps a standing remark on a subject for status, and tells it once in
// the operators' channel, if there is one. occasion tells two rows of trouble
// with the same text apart; a repetition on the same occasion changes nothing.
func (w *Watcher) Notice(ctx context.Context, subject, text, occasion string) error {
	now := time.Now()
	if channel := w.Setup().OpsChannel; channel != "" {
		message := digest.Notice(subject, text, occasion)
		out, err := deliveries(kindNotice, channel, []digest.Message{message}, now)
		if err != nil {
			return err
		}
		if _, err := w.Store.Enqueue(ctx, store.Batch{Deliveries: out, At: now}); err != nil { // TX3: false when it is told already
			return err
		}
		w.rouse(stepDeliver)
	}
	return w.Store.Note(ctx, store.Note{Subject: subject, Text: text, At: now})
}

// Settled takes the remark on a subject back.
func (w *Watcher) Settled(ctx context.Context, subject string) error {
	return w.Store.Note(ctx, store.Note{Subject: subject})
}
