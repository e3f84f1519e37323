package feed

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// longestCall is what no fetch may take, whatever the server does: the whole
// limit and some seconds for what was under way.
const longestCall = DefaultTimeout + 5*time.Second

// dripping serves one connection that lies in memory: it reads a request and then
// says one piece after the other, with a pause before each.
func dripping(pieces func(n int) string, pause time.Duration) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			for requests := bufio.NewReader(server); ; {
				if _, err := http.ReadRequest(requests); err != nil {
					return
				}
				for n := 0; ; n++ {
					time.Sleep(pause)
					piece := pieces(n)
					if piece == "" {
						break
					}
					if _, err := io.WriteString(server, piece); err != nil {
						return
					}
				}
			}
		}()
		return client, nil
	}
}

// after says head first and then the same piece without end.
func after(head, piece string) func(int) string {
	return func(n int) string {
		if n == 0 {
			return head
		}
		return piece
	}
}

// TestNoCallTakesLongerThanItsLimit runs slow servers under fake time: each says
// something often enough that no single wait is long.
func TestNoCallTakesLongerThanItsLimit(t *testing.T) {
	redirect := func(n int) string {
		if n > 0 {
			return ""
		}
		return "HTTP/1.1 302 Found\r\nLocation: /x" + strconv.FormatInt(time.Now().UnixNano(), 10) + "\r\nContent-Length: 0\r\n\r\n"
	}
	for name, serve := range map[string]func(context.Context, string, string) (net.Conn, error){
		"a connection that is never made": func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() },
		"no answer at all":                dripping(func(int) string { time.Sleep(time.Hour); return "" }, 0),
		"a status line by bytes":          dripping(after("H", ""), time.Hour),
		"header lines, one a second":      dripping(after(ok, "X: y\r\n"), time.Second),
		"hints, one a second":             dripping(after("HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"), time.Second),
		"a body by bytes":                 dripping(after(ok+"Content-Length: 100000\r\n\r\n", "x"), time.Second),
		"a body by bytes, without length": dripping(after(ok+"\r\n", "x"), time.Second),
		"chunks of one byte":              dripping(after(ok+"Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"), time.Second),
		"trailers, one a second":          dripping(after(ok+"Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n0\r\n", "X: y\r\n"), time.Second),
		"compressed bytes, yielding none": dripping(after(ok+"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", "\x00\x00\x00\xff\xff"), time.Second),
		"redirects, each after a while":   dripping(redirect, 12*time.Second),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := NewClient(Config{Interval: time.Nanosecond}, "test", nil)
				transport := c.guard.transport(c.guard.dialer())
				transport.DialContext = serve
				c.transport = transport
				start := time.Now()
				_, err := c.Fetch(t.Context(), Request{URL: "http://news.example.org/feed"})
				if took := time.Since(start); err == nil || took > longestCall {
					t.Errorf("after %v: %v", took, err)
				}
				transport.CloseIdleConnections()
				time.Sleep(2 * time.Hour) // until the server notices, too
			})
		})
	}
}

// TestABombCostsLessThanFourTimesTheLimit counts all that is allocated while a
// bomb is fetched, which is more than is ever in use at a time.
func TestABombCostsLessThanFourTimesTheLimit(t *testing.T) {
	bomb := bytes.Repeat([]byte("a"), 64<<20)
	for coding, body := range map[string][]byte{"": bomb, "gzip": gzipped(bomb), "br": brotlied(bomb), "zstd": zstded(bomb)} {
		t.Run("coding "+coding, func(t *testing.T) {
			head := ok + "Connection: close\r\n"
			if coding != "" {
				head += "Content-Encoding: " + coding + "\r\n"
			}
			addr := raw(t, func(c net.Conn) { io.WriteString(c, head+"\r\n"); c.Write(body) })
			cfg := onLoopback()
			cfg.MaxBody, cfg.Timeout = DefaultMaxBody, DefaultTimeout
			client := NewClient(cfg, "test", nil)
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			_, err := client.Fetch(t.Context(), Request{URL: addr})
			runtime.ReadMemStats(&after)
			wantKind(t, err, TooBig, "network.max_body")
			if used := after.TotalAlloc - before.TotalAlloc; used > 4*uint64(cfg.MaxBody) {
				t.Errorf("%d MiB were allocated for a limit of %v", used>>20, cfg.MaxBody)
			}
		})
	}
}

