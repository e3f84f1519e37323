package slack

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Limits of one connection; Config.Timeout bounds the call as a whole.
const (
	connectTimeout = 5 * time.Second
	tlsTimeout     = 10 * time.Second
	maxAnswer      = 8 << 20
	maxHeaders     = 64 << 10
)

// newHTTP is the client for the real Slack. slack-go's own has no time-out.
func newHTTP(timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}
	return &http.Client{Transport: &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  timeout,
		MaxResponseHeaderBytes: maxHeaders,
		ForceAttemptHTTP2:      true, // lost otherwise, with a dialler of our own
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
	}}
}

// guarded is a copy of a client that follows no redirect (a redirected POST would
// carry the token to wherever it points) and whose answers are bounded.
func guarded(base *http.Client) *http.Client {
	own := *base
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	own.Transport = guard{own.Transport}
	own.Jar = nil
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// guard bounds answers, and notes on the call's sight how long to wait.
type guard struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (g guard) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := g.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	wait := waitAsked(resp.Header)
	if s, ok := req.Context().Value(sightKey{}).(*sight); ok {
		s.retryAfter = wait
		s.date, _ = http.ParseTime(resp.Header.Get("Date"))
		s.scopes = resp.Header.Get("X-OAuth-Scopes")
	}
	// slack-go reads whole seconds only and takes a date for a broken answer.
	resp.Header.Del("Retry-After")
	if wait > 0 {
		resp.Header.Set("Retry-After", strconv.Itoa(int(wait.Seconds())))
	}
	resp.Body = &bounded{ReadCloser: resp.Body, left: maxAnswer}
	return resp, nil
}

// CloseIdleConnections lets http.Client reach the transport below.
func (g guard) CloseIdleConnections() {
	if c, ok := g.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// waitAsked reads Retry-After, in seconds or as a date held against the answer's
// own; 0 when there is none that can be read. What it asks is at least a second
// and at most MaxRetryAfter.
func waitAsked(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds >= 0 {
		return time.Duration(min(max(seconds, MinRetryAfter.Seconds()), MaxRetryAfter.Seconds()) * float64(time.Second)).Round(time.Second)
	}
	at, err := http.ParseTime(text)
	now, err2 := http.ParseTime(h.Get("Date"))
	if err != nil || err2 != nil {
		return 0
	}
	return min(max(at.Sub(now), MinRetryAfter), MaxRetryAfter)
}

var errTooLong = errors.New("the answer is longer than 8 MiB")

// bounded is a body that ends in an error where an honest answer would have ended.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// sight is what was seen of one call on the wire.
type sight struct {
	asked, connected atomic.Bool // a connection was asked for; one was had
	retryAfter       time.Duration
	date             time.Time // the answer's Date
	scopes           string    // what the token may do, as Slack tells it
}

type sightKey struct{}

// watch returns a context whose call is seen, and bounded in time.
func (c *Client) watch(ctx context.Context) (context.Context, context.CancelFunc, *sight) {
	s := &sight{}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	ctx = context.WithValue(ctx, sightKey{}, s)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { s.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { s.connected.Store(true) },
	})
	return ctx, cancel, s
}

// unwritten reports whether surely nothing of the request was written: no
// connection was ever had, or the error can only come before. A transport that
// tells no trace (a stand-in within the process) leaves only the error.
func (s *sight) unwritten(err error) bool {
	return s.asked.Load() && !s.connected.Load() || beforeTheRequest(err)
}
