package systemd_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"presswatch/systemd"
)

// manager is a service manager that only listens.
func manager(t *testing.T, name string) (heard func() string) {
	t.Helper()
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return func() string {
		buffer := make([]byte, 4096)
		if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
			t.Fatal(err)
		}
		n, err := conn.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		return string(buffer[:n])
	}
}

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for _, pair := range pairs {
			if value, ok := strings.CutPrefix(pair, name+"="); ok {
				return value
			}
		}
		return ""
	}
}

func TestWhatTheManagerHears(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	heard := manager(t, socket)
	n := systemd.NewNotifier(environment("NOTIFY_SOCKET=" + socket))
	tests := []struct {
		name string
		say  func() error
		want string // a regular expression
	}{
		{"ready", func() error { return n.Ready("watching 12 feeds") }, "READY=1\nSTATUS=watching 12 feeds"},
		{"reloading, with the time it began", n.Reloading, "RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]+\nSTATUS=reloading"},
		{"stopping", n.Stopping, "STOPPING=1\nSTATUS=stopping"},
		{"status", func() error { return n.Status("outbox 3") }, "STATUS=outbox 3"},
		{"alive", func() error { return n.Alive("outbox 0") }, "WATCHDOG=1\nSTATUS=outbox 0"},
		{"a status of several lines", func() error { return n.Status("a\nREADY=1\r\x00b\u2028c") }, "STATUS=a READY=1  b c"},
		{"a status that is no UTF-8", func() error { return n.Status("a\xffb") }, `STATUS=a\?b`},
		{"a long status, cut on a whole character", func() error { return n.Status(strings.Repeat("é", 400)) }, "STATUS=é{250}…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.say(); err != nil {
				t.Fatal(err)
			}
			if got := heard(); !regexp.MustCompile("^(?:" + tt.want + ")$").MatchString(got) {
				t.Errorf("heard %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnAbstractSocketIsReached(t *testing.T) {
	name := fmt.Sprintf("@presswatch-test-%d", os.Getpid())
	heard := manager(t, name)
	if err := systemd.NewNotifier(environment("NOTIFY_SOCKET=" + name)).Ready("x"); err != nil {
		t.Fatal(err)
	}
	if got := heard(); got != "READY=1\nSTATUS=x" {
		t.Errorf("heard %q", got)
	}
}

func TestWithoutAManagerNothingHappens(t *testing.T) {
	for name, n := range map[string]systemd.Notifier{
		"zero": {}, "an empty environment": systemd.NewNotifier(environment()),
		"a watchdog without a socket": systemd.NewNotifier(environment("WATCHDOG_USEC=1000000")),
	} {
		for _, err := range []error{n.Ready("x"), n.Reloading(), n.Stopping(), n.Status("x"), n.Alive("x")} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n.Interval() != 0 {
			t.Errorf("%s: interval %s", name, n.Interval())
		}
	}
}

func TestAManagerThatIsGoneIsSaid(t *testing.T) {
	n := systemd.NewNotifier(environment("NOTIFY_SOCKET=" + filepath.Join(t.TempDir(), "gone")))
	if err := n.Ready("x"); err == nil || !strings.Contains(err.Error(), "telling the service manager READY=1") {
		t.Errorf("error %v", err)
	}
}

func TestTheWatchdogIsFedTwiceInItsTime(t *testing.T) {
	me := strconv.Itoa(os.Getpid())
	tests := []struct {
		name, usec, pid string
		want            time.Duration
	}{
		{"no watchdog", "", "", 0},
		{"two minutes", "120000000", "", time.Minute},
		{"two minutes, for this process", "120000000", me, time.Minute},
		{"for another process", "120000000", "1", 0},
		{"nonsense", "soon", "", 0},
		{"zero", "0", "", 0},
		{"negative", "-5", "", 0},
		{"more than a duration holds", "9223372036854775807", "", 30 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := systemd.NewNotifier(environment("NOTIFY_SOCKET=/x", "WATCHDOG_USEC="+tt.usec, "WATCHDOG_PID="+tt.pid))
			if got := n.Interval(); got != tt.want {
				t.Errorf("interval %s, want %s", got, tt.want)
			}
		})
	}
}
