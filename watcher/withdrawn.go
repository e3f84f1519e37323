package watcher

import (
	"context"
	"fmt"
	"slices"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

const kindWithdrawn = "withdrawn"

// tellWithdrawn tells each channel that was told of an article, once, that it
// stands no more: under the message that told of it first. It comes before the
// store is told: when the process dies between the two, the page is asked for
// again, and the message's id is known already.
func (w *Watcher) tellWithdrawn(ctx context.Context, setup *Setup, a article.Article) error {
	history, err := w.Store.History(ctx, a.ID)
	if err != nil {
		return fmt.Errorf("article %s: %w", a.URL, err)
	}
	var channels []string
	for _, told := range history.Told {
		if told.Article != a.ID || slices.Contains(channels, told.Channel) {
			continue
		}
		channels = append(channels, told.Channel)
		message := digest.Withdrawn(a, told.Telling, setup.names())
		now := time.Now()
		out, err := deliveries(kindWithdrawn, told.Channel, []digest.Message{message}, now)
		if err != nil {
			return err
		}
		out[0].Thread = told.Delivery
		if _, err := w.Store.Enqueue(ctx, store.Batch{Deliveries: out, At: now}); err != nil { // TX3
			return fmt.Errorf("article %s: withdrawn: %w", a.URL, err)
		}
		w.rouse(stepDeliver)
	}
	return nil
}
