package watcher

import (
	"context"
	"sync"
	"time"

	"presswatch/watcher/slack"
)

// pacing keeps the rate of messages in a channel.
type pacing struct {
	mu   sync.Mutex
	next map[string]time.Time
}

// wait holds until the channel may be written to; false means the program stops.
func (p *pacing) wait(ctx context.Context, channel string) bool {
	p.mu.Lock()
	if p.next == nil {
		p.next = map[string]time.Time{}
	}
	now := time.Now()
	at := now
	if p.next[channel].After(now) {
		at = p.next[channel]
	}
	p.next[channel] = at.Add(slack.Pace)
	p.mu.Unlock()
	return sleep(ctx, at.Sub(now))
}

// sleep waits, and reports false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// withGrace lets what is under way end when the program stops: the context it
// returns outlives its parent by sendGrace.
func withGrace(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	stop := context.AfterFunc(parent, func() {
		sleep(ctx, sendGrace)
		cancel()
	})
	return ctx, func() { stop(); cancel() }
}
