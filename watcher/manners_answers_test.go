package watcher_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/feed"
)

// moving answers from /new, and redirects there from /feed for as long as it says.
func moving(status int, lasting time.Duration, first, then []string) (func(int, http.ResponseWriter, *http.Request), time.Time) {
	start := time.Now()
	return func(n int, w http.ResponseWriter, r *http.Request) {
		items := first
		if time.Since(start) > 26*time.Hour {
			items = then
		}
		switch {
		case r.URL.Path == "/feed" && time.Since(start) < lasting:
			http.Redirect(w, r, "/new", status)
		default:
			always(nil, append(items, storyItem(100+n/2))...)(n, w, r)
		}
	}, start
}

// seldom is mannered, four times a day.
func seldom(t *testing.T, answer func(int, http.ResponseWriter, *http.Request)) (*desk, *server) {
	d, s := mannered(t, answer)
	d.configure(strings.Replace(deskSetup, "@every 5m", "@every 6h", 1), deskRules)
	return d, s
}

func TestManner25AnAddressChangesOnlyAfterAWeekOfPermanentRedirects(t *testing.T) {
	const forGood, week = 1000 * time.Hour, 7 * 24 * time.Hour
	items := []string{storyItem(1), storyItem(2)}
	for _, c := range []struct {
		name    string
		status  int
		lasting time.Duration
		days    int
		moves   bool
	}{
		{"301 for eight days", 301, forGood, 8, true},
		{"308 for eight days", 308, forGood, 8, true},
		{"301 for six days", 301, forGood, 6, false},
		{"301 for an afternoon", 301, 20 * time.Hour, 8, false},
		{"302", 302, forGood, 8, false},
		{"303", 303, forGood, 8, false},
		{"307", 307, forGood, 8, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			inTime(t, func(t *testing.T) {
				answer, start := moving(c.status, c.lasting, items, items)
				d, s := seldom(t, answer)
				d.polls(4*c.days+10, time.Duration(c.days)*24*time.Hour)
				last := s.feeds[len(s.feeds)-1]
				before := s.feeds[len(s.feeds)-2]
				asksOld := strings.HasSuffix(last.url, "/feed") || strings.HasSuffix(before.url, "/feed")
				if asksOld == c.moves || d.cursor().Move.Taken != c.moves || d.cursor().URL != "http://gazette.test/feed" {
					t.Errorf("asked last for %s, %s; cursor %s", before.url, last.url, indented(d.cursor()))
				}
				for _, a := range s.feeds {
					if strings.HasSuffix(a.url, "/new") && a.at.Sub(start) < week && c.moves {
						return // it was followed before it was believed
					}
				}
				if c.moves {
					t.Error("the redirect was not followed at once")
				}
			})
		})
	}
}

func TestManner25AnAddressWithAnotherFeedIsNotBelieved(t *testing.T) {
	inTime(t, func(t *testing.T) {
		n := 0
		d, _ := seldom(t, func(_ int, w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/new", http.StatusMovedPermanently)
				return
			}
			n++
			always(nil, storyItem(n))(0, w, r) // nothing that was known
		})
		d.polls(4*9, 9*24*time.Hour)
		if d.cursor().Move.Taken {
			t.Errorf("cursor %s", indented(d.cursor()))
		}
	})
}

func TestManner25ANewAddressThatFailsIsGivenBack(t *testing.T) {
	inTime(t, func(t *testing.T) {
		broken := false
		d, s := seldom(t, func(n int, w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/feed" && !broken:
				http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			case r.URL.Path == "/new" && broken:
				w.WriteHeader(http.StatusGone)
			default:
				always(nil, storyItem(1))(n, w, r)
			}
		})
		d.polls(4*8, 8*24*time.Hour)
		if !d.cursor().Move.Taken {
			t.Fatalf("cursor %s", indented(d.cursor()))
		}
		broken = true
		d.polls(8, 48*time.Hour)
		if c := d.cursor(); c.Gone || c.Error != "" || !c.Move.IsZero() || !strings.HasSuffix(s.feeds[len(s.feeds)-1].url, "/feed") {
			t.Errorf("cursor %s", indented(c))
		}
	})
}

