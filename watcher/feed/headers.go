package feed

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxAsked bounds every wish of a server for patience.
const maxAsked = 24 * time.Hour

// Validators longer than this are not kept: they would be sent with every poll.
const (
	maxETag         = 1 << 10
	maxLastModified = 128
)

// freshFor is how long an answer stays fresh by its own headers: max-age less
// Age, else Expires less Date. no-store, no-cache and nonsense are 0. At most
// 24 h.
func freshFor(h http.Header, now time.Time) time.Duration {
	maxAge, known := time.Duration(0), false
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			if d, ok := seconds(strings.Trim(value, `" `)); ok {
				maxAge, known = d, true
			}
		}
	}
	if known {
		age, _ := seconds(strings.TrimSpace(h.Get("Age")))
		return clampAsked(maxAge - age)
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return clampAsked(expires.Sub(now))
}

// retryAfter reads the header of that name: seconds or a date. Junk is 0, and
// nobody is waited for longer than 24 h.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if d, ok := seconds(value); ok {
		return clampAsked(d)
	}
	if at, err := http.ParseTime(value); err == nil {
		return clampAsked(at.Sub(now))
	}
	return 0
}

// seconds reads a whole number of seconds, clamped to a year so that sums do not
// overflow; ok is false for anything that is not made of digits.
func seconds(s string) (d time.Duration, ok bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	const year = 365 * 24 * time.Hour
	if err != nil || n > int64(year/time.Second) {
		return year, true
	}
	return time.Duration(n) * time.Second, true
}

func clampAsked(d time.Duration) time.Duration { return min(max(0, d), maxAsked) }

// validators are the ETag and Last-Modified of an answer, byte for byte, but
// for ones too long to be honest.
func validators(h http.Header) (etag, lastModified string) {
	if etag = h.Get("ETag"); len(etag) > maxETag {
		etag = ""
	}
	if lastModified = h.Get("Last-Modified"); len(lastModified) > maxLastModified {
		lastModified = ""
	}
	return etag, lastModified
}
