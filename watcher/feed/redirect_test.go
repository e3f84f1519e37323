package feed

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRedirects(t *testing.T) {
	inside := 0
	secret := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside++ }))
	defer secret.Close()
	for _, c := range []struct {
		name, location string
		kind           Kind // "": followed to /feed
		says           string
	}{
		{"to a path", "/feed", "", ""},
		{"without a scheme, the host is checked and followed", "//HOST/feed", "", ""},
		{"with a user name, which is dropped", "http://me:secret@HOST/feed", "", ""},
		{"to itself", "/", Redirects, "loop"},
		{"to another port of this machine, which is allowed", secret.URL, "", ""},
		{"to another host", "http://127.0.0.2:8081/", Redirects, "the source's hosts are"},
		{"to the metadata of a cloud", "http://169.254.169.254/", Redirects, "refused"},
		{"to a file", "file:///etc/passwd", Redirects, "scheme"},
		{"nowhere", "", Redirects, "no Location"},
		{"to a place without end", "/" + strings.Repeat("x", 30<<10), Redirects, "Location"},
		{"on and on", "/on1", Redirects, "more than 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var auth string
			addr, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				auth += r.Header.Get("Authorization") + r.Header.Get("Referer")
				switch {
				case r.URL.Path == "/feed":
					io.WriteString(w, "found")
				case strings.HasPrefix(r.URL.Path, "/on"):
					w.Header().Set("Location", r.URL.Path+"1")
					w.WriteHeader(302)
				default:
					w.Header().Set("Location", strings.ReplaceAll(c.location, "HOST", r.Host))
					w.WriteHeader(302)
				}
			})
			got, err := client.Fetch(context.Background(), Request{URL: addr + "/"})
			switch {
			case c.kind != "":
				wantKind(t, err, c.kind, c.says)
			case c.location == secret.URL:
				if err != nil || inside != 1 {
					t.Errorf("another port of an allowed host: %v", err)
				}
			case err != nil || string(got.Body) != "found" || !strings.HasSuffix(got.URL, "/feed"):
				t.Errorf("got %+v, %v", got, err)
			}
			if auth != "" {
				t.Errorf("%q was sent on", auth)
			}
		})
	}
}

func TestOnlyPermanentRedirectsMoveAFeed(t *testing.T) {
	for _, c := range []struct {
		name  string
		chain []int
		moved string
	}{
		{"none", nil, ""},
		{"one 301", []int{301}, "/1"},
		{"301 and 308", []int{301, 308}, "/2"},
		{"302", []int{302}, ""},
		{"303 and 307", []int{303, 307}, ""},
		{"301, then 302", []int{301, 302}, "/1"},
		{"302, then 301", []int{302, 301}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			addr, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				n := int(r.URL.Path[1] - '0')
				if n < len(c.chain) {
					w.Header().Set("Location", "/"+string(rune('1'+n)))
					w.WriteHeader(c.chain[n])
				}
			})
			got, err := client.Fetch(context.Background(), Request{URL: addr + "/0"})
			if err != nil {
				t.Fatal(err)
			}
			if want := c.moved; (want == "" && got.Moved != "") || (want != "" && got.Moved != addr+want) {
				t.Errorf("moved to %q, want %q", got.Moved, want)
			}
		})
	}
}

func TestHTTPSIsNotLeft(t *testing.T) {
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		return answer(r, 301, "", "Location", "http://news.example.org/feed"), nil
	})
	c := NewClient(Config{}, "test", transport)
	_, err := c.Fetch(context.Background(), Request{URL: "https://news.example.org/feed"})
	wantKind(t, err, Redirects, "from https to http")
}

func TestASiteThatWantsACookieKept(t *testing.T) {
	addr, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		io.WriteString(w, "the feed")
	})
	_, err := client.Fetch(context.Background(), Request{URL: addr + "/rss"})
	wantKind(t, err, Redirects, "cookies: true")
	got, err := client.Fetch(context.Background(), Request{URL: addr + "/rss", Jar: "army"})
	if err != nil || string(got.Body) != "the feed" {
		t.Fatalf("with a jar: %q, %v", got.Body, err)
	}
	_, err = client.Fetch(context.Background(), Request{URL: addr + "/rss", Jar: "another"})
	if err != nil {
		t.Fatalf("another jar begins empty: %v", err)
	}
}

func TestARedirectThatSetsEverNewCookiesEnds(t *testing.T) {
	n := 0
	addr, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n++
		http.SetCookie(w, &http.Cookie{Name: "n", Value: strings.Repeat("x", n), Path: "/"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	_, err := client.Fetch(context.Background(), Request{URL: addr + "/rss", Jar: "a"})
	wantKind(t, err, Redirects, "more than 5")
	if n != maxRedirects+1 {
		t.Errorf("%d requests", n)
	}
}

// roundTrip is a network that one function makes up.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// answer makes a response; header holds names and values by turns.
func answer(r *http.Request, status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r}
}
