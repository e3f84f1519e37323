package watcher_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/feed"
)

// local makes a client that may reach this machine alone.
func local(cfg feed.Config) *feed.Client {
	cfg.Allow = []feed.CIDR{{Prefix: netip.MustParsePrefix("127.0.0.0/8")}}
	cfg.Interval = time.Nanosecond
	return feed.NewClient(cfg, "presswatch/test (+mailto:test@example.org)", nil)
}

func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s.URL
}

// refusedAs checks the kind of a failed fetch.
func refusedAs(t *testing.T, c *feed.Client, address string, kind feed.Kind) {
	t.Helper()
	_, err := c.Fetch(t.Context(), feed.Request{URL: address})
	var fe *feed.Error
	if !errors.As(err, &fe) || fe.Kind != kind {
		t.Errorf("%s: %v, want an error of the kind %q", address, err, kind)
	}
}

func TestManner18TheUserAgentSaysWhoAsksAndHowToReachThem(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, always(nil, storyItem(1)))
		d.polls(1, 0)
		for _, a := range s.all {
			if agent := a.header.Get("User-Agent"); !regexp.MustCompile(`^presswatch/\S+ \(\+(mailto|https):\S+\)$`).MatchString(agent) {
				t.Errorf("%s: %q", a.url, agent)
			}
		}
	})
}

func TestManner19GzipIsOfferedAndHalfAFeedIsAnError(t *testing.T) {
	squeeze := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		w.Write(b)
		w.Close()
		return out.Bytes()
	}
	whole := []byte(channelOf(storyItem(1), storyItem(2)))
	bodies := map[string][]byte{
		"/whole": squeeze(whole), "/truncated": squeeze(whole)[:60], "/doubled": squeeze(squeeze(whole)), "/junk": []byte("not gzip"),
	}
	offered := ""
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		offered = r.Header.Get("Accept-Encoding")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bodies[r.URL.Path])
	})
	c := local(feed.Config{})
	response, err := c.Fetch(t.Context(), feed.Request{URL: base + "/whole"})
	if err != nil || !bytes.Equal(response.Body, whole) || !strings.Contains(offered, "gzip") {
		t.Errorf("offered %q; %v", offered, err)
	}
	for _, path := range []string{"/truncated", "/doubled", "/junk"} {
		refusedAs(t, c, base+path, feed.Encoding)
	}
}

func TestManner20CookiesAreKeptOnlyWhereTheSourceSaysSo(t *testing.T) {
	for cookies, want := range map[bool]string{false: "– | –", true: "– | gate=open"} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, always(map[string]string{"Set-Cookie": "gate=open; Path=/"}, storyItem(1)))
			d.setup.Sources[0].Cookies = cookies
			d.polls(2, 2*time.Hour)
			if got := s.header("Cookie"); got != want {
				t.Errorf("cookies: %v: sent %s", cookies, got)
			}
		})
	}
}

func TestManner21NoRefererNoAddedQueryNoFragment(t *testing.T) {
	var asked []*http.Request
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r)
		if r.URL.Path == "/feed" {
			http.Redirect(w, r, "/moved?a=1#there", http.StatusFound)
		}
	})
	if _, err := local(feed.Config{}).Fetch(t.Context(), feed.Request{URL: base + "/feed?q=x#here"}); err != nil {
		t.Fatal(err)
	}
	var uris []string
	for _, r := range asked {
		uris = append(uris, r.RequestURI)
		if r.Header.Get("Referer") != "" {
			t.Errorf("Referer: %s", r.Header.Get("Referer"))
		}
	}
	if got := strings.Join(uris, " "); got != "/feed?q=x /moved?a=1" {
		t.Errorf("asked for %s", got)
	}
}

func TestManner22TheLimitOfSizeHoldsAlsoAfterDecompression(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		out := io.Writer(w)
		if r.URL.Path == "/bomb" {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			defer z.Close()
			out = z
		}
		for range 64 {
			if _, err := out.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	c := local(feed.Config{MaxBody: feed.MiB})
	refusedAs(t, c, base+"/long", feed.TooBig)
	refusedAs(t, c, base+"/bomb", feed.TooBig)
}

func TestManner23ThereAreDeadlinesForConnectionHeadersAndBody(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			io.WriteString(w, "<rss>")
			http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	})
	c := local(feed.Config{Timeout: 50 * time.Millisecond})
	refusedAs(t, c, base+"/headers", feed.Timeout)
	refusedAs(t, c, base+"/body", feed.Timeout)
	inTime(t, func(t *testing.T) { // a connection that never comes about
		start := time.Now()
		c := feed.NewClient(feed.Config{}, "test", never{})
		refusedAs(t, c, "http://gazette.test/feed", feed.Timeout)
		if took := time.Since(start); took != feed.DefaultTimeout {
			t.Errorf("given up after %v", took)
		}
	})
}

// never is a network in which nothing ever comes.
type never struct{}

func (never) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestManner24OnlyTheWebAndNoPrivateAddressesAlsoAfterRedirectsAndNames(t *testing.T) {
	to := ""
	base := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
	port := base[strings.LastIndex(base, ":"):]
	strict := feed.NewClient(feed.Config{Interval: time.Nanosecond}, "test", nil)
	for _, address := range []string{
		"ftp://gazette.test/feed", "file:///etc/passwd", "gopher://gazette.test/", base, "http://localhost" + port + "/",
		"http://[::1]" + port + "/", "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.1]/", "http://gazette.test:22/",
	} {
		refusedAs(t, strict, address, feed.Refused)
	}
	for _, to = range []string{"http://10.0.0.1/", "http://169.254.169.254/latest/", "file:///etc/passwd"} {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		_, err = local(feed.Config{}).Fetch(t.Context(), feed.Request{URL: base, Hosts: []string{u.Host, "10.0.0.1", "169.254.169.254"}})
		var fe *feed.Error
		if !errors.As(err, &fe) || fe.Kind != feed.Refused && fe.Kind != feed.Redirects {
			t.Errorf("a redirect to %s: %v", to, err)
		}
	}
}
