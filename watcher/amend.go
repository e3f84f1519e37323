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

// amendAlerts lets alerts and storms that were told say where else their stories
// stand by now: each is composed anew and takes the place of its message, which
// notifies nobody. An amendment that is replaced by a later one before it leaves is no
// loss: the later one says more.
func (w *Watcher) amendAlerts(ctx context.Context, setup *Setup) error {
	owed, err := w.Store.Amendments(ctx)
	if err != nil {
		return err
	}
	for _, a := range owed {
		now := time.Now()
		out, err := deliveries(kindAlso, a.Channel, w.amended(a, setup.names()), now)
		if err != nil {
			return err
		}
		for i := range out {
			out[i].Edits = out[i].ID
			out[i].ID = digest.ID(kindAlso, out[i].Edits, strconv.FormatInt(a.Article, 10))
			out[i].Group, out[i].Part, out[i].Parts = out[i].ID, 1, 1 // each may change alone
		}
		batch := store.Batch{Deliveries: out, Amends: []string{a.Delivery}, At: now}
		if _, err := w.Store.Enqueue(ctx, batch); err != nil { // TX3
			return fmt.Errorf("amend %s %s for %s: %w", a.Kind, a.Delivery, a.Channel, err)
		}
		w.rouse(stepDeliver)
	}
	return nil
}

// amended is what was told, as it would be told now: each part under the id of the
// delivery that told it, which derives from what is told. A storm that would not fit
// into as many parts as it had stays as it is.
func (w *Watcher) amended(a store.Amendment, names digest.Names) []digest.Message {
	if a.Kind != kindStorm {
		message := digest.Alert(a.Findings, names)
		message.ID = a.Delivery
		return []digest.Message{message}
	}
	messages := digest.Storm(a.Findings, names)
	if len(messages) != a.Parts || messages[0].ID != a.Delivery {
		w.Log.Info("a storm is not amended: it would take another number of messages", "delivery", a.Delivery, "had", a.Parts, "has", len(messages))
		return nil
	}
	return messages
}
