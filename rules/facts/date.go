package facts

import (
	"strconv"
	"time"
)

// day is a day of publication in a test: a year, a month or a day.
type day struct{ time.Time }

// UnmarshalText reads a year, a month or a day.
func (d *day) UnmarshalText(b []byte) error {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, string(b)); err == nil {
			d.Time = t
			return nil
		}
	}
	return adviceError{"cannot read the date " + strconv.Quote(string(b)), "2025-06-30, 2025-06 or 2025"}
}
