package schedule

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// plan is a schedule in the plainest form, with a naive evaluation: it looks at
// the clock minute by minute.
type plan struct {
	minutes, hours []int
	weekday        int // -1: every day
}

func anyPlan(t *rapid.T) plan {
	return plan{
		minutes: rapid.SliceOfNDistinct(rapid.IntRange(0, 59), 1, 3, rapid.ID[int]).Draw(t, "minutes"),
		hours:   rapid.SliceOfNDistinct(rapid.OneOf(rapid.IntRange(0, 4), rapid.IntRange(0, 23)), 1, 3, rapid.ID[int]).Draw(t, "hours"),
		weekday: rapid.IntRange(-1, 6).Draw(t, "weekday"),
	}
}

func (p plan) String() string {
	join := func(ns []int) (s string) {
		for i, n := range ns {
			s += []string{"", ","}[min(i, 1)] + fmt.Sprint(n)
		}
		return s
	}
	weekday := "*"
	if p.weekday >= 0 {
		weekday = fmt.Sprint(p.weekday)
	}
	return join(p.minutes) + " " + join(p.hours) + " * * " + weekday
}

func (p plan) wants(wall time.Time) bool {
	return slices.Contains(p.minutes, wall.Minute()) && slices.Contains(p.hours, wall.Hour()) && (p.weekday < 0 || p.weekday == int(wall.Weekday()))
}

// shown is what the clock shows, as a time without gaps.
func shown(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
}

// last is the newest slot at or before the latest time shown in the last days.
func (p plan) last(now time.Time) string {
	latest := shown(now)
	for back := range 3 * 24 * 60 {
		if s := shown(now.Add(-time.Duration(back) * time.Minute)); s.After(latest) {
			latest = s
		}
	}
	for !p.wants(latest) {
		latest = latest.Add(-time.Minute)
	}
	return latest.Format(localSlot)
}

// next is the next minute that the clock shows as wanted, or with which it leaves
// out one that is wanted.
func (p plan) next(after time.Time) time.Time {
	for t := after.Add(time.Minute); ; t = t.Add(time.Minute) {
		for wall := shown(t.Add(-time.Minute)).Add(time.Minute); !wall.After(shown(t)); wall = wall.Add(time.Minute) {
			if p.wants(wall) {
				return t
			}
		}
		if p.wants(shown(t)) {
			return t
		}
	}
}

func TestSchedulesAgreeWithLookingAtTheClock(t *testing.T) {
	var changes []time.Time // every change of the clocks in 2026
	for _, name := range zones {
		zone := zoneOf(t, name)
		for at := time.Date(2026, 1, 1, 0, 0, 0, 0, zone); ; {
			_, end := at.ZoneBounds()
			if end.IsZero() || end.Year() > 2026 {
				break
			}
			at = end.In(zone)
			changes = append(changes, at)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := anyPlan(t)
		change := rapid.SampledFrom(changes).Draw(t, "change")
		now := change.Add(time.Duration(rapid.IntRange(-40*60, 40*60).Draw(t, "minutes")) * time.Minute)
		s, err := Parse(p.String())
		if err != nil {
			t.Fatal(err)
		}
		if slot, _ := s.Last(now, now.Location()); slot != p.last(now) {
			t.Fatalf("%s at %v: last slot %s, the clock says %s", s, now, slot, p.last(now))
		}
		if next := s.Next(now, now.Location()); !next.Equal(p.next(now)) {
			t.Fatalf("%s after %v: next %v, the clock says %v", s, now, next, p.next(now))
		}
	})
}
