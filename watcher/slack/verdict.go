package slack

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
)

// maxDetail bounds what of an answer is repeated in an error, in bytes.
const maxDetail = 300

// verdict says what an error of one call means. sight is what was seen of the
// call on the wire. Rate limiting comes in three types from slack-go: a
// RateLimitedError, a bare status 429, and a name in an answer of status 200.
func (c *Client) verdict(method string, err error, sight *sight) *Error {
	e := &Error{Method: method, Err: c.scrub(err)}
	var limited *slackgo.RateLimitedError
	var status slackgo.StatusCodeError
	var named slackgo.SlackErrorResponse
	switch {
	case errors.As(err, &limited):
		e.Class, e.Code, e.Err = Unsent, "ratelimited", nil
	case errors.As(err, &named):
		row, _ := lookUp(named.Err)
		e.Class, e.Code, e.Err = row.class, c.clean(named.Err), c.detail(named)
	case errors.As(err, &status):
		e.Class, e.Code, e.Err = statusVerdict(status.Code)
	case sight.unwritten(err):
		e.Class = Unsent
	default:
		e.Class = Unclear
	}
	e.RetryAfter = retryAfter(e, sight.retryAfter)
	return e
}

// retryAfter is how long Slack asks to wait. Where it only says "not now", it is
// asked again after the default.
func retryAfter(e *Error, asked time.Duration) time.Duration {
	if asked > 0 {
		return min(max(asked, MinRetryAfter), MaxRetryAfter)
	}
	if e.Class == Unsent && e.Code != "" {
		return DefaultRetryAfter
	}
	return 0
}

// statusVerdict judges answers that are none of Slack's: its own have status 200.
// A refusal by something between here and Slack, or by a server at a wrong
// address, says nothing about the message, so it is never held against it.
func statusVerdict(status int) (Class, string, error) {
	code := fmt.Sprintf("http_%d", status)
	switch {
	case status == http.StatusTooManyRequests:
		return Unsent, "ratelimited", nil
	case status >= 300 && status < 400:
		return Place, code, errors.New("a redirect, which is not followed: check slack.api_url")
	case status == http.StatusRequestTimeout:
		return Unclear, code, nil
	case status == http.StatusRequestEntityTooLarge:
		return Payload, code, nil
	case status >= 400 && status < 500:
		return Place, code, errors.New("refused before Slack's API saw it: check slack.api_url and what stands in between")
	}
	return Unclear, code, nil
}

// detail is what Slack adds to a name: the scope that is missing, or where in the
// blocks the mistake is.
func (c *Client) detail(named slackgo.SlackErrorResponse) error {
	var parts []string
	if named.Needed != "" {
		parts = append(parts, fmt.Sprintf("needed %s, provided %s", named.Needed, named.Provided))
	}
	parts = append(parts, named.ResponseMetadata.Messages...)
	if _, known := lookUp(named.Err); !known {
		parts = append(parts, "a name that is not in Slack's documentation")
	}
	if len(parts) == 0 {
		return nil
	}
	return errors.New(c.clean(strings.Join(parts, "; ")))
}

// scrub rewrites an error so that it holds no secret.
func (c *Client) scrub(err error) error {
	text := err.Error()
	var quoted *url.Error
	if errors.As(err, &quoted) {
		text = quoted.Err.Error()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		text = fmt.Sprintf("no answer in time (at most %s)", c.timeout)
	}
	return &scrubbed{text: c.clean(text), err: err}
}

// clean is a text without secrets, of at most maxDetail bytes.
func (c *Client) clean(text string) string { return cut(c.unsaid.Replace(text), maxDetail) }

// cut shortens a text to at most n bytes on a whole character.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "") + "…"
}

// beforeTheRequest knows errors that can only come before anything of a request
// was written: the name, the connection, the certificate.
func beforeTheRequest(err error) bool {
	var name *net.DNSError
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &name), errors.As(err, &cert), errors.As(err, &record):
		return true
	case errors.As(err, &op):
		return op.Op == "dial"
	}
	return false
}
