package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// onLoopback is a configuration that reaches test servers, without pauses.
func onLoopback() Config {
	var loopback CIDR
	if err := loopback.UnmarshalText([]byte("127.0.0.0/8")); err != nil {
		panic(err)
	}
	return Config{Allow: []CIDR{loopback}, Interval: time.Nanosecond, MaxBody: 64 * KiB, Timeout: 5 * time.Second}
}

// serve starts a server, and gives its address and a client that reaches it.
func serve(t *testing.T, h http.HandlerFunc) (string, *Client) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, NewClient(onLoopback(), "presswatch/1 (+mailto:desk@example.org)", nil)
}

// wantKind fails the test unless err is an *Error of that kind that says text.
func wantKind(t *testing.T, err error, kind Kind, text string) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error of kind %q", err, kind)
	}
	if e.Kind != kind || !strings.Contains(e.Error(), text) {
		t.Fatalf("got kind %q: %v; want kind %q that says %q", e.Kind, e, kind, text)
	}
	return e
}

func TestRequestIsThatOfAPoliteStranger(t *testing.T) {
	var got *http.Request
	addr, c := serve(t, func(w http.ResponseWriter, r *http.Request) { got = r })
	if _, err := c.Fetch(context.Background(), Request{URL: addr + "/rss?page=1#top"}); err != nil {
		t.Fatal(err)
	}
	if got.RequestURI != "/rss?page=1" || got.Method != "GET" {
		t.Errorf("asked %s %s", got.Method, got.RequestURI)
	}
	if ua := got.Header["User-Agent"]; len(ua) != 1 || ua[0] != "presswatch/1 (+mailto:desk@example.org)" {
		t.Errorf("User-Agent %q", ua)
	}
	for _, name := range []string{"Referer", "Cookie", "If-None-Match", "If-Modified-Since", "Authorization"} {
		if v, sent := got.Header[name]; sent {
			t.Errorf("%s: %q was sent", name, v)
		}
	}
	if !strings.Contains(got.Header.Get("Accept-Encoding"), "gzip") {
		t.Error("gzip is not offered")
	}
}

func TestValidatorsGoBackByteForByte(t *testing.T) {
	etag, modified := `W/"a b""c`, "Sat, 22 Aug 2026 21:13:21 +07:00"
	var got http.Header
	addr, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header()["ETag"] = []string{etag}
		w.Header().Set("Last-Modified", modified)
		if r.Header.Get("If-None-Match") == etag {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(304)
			return
		}
		io.WriteString(w, "body")
	})
	first, err := c.Fetch(context.Background(), Request{URL: addr})
	if err != nil || first.Status != 200 || first.ETag != etag || first.LastModified != modified {
		t.Fatalf("first: %+v, %v", first, err)
	}
	second, err := c.Fetch(context.Background(), Request{URL: addr, ETag: first.ETag, LastModified: first.LastModified})
	if err != nil || second.Status != 304 || len(second.Body) != 0 || second.ETag != etag {
		t.Fatalf("second: %+v, %v", second, err)
	}
	if got["If-None-Match"][0] != etag || got["If-Modified-Since"][0] != modified {
		t.Errorf("sent back %q and %q", got["If-None-Match"], got["If-Modified-Since"])
	}
}

func TestA304ThatWasNotAskedForIsAnError(t *testing.T) {
	addr, c := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(304) })
	_, err := c.Fetch(context.Background(), Request{URL: addr})
	wantKind(t, err, Status, "although nothing was known")
}

func gzipped(b []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(b)
	w.Close()
	return buf.Bytes()
}

func brotlied(b []byte) []byte {
	var buf bytes.Buffer
	w := brotli.NewWriter(&buf)
	w.Write(b)
	w.Close()
	return buf.Bytes()
}

func zstded(b []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(b, nil)
}

func TestCompressionIsUndoneWithinLimits(t *testing.T) {
	small, big := []byte("<rss>"+strings.Repeat("xyz ", 999)), bytes.Repeat([]byte("a"), 21<<20)
	cut := func(b []byte) []byte { return b[:len(b)-3] }
	for _, c := range []struct {
		name, coding string
		body         []byte
		kind         Kind // "": the small body arrives
		says         string
	}{
		{"none", "", small, "", ""},
		{"identity", "identity", small, "", ""},
		{"gzip", "gzip", gzipped(small), "", ""},
		{"brotli", "br", brotlied(small), "", ""},
		{"zstd", "zstd", zstded(small), "", ""},
		{"gzip cut off", "gzip", cut(gzipped(small)), Encoding, "cut off"},
		{"brotli cut off", "br", cut(brotlied(small)), Encoding, "cut off"},
		{"zstd cut off", "zstd", cut(zstded(small)), Encoding, "cut off"},
		{"gzip in gzip", "gzip", gzipped(gzipped(small)), Encoding, "twice"},
		{"gzip, gzip", "gzip, gzip", gzipped(gzipped(small)), Encoding, "not asked for"},
		{"two gzip bodies in a row", "gzip", append(gzipped(small), gzipped(small)...), Encoding, "more follows"},
		{"gzip announced, plain sent", "gzip", small, Encoding, "not proper gzip"},
		{"deflate", "deflate", small, Encoding, "not asked for"},
		{"a body above the limit", "", big[:70<<10], TooBig, "limit network.max_body"},
		{"a gzip bomb", "gzip", gzipped(big), TooBig, "limit network.max_body"},
		{"a brotli bomb", "br", brotlied(big), TooBig, "limit network.max_body"},
		{"a zstd bomb", "zstd", zstded(big), TooBig, "limit network.max_body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			addr, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if c.coding != "" {
					w.Header().Set("Content-Encoding", c.coding)
				}
				w.Write(c.body)
			})
			got, err := client.Fetch(context.Background(), Request{URL: addr})
			if c.kind != "" {
				wantKind(t, err, c.kind, c.says)
			} else if err != nil || !bytes.Equal(got.Body, small) {
				t.Errorf("got %d bytes, %v", len(got.Body), err)
			}
		})
	}
}

