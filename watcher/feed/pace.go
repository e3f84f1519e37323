package feed

import (
	"context"
	"hash/fnv"
	"math"
	"sync"
	"time"
)

// maxLanes is how many hosts are remembered before idle ones are forgotten. A
// hostile server can lead us through sub-domains without end.
const maxLanes = 1024

// pace gives every host one lane: one request at a time, with a pause between
// the end of one and the start of the next. A lane is a channel and not a mutex
// so that a waiting fetch obeys its context, and fake time in tests.
type pace struct {
	interval time.Duration

	mu    sync.Mutex
	lanes map[string]*lane
	born  time.Time // no request to any host before this and the interval
}

type lane struct {
	turn  chan struct{} // holds one token while a request is under way
	users int           // fetches in or before the lane; guarded by pace.mu
	free  time.Time     // no request before this; owned by the token's holder
	held  time.Time     // the host is left alone until then; guarded by pace.mu
	vain  int           // requests in a row that it could not serve; guarded by pace.mu
}

func newPace(interval time.Duration) *pace {
	return &pace{interval: interval, lanes: make(map[string]*lane)}
}

// enter waits for the host's turn. The caller calls leave when the answer is
// read or given up.
func (p *pace) enter(ctx context.Context, host string) (leave func(), err error) {
	l := p.lane(host)
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		p.done(l)
		return nil, ctx.Err()
	}
	if err := wait(ctx, time.Until(l.free)); err != nil {
		<-l.turn
		p.done(l)
		return nil, err
	}
	return func() {
		l.free = time.Now().Add(p.interval)
		<-l.turn
		p.done(l)
	}, nil
}

// hold notes that the host wants no request for that long.
func (p *pace) hold(host string, d time.Duration) {
	l := p.lane(host)
	defer p.done(l)
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.held) {
		l.held = until
	}
}

// rest makes every host that was not asked yet wait for the interval: another
// process may have asked it just now.
func (p *pace) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.born = time.Now().Add(p.interval)
}

// The pause that a host gets which cannot serve us: after vainBefore requests in a
// row, doubled with each further one.
const (
	vainBefore = 3
	vainFirst  = time.Minute
	vainMost   = time.Hour
)

// strike notes that a host could not serve a request, and leaves it alone for a
// while if that goes on: all feeds and pages of the host, because what troubles
// one troubles all. No two hosts come back at the same moment.
func (p *pace) strike(host string) {
	l := p.lane(host)
	defer p.done(l)
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.vain++; l.vain < vainBefore {
		return
	}
	pause := min(vainFirst<<min(l.vain-vainBefore, 10), vainMost)
	spread := fnv.New32a()
	spread.Write([]byte(host))
	pause += time.Duration(float64(pause) * lengthen * float64(spread.Sum32()) / math.MaxUint32)
	if until := time.Now().Add(pause); until.After(l.held) {
		l.held = until
	}
}

// served notes that a host answers.
func (p *pace) served(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.lanes[host]; l != nil {
		l.vain = 0
	}
}

// heldFor is how long the host still wants no request.
func (p *pace) heldFor(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.lanes[host]; l != nil {
		return max(0, time.Until(l.held))
	}
	return 0
}

func (p *pace) lane(host string) *lane {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.lanes) >= maxLanes {
		p.sweep(time.Now())
	}
	l := p.lanes[host]
	if l == nil {
		l = &lane{turn: make(chan struct{}, 1), free: p.born}
		p.lanes[host] = l
	}
	l.users++
	return l
}

func (p *pace) done(l *lane) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l.users--
}

// sweep forgets hosts that nobody waits for and that are owed no pause.
func (p *pace) sweep(now time.Time) {
	for host, l := range p.lanes {
		if l.users == 0 && now.After(l.free) && now.After(l.held) {
			delete(p.lanes, host)
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
