package watcher

import (
	"context"
	"time"

	"presswatch/store"
	"presswatch/watcher/slack"
)

// nowhere stands in the receipt of an edit that had nothing to change: its message
// was never sent, or cannot be changed. No news is lost by that: what an edit says
// is said by the replies in the thread.
const nowhere = "nowhere"

// send lets a delivery leave: as a new message, or in the place of one.
func (w *Watcher) send(ctx context.Context, d store.Delivery, post slack.Post) (store.Receipt, error) {
	if d.Edits == "" {
		return w.Sender.Send(ctx, post)
	}
	if err := w.Sender.Update(ctx, d.Parent, post); err != nil {
		return store.Receipt{}, err
	}
	return store.Receipt{Channel: d.Parent.Channel, TS: d.Parent.TS, At: time.Now()}, nil
}

// placeOf is where a delivery is posted: under the message that it follows, else
// in its channel. As plain text it stands in the channel, because a thread may be
// what Slack refused.
func placeOf(d store.Delivery) (channel, thread string) {
	if d.Thread == "" || d.Plain || d.Parent.TS == "" {
		return d.Channel, ""
	}
	return d.Parent.Channel, d.Parent.TS
}

// find looks for a delivery wherever its attempts may have put it: the message
// that it follows may have been sent, by an operator's wish, only after the first
// of them.
func (w *Watcher) find(ctx context.Context, d store.Delivery) (store.Receipt, bool, error) {
	s := slack.Sought{Channel: d.Channel, ID: d.ID, Since: d.FirstAttempt.Add(-slack.Lookback)}
	if d.Thread != "" && d.Parent.TS != "" {
		in := s
		in.Channel, in.Thread = d.Parent.Channel, d.Parent.TS
		if receipt, found, err := w.Sender.Find(ctx, in); found || err != nil {
			return receipt, found, err
		}
	}
	return w.Sender.Find(ctx, s)
}

// nothingToEdit settles an edit that can have no effect: TX5.
func (w *Watcher) nothingToEdit(ctx context.Context, d store.Delivery, why string) error {
	w.Log.Info("a message stays as it is", "delivery", d.ID, "channel", d.Channel, "edits", d.Edits, "reason", why)
	return w.Store.Confirm(ctx, d.ID, store.Receipt{Channel: nowhere, At: time.Now()})
}

// doubtWait is when a delivery in doubt is worked on again. Slack is asked soon;
// an edit waits until the earlier call can no longer take effect, so that it
// cannot undo a later one.
func doubtWait(d store.Delivery) time.Duration {
	if d.Edits != "" {
		return Settle
	}
	return askAgain
}
