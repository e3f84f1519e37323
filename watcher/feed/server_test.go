package feed

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// raw serves each connection by a function that gets it after the request's
// head was read.
func raw(t *testing.T, handle func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					handle(conn)
				}
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/"
}

const ok = "HTTP/1.1 200 OK\r\n"

func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

func TestServersThatMisbehave(t *testing.T) {
	say := func(s string) func(net.Conn) { return func(c net.Conn) { io.WriteString(c, s) } }
	forEver := func(head, line string) func(net.Conn) {
		return func(c net.Conn) {
			io.WriteString(c, head)
			for {
				if _, err := io.WriteString(c, line); err != nil {
					return
				}
			}
		}
	}
	for _, c := range []struct {
		name   string
		handle func(net.Conn)
		kind   Kind
	}{
		{"accepts and never answers", func(c net.Conn) { io.Copy(io.Discard, c) }, Timeout},
		{"one byte now, the next one never", func(c net.Conn) {
			io.WriteString(c, ok+"Content-Length: 100\r\n\r\n<")
			io.Copy(io.Discard, c)
		}, Timeout},
		{"announces 10 GiB", say(ok + "Content-Length: 10737418240\r\n\r\n<rss>"), TooBig},
		{"announces more than it sends", say(ok + "Content-Length: 100\r\n\r\n<rss>"), Connect},
		{"a body without end", forEver(ok+"\r\n", strings.Repeat("x", 4096)), TooBig},
		{"compressed bytes that yield nothing, without end", forEver(ok+"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", strings.Repeat("\x00\x00\x00\xff\xff", 800)), TooBig},
		{"a header without end", forEver(ok, "X-A: "+strings.Repeat("x", 4096)+"\r\n"), TooBig},
		{"header lines without end", forEver(ok, "X: y\r\n"), TooBig},
		{"hints without end", forEver("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), ""},
		{"trailers without end", forEver(ok+"Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n1\r\n<\r\n0\r\n", "X: "+strings.Repeat("y", 999)+"\r\n"), ""},
		{"no HTTP at all", say("<rss></rss>\r\n\r\n"), Protocol},
		{"status zero", say("HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n"), Status},
		{"breaks off within a chunk", say(ok + "Transfer-Encoding: chunked\r\n\r\nff\r\n<rss>"), Connect},
		{"closes without a word", func(net.Conn) {}, Connect},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := onLoopback()
			cfg.Timeout = time.Second
			_, err := NewClient(cfg, "test", nil).Fetch(context.Background(), Request{URL: raw(t, c.handle)})
			if err == nil {
				t.Fatal("no error")
			}
			if c.kind != "" {
				wantKind(t, err, c.kind, "")
			}
		})
	}
}

func TestABodyLongerThanAnnouncedIsTrimmed(t *testing.T) {
	addr := raw(t, func(c net.Conn) { io.WriteString(c, ok+"Content-Length: 5\r\n\r\n<rss>and more") })
	got, err := NewClient(onLoopback(), "test", nil).Fetch(context.Background(), Request{URL: addr})
	if err != nil || string(got.Body) != "<rss>" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func TestAConnectionClosedBetweenPollsIsOpenedAgain(t *testing.T) {
	var connections atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "body") }))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	c := NewClient(onLoopback(), "test", nil)
	for range 3 {
		if _, err := c.Fetch(context.Background(), Request{URL: s.URL}); err != nil {
			t.Fatal(err)
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections for 3 polls", n)
	}
	s.CloseClientConnections()
	if _, err := c.Fetch(context.Background(), Request{URL: s.URL}); err != nil {
		t.Errorf("after the server closed: %v", err)
	}
}

func TestACertificateThatNobodyVouchesFor(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = discardLog()
	s.StartTLS()
	defer s.Close()
	_, err := NewClient(onLoopback(), "test", nil).Fetch(context.Background(), Request{URL: s.URL})
	wantKind(t, err, TLS, "no trustworthy TLS connection")
}

func TestPlainHTTPWhereTLSIsExpected(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer s.Close()
	_, err := NewClient(onLoopback(), "test", nil).Fetch(context.Background(), Request{URL: strings.Replace(s.URL, "http:", "https:", 1)})
	wantKind(t, err, TLS, "")
}

func TestNobodyListens(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	_, err := NewClient(onLoopback(), "test", nil).Fetch(context.Background(), Request{URL: s.URL})
	wantKind(t, err, Connect, "no connection")
}

func BenchmarkNotModified(b *testing.B) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.WriteHeader(304)
	}))
	defer s.Close()
	c := NewClient(onLoopback(), "test", nil)
	for b.Loop() {
		if r, err := c.Fetch(context.Background(), Request{URL: s.URL, ETag: `"1"`}); err != nil || r.Status != 304 {
			b.Fatal(fmt.Sprint(r.Status, err))
		}
	}
}
