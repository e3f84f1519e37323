package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// built is the real program, as it is shipped.
func built(t testing.TB) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "presswatch")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// manager is a service manager that a process reports to.
type manager struct {
	t      *testing.T
	socket string
	heard  chan string // what processes said, a datagram each
	all    *strings.Builder
}

func newManager(t *testing.T) *manager {
	t.Helper()
	m := &manager{t: t, socket: filepath.Join(t.TempDir(), "notify"), heard: make(chan string, 1000), all: &strings.Builder{}}
	listener, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: m.socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		defer close(m.heard)
		buffer := make([]byte, 4096)
		for {
			n, err := listener.Read(buffer)
			if err != nil {
				return
			}
			select {
			case m.heard <- string(buffer[:n]):
			default: // nobody listens to so much
			}
		}
	}()
	return m
}

// forget drops what a process said that is gone.
func (m *manager) forget() {
	for {
		select {
		case said := <-m.heard:
			m.all.WriteString(said + "\n")
		default:
			return
		}
	}
}

// ready waits until a process says so, and returns how long it took.
func (m *manager) ready(p *process) time.Duration {
	m.t.Helper()
	deadline := time.After(time.Minute)
	for {
		select {
		case said := <-m.heard:
			m.all.WriteString(said + "\n")
			if strings.Contains(said, "READY=1") {
				return time.Since(p.started)
			}
		case <-deadline:
			m.t.Fatalf("process %d is not ready after a minute:\n%s", p.Process.Pid, p.said.String())
		}
	}
}

// process is a presswatch that runs.
type process struct {
	*exec.Cmd
	said    *output
	started time.Time
	gone    chan struct{} // closed when it is
}

// start runs a command; its output is kept together.
func (m *manager) start(binary string, env []string, args ...string) *process {
	m.t.Helper()
	p := &process{Cmd: exec.Command(binary, args...), said: &output{}, gone: make(chan struct{})}
	p.Env = append(append(os.Environ(), "NOTIFY_SOCKET="+m.socket, "WATCHDOG_USEC=2000000"), env...)
	p.Stdout, p.Stderr = p.said, p.said
	p.started = time.Now()
	if err := p.Start(); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = p.Process.Kill() }) // where the test ended before it
	go func() {
		defer close(p.gone)
		_ = p.Wait()
	}()
	return p
}

// worked is the time of processors that a process has used: what a start costs on a
// machine that has other things to do. 0 where the system does not tell.
func (p *process) worked() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Process.Pid))
	if err != nil {
		return 0
	}
	const tick = 10 * time.Millisecond                                        // USER_HZ, on every Linux
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:])) // the name may hold spaces
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick
}

// end sends a signal and waits until the process is gone.
func (p *process) end(signal os.Signal) {
	_ = p.Process.Signal(signal)
	<-p.gone
}

// lives lets a process work for a while, in which it must not end by itself.
func (m *manager) lives(p *process, span time.Duration) {
	m.t.Helper()
	select {
	case <-p.gone:
		m.t.Fatalf("process %d ended by itself:\n%s", p.Process.Pid, p.said.String())
	case <-time.After(span):
	}
}

// output is what a process says, readable while it does.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
