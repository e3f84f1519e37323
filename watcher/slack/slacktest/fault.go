package slacktest

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// Fault is what happens to one call instead of a plain answer. The zero Fault is
// a plain answer.
type Fault struct {
	// Unreachable: no connection comes about. On a real socket it is a Drop.
	Unreachable bool
	// Drop: the connection ends without an answer.
	Drop bool
	// Stored: the call is carried out first, whatever is then answered. Without it
	// a call with a Drop, Status, Code or Body has no effect.
	Stored bool
	// Delay passes before the call is carried out and answered. A client that does
	// not wait so long changes nothing: the message is stored all the same, then.
	Delay time.Duration

	Status     int           // answers with this status and an HTML page, as a proxy does
	Code       string        // answers ok:false with this error name
	Body       string        // answers status 200 with this text
	RetryAfter time.Duration // goes into the header Retry-After
}

// Unreachable is a Slack that cannot be connected to.
func Unreachable() Fault { return Fault{Unreachable: true} }

// LostBefore is a connection lost before Slack acted.
func LostBefore() Fault { return Fault{Drop: true} }

// LostAfter is an answer lost after the message was stored.
func LostAfter() Fault { return Fault{Drop: true, Stored: true} }

// Refuse is an error by name; nothing is stored.
func Refuse(code string) Fault { return Fault{Code: code} }

// RefuseAfter is an error by name, though the message was stored.
func RefuseAfter(code string) Fault { return Fault{Code: code, Stored: true} }

// Break is an answer of another status; nothing is stored.
func Break(status int) Fault { return Fault{Status: status} }

// BreakAfter is an answer of another status, though the message was stored.
func BreakAfter(status int) Fault { return Fault{Status: status, Stored: true} }

// Garble is an answer that is none of Slack's, after the message was stored.
func Garble(body string) Fault { return Fault{Body: body, Stored: true} }

// Limit is a status 429; the header is left out when wait is 0.
func Limit(wait time.Duration) Fault {
	return Fault{Status: http.StatusTooManyRequests, RetryAfter: wait}
}

// Slow is a plain answer that comes late.
func Slow(delay time.Duration) Fault { return Fault{Delay: delay} }

// Script queues faults for a method ("chat.postMessage", …, "webhook"): one for
// each of the next calls, in order.
func (s *Server) Script(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// carriesOut reports whether the call has its effect.
func (f Fault) carriesOut() bool {
	return f.Stored || f.Status == 0 && f.Code == "" && f.Body == ""
}

// instead is the answer that goes out in place of the true one.
func (f Fault) instead(a answer) answer {
	switch {
	case f.Status != 0:
		a = answer{status: f.Status, plain: "<html><body>" + http.StatusText(f.Status) + "</body></html>"}
	case f.Code != "":
		a = refusal(f.Code)
	case f.Body != "":
		a = answer{plain: f.Body}
	}
	if f.RetryAfter > 0 {
		a.header = map[string]string{"Retry-After": strconv.Itoa(int(f.RetryAfter.Seconds()))}
	}
	return a
}

// pause waits, and reports whether the client is still there.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// drop ends a connection without an answer.
func drop(w http.ResponseWriter, f Fault) {
	if inside, ok := w.(*recorder); ok {
		inside.lost, inside.unreachable = true, f.Unreachable
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		w.WriteHeader(http.StatusBadGateway) // HTTP/2 cannot be hijacked; unclear, too
		return
	}
	_ = conn.Close()
}
