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
)

// BenchmarkStart is the real program from its start to "ready", and what it then
// holds in memory while it watches twenty feeds. Goals: ≤ 200 ms, ≤ 40 MB.
func BenchmarkStart(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "presswatch")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	server := httptest.NewServer(http.HandlerFunc(quietPaper))
	defer server.Close()
	folder := b.TempDir()
	if err := copyShipped(folder); err != nil {
		b.Fatal(err)
	}
	shipped, err := configs.Shipped.ReadFile("presswatch.yaml")
	if err != nil {
		b.Fatal(err)
	}
	text := topLevel(string(shipped), "zones") + "\n" + twentyFeeds(strings.TrimPrefix(server.URL, "http://"))
	config := filepath.Join(folder, "twenty.yaml")
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	var resident float64
	b.ResetTimer()
	for range b.N {
		resident = max(resident, startOnce(b, binary, config))
	}
	b.ReportMetric(resident, "MB-resident")
}

// startOnce starts the program, waits until it is ready, lets it poll all feeds,
// and stops it. Only the wait for "ready" is timed.
func startOnce(b *testing.B, binary, config string) (megabytes float64) {
	socket := filepath.Join(b.TempDir(), "notify")
	listener, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	command := exec.Command(binary, "run", "--config", config, "--log-level", "error")
	command.Env = append(os.Environ(), "NOTIFY_SOCKET="+socket, "WATCHDOG_USEC=2000000")
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
		b.StartTimer()
	}()
	for message := range heard(b, listener) {
		switch {
		case strings.Contains(message, "READY=1"):
			b.StopTimer()
		case strings.Contains(message, "WATCHDOG=1") && strings.Contains(message, "20 feeds, 0 with errors; 20 articles"):
			return residentMegabytes(b, command.Process.Pid)
		}
	}
	return 0
}

// heard yields what the program tells its manager, for half a minute.
func heard(b *testing.B, listener *net.UnixConn) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if err := listener.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
			b.Fatal(err)
		}
		buffer := make([]byte, 4096)
		for {
			n, err := listener.Read(buffer)
			if err != nil {
				b.Fatal(err)
			}
			if !yield(string(buffer[:n])) {
				return
			}
		}
	}
}

func residentMegabytes(b *testing.B, pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("no /proc: ", err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(after)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes / 1024
}

// quietPaper is a feed of one article, at any address.
func quietPaper(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/a") {
		fmt.Fprint(w, "<title>Calm</title><h1>Calm</h1><p>Nothing happened today, and the day before was as quiet as today.</p>")
		return
	}
	fmt.Fprintf(w, `<rss version="2.0"><channel><title>Q</title><item><title>Calm</title><link>http://%s/a%s</link></item></channel></rss>`, r.Host, r.URL.Path)
}

func twentyFeeds(host string) string {
	var b strings.Builder
	b.WriteString(strings.Split(demoHead, "slack:")[0])
	b.WriteString("digests:\n  - {id: desk, channel: \"#desk\", schedule: \"0 7 * * *\", rules: [vietnam-laos-defence]}\nsources:\n")
	for i := range 20 {
		fmt.Fprintf(&b, "  - {id: s%d, language: fr, hosts: [\"%s\"], feeds: [{url: \"http://%s/f%d\", schedule: \"@every 10m\"}]}\n", i, host, host, i)
	}
	return b.String()
}
