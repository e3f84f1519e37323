package watcher

import (
	"context"
	"fmt"
	"sync"
	"time"

	"presswatch/store"
)

// staleAfter is how long a loop may stay without a beat: longer than the
// slowest unit of work, one fetch with its waits.
const staleAfter = 3 * time.Minute

// heart knows when each loop last moved.
type heart struct {
	mu    sync.Mutex
	beats map[step]time.Time
}

func (h *heart) beat(s step) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.beats == nil {
		h.beats = map[step]time.Time{}
	}
	h.beats[s] = time.Now()
}

// stuck names the loops that have not moved for too long. Upkeep is not among
// them: to copy a large store from a slow disk takes as long as it takes, and no
// news waits for it.
func (h *heart) stuck(now time.Time) (names []step) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range steps {
		if at, ok := h.beats[s]; ok && s != stepKeep && now.Sub(at) > staleAfter {
			names = append(names, s)
		}
	}
	return names
}

// Health says which loops do not move; nil: all do.
func (w *Watcher) Health(context.Context) error {
	if stuck := w.heart.stuck(time.Now()); len(stuck) > 0 {
		return fmt.Errorf("no movement for more than %v: %v", staleAfter, stuck)
	}
	return nil
}

// watchdog feeds the service manager's watchdog, where there is one, only while
// every loop moves, and keeps its status line.
func (w *Watcher) watchdog(ctx context.Context) error {
	interval := w.Notify.Interval()
	for interval > 0 && sleep(ctx, interval) {
		if stuck := w.heart.stuck(time.Now()); len(stuck) > 0 {
			w.Log.Error("a loop does not move: the watchdog is not fed", "loops", fmt.Sprint(stuck))
			continue
		}
		if err := w.Notify.Alive(w.statusLine(ctx)); err != nil {
			w.Log.Error("the service manager cannot be told", "error", err)
		}
	}
	return nil
}

// statusLine is what the service manager shows.
func (w *Watcher) statusLine(ctx context.Context) string {
	cursors, err := w.Cursors(ctx)
	if err != nil {
		return "store: " + err.Error()
	}
	wrong := 0
	for _, c := range cursors {
		if c.Error != "" {
			wrong++
		}
	}
	summary, err := w.Store.Summary(ctx)
	if err != nil {
		return "store: " + err.Error()
	}
	waiting := summary.Outbox[store.Ready] + summary.Outbox[store.Attempted]
	line := fmt.Sprintf("%d feeds, %d with errors; %d articles; outbox %d, parked %d", len(cursors), wrong, summary.Articles, waiting, summary.Outbox[store.Parked])
	for _, pause := range summary.Paused {
		line += "; " + pause.Channel + " on hold"
	}
	var last store.Slot
	for _, s := range summary.Slots {
		if s.At.After(last.At) {
			last = s
		}
	}
	if last.Digest != "" {
		line += "; last digest " + last.Digest + " " + last.Slot
	}
	return line
}
