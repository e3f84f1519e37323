package sqlite_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
)

// mounted is a folder on a file system of its own in memory.
func mounted(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("presswatch-test", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("NOT TESTED HERE: a full and a read-only disk: mounting a file system needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// bulky is a delivery that does not compress, so that little work fills a disk.
func bulky(n int) store.Delivery {
	payload := make([]byte, 20_000)
	rand.Read(payload)
	return store.Delivery{ID: fmt.Sprintf("d-%d", n), State: store.Ready, Channel: "#desk", Payload: payload, Due: time.UnixMilli(1)}
}

// fill enqueues until there is no room, and returns how many deliveries were
// acknowledged.
func fill(t *testing.T, s *sqlite.Store, from int) int {
	t.Helper()
	for n := from; n < 10_000; n++ {
		ok, err := s.Enqueue(t.Context(), store.Batch{Deliveries: []store.Delivery{bulky(n)}})
		if errors.Is(err, sqlite.ErrFull) {
			return n
		}
		if err != nil || !ok {
			t.Fatalf("delivery %d: enqueued %t, %v", n, ok, err)
		}
	}
	t.Fatal("the disk does not fill")
	return 0
}

func countsDeliveries(t *testing.T, s *sqlite.Store, want int) {
	t.Helper()
	due, err := s.Due(t.Context(), time.Now())
	if err != nil || len(due) != want {
		t.Fatalf("%d deliveries were acknowledged, and %d are there (%v)", want, len(due), err)
	}
	for _, d := range due {
		if len(d.Payload) != 20_000 {
			t.Fatalf("delivery %s has %d bytes", d.ID, len(d.Payload))
		}
	}
}

func TestAFullDiskLosesNothingAndWorkGoesOnWhenThereIsRoom(t *testing.T) {
	dir := mounted(t, "3m")
	path := filepath.Join(dir, "press.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	n := fill(t, s, 0)
	if n < 10 {
		t.Fatalf("full after %d deliveries: too soon to prove anything", n)
	}
	countsDeliveries(t, s, n)
	if err := syscall.Mount("presswatch-test", dir, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.Enqueue(t.Context(), store.Batch{Deliveries: []store.Delivery{bulky(n)}}); err != nil || !ok {
		t.Fatalf("there is room again, and still: enqueued %t, %v", ok, err)
	}
	n = fill(t, s, n+1)
	countsDeliveries(t, s, n)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("presswatch-test", dir, "tmpfs", syscall.MS_REMOUNT, "size=32m"); err != nil {
		t.Fatal(err)
	}
	s, err = sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	countsDeliveries(t, s, n)
	if _, err := s.SaveFeed(t.Context(), article.Cursor{Source: "courier"}, []article.Entry{{Identity: "number:1"}}); err != nil {
		t.Fatal(err)
	}
}

func TestAStoreIsNotMadeOnAFullDisk(t *testing.T) {
	dir := mounted(t, "64k")
	path := filepath.Join(dir, "press.db")
	_, err := sqlite.Open(t.Context(), path)
	refusedAs(t, err, sqlite.ErrFull, "make room")
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 || left[0] != path+".lock" {
		t.Errorf("left behind: %q", left)
	}
}

func TestAReadOnlyPlaceIsRefused(t *testing.T) {
	dir := mounted(t, "3m")
	path := filepath.Join(dir, "press.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("presswatch-test", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=3m"); err != nil {
		t.Fatal(err)
	}
	_, err = sqlite.Open(t.Context(), path)
	refusedAs(t, err, sqlite.ErrPlace, "writable for this user")
	_, err = sqlite.OpenReader(t.Context(), path)
	refusedAs(t, err, sqlite.ErrPlace, "")
	_, err = sqlite.Open(t.Context(), filepath.Join(dir, "new.db"))
	refusedAs(t, err, sqlite.ErrPlace, "writable for this user")
}
