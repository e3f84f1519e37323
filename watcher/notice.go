package watcher

import (
	"context"
	"errors"
	"time"

	"presswatch/store"
	"presswatch/watcher/digest"
	"presswatch/watcher/slack"
)

const kindNotice = "notice"

// Notice keeps a standing remark on a subject for status, and tells it once in
// the operators' channel, if there is one. occasion tells two rows of trouble
// with the same text apart; a repetition on the same occasion changes nothing.
func (w *Watcher) Notice(ctx context.Context, subject, text, occasion string) error {
	if err := w.tellOperators(ctx, subject, text, occasion); err != nil {
		return err
	}
	return w.Store.Note(ctx, store.Note{Subject: subject, Text: text, At: time.Now()})
}

// tellOperators says something once in their channel, if there is one: TX3.
func (w *Watcher) tellOperators(ctx context.Context, subject, text, occasion string) error {
	channel := w.Setup().OpsChannel
	if channel == "" {
		return nil
	}
	now := time.Now()
	out, err := deliveries(kindNotice, channel, []digest.Message{digest.Notice(subject, text, occasion)}, now)
	if err != nil {
		return err
	}
	if _, err := w.Store.Enqueue(ctx, store.Batch{Deliveries: out, At: now}); err != nil { // TX3: false when it is told already
		return err
	}
	w.rouse(stepDeliver)
	return nil
}

// tellTrouble tells operators what holds a delivery up, once for each reason. That
// a notice to them is held up is nothing they could be told there.
func (w *Watcher) tellTrouble(ctx context.Context, d store.Delivery, subject, text string, why error) error {
	if d.Kind == kindNotice || d.Channel == w.Setup().OpsChannel {
		return nil
	}
	return w.tellOperators(ctx, subject, text, d.ID+" "+reasonOf(why))
}

// reasonOf is what makes one trouble of a delivery another than the one before.
func reasonOf(err error) string {
	var se *slack.Error
	if errors.As(err, &se) && se.Code != "" {
		return se.Code
	}
	return err.Error()
}

// Settled takes the remark on a subject back.
func (w *Watcher) Settled(ctx context.Context, subject string) error {
	return w.Store.Note(ctx, store.Note{Subject: subject})
}
