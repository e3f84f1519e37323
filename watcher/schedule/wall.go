package schedule

import "time"

// A wall time is what a local clock shows, held as if it were UTC: the calendar
// without gaps and overlaps, in which cron can be evaluated.

// window is how far from an instant its zone's changes of offset may matter. The
// widest ever was a whole day left out.
const window = 48 * time.Hour

// wallOf is what the clock of the zone shows at an instant.
func wallOf(t time.Time, zone *time.Location) time.Time {
	return t.UTC().Add(offsetAt(t, zone))
}

// offsetAt is how far the clock of the zone is ahead of UTC at an instant.
func offsetAt(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// latestWall is the latest wall time that the clock of the zone has shown up to
// an instant, in whole seconds: within the second pass of an overlap, the end of
// the first.
func latestWall(t time.Time, zone *time.Location) time.Time {
	latest := wallOf(t, zone).Truncate(time.Second)
	for start := periodStart(t, zone); !start.IsZero() && t.Sub(start) < window; start = periodStart(start.Add(-1), zone) {
		if end := wallOf(start.Add(-time.Second), zone); end.After(latest) {
			latest = end
		}
	}
	return latest
}

// instant is the first instant at which the clock of the zone shows the wall time
// or a later one.
func instant(wall time.Time, zone *time.Location) time.Time {
	at := wall.Add(-window).In(zone)
	for {
		start, end := at.ZoneBounds()
		candidate := wall.Add(-offsetAt(at, zone)).In(zone)
		if !start.IsZero() && candidate.Before(start) {
			return start // the wall time was left out: a gap ends here
		}
		if end.IsZero() || candidate.Before(end) {
			return candidate
		}
		at = end
	}
}

// periodStart is when the offset in force at an instant began; zero if it always was.
func periodStart(t time.Time, zone *time.Location) time.Time {
	start, _ := t.In(zone).ZoneBounds()
	return start
}
