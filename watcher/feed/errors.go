package feed

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// Kind tells in one word why a fetch went wrong.
type Kind string

// The kinds of an Error.
const (
	Refused   Kind = "refused"   // our own rules: scheme, host, port or address
	Held      Kind = "held"      // the host asked for a pause that is not over; nothing was sent
	DNS       Kind = "dns"       // the name does not resolve
	Connect   Kind = "connect"   // no connection, or it broke
	TLS       Kind = "tls"       // certificate or handshake
	Timeout   Kind = "timeout"   // one of the deadlines
	Redirects Kind = "redirects" // a loop, too many, or to where we do not go
	Protocol  Kind = "protocol"  // what came is not HTTP as we speak it
	TooBig    Kind = "too big"   // headers or body above the limit
	Encoding  Kind = "encoding"  // compression broken, cut, doubled or unknown
	Status    Kind = "status"    // an answer that is neither 200 nor an expected 304
	Cancelled Kind = "cancelled" // the caller's context ended
)

// Error is why a fetch brought nothing. Its text names the address, the cause,
// and what can be done where something can.
type Error struct {
	Kind       Kind
	URL        string        // the address of the hop that failed, without fragment
	Status     int           // the HTTP status for Kind Status, else 0
	RetryAfter time.Duration // what the server asked for, at most 24 h; 0: it said nothing
	Err        error         // the cause
}

// Error is the whole message.
func (e *Error) Error() string { return e.URL + ": " + e.Err.Error() }

// Unwrap gives the cause, so that errors.Is finds context.Canceled in it.
func (e *Error) Unwrap() error { return e.Err }

// Temporary reports whether the same request can succeed later without anyone
// changing the configuration. It is about pages: a feed is never given up but
// for 410 (see NextPoll).
func (e *Error) Temporary() bool {
	switch e.Kind {
	case Refused, Redirects, TooBig:
		return false
	case Status:
		return temporaryStatus(e.Status)
	}
	return true
}

// temporaryStatus: 404 is temporary because a page can lag behind its feed, and
// 403 because gates against robots open again; 401, 410 and 451 mean it.
func temporaryStatus(status int) bool {
	switch status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusRequestTimeout,
		http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500
}

// refusal is an error of our own rules; the dialler's control returns it from
// deep inside net.
type refusal struct{ why string }

func (r refusal) Error() string { return r.why }

// classify turns what a transport returned into an Error.
func classify(address string, err error) *Error {
	var ours *Error
	if errors.As(err, &ours) {
		return ours
	}
	kind, cause := diagnose(err)
	return &Error{Kind: kind, URL: address, Err: cause}
}

func diagnose(err error) (Kind, error) {
	var refused refusal
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &refused):
		return Refused, refused
	case errors.Is(err, context.Canceled):
		return Cancelled, err
	case errors.As(err, &dns) && !dns.IsTimeout:
		return DNS, fmt.Errorf("the name %s does not resolve: %w", dns.Name, err)
	case isTimeout(err):
		return Timeout, fmt.Errorf("no answer in time: %w", err)
	case isTLS(err):
		return TLS, fmt.Errorf("no trustworthy TLS connection: %w", err)
	case strings.Contains(err.Error(), "headers exceeded"), strings.Contains(err.Error(), "header list larger"):
		return TooBig, fmt.Errorf("response headers of more than %v", Size(maxHeaders))
	case errors.As(err, &op) && op.Op == "dial":
		return Connect, fmt.Errorf("no connection: %w", err)
	case strings.Contains(err.Error(), "malformed"), strings.Contains(err.Error(), "bad status"):
		return Protocol, fmt.Errorf("not an HTTP answer: %w", err)
	}
	return Connect, fmt.Errorf("the connection broke: %w", err)
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		(errors.As(err, &t) && t.Timeout())
}

func isTLS(err error) bool {
	var (
		verify *tls.CertificateVerificationError
		record tls.RecordHeaderError
		alert  tls.AlertError
		host   x509.HostnameError
		root   x509.UnknownAuthorityError
		cert   x509.CertificateInvalidError
	)
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &host) || errors.As(err, &root) || errors.As(err, &cert) ||
		strings.Contains(err.Error(), "tls: ")
}
