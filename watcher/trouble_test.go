package watcher_test

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/store"
	"presswatch/systemd"
	"presswatch/watcher"
	"presswatch/watcher/schedule"
)

func hourly(t *testing.T) schedule.Schedule {
	t.Helper()
	s, err := schedule.Parse("@every 1h")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ailing is an actor whose calls fail for a while.
type ailing struct {
	mu    sync.Mutex
	until time.Time
	only  string // the call that fails; "" for all
	calls map[string]int
}

var errFull = errors.New("database or disk is full")

func (f *ailing) act(name string, do func() error) error {
	f.mu.Lock()
	f.calls[name]++
	fails := time.Now().Before(f.until) && (f.only == "" || f.only == name)
	f.mu.Unlock()
	if fails {
		return errFull
	}
	return do()
}

// TestAFullDiskLosesNothing fills the disk at any minute of a busy morning, for a
// while: work goes on when there is room, without a restart.
func TestAFullDiskLosesNothing(t *testing.T) {
	for _, from := range []time.Duration{0, 2 * time.Second, 5 * time.Second, 10 * time.Minute, 59*time.Minute + 30*time.Second} {
		t.Run("after "+from.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = busyMorning(time.Now())
				full := &ailing{calls: map[string]int{}}
				d.wrap = func(s store.Store) store.Store { return changes{s, full} }
				fill := time.AfterFunc(from, func() {
					full.mu.Lock()
					defer full.mu.Unlock()
					full.until = time.Now().Add(2 * time.Minute)
				})
				defer fill.Stop()
				d.runFor(75 * time.Minute)
				d.checkMorning("after the disk had room again")
				if !strings.Contains(d.log.String(), "step failed") {
					t.Error("the trouble is not logged")
				}
			})
		})
	}
}

// forgetful is an actor of which every fifth call of one name fails, the first among
// them: more of them in a row than one unit of work makes would be a dead store.
type forgetful struct {
	only  string
	mu    sync.Mutex
	calls map[string]int
}

func (f *forgetful) act(name string, do func() error) error {
	f.mu.Lock()
	f.calls[name]++
	n := f.calls[name]
	f.mu.Unlock()
	if name == f.only && n%5 == 1 {
		return errFull
	}
	return do()
}

// TestAQuestionThatFailsLosesNothing lets every fifth answer to each question that
// the daemon asks its store fail, all the time.
func TestAQuestionThatFailsLosesNothing(t *testing.T) {
	for name, scene := range map[string]func(*testing.T, string) map[string]int{"morning": forgetfulMorning, "outage": forgetfulOutage} {
		for asked := range scene(t, "") {
			t.Run(name+" "+asked, func(t *testing.T) {
				t.Parallel()
				scene(t, asked)
			})
		}
	}
}

func forgetfulMorning(t *testing.T, only string) (asked map[string]int) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = busyMorning(time.Now())
		asked = d.forget(95*time.Minute, only)
		d.checkMorning("in the end")
	})
	return asked
}

func forgetfulOutage(t *testing.T, only string) (asked map[string]int) {
	feedOutage(t, func(d *desk, span time.Duration) { asked = d.forget(span, only) })
	return asked
}

// forget runs the daemon with a store that forgets what one question asks, and says
// how often each was asked.
func (d *desk) forget(span time.Duration, only string) map[string]int {
	f := &forgetful{only: only, calls: map[string]int{}}
	d.wrap = func(s store.Store) store.Store { return questions{s, f} }
	d.runFor(span)
	return f.calls
}

// silent is a store whose calls never return once it is stuck.
type silent struct {
	store.Store
	stuck chan struct{}
}

func (s silent) Due(ctx context.Context, now time.Time) ([]store.Delivery, error) {
	select {
	case <-s.stuck:
		<-ctx.Done()
		return nil, ctx.Err()
	default:
		return s.Store.Due(ctx, now)
	}
}

