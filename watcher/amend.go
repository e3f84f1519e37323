package watcher

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"presswatch/store"
	"presswatch/watcher/digest"
)

const kindAlso = "also"

// amendAlerts lets alerts that were told say where else their story stands by
// now: each is composed anew and takes the place of its message, which notifies
// nobody. An amendment that is replaced by a later one before it leaves is no
// loss: the later one says more.
func (w *Watcher) amendAlerts(ctx context.Context, setup *Setup) error {
	owed, err := w.Store.Amendments(ctx)
	if err != nil {
		return err
	}
	for _, a := range owed {
		now := time.Now()
		message := digest.Alert(a.Findings, setup.names())
		message.ID = digest.ID(kindAlso, a.Delivery, strconv.FormatInt(a.Article, 10))
		message.Group = message.ID
		out, err := deliveries(kindAlso, a.Channel, []digest.Message{message}, now)
		if err != nil {
			return err
		}
		out[0].Edits = a.Delivery
		batch := store.Batch{Deliveries: out, Amends: []string{a.Delivery}, At: now}
		if _, err := w.Store.Enqueue(ctx, batch); err != nil { // TX3
			return fmt.Errorf("amend alert %s for %s: %w", a.Delivery, a.Channel, err)
		}
		w.rouse(stepDeliver)
	}
	return nil
}
