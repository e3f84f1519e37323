package feed

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// The bounds of the pause after failures.
const (
	minBackoff = time.Minute
	maxDoubled = 11 // failures beyond which the pause doubles no more: 2^11 minutes are above 24 h
	lengthen   = 0.25
)

// Outcome is what came of a poll, as far as the next one depends on it.
type Outcome struct {
	Scheduled  time.Time     // the next time by the feed's own schedule
	Fresh, TTL time.Duration // of a good poll: the server's and the feed's own wish
	Err        error         // why it went wrong; nil for a good poll
	Failures   int           // polls in a row that went wrong, this one included
	// Jitter is a random number in [0, 1): it lengthens the pause after a
	// failure, by up to a quarter, so that not all feeds come back at once.
	Jitter float64
}

// NextPoll tells when a feed is due again, and why then: the latest of its
// schedule and of what the server, the feed, or a row of failures asks for. The
// schedule is the operator's word and always kept; the others together are
// bounded by 24 h. A zero time means never: the address is gone (410).
//
// Failures double the pause between two polls from the second one on; a feed is
// never given up.
func NextPoll(now time.Time, o Outcome) (due time.Time, reason string) {
	due, reason = o.Scheduled, "schedule"
	later := func(wait time.Duration, why string) {
		if at := now.Add(min(wait, maxAsked)); at.After(due) {
			due, reason = at, why
		}
	}
	if o.Err == nil {
		later(o.Fresh, fmt.Sprintf("the answer stays fresh for %v", o.Fresh))
		later(o.TTL, fmt.Sprintf("the feed asks for %v between polls", o.TTL))
		return due, reason
	}
	var e *Error
	if errors.As(o.Err, &e) && e.Status == http.StatusGone {
		return time.Time{}, "the server says that the address is gone for good (410)"
	}
	if e == nil || e.Kind != Held { // else nothing was asked, and nothing failed
		wait := backoff(o.Scheduled.Sub(now), o.Failures, o.Jitter)
		later(wait, fmt.Sprintf("%d failures in a row: wait %v", o.Failures, wait.Round(time.Second)))
	}
	if e != nil {
		later(e.RetryAfter, fmt.Sprintf("the server asked for a pause of %v", e.RetryAfter))
	}
	return due, reason
}

func backoff(period time.Duration, failures int, jitter float64) time.Duration {
	period = min(max(period, minBackoff), maxAsked)
	doublings := min(max(failures-1, 0), maxDoubled)
	wait := float64(period) * float64(int(1)<<doublings)
	wait *= 1 + lengthen*min(max(jitter, 0), 1)
	return time.Duration(min(wait, float64(maxAsked)))
}
