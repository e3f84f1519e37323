package watcher

import (
	"context"
	"fmt"
	"time"

	"presswatch/store"
	"presswatch/store/upkeep"
)

const (
	// aboutBackup is the subject of what status and the operators' channel are told
	// of copies that cannot be made.
	aboutBackup = "backup"
	// keepAgain is the wait after a copy that could not be made.
	keepAgain = 15 * time.Minute
	// forgetEvery is how often texts are looked for that may be forgotten.
	forgetEvery = 24 * time.Hour
	// forgottenAtOnce bounds one transaction of forgetting: others wait for it.
	forgottenAtOnce = 500
)

// care is what step keep remembers from round to round. A loop goes round though
// nothing is due, so what has to wait is told by its time.
type care struct {
	copyAfter   time.Time // no copy before: the last one could not be made
	forgetAfter time.Time // texts were looked for
}

// Keep keeps the store in order: a copy when one is due, and texts forgotten by
// age and size. A copy that cannot be made is told and tried again: it does not
// hold the news up.
func (w *Watcher) Keep(ctx context.Context) (Pass, error) {
	var pass Pass
	setup, now := w.Setup(), time.Now()
	if !now.Before(w.care.copyAfter) {
		if err := w.backUp(ctx, setup, now, &pass); err != nil {
			return pass, err
		}
	}
	if !now.Before(w.care.forgetAfter) && setup.Upkeep.Retention != (upkeep.Retention{}) {
		forgotten, err := w.forget(ctx, setup.Upkeep.Retention, now)
		if err != nil {
			return pass, err
		}
		w.care.forgetAfter = now.Add(forgetEvery)
		pass.Done += forgotten
	}
	return pass, nil
}

// backUp makes a copy of the store, if one is due.
func (w *Watcher) backUp(ctx context.Context, setup *Setup, now time.Time, pass *Pass) error {
	b := setup.Upkeep.Backup
	file, reason, err := b.Due(now, setup.Zone)
	if err == nil && file == "" {
		return nil
	}
	var removed []string
	if err == nil {
		removed, err = b.Make(file, func(file string) error { return w.Store.Backup(ctx, file) })
	}
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		pass.Failed++
		w.care.copyAfter = time.Now().Add(keepAgain)
		w.Log.Error("the store could not be copied; it is tried again", "error", err, "wait", keepAgain)
		// One occasion a day: what goes wrong all night is told once.
		return w.Notice(ctx, aboutBackup, "The store is not copied: "+err.Error(), now.UTC().Format(time.DateOnly))
	}
	pass.Done++
	w.Log.Info("store copied", "file", file, "because", reason, "removed", len(removed))
	return w.Settled(ctx, aboutBackup)
}

// forget drops texts by age, then the oldest while the store holds too much.
func (w *Watcher) forget(ctx context.Context, r upkeep.Retention, now time.Time) (total int, err error) {
	if r.Age > 0 {
		for n := forgottenAtOnce; n == forgottenAtOnce && err == nil; total += n {
			n, err = w.Store.Forget(ctx, now.Add(-r.Age), forgottenAtOnce)
		}
	}
	for n := forgottenAtOnce; n == forgottenAtOnce && err == nil && r.Size > 0; total += n {
		var summary store.Summary
		if summary, err = w.Store.Summary(ctx); err != nil || summary.Bytes-summary.Free <= int64(r.Size) {
			break
		}
		if n, err = w.Store.Forget(ctx, now.Add(-upkeep.LeastAge), forgottenAtOnce); n == 0 && err == nil {
			w.Log.Warn("the store holds more than retention.size, and nothing in it is old enough to be forgotten",
				"bytes", summary.Bytes-summary.Free, "size", r.Size, "least_age", upkeep.LeastAge)
		}
	}
	if total > 0 {
		w.Log.Info("texts forgotten", "articles", total)
	}
	if err != nil {
		err = fmt.Errorf("forget texts: %w", err)
	}
	return total, err
}

// nextKeep is when the store needs care again.
func (w *Watcher) nextKeep(context.Context) (time.Time, error) {
	setup, now := w.Setup(), time.Now()
	next := setup.Upkeep.Backup.Next(now, setup.Zone)
	if w.care.copyAfter.After(now) {
		next = w.care.copyAfter
	}
	if at := w.care.forgetAfter; at.After(now) && (next.IsZero() || at.Before(next)) {
		next = at
	}
	return next, nil
}
