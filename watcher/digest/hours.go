package digest

import (
	"fmt"
	"strings"
	"time"

	"presswatch/watcher/schedule"
)

// Hours is a stretch of the day on a wall clock, written "22:00-06:30"; the zero
// Hours are none. One that ends before it begins goes through midnight.
type Hours struct {
	from, to int // minutes after midnight; equal in the zero Hours alone
}

// UnmarshalText reads "22:00-06:30".
func (h *Hours) UnmarshalText(text []byte) error {
	from, to, _ := strings.Cut(string(text), "-")
	begin, err := time.Parse("15:04", strings.TrimSpace(from))
	end, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if err != nil || err2 != nil || begin.Equal(end) {
		return advised{fmt.Sprintf("bad hours %q", text), "two different times of day, such as 22:00-06:30"}
	}
	*h = Hours{from: begin.Hour()*60 + begin.Minute(), to: end.Hour()*60 + end.Minute()}
	return nil
}

// String writes the hours as they are read, "" for none.
func (h Hours) String() string {
	if h.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", h.from/60, h.from%60, h.to/60, h.to%60)
}

// IsZero reports whether there are none.
func (h Hours) IsZero() bool { return h.from == h.to }

// Until is when the hours end that a clock in the zone is in now; zero when it is
// in none. Where the clock is turned back over their end they end once, at the
// first time.
func (h Hours) Until(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	clock := local.Hour()*60 + local.Minute()
	within := h.from <= clock && clock < h.to
	if h.from > h.to {
		within = clock >= h.from || clock < h.to
	}
	if !within {
		return time.Time{}
	}
	end := time.Date(local.Year(), local.Month(), local.Day(), h.to/60, h.to%60, 0, 0, time.UTC)
	if clock >= h.to {
		end = end.AddDate(0, 0, 1)
	}
	at, err := schedule.Instant(end.Format("2006-01-02T15:04"), zone)
	if err != nil || !at.After(now) {
		return time.Time{}
	}
	return at
}
