package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"presswatch/configs"
	"presswatch/store/sqlite"
	"presswatch/store/storetest"
)

// quietDesk is what a daemon in a benchmark works on: the program as it is built for
// a package, the shipped rules, twenty feeds that have nothing new, an archive.
type quietDesk struct {
	binary, config string
	filled         string // what the status line says when all of it is read
}

func newQuietDesk(b *testing.B) quietDesk {
	b.Helper()
	folder := b.TempDir()
	desk := quietDesk{binary: filepath.Join(folder, "program"), config: filepath.Join(folder, "twenty.yaml")}
	build := exec.Command("go", "build", "-trimpath", "-o", desk.binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	server := httptest.NewServer(http.HandlerFunc(quietPaper))
	b.Cleanup(server.Close)
	if err := copyShipped(folder); err != nil {
		b.Fatal(err)
	}
	shipped, err := configs.Shipped.ReadFile("presswatch.yaml")
	if err != nil {
		b.Fatal(err)
	}
	text := topLevel(string(shipped), "zones") + "\n" + twentyFeeds(strings.TrimPrefix(server.URL, "http://"))
	if err := os.WriteFile(desk.config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	articles := 100_000
	if testing.Short() {
		articles = 1_000
	}
	archive(b, filepath.Join(folder, "presswatch.db"), articles)
	desk.filled = fmt.Sprintf("%d articles", articles+20)
	return desk
}

// archive makes a store of n articles, the newest of today. It is filled in memory,
// where there is such a place, because each article is a few commits.
func archive(b *testing.B, path string, n int) {
	b.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "archive-*")
	if err != nil {
		folder = b.TempDir()
	}
	defer os.RemoveAll(folder)
	s, err := sqlite.Open(b.Context(), filepath.Join(folder, "archive.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	storetest.NewPress(time.Now().Add(-storetest.Filled(n))).Fill(b, s, n)
	if err := s.Backup(b.Context(), path); err != nil {
		b.Fatal(err)
	}
}

// quietPaper is a feed of one article, at any address.
func quietPaper(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", `"calm"`)
	switch {
	case r.Header.Get("If-None-Match") == `"calm"`:
		w.WriteHeader(http.StatusNotModified)
	case strings.HasPrefix(r.URL.Path, "/a"):
		fmt.Fprint(w, "<title>Calm</title><h1>Calm</h1><p>Nothing happened today, and the day before was as quiet as today.</p>")
	default:
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>Q</title><item><title>Calm</title><link>http://%s/a%s</link></item></channel></rss>`, r.Host, r.URL.Path)
	}
}

// twentyFeeds is a configuration of feeds in two languages, each polled every
// minute: far more often than a desk does.
func twentyFeeds(host string) string {
	var b strings.Builder
	b.WriteString(strings.Split(demoHead, "slack:")[0])
	b.WriteString("digests:\n  - {id: morning, channel: \"#desk\", schedule: \"0 7 * * *\", rules: [vietnam-laos-defence]}\nsources:\n")
	for i := range 20 {
		fmt.Fprintf(&b, "  - {id: s%d, language: %s, hosts: [\"%s\"], feeds: [{url: \"http://%s/f%d\", schedule: \"@every 1m\"}]}\n",
			i, []string{"fr", "en"}[i%2], host, host, i)
	}
	return b.String()
}

// daemonProcess is the program at work, and what it tells its manager.
type daemonProcess struct {
	command *exec.Cmd
	told    *net.UnixConn
}

// start starts the program under a manager with a watchdog, which is fed every
// minute as by the shipped unit.
func (d quietDesk) start(b *testing.B) daemonProcess {
	b.Helper()
	socket := filepath.Join(b.TempDir(), "notify")
	told, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		b.Fatal(err)
	}
	watchdog := 2 * time.Minute
	if testing.Short() {
		watchdog = 2 * time.Second
	}
	command := exec.Command(d.binary, "run", "--config", d.config, "--log-level", "error")
	command.Env = append(os.Environ(), "NOTIFY_SOCKET="+socket, fmt.Sprint("WATCHDOG_USEC=", watchdog.Microseconds()))
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	return daemonProcess{command, told}
}

// await returns when the program has told what is sought, within two minutes.
func (p daemonProcess) await(b *testing.B, sought func(message string) bool) {
	b.Helper()
	if err := p.told.SetReadDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		b.Fatal(err)
	}
	buffer := make([]byte, 4096)
	for {
		n, err := p.told.Read(buffer)
		if err != nil {
			b.Fatal(err)
		}
		if sought(string(buffer[:n])) {
			return
		}
	}
}

func (p daemonProcess) stop(b *testing.B) {
	b.Helper()
	_ = p.command.Process.Signal(os.Interrupt)
	if err := p.command.Wait(); err != nil {
		b.Error(err)
	}
	p.told.Close()
}

// worked is how long processors have worked for the program, by the clock of the
// scheduler, which is finer than that of /proc/PID/stat.
func (p daemonProcess) worked(b *testing.B) (total time.Duration) {
	b.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.command.Process.Pid))
	if err != nil || len(threads) == 0 {
		b.Skip("no /proc with the scheduler's clock")
	}
	for _, thread := range threads {
		data, err := os.ReadFile(thread)
		if err != nil {
			b.Fatal(err)
		}
		nanoseconds, _, _ := strings.Cut(string(data), " ")
		n, err := strconv.ParseInt(nanoseconds, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		total += time.Duration(n)
	}
	return total
}

// memory is a line of /proc/PID/status, in megabytes.
func (p daemonProcess) memory(b *testing.B, line string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		b.Skip("no /proc: ", err)
	}
	_, after, _ := strings.Cut(string(status), line+":")
	kilobytes, err := strconv.ParseFloat(strings.Fields(after)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes / 1024
}