func TestStatusIsToldWithWhatItMeans(t *testing.T) {
	for _, c := range []struct {
		status    int
		temporary bool
		says      string
	}{
		{400, false, "Bad Request"}, {401, false, "401"}, {403, true, "robots"}, {404, true, "address may have changed"},
		{410, false, "given up for good"}, {429, true, "429"}, {451, false, "451"}, {500, true, "500"}, {503, true, "503"},
		{206, false, "a part"}, {300, false, "300"}, {305, false, "305"}, {201, false, "201"}, {999, true, "999"},
	} {
		t.Run(fmt.Sprint(c.status), func(t *testing.T) {
			addr, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "/secret")
				w.WriteHeader(c.status)
			})
			_, err := client.Fetch(context.Background(), Request{URL: addr})
			e := wantKind(t, err, Status, c.says)
			if e.Status != c.status || e.Temporary() != c.temporary {
				t.Errorf("status %d, temporary %v", e.Status, e.Temporary())
			}
		})
	}
}

func TestNothingToSayIsNoError(t *testing.T) {
	addr, c := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	got, err := c.Fetch(context.Background(), Request{URL: addr})
	if err != nil || got.Status != 204 || len(got.Body) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCallerCanGiveUp(t *testing.T) {
	asked := make(chan struct{})
	addr, c := serve(t, func(w http.ResponseWriter, r *http.Request) { close(asked); <-r.Context().Done() })
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-asked; cancel() }()
	_, err := c.Fetch(ctx, Request{URL: addr})
	wantKind(t, err, Cancelled, "given up")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not hold context.Canceled", err)
	}
}

func TestFreshnessByHeaders(t *testing.T) {
	at := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		header http.Header
		want   time.Duration
	}{
		{"nothing said", http.Header{}, 0},
		{"max-age", http.Header{"Cache-Control": {"public, max-age=600"}}, 10 * time.Minute},
		{"max-age less Age", http.Header{"Cache-Control": {"max-age=600"}, "Age": {"60"}}, 9 * time.Minute},
		{"an Age beyond max-age", http.Header{"Cache-Control": {"max-age=600"}, "Age": {"700"}}, 0},
		{"no-store wins", http.Header{"Cache-Control": {"max-age=600", "no-store"}}, 0},
		{"junk", http.Header{"Cache-Control": {"max-age=soon"}}, 0},
		{"a week is a day", http.Header{"Cache-Control": {"max-age=604800"}}, 24 * time.Hour},
		{"too large for a number", http.Header{"Cache-Control": {"max-age=99999999999999999999"}}, 24 * time.Hour},
		{"Expires by the server's own clock", http.Header{"Expires": {"Sat, 22 Aug 2026 11:10:00 GMT"}, "Date": {"Sat, 22 Aug 2026 11:00:00 GMT"}}, 10 * time.Minute},
		{"Expires without Date", http.Header{"Expires": {"Sat, 22 Aug 2026 12:10:00 GMT"}}, 10 * time.Minute},
		{"Expires: 0", http.Header{"Expires": {"0"}}, 0},
		{"Expires in the past", http.Header{"Expires": {"Thu, 01 Jan 1970 00:00:00 GMT"}}, 0},
		{"max-age before Expires", http.Header{"Cache-Control": {"max-age=60"}, "Expires": {"Sat, 22 Aug 2026 13:00:00 GMT"}}, time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := freshFor(c.header, at); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestRetryAfterInBothForms(t *testing.T) {
	at := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "3600": time.Hour, "0": 0, "-1": 0, "abc": 0, "1e12": 0, "1.5": 0,
		"1000000000000": 24 * time.Hour, "99999999999999999999999": 24 * time.Hour,
		"Sat, 22 Aug 2026 12:30:00 GMT": 30 * time.Minute, "Sat, 22 Aug 2026 11:30:00 GMT": 0,
		"Sat, 22 Aug 2076 11:30:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, at); got != want {
			t.Errorf("Retry-After %q: got %v, want %v", value, got, want)
		}
	}
}

func TestValidatorsTooLongAreNotKept(t *testing.T) {
	etag, modified := validators(http.Header{"Etag": {strings.Repeat("x", 2000)}, "Last-Modified": {strings.Repeat("y", 200)}})
	if etag != "" || modified != "" {
		t.Errorf("kept %d and %d bytes", len(etag), len(modified))
	}
}