// TestTheWatchdogIsFedOnlyWhileEveryLoopMoves listens as the service manager
// does, on a socket, with real time: a socket cannot live in a bubble.
func TestTheWatchdogIsFedOnlyWhileEveryLoopMoves(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	listener, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	notify := systemd.NewNotifier(func(key string) string {
		return map[string]string{"NOTIFY_SOCKET": socket, "WATCHDOG_USEC": "60000"}[key]
	})
	d := newDesk(t)
	d.paper = oneTreaty()
	w, end := d.start(t.Context())
	defer end()
	w.Notify = notify
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- w.Run(ctx) }()
	buffer := make([]byte, 1024)
	n, err := listener.Read(buffer)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(buffer[:n]); !strings.Contains(text, "WATCHDOG=1") || !strings.Contains(text, "1 feeds") {
		t.Errorf("told the manager: %q", text)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestALoopThatHangsStarvesTheWatchdog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		hang := make(chan struct{})
		d.wrap = func(s store.Store) store.Store { return silent{s, hang} }
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
		defer cancel()
		w, end := d.start(t.Context())
		defer end()
		w.Notify = systemd.NewNotifier(func(key string) string { // a manager that has gone away
			return map[string]string{"NOTIFY_SOCKET": filepath.Join(t.TempDir(), "gone"), "WATCHDOG_USEC": "60000000"}[key]
		})
		time.AfterFunc(10*time.Minute, func() { close(hang) })
		if err := w.Run(ctx); err != nil {
			t.Error(err)
		}
		log := d.log.String()
		if !strings.Contains(log, "the service manager cannot be told") {
			t.Error("the log does not say that nobody hears")
		}
		if !strings.Contains(log, "a loop does not move") || !strings.Contains(log, "deliver") {
			t.Errorf("the log does not name the loop:\n%s", log)
		}
		if err := w.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "deliver") {
			t.Errorf("health: %v", err)
		}
	})
}

func TestOnceDoesAllAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = busyMorning(time.Now())
		w, end := d.start(t.Context())
		defer end()
		pass, err := w.Once(t.Context(), watcher.OnceOptions{Digests: watcher.AllDigests})
		if err != nil || pass.Failed != 0 || pass.Done != 1 {
			t.Errorf("once: %+v %v", pass, err)
		}
		if got := d.tally("#desk", "A treaty of two cities", "Ships wait"); got["A treaty of two cities"] != 1 || got["Ships wait"] != 1 {
			t.Errorf("told: %v", got)
		}
		pass, err = w.Once(t.Context(), watcher.OnceOptions{Digests: watcher.AllDigests})
		if err != nil || pass != (watcher.Pass{}) || len(d.told("#desk")) != 3 {
			t.Errorf("once more: %+v %v, %d messages", pass, err, len(d.told("#desk")))
		}
	})
}

// TestOnceStopsWhereTheDiskFails lets each kind of write fail in turn: Once says
// so, and a second Once finishes the work.
func TestOnceStopsWhereTheDiskFails(t *testing.T) {
	for _, method := range []string{"SaveFeed", "Record", "Enqueue", "Attempt", "Confirm"} {
		t.Run(method, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = busyMorning(time.Now())
				full := &ailing{calls: map[string]int{}, only: method, until: time.Now().Add(time.Hour)}
				d.wrap = func(s store.Store) store.Store { return changes{s, full} }
				w, end := d.start(t.Context())
				defer end()
				if _, err := w.Once(t.Context(), watcher.OnceOptions{Digests: watcher.AllDigests}); !errors.Is(err, errFull) {
					t.Errorf("once: %v", err)
				}
				time.Sleep(time.Hour)
				if _, err := w.Once(t.Context(), watcher.OnceOptions{Poll: watcher.AllFeeds, Digests: watcher.AllDigests}); err != nil {
					t.Errorf("once more: %v", err)
				}
				want := map[string]int{"A treaty of two cities": 1, "Ships wait": 1}
				if diff := cmp.Diff(want, d.tally("#desk", "A treaty of two cities", "Ships wait")); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}