func TestManner26ARedirectLoopIsNamedAsSuch(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, map[string]string{"/a": "/b", "/b": "/a", "/self": "/self"}[r.URL.Path], http.StatusFound)
	})
	for _, path := range []string{"/a", "/self"} {
		_, err := local(feed.Config{}).Fetch(t.Context(), feed.Request{URL: base + path})
		if err == nil || !strings.Contains(err.Error(), "a redirect loop") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestManner27A410IsToldOnceAndEndsThePollsAndA404DoesNot(t *testing.T) {
	for status, want := range map[int]struct {
		polls int
		says  string
	}{410: {1, "gone, since"}, 404: {12, "answers 404"}} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
			d.polls(1, time.Hour)
			if status == 404 && len(d.told("#ops")) > 0 {
				t.Error("a single 404 is told")
			}
			time.Sleep(time.Hour)
			d.polls(11, 30*24*time.Hour)
			told := d.told("#ops")
			if len(s.feeds) != want.polls || len(told) == 0 || !strings.Contains(told[0], want.says) {
				t.Errorf("%d: %d polls, told %q", status, len(s.feeds), told)
			}
			top := 0
			for _, m := range d.slack.Messages("#ops") {
				if m.ThreadTS == "" || m.ThreadTS == m.TS {
					top++
				}
			}
			if top != 1 {
				t.Errorf("%d: told %d times in the channel", status, top)
			}
		})
	}
}

func TestManner28APageIsNotAFeedAndCostsNoValidators(t *testing.T) {
	for name, page := range map[string]string{
		"a page":          "<!DOCTYPE html><html><head><title>Gazette</title></head><body>Hello</body></html>",
		"a challenge":     `<html><head><script>document.cookie="k=1";location.reload()</script></head></html>`,
		"JSON of another": `{"error":"try again"}`, "nothing": " ",
	} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, func(n int, w http.ResponseWriter, r *http.Request) {
				if n == 1 {
					w.Header().Set("ETag", `"page"`)
					fmt.Fprint(w, page)
					return
				}
				always(map[string]string{"Etag": `"feed"`}, storyItem(1))(n, w, r)
			})
			d.polls(2, 2*time.Hour)
			if c := d.cursor(); !strings.Contains(c.Error, "not a feed") || c.ETag != `"feed"` {
				t.Errorf("%s: cursor %s", name, indented(c))
			}
			time.Sleep(3 * time.Hour)
			d.polls(1, 0)
			if got := s.header("If-None-Match"); got != `– | "feed" | "feed"` || d.cursor().Error != "" {
				t.Errorf("%s: If-None-Match: %s", name, got)
			}
		})
	}
}

func TestManner29AnEmptyFeedIsFineOnceAndToldWhenItStaysSo(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, _ := mannered(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 || n > 2 && n < 9 {
				always(nil)(n, w, r)
				return
			}
			always(nil, storyItem(1), storyItem(2), storyItem(3+n))(n, w, r)
		})
		d.polls(4, 4*time.Hour)
		if told := d.told("#ops"); len(told) > 0 || d.cursor().Error != "" {
			t.Errorf("told %q", told)
		}
		time.Sleep(time.Hour)
		d.polls(8, 8*time.Hour)
		if got := d.operators(); strings.Count("\n"+got, "\np") != 1 || !strings.Contains(got, "empty, since") || !strings.Contains(got, "well again") {
			t.Errorf("operators read\n%s", got)
		}
	})
}

// transport fails as it is told to.
type transport struct{ err error }

func (f transport) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func TestManner31ErrorsOfNamesAndCertificatesAreNamed(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind feed.Kind
		says string
	}{
		{&net.DNSError{Name: "gazette.test", Err: "no such host", IsNotFound: true}, feed.DNS, "the name gazette.test does not resolve"},
		{x509.UnknownAuthorityError{}, feed.TLS, "no trustworthy TLS connection"},
		{x509.CertificateInvalidError{Reason: x509.Expired}, feed.TLS, "expired"},
	} {
		_, err := feed.NewClient(feed.Config{}, "test", transport{c.err}).Fetch(context.Background(), feed.Request{URL: "https://gazette.test/feed"})
		var fe *feed.Error
		if !errors.As(err, &fe) || fe.Kind != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v is said as %v", c.err, err)
		}
	}
	s := httptest.NewTLSServer(http.NotFoundHandler()) // whose certificate nobody knows
	defer s.Close()
	s.Config.ErrorLog = nil
	refusedAs(t, local(feed.Config{}), s.URL, feed.TLS)
}
