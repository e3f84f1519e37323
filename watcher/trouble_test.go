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
	"presswatch/watcher/article"
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

// fullDisk is a store whose writes fail for a while.
type fullDisk struct {
	store.Store
	mu    sync.Mutex
	until time.Time
	only  string // the method that fails; "" for all
	calls map[string]int
}

var errFull = errors.New("database or disk is full")

func (f *fullDisk) fails(method string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[method]++
	return time.Now().Before(f.until) && (f.only == "" || f.only == method)
}

func (f *fullDisk) SaveFeed(ctx context.Context, c article.Cursor, e []article.Entry) (int, error) {
	if f.fails("SaveFeed") {
		return 0, errFull
	}
	return f.Store.SaveFeed(ctx, c, e)
}

func (f *fullDisk) Record(ctx context.Context, r store.Reading) error {
	if f.fails("Record") {
		return errFull
	}
	return f.Store.Record(ctx, r)
}

func (f *fullDisk) Enqueue(ctx context.Context, b store.Batch) (bool, error) {
	if f.fails("Enqueue") {
		return false, errFull
	}
	return f.Store.Enqueue(ctx, b)
}

func (f *fullDisk) Attempt(ctx context.Context, id string, at, due time.Time) error {
	if f.fails("Attempt") {
		return errFull
	}
	return f.Store.Attempt(ctx, id, at, due)
}

func (f *fullDisk) Confirm(ctx context.Context, id string, r store.Receipt) error {
	if f.fails("Confirm") {
		return errFull
	}
	return f.Store.Confirm(ctx, id, r)
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
				full := &fullDisk{calls: map[string]int{}}
				d.wrap = func(s store.Store) store.Store { full.Store = s; return full }
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
				full := &fullDisk{calls: map[string]int{}, only: method, until: time.Now().Add(time.Hour)}
				d.wrap = func(s store.Store) store.Store { full.Store = s; return full }
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
