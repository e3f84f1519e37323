// Package schedule tells when work is due: polls of feeds, and the slots of
// digests.
//
// A schedule is written as a desk writes it: five cron fields ("0 7,17 * * 1-5"),
// a word (@daily), or a period (@every 10m). It is evaluated in a time zone that
// the caller gives; the schedule itself knows none.
//
// # Slots
//
// A digest is identified by its slot, the wall clock's "2026-10-25T02:30" at
// which it was wanted, not by an instant. Cron speaks of wall time, and wall time
// is not a line: it skips an hour in spring and says one twice in autumn. One
// definition makes both harmless:
//
//	A slot is due at the first instant at which the local clock shows the slot's
//	time or a later one.
//
// So a slot inside a spring gap is due when the gap ends, a slot inside an autumn
// overlap is due at its first occurrence, every slot of the year exists exactly
// once, and slots are due in the order of their names. Of several that are due at
// once, as after a gap or after downtime, Last names the newest. The slots of @every are
// different: they count elapsed time (multiples of the period since the Unix
// epoch), so they are named in UTC ("2026-10-25T00:30:00Z"); a local name would
// stand for two of them in an overlap.
//
// # Polls
//
// For a poll no slot is kept: what matters is that no feed waits too long. Next
// therefore also goes through the second pass of an overlap, where Last names no
// new slot.
//
// # Alternatives considered
//
// The loop of robfig/cron skips what falls into a gap, repeats what falls into an
// overlap (366 runs in 365 days), and forgets what it missed while the process
// was down. So only its parser and its walk over UTC, which has neither gap nor
// overlap, are used, and behind a validator: it panics on some texts, and takes
// schedules that never fire. Its TZ= prefix is refused: a second place for the
// time zone is one place too many.
package schedule

import (
	"sort"
	"time"

	"github.com/robfig/cron/v3"
)

const (
	localSlot = "2006-01-02T15:04"
	everySlot = "2006-01-02T15:04:05Z"

	// lookBack bounds the search for the last slot. The rarest schedule is the
	// 29th of February, eight years apart around 2100.
	lookBack = 9 * 366 * 24 * time.Hour
)

// Schedule says when something is due. The zero Schedule is never due. Schedules
// are immutable and safe for concurrent use.
type Schedule struct {
	text  string
	cron  cron.Schedule // walks over wall time, as UTC; nil for @every
	every time.Duration // whole seconds, at least a minute; 0 for cron
}

// IsZero reports whether no schedule was given.
func (s Schedule) IsZero() bool { return s.cron == nil && s.every == 0 }

// String is the schedule as it was written.
func (s Schedule) String() string { return s.text }

// MarshalText writes the schedule as it was written.
func (s Schedule) MarshalText() ([]byte, error) { return []byte(s.text), nil }

// UnmarshalText reads a schedule: see Parse.
func (s *Schedule) UnmarshalText(b []byte) error {
	parsed, err := Parse(string(b))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

// Next returns the first instant after the given one at which a poll is due, in
// the given zone; zero for the zero Schedule. In an overlap it goes through the
// repeated hour too; what a gap swallows is due when the gap ends.
func (s Schedule) Next(after time.Time, zone *time.Location) time.Time {
	if s.every > 0 {
		return epochMultiple(after, s.every).Add(s.every).In(zone)
	}
	if s.cron == nil {
		return time.Time{}
	}
	next := instant(s.nextWall(latestWall(after, zone)), zone)
	// A time that was a slot already may be shown again before that: now, in the
	// second pass of an overlap, or when one begins.
	_, change := after.In(zone).ZoneBounds()
	if again := s.nextShown(after, offsetAt(after, zone)); again.Before(next) && (change.IsZero() || again.Before(change)) {
		return again.In(zone)
	}
	if !change.IsZero() {
		if again := s.nextShown(change.Add(-1), offsetAt(change, zone)); again.Before(next) {
			return again.In(zone)
		}
	}
	return next
}

// Last returns the newest slot that is due by now, and the instant since which it
// is due; "" and zero if there is none within nine years.
func (s Schedule) Last(now time.Time, zone *time.Location) (slot string, at time.Time) {
	if s.every > 0 {
		at = epochMultiple(now, s.every)
		return at.UTC().Format(everySlot), at.In(zone)
	}
	if s.cron == nil {
		return "", time.Time{}
	}
	limit := latestWall(now, zone)
	wall := s.lastWall(limit)
	if wall.IsZero() {
		return "", time.Time{}
	}
	return wall.Format(localSlot), instant(wall, zone)
}

// Instant is the time since which a slot, as named by Last, is due in the zone.
func Instant(slot string, zone *time.Location) (time.Time, error) {
	if at, err := time.Parse(everySlot, slot); err == nil {
		return at.In(zone), nil
	}
	wall, err := time.Parse(localSlot, slot)
	if err != nil {
		return time.Time{}, &Error{Message: "bad slot " + quote(slot) + ": a local time such as 2026-10-25T07:00"}
	}
	return instant(wall, zone), nil
}

// nextWall is the first slot after a wall time. The walk of cron gives up after
// five years: it is asked twice, so that the 29th of February is found beyond a
// century's missing leap day.
func (s Schedule) nextWall(wall time.Time) time.Time {
	if next := s.cron.Next(wall); !next.IsZero() {
		return next
	}
	return s.cron.Next(wall.AddDate(5, 0, 0))
}

// lastWall is the newest slot at or before a wall time: found by bisection over
// minutes, because cron only walks forward.
func (s Schedule) lastWall(limit time.Time) time.Time {
	// A slot stands on a whole minute: what is asked for is the last minute whose
	// next slot is not beyond the limit.
	end := limit.Truncate(time.Minute)
	due := func(minutes int) bool {
		next := s.nextWall(end.Add(-time.Duration(minutes) * time.Minute))
		return !next.IsZero() && !next.After(limit)
	}
	// Most slots are hours away, not years: gallop back before bisecting.
	most, near, far := int(lookBack/time.Minute), 0, 1
	for far < most && !due(far) {
		near, far = far, far*8
	}
	back := near + 1 + sort.Search(far-near-1, func(i int) bool { return due(near + 1 + i) })
	if !due(back) {
		return time.Time{}
	}
	return s.nextWall(end.Add(-time.Duration(back) * time.Minute))
}

// nextShown is the next instant at which a clock that runs at an offset shows a
// time of the schedule, whether or not it showed it before.
func (s Schedule) nextShown(after time.Time, offset time.Duration) time.Time {
	return s.nextWall(after.UTC().Add(offset)).Add(-offset)
}

// epochMultiple is the newest multiple of a period since the Unix epoch, at or
// before an instant. The period is in whole seconds.
func epochMultiple(t time.Time, every time.Duration) time.Time {
	seconds := int64(every / time.Second)
	n := t.Unix() / seconds
	if t.Unix() < 0 && t.Unix()%seconds != 0 {
		n--
	}
	return time.Unix(n*seconds, 0)
}
