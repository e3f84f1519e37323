package sqlite

import "time"

// Times are integers because text in SQLite sorts by its form, not its instant.

// millis is t as it is stored: whole milliseconds since 1970, UTC.
func millis(t time.Time) int64 { return t.UnixMilli() }

// instant is a stored time; what was stored zero is zero again.
func instant(ms int64) time.Time {
	if ms == zeroMillis() {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// zeroMillis is the zero time as it is stored: in order before every other.
func zeroMillis() int64 { return time.Time{}.UnixMilli() }
