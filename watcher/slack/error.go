package slack

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrCannotAsk is wrapped by the errors of Find when this way of posting can never
// be asked what arrived: an incoming webhook, or a token without the right to read
// the channel's history. Then Config.WhenUnclear decides.
var ErrCannotAsk = errors.New("the channel's history cannot be read")

// Error is why there is no receipt.
type Error struct {
	Class  Class
	Method string // what was called: "chat.postMessage", "webhook", …
	// Code is Slack's name for it ("channel_not_found"), "http_502" for an answer
	// that was none of Slack's, "" when no answer came.
	Code string
	// RetryAfter is how long Slack asks to wait, between MinRetryAfter and
	// MaxRetryAfter; 0 when it did not ask, and the caller's own back-off applies.
	RetryAfter time.Duration
	// Err is the cause, without secrets; errors.Is finds context errors and
	// ErrCannotAsk in it.
	Err error
}

// Limits of Error.RetryAfter, and what it is when Slack says "too often" without
// saying how long to wait.
const (
	MinRetryAfter     = time.Second
	MaxRetryAfter     = time.Hour
	DefaultRetryAfter = 30 * time.Second
)

// Error is one line: what was called, what came back, what it means.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "slack %s: ", e.Method)
	if e.Code != "" {
		b.WriteString(e.Code)
	}
	if e.Err != nil {
		if e.Code != "" {
			b.WriteString(": ")
		}
		b.WriteString(e.Err.Error())
	}
	fmt.Fprintf(&b, " (%s)", e.Class)
	return b.String()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Hint says what an operator can do, "" when there is nothing to do but wait.
func (e *Error) Hint() string {
	row, _ := lookUp(e.Code)
	return row.advice
}

// question turns the verdict on a post into the verdict on a question: a lost
// question has changed nothing, and is asked again.
func (e *Error) question() *Error {
	if e.Class == Unclear {
		e.Class = Unsent
	}
	return e
}

// scrubbed is an error from below in words that hold no secret. It answers
// errors.Is but does not unwrap: the original quotes addresses.
type scrubbed struct {
	text string
	err  error
}

func (s *scrubbed) Error() string { return s.text }

func (s *scrubbed) Is(target error) bool { return errors.Is(s.err, target) }
