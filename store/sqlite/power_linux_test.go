package sqlite_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// powerCuts is how many times the power fails.
const powerCuts = 8

// TestWhatWasAcknowledgedSurvivesALossOfPower lets the process of the kill test
// work on a file system in an image, stops it in the middle and takes the image
// as the disk is at that moment: without what the file system had not written to
// it yet. So what only reached the kernel is lost, which a kill never shows.
func TestWhatWasAcknowledgedSurvivesALossOfPower(t *testing.T) {
	if testing.Short() {
		t.Skip("it mounts file systems, some seconds long")
	}
	disk := newDisk(t)
	acknowledged := map[string]int{}
	for cut := range powerCuts {
		snapshot := filepath.Join(t.TempDir(), "image")
		for step, n := range disk.workUntilCut(t, snapshot) {
			acknowledged[step] = max(acknowledged[step], n)
		}
		at := mountImage(t, snapshot)
		survived(t, filepath.Join(at, "press.db"), acknowledged)
		if t.Failed() {
			t.Fatalf("the power failed for the %d. time", cut+1)
		}
	}
	t.Logf("acknowledged before %d losses of power: %v", powerCuts, acknowledged)
	if acknowledged["confirmed"] < 10 {
		t.Error("too little was written to prove anything")
	}
}

// disk is a file system in an image, mounted.
type disk struct{ image, dir string }

func newDisk(t *testing.T) disk {
	t.Helper()
	image := filepath.Join(memory(t), "image")
	if err := os.WriteFile(image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(image, 24<<20); err != nil {
		t.Fatal(err)
	}
	// A journal that is written out rarely: what is not synced stays in memory.
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image).CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED HERE: a loss of power: no file system can be made in an image: %v %s", err, out)
	}
	return disk{image, mountImage(t, image)}
}

// memory is a folder in memory: the copy of an image must not wait for a disk.
func memory(t *testing.T) string {
	t.Helper()
	return mounted(t, "64m")
}

// mountImage mounts an image by a loop device; after a loss of power that
// replays the file system's own journal.
func mountImage(t *testing.T, image string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-o", "loop,commit=300", image, dir).CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED HERE: a loss of power: an image cannot be mounted: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return dir
}

// workUntilCut lets the process work for a random time, stops it, copies the
// image, and returns what had been acknowledged by then.
func (d disk) workUntilCut(t *testing.T, snapshot string) map[string]int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+d.dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := make(chan map[string]int, 1)
	go func() { acknowledged <- acknowledgements(bufio.NewScanner(out)) }()
	<-time.After(200*time.Millisecond + time.Duration(rand.Int64N(int64(400*time.Millisecond))))
	stop(t, cmd.Process.Pid)
	image, err := os.ReadFile(d.image)
	if err == nil {
		err = os.WriteFile(snapshot, image, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// It was stopped: all that is in the pipe was acknowledged before the copy.
	counts := <-acknowledged
	cmd.Wait() // killed: its error is ours
	return counts
}

// stop stops a process and waits until every thread of it stands still.
func stop(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, syscall.WUNTRACED, nil); err != nil || !status.Stopped() {
		t.Fatalf("it did not stop, but ended by itself: %v", err)
	}
}

// acknowledgements counts, of each step, the articles that went through it.
func acknowledgements(lines *bufio.Scanner) map[string]int {
	counts := map[string]int{}
	for lines.Scan() {
		var step string
		var n int
		if _, err := fmt.Sscanln(strings.TrimSpace(lines.Text()), &step, &n); err == nil {
			counts[step] = max(counts[step], n+1)
		}
	}
	return counts
}
