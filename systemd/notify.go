// Package systemd is the daemon's side of its unit, presswatch.service, which lies
// beside this file: it tells the service manager how the daemon is.
//
// # What is told
//
// Type=notify holds the start until Ready. From then on the status line of
// `systemctl status` is whatever was said last, and with WatchdogSec the manager
// kills and restarts a daemon that has not said Alive for so long. A reload is
// Reloading, with the time it began, and then Ready: always both, or the manager
// waits for the second for ever. Stopping begins an orderly end.
//
// # Invariants
//
//   - Without a service manager every method does nothing and succeeds: the same
//     code runs in a terminal, a test and a container.
//   - Alive is never said on a timer of its own: whoever calls it has looked
//     whether every loop moved. A watchdog that is fed by a loop that only feeds it
//     watches nothing.
//   - A status is one line: a line break in it would be read as the next
//     assignment, and titles of articles could then speak to the manager.
//   - The environment comes in as a value; nothing here reads or changes the
//     process's own.
//
// # Alternatives considered
//
// go-systemd's SdNotify and SdWatchdogEnabled read the process's environment, which
// a test can set only for all tests at once; its words and its monotonic clock are
// used, the dozen lines that send are here. Type=notify-reload would spare the
// handshake, but Debian 12's systemd 252 does not know it.
package systemd

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

// Notifier speaks to the service manager. The zero Notifier speaks to nobody. It
// is a value, and safe for concurrent use.
type Notifier struct {
	socket   string
	interval time.Duration
}

// NewNotifier learns from an environment whom to speak to and how often: from
// NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, as systemd sets them.
func NewNotifier(getenv func(string) string) Notifier {
	socket := getenv("NOTIFY_SOCKET")
	if socket == "" {
		return Notifier{}
	}
	return Notifier{socket: socket, interval: watchdog(getenv) / 2}
}

// watchdog is the manager's patience, 0 when it has no watchdog on this process.
func watchdog(getenv func(string) string) time.Duration {
	micros, err := strconv.ParseInt(getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || micros <= 0 {
		return 0
	}
	if pid := getenv("WATCHDOG_PID"); pid != "" && pid != strconv.Itoa(os.Getpid()) {
		return 0
	}
	return time.Duration(min(micros, int64(time.Hour/time.Microsecond))) * time.Microsecond
}

// Interval is how often to say Alive: half of the manager's patience, at most half
// an hour. It is 0 when nobody waits for it.
func (n Notifier) Interval() time.Duration { return n.interval }

// Ready ends the start, or a reload. status is the line that is then shown.
func (n Notifier) Ready(status string) error { return n.send(daemon.SdNotifyReady, line(status)) }

// Reloading begins a reload. Ready must follow, whether the reload went well or
// not: until then the manager takes the daemon for busy.
func (n Notifier) Reloading() error {
	return n.send(daemon.SdNotifyReloading, strings.TrimSpace(daemon.SdNotifyMonotonicUsec()), line("reloading"))
}

// Stopping begins an orderly end.
func (n Notifier) Stopping() error { return n.send(daemon.SdNotifyStopping, line("stopping")) }

// Status changes the line that is shown.
func (n Notifier) Status(status string) error { return n.send(line(status)) }

// Alive feeds the watchdog and changes the line that is shown. Call it only when
// every loop has moved.
func (n Notifier) Alive(status string) error { return n.send(daemon.SdNotifyWatchdog, line(status)) }

// maxStatus keeps a status shown on one line of a terminal, more or less, and a
// message far below the size of a datagram. In bytes.
const maxStatus = 500

// line makes an assignment of a status: one line, of printable text.
func line(status string) string {
	status = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(status, "?"))
	if len(status) > maxStatus {
		status = strings.ToValidUTF8(status[:maxStatus], "") + "…"
	}
	return "STATUS=" + status
}

// send sends assignments as one datagram. A socket's name that begins with @ is in
// the abstract namespace, which package net knows.
func (n Notifier) send(assignments ...string) error {
	if n.socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: n.socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("telling the service manager %s: %w", assignments[0], err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(strings.Join(assignments, "\n"))); err != nil {
		return fmt.Errorf("telling the service manager %s: %w", assignments[0], err)
	}
	return nil
}
