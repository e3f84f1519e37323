package schedule

import "time"

// Every makes the schedule of a fixed period, for programs: what people write
// goes through Parse, which refuses periods under a minute. Periods are rounded
// up to whole seconds.
func Every(period time.Duration) Schedule {
	every := max(period.Truncate(time.Second), time.Second)
	if every < period {
		every += time.Second
	}
	return Schedule{text: "@every " + every.String(), every: every}
}
