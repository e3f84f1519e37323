package watcher

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

type debt = store.Debt

// The kinds of a delivery.
const (
	kindAlert  = "alert"
	kindStorm  = "storm"
	kindDigest = "digest"
)

// round counts what each channel was told one by one: in the hour before one pass
// of Read began to tell it anything, and in the pass.
type round struct {
	mu   sync.Mutex
	told map[string]int
}

// alertSpan is the time in which a channel takes so many alerts one by one.
const alertSpan = time.Hour

// count is how many alerts a channel was told one by one. It asks the store, so
// that a process that was just started, or a store that was put back, knows it too.
func (w *Watcher) count(ctx context.Context, r *round, channel alertChannel) (int, error) {
	if n, known := r.told[channel.name]; known {
		return n, nil
	}
	const enough = 100 // of each state; one by one is for fewer
	made, err := w.Store.Outbox(ctx, max(enough, 4*channel.most), store.Ready, store.Attempted, store.Sent)
	if err != nil {
		return 0, err
	}
	r.told[channel.name] = 0
	since := time.Now().Add(-alertSpan)
	for _, d := range made {
		if d.Kind == kindAlert && d.Channel == channel.name && d.Created.After(since) {
			r.told[channel.name]++
		}
	}
	return r.told[channel.name], nil
}

func newRound() *round { return &round{told: map[string]int{}} }

// tellAlerts tells the alerts that are owed, one message an article, as far as
// the channel's limit allows. It takes over what an earlier process left owed.
func (w *Watcher) tellAlerts(ctx context.Context, setup *Setup, r *round) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, channel := range setup.alertChannels(time.Now()) {
		groups, err := w.owedAlerts(ctx, setup, channel)
		if err != nil {
			return err
		}
		for _, findings := range groups {
			told, err := w.count(ctx, r, channel)
			if err != nil {
				return err
			}
			if told >= channel.most {
				break
			}
			message := digest.Alert(findings, setup.names())
			if err := w.enqueueAlerts(ctx, kindAlert, channel.name, []digest.Message{message}, findings); err != nil {
				return err
			}
			r.told[channel.name]++
		}
	}
	return w.amendAlerts(ctx, setup)
}

// tellStorm ends a round: what is still owed at once goes into one message a
// channel, with a count.
func (w *Watcher) tellStorm(ctx context.Context, setup *Setup, r *round) error {
	if err := w.tellAlerts(ctx, setup, r); err != nil {
		return err
	}
	for _, channel := range setup.alertChannels(time.Now()) {
		groups, err := w.owedAlerts(ctx, setup, channel)
		if err != nil {
			return err
		}
		if len(groups) == 0 {
			continue
		}
		findings := slices.Concat(groups...)
		w.Log.Warn("more alerts than the channel takes one by one in an hour: the rest goes into one message",
			"channel", channel.name, "limit", channel.most, "rest", len(groups))
		if err := w.enqueueAlerts(ctx, kindStorm, channel.name, digest.Storm(findings, setup.names()), findings); err != nil {
			return err
		}
	}
	return nil
}

// owedAlerts groups the alerts that a channel is owed by article, oldest first, but
// for what is silenced.
func (w *Watcher) owedAlerts(ctx context.Context, setup *Setup, channel alertChannel) ([][]article.Finding, error) {
	owed, err := w.Store.Owed(ctx, channel.digests, article.Alert)
	if err == nil {
		owed, err = w.free(ctx, setup, owed)
	}
	if err != nil {
		return nil, err
	}
	var order []int64
	groups := map[int64][]article.Finding{}
	for _, f := range owed {
		if _, seen := groups[f.Article.ID]; !seen {
			order = append(order, f.Article.ID)
		}
		groups[f.Article.ID] = append(groups[f.Article.ID], f)
	}
	grouped := make([][]article.Finding, len(order))
	for i, id := range order {
		grouped[i] = groups[id]
	}
	return grouped, nil
}

// enqueueAlerts puts messages told at once into the outbox: TX3.
func (w *Watcher) enqueueAlerts(ctx context.Context, kind, channel string, messages []digest.Message, findings []article.Finding) error {
	now := time.Now()
	out, err := deliveries(kind, channel, messages, now)
	if err != nil {
		return err
	}
	if kind == kindAlert {
		out[0].Thread = firstTold(channel, findings)
	}
	enqueued, err := w.Store.Enqueue(ctx, store.Batch{Deliveries: out, Findings: ids(findings), At: now}) // TX3
	if err != nil {
		return fmt.Errorf("alerts for %s: %w", channel, err)
	}
	if enqueued {
		w.rouse(stepDeliver)
	}
	return nil
}

// firstTold names the delivery by which the channel heard of the story that
// findings of one article belong to; "" where this is the first. A digest that
// moved to another channel has told nothing there.
func firstTold(channel string, findings []article.Finding) string {
	for _, f := range findings {
		if f.First.Channel == channel {
			return f.First.Delivery
		}
	}
	return ""
}

// owedTo lists what a digest is owed: what waits for the schedule, and, where
// the digest tells nothing at once, all the rest.
func (w *Watcher) owedTo(ctx context.Context, d digest.Config) ([]article.Finding, error) {
	findings, err := w.Store.Owed(ctx, []string{d.ID}, article.Digest)
	if err != nil || d.Alerts {
		return findings, err
	}
	urgent, err := w.Store.Owed(ctx, []string{d.ID}, article.Alert)
	return append(findings, urgent...), err
}

// deliveries makes the parts of a message ready for the outbox.
func deliveries(kind, channel string, messages []digest.Message, now time.Time) ([]store.Delivery, error) {
	out := make([]store.Delivery, len(messages))
	for i, m := range messages {
		if digest.Validate(m) != nil { // a composer's fault must not hold the news back
			m = digest.Plain(m)
		}
		payload, err := json.Marshal(m)
		if err != nil {
			return nil, fmt.Errorf("message for %s: %w", channel, err)
		}
		out[i] = store.Delivery{
			ID: m.ID, Group: m.Group, Part: i + 1, Parts: len(messages), Kind: kind, Channel: channel,
			Payload: payload, State: store.Ready, Created: now, Due: now,
		}
	}
	return out, nil
}

func ids(findings []article.Finding) []int64 {
	out := make([]int64, len(findings))
	for i, f := range findings {
		out[i] = f.ID
	}
	return out
}

func (w *Watcher) logDigest(d digest.Config, in digest.Input, messages []digest.Message) {
	w.Log.Info("digest composed", "digest", d.ID, "slot", in.Slot, "findings", len(in.Findings), "messages", len(messages))
}