// TestRebindingBetweenTheHopsOfARedirect: the first hop is allowed, and the name
// that it leads to stands inside by the time it is asked for.
func TestRebindingBetweenTheHopsOfARedirect(t *testing.T) {
	inside, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer inside.Close()
	_, port, _ := net.SplitHostPort(inside.Addr().String())
	outside, err := net.Listen("tcp", "127.0.0.2:"+port)
	if err != nil {
		t.Skip("NOT TESTED HERE: 127.0.0.2 is no address of this machine:", err)
	}
	var mu sync.Mutex
	var reached []string
	serve := func(l net.Listener) {
		http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			reached = append(reached, l.Addr().(*net.TCPAddr).IP.String())
			mu.Unlock()
			w.Header().Set("Connection", "close") // so the next hop resolves the name anew
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}))
	}
	go serve(inside)
	go serve(outside)
	defer outside.Close()
	asked := 0
	cfg := Config{Interval: time.Nanosecond, Allow: []CIDR{{netip.MustParsePrefix("127.0.0.2/32")}}}
	c := NewClient(cfg, "test", nil)
	dialer := c.guard.dialer()
	dialer.Resolver = &net.Resolver{PreferGo: true, Dial: nameServer(t, func(string) []string {
		mu.Lock()
		defer mu.Unlock()
		if asked++; asked <= 2 { // A and AAAA of the first hop
			return []string{"127.0.0.2"}
		}
		return []string{"127.0.0.1"}
	})}
	c.transport = c.guard.transport(dialer)
	_, err = c.Fetch(t.Context(), Request{URL: "http://news.example.org:" + port + "/"})
	wantKind(t, err, Refused, "127.0.0.1 is not public")
	mu.Lock()
	defer mu.Unlock()
	if len(reached) != 1 || reached[0] != "127.0.0.2" {
		t.Errorf("reached %v", reached)
	}
}

// TestResolvedAddressesOfTheSharedList and the redirects below it run what the
// list says of DNS and of redirects as far as one line tells it all; the rest has
// tests of its own, in this package.
func TestResolvedAddressesOfTheSharedList(t *testing.T) {
	one := regexp.MustCompile(`^(?:A record|AAAA|A|answer) ([0-9a-f.:]+)$`)
	ran := 0
	for _, cols := range casesOf(t, "E") {
		address := one.FindStringSubmatch(cols[2])
		if address == nil || cols[3] != "block" {
			continue
		}
		ran++
		t.Run(cols[0], func(t *testing.T) {
			var d dry
			_, err := d.client(t, func(string) []string { return []string{address[1]} }).Fetch(t.Context(), Request{URL: "http://news.example.org/feed"})
			if e := new(Error); !errors.As(err, &e) || e.Kind != Refused || len(d.dialled) > 0 {
				t.Errorf("%s: %v; dialled %v", cols[2], err, d.dialled)
			}
		})
	}
	t.Logf("%d cases", ran)
}

func TestRedirectsOfTheSharedList(t *testing.T) {
	to := regexp.MustCompile(`^(30\d) -> (\S+)$`)
	ran := 0
	for _, cols := range casesOf(t, "F") {
		hop := to.FindStringSubmatch(cols[2])
		if hop == nil {
			continue
		}
		ran++
		t.Run(cols[0], func(t *testing.T) {
			status, _ := strconv.Atoi(hop[1])
			asked := 0
			c := NewClient(Config{Interval: time.Nanosecond}, "test", roundTrip(func(r *http.Request) (*http.Response, error) {
				asked++
				return answer(r, status, "", "Location", strings.ReplaceAll(hop[2], "PORT", "80")), nil
			}))
			_, err := c.Fetch(t.Context(), Request{URL: "http://news.example.org/feed", Hosts: []string{"127.0.0.1", "169.254.169.254", "[::1]"}})
			if err == nil || asked != 1 {
				t.Errorf("%s: asked %d times, %v", cols[2], asked, err)
			}
		})
	}
	t.Logf("%d cases", ran)
}

// casesOf are the lines of the shared list in one category.
func casesOf(t *testing.T, category string) (lines [][]string) {
	t.Helper()
	text, err := os.ReadFile(shared(t, "ssrf-cases.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if cols := strings.Split(strings.TrimSpace(line), "\t"); len(cols) >= 4 && cols[1] == category {
			lines = append(lines, cols)
		}
	}
	if len(lines) == 0 {
		t.Fatal(fmt.Errorf("nothing of category %s", category))
	}
	return lines
}
