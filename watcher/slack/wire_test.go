package slack_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/slack"
)

func fails(err error) wire {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func TestTransportErrorsAreUnsentOnlyOnEvidence(t *testing.T) {
	tests := []struct {
		name  string
		err   error
		class slack.Class
	}{
		{"no such name", &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "slack.com"}}, slack.Unsent},
		{"refused", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, slack.Unsent},
		{"a certificate for somebody else", &tls.CertificateVerificationError{Err: errors.New("not valid")}, slack.Unsent},
		{"a server that speaks no TLS", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, slack.Unsent},
		{"reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, slack.Unclear},
		{"broken pipe", &net.OpError{Op: "write", Err: syscall.EPIPE}, slack.Unclear},
		{"EOF", io.EOF, slack.Unclear},
		{"unexpected EOF", io.ErrUnexpectedEOF, slack.Unclear},
		{"out of time", context.DeadlineExceeded, slack.Unclear},
		{"anything else", errors.New("gremlins"), slack.Unclear},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := send(t, client(fails(tt.err)), post())
			if e == nil || e.Class != tt.class || e.RetryAfter != 0 {
				t.Errorf("error %v, want class %q and no wait", e, tt.class)
			}
		})
	}
}

// On a real socket the trace of the connection is the evidence.
func TestRealConnections(t *testing.T) {
	hangs := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
	closes := func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			conn.Close()
		}
	}
	plain, broken := httptest.NewServer(http.HandlerFunc(hangs)), httptest.NewServer(http.HandlerFunc(closes))
	secure := httptest.NewTLSServer(http.HandlerFunc(hangs))
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and never says a word of TLS
	if err != nil {
		t.Fatal(err)
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	for _, s := range []*httptest.Server{plain, broken, secure} {
		s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
		defer s.Close()
	}
	defer silent.Close()
	tests := []struct {
		name, url string
		class     slack.Class
	}{
		{"nobody listens", gone.URL, slack.Unsent},
		{"an unknown certificate", secure.URL, slack.Unsent},
		{"TLS that never answers", "https://" + silent.Addr().String(), slack.Unsent},
		{"TLS spoken to a plain server", strings.Replace(plain.URL, "http:", "https:", 1), slack.Unsent},
		{"no answer in time", plain.URL, slack.Unclear},
		{"a connection closed on us", broken.URL, slack.Unclear},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := slack.NewClient(slack.Config{Token: slack.Literal(token), APIURL: tt.url, Timeout: time.Second}, nil)
			defer c.Close()
			if e := send(t, c, post()); e == nil || e.Class != tt.class {
				t.Errorf("error %v, want class %q", e, tt.class)
			}
		})
	}
}

func TestACallEndsAtItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := client(wire(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}))
		began := time.Now()
		e := send(t, c, post())
		if e == nil || e.Class != slack.Unclear || time.Since(began) != slack.DefaultTimeout {
			t.Errorf("error %v after %s, want unclear after %s", e, time.Since(began), slack.DefaultTimeout)
		}
		if !errors.Is(e, context.DeadlineExceeded) {
			t.Errorf("%v does not say that time was up", e)
		}
	})
}

func TestARedirectIsNotFollowed(t *testing.T) {
	calls := 0
	c := client(wire(func(r *http.Request) (*http.Response, error) {
		calls++
		return says(308, "", "Location: https://elsewhere.example.org/api/")(r)
	}))
	if e := send(t, c, post()); e == nil || e.Class != slack.Place || calls != 1 {
		t.Errorf("error %v after %d calls, want class %q after one", e, calls, slack.Place)
	}
}

// Whatever goes wrong, no way of printing it tells the token or the webhook.
func TestNoErrorTellsASecret(t *testing.T) {
	const hook = "https://hooks.example.org/services/T1/B1/very-secret"
	for kind, it := range map[string]struct {
		cfg  slack.Config
		text string
	}{
		"token":   {slack.Config{Token: slack.Literal(token)}, token},
		"webhook": {slack.Config{Webhook: slack.Literal(hook)}, hook},
		"path":    {slack.Config{Webhook: slack.Literal(hook)}, "/services/T1/B1/very-secret"},
		"escaped": {slack.Config{Webhook: slack.Literal(hook)}, url.QueryEscape(hook)},
	} {
		for name, w := range map[string]wire{
			"in a page":     says(400, "what is "+it.text+"?"),
			"in a name":     says(200, `{"ok":false,"error":"`+it.text+`"}`),
			"at a cut":      says(200, `{"ok":false,"error":"`+strings.Repeat("x", 280)+it.text+`"}`),
			"in a detail":   says(200, `{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["`+it.text+`"]}}`),
			"in a cause":    fails(fmt.Errorf("cannot reach %s", it.text)),
			"in a redirect": says(302, "", "Location: http://%zz"+it.text),
			"in a place":    says(200, `{"ok":true,"channel":"`+it.text+`","ts":"1.000001"}`),
			"in a receipt":  says(200, `{"ok":true,"channel":"C1","ts":"`+it.text+`"}`),
			"out of time":   fails(context.DeadlineExceeded),
		} {
			t.Run(kind+" "+name, func(t *testing.T) {
				c := slack.NewClient(it.cfg, &http.Client{Transport: w})
				receipt, err := c.Send(t.Context(), post())
				var e *slack.Error
				errors.As(err, &e)
				var log strings.Builder
				fmt.Fprintf(&log, "%v\n", receipt)
				slog.New(slog.NewJSONHandler(&log, nil)).Error("x", "err", error(e), "cfg", it.cfg, "client", c)
				for cause := error(e); cause != nil; cause = errors.Unwrap(cause) {
					fmt.Fprintf(&log, "%v %+v %#v %q\n", cause, cause, cause, cause)
				}
				fmt.Fprintf(&log, "%v %+v %#v %v %+v %#v", it.cfg, it.cfg, it.cfg, c, c, *c)
				for _, part := range []string{"very-secr", "xoxb-1", "12345"} {
					if strings.Contains(log.String(), part) {
						t.Errorf("told: %s", log.String())
					}
				}
			})
		}
	}
}
