package feed

import (
	"errors"
	"testing"
	"time"
)

func TestNextPollIsTheLatestOfAllWishes(t *testing.T) {
	status := func(code int, after time.Duration) error {
		return &Error{Kind: Status, Status: code, RetryAfter: after, Err: errors.New("x")}
	}
	scheduled := 10 * time.Minute
	for _, c := range []struct {
		name    string
		outcome Outcome
		want    time.Duration // from now
		reason  string
	}{
		{"the schedule", Outcome{}, scheduled, "schedule"},
		{"a good poll is not delayed by chance", Outcome{Jitter: 0.9}, scheduled, "schedule"},
		{"a shorter freshness does not hasten", Outcome{Fresh: time.Minute}, scheduled, "schedule"},
		{"freshness", Outcome{Fresh: time.Hour}, time.Hour, "the answer stays fresh for 1h0m0s"},
		{"the feed's wish", Outcome{Fresh: time.Hour, TTL: 2 * time.Hour}, 2 * time.Hour, "the feed asks for 2h0m0s between polls"},
		{"a wish for more than a day", Outcome{TTL: 90 * time.Hour}, 24 * time.Hour, "the feed asks for 90h0m0s between polls"},
		{"the first failure", Outcome{Err: status(500, 0), Failures: 1}, scheduled, "schedule"},
		{"the second failure", Outcome{Err: status(500, 0), Failures: 2}, 20 * time.Minute, "2 failures in a row: wait 20m0s"},
		{"the third failure, lengthened", Outcome{Err: status(500, 0), Failures: 3, Jitter: 0.5}, 45 * time.Minute, "3 failures in a row: wait 45m0s"},
		{"the thousandth failure", Outcome{Err: status(500, 0), Failures: 1000, Jitter: 0.99}, 24 * time.Hour, "1000 failures in a row: wait 24h0m0s"},
		{"a pause asked for", Outcome{Err: status(429, time.Hour), Failures: 1}, time.Hour, "the server asked for a pause of 1h0m0s"},
		{"a pause shorter than our own", Outcome{Err: status(503, time.Minute), Failures: 2}, 20 * time.Minute, "2 failures in a row: wait 20m0s"},
		{"not a feed", Outcome{Err: &NotFeed{"x"}, Failures: 2}, 20 * time.Minute, "2 failures in a row: wait 20m0s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.outcome.Scheduled = now().Add(scheduled)
			due, reason := NextPoll(now(), c.outcome)
			if due.Sub(now()) != c.want || reason != c.reason {
				t.Errorf("due in %v because %q, want %v because %q", due.Sub(now()), reason, c.want, c.reason)
			}
		})
	}
}

func TestOnlyAnAddressThatIsGoneIsGivenUp(t *testing.T) {
	gone := Outcome{Scheduled: now().Add(time.Hour), Err: &Error{Kind: Status, Status: 410, Err: errors.New("x")}, Failures: 1}
	if due, reason := NextPoll(now(), gone); !due.IsZero() {
		t.Errorf("due %v because %q", due, reason)
	}
	for failures := range 5000 {
		o := Outcome{Scheduled: now().Add(time.Minute), Err: errors.New("x"), Failures: failures, Jitter: 0.999}
		due, _ := NextPoll(now(), o)
		if due.Before(o.Scheduled) || due.After(now().Add(24*time.Hour)) {
			t.Fatalf("after %d failures due %v", failures, due)
		}
	}
}

func TestAScheduleBeyondADayIsKept(t *testing.T) {
	o := Outcome{Scheduled: now().Add(72 * time.Hour), Err: errors.New("x"), Failures: 3}
	if due, _ := NextPoll(now(), o); !due.Equal(o.Scheduled) {
		t.Errorf("due %v", due)
	}
}
