package schedule

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func scheduleOf(t testing.TB, text string) Schedule {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var zones = []string{"UTC", "Europe/Paris", "America/New_York", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca"}

func TestEverySlotOfAYearIsDueOnceAndInOrder(t *testing.T) {
	for _, c := range []struct{ zone, spec string }{
		{"UTC", "30 2 * * *"}, {"Europe/Paris", "30 2 * * *"}, {"America/New_York", "30 2 * * *"}, {"America/New_York", "30 1 * * *"},
		{"Asia/Ho_Chi_Minh", "30 2 * * *"}, {"Australia/Lord_Howe", "15 2 * * *"}, {"Australia/Lord_Howe", "45 1 * * *"}, {"America/Santiago", "30 0 * * *"},
	} {
		t.Run(c.zone+" "+c.spec, func(t *testing.T) {
			zone, s := zoneOf(t, c.zone), scheduleOf(t, c.spec)
			start := time.Date(2026, 1, 1, 0, 0, 0, 0, zone)
			seen, _ := s.Last(start.Add(-time.Second), zone)
			var slots []string
			for now := start; now.Before(start.AddDate(1, 0, 0)); now = now.Add(30 * time.Minute) {
				slot, at := s.Last(now, zone)
				if at.After(now) {
					t.Fatalf("at %v the slot %s is told due only at %v", now, slot, at)
				}
				if slot != seen {
					slots, seen = append(slots, slot), slot
				}
			}
			if len(slots) != 365 {
				t.Fatalf("%d slots in 365 days", len(slots))
			}
			day, clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), start
			for i, slot := range slots {
				want := day.AddDate(0, 0, i).Format("2006-01-02") + slot[10:]
				if slot != want {
					t.Fatalf("slot %d of the year is %s, want %s", i, slot, want)
				}
				clock = checkDue(t, slot, clock, zone)
			}
		})
	}
}

// checkDue looks at the clock of the zone, minute by minute, for the first
// instant that shows the slot's time or a later one.
func checkDue(t *testing.T, slot string, from time.Time, zone *time.Location) time.Time {
	t.Helper()
	for from.Format(localSlot) < slot {
		from = from.Add(time.Minute)
	}
	at, err := Instant(slot, zone)
	if err != nil || !at.Equal(from) {
		t.Fatalf("slot %s is due at %v (%v), the clock says %v", slot, at, err, from)
	}
	return from
}

func TestASlotInAGapIsDueWhenTheGapEnds(t *testing.T) {
	zone := zoneOf(t, "Europe/Paris")
	s := scheduleOf(t, "30 2 * * *")
	end := time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC) // 02:00 becomes 03:00
	if slot, _ := s.Last(end.Add(-time.Second), zone); slot != "2026-03-28T02:30" {
		t.Errorf("before the gap ends: %s", slot)
	}
	if slot, at := s.Last(end, zone); slot != "2026-03-29T02:30" || !at.Equal(end) {
		t.Errorf("when the gap ends: %s due %v", slot, at)
	}
}

func TestASlotInAnOverlapIsDueAtItsFirstOccurrence(t *testing.T) {
	zone := zoneOf(t, "America/New_York")
	s := scheduleOf(t, "30 1 * * *")
	first := time.Date(2026, 11, 1, 5, 30, 0, 0, time.UTC) // 01:30 EDT; 02:00 becomes 01:00 at 06:00
	for _, now := range []time.Time{first, first.Add(45 * time.Minute), first.Add(time.Hour), first.Add(5 * time.Hour)} {
		if slot, at := s.Last(now, zone); slot != "2026-11-01T01:30" || !at.Equal(first) {
			t.Errorf("at %v: %s due %v", now, slot, at)
		}
	}
}

func TestADayThatAZoneLeftOutStillHasItsSlot(t *testing.T) {
	zone := zoneOf(t, "Pacific/Apia") // went from 29 to 31 December 2011
	at, err := Instant("2011-12-30T07:00", zone)
	if err != nil || at.Format(localSlot) != "2011-12-31T00:00" {
		t.Errorf("%v, %v", at, err)
	}
}

func TestLastLooksBackAsFarAsTheRarestSchedule(t *testing.T) {
	for _, c := range []struct{ spec, now, want string }{
		{"0 7,17 * * 1-5", "2026-11-23T06:59", "2026-11-20T17:00"},
		{"0 7,17 * * 1-5", "2026-11-23T07:00", "2026-11-23T07:00"},
		{"@yearly", "2026-11-23T07:00", "2026-01-01T00:00"},
		{"0 0 29 2 *", "2026-11-23T07:00", "2024-02-29T00:00"},
		{"0 0 29 2 *", "2103-12-31T00:00", "2096-02-29T00:00"},
		{"0 0 29 2 *", "2104-03-01T00:00", "2104-02-29T00:00"},
		{"0 12 13 * fri", "2026-11-24T00:00", "2026-11-20T12:00"},
		{"* * * * *", "2026-11-24T00:00", "2026-11-24T00:00"},
	} {
		t.Run(c.spec+" at "+c.now, func(t *testing.T) {
			zone := zoneOf(t, "Asia/Ho_Chi_Minh")
			now, err := time.ParseInLocation(localSlot, c.now, zone)
			if err != nil {
				t.Fatal(err)
			}
			if slot, _ := scheduleOf(t, c.spec).Last(now, zone); slot != c.want {
				t.Errorf("got %s, want %s", slot, c.want)
			}
		})
	}
}

func TestPeriodsCountFromTheEpochWhateverTheZone(t *testing.T) {
	s := scheduleOf(t, "@every 30m")
	zone := zoneOf(t, "Europe/Paris")
	start := time.Date(2026, 10, 24, 22, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	for now := start; now.Before(start.Add(25 * time.Hour)); now = now.Add(time.Minute) {
		slot, at := s.Last(now, zone)
		seen[slot] = true
		if back, err := Instant(slot, zone); err != nil || !back.Equal(at) {
			t.Fatalf("slot %s is due %v, by its name %v (%v)", slot, at, back, err)
		}
		if next := s.Next(now, zone); !next.Equal(at.Add(30*time.Minute)) || !next.After(now) {
			t.Fatalf("after %v comes %v", now, next)
		}
	}
	if len(seen) != 50 {
		t.Errorf("%d slots in the 25 hours of that day, want 50", len(seen))
	}
	before := time.Date(1969, 12, 31, 23, 59, 0, 0, time.UTC)
	if slot, _ := s.Last(before, zone); slot != "1969-12-31T23:30:00Z" {
		t.Errorf("before the epoch: %s", slot)
	}
}

func TestPollsAreNeverFurtherApartThanTheyAsk(t *testing.T) {
	for _, name := range zones {
		zone, s := zoneOf(t, name), scheduleOf(t, "*/10 * * * *")
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, zone)
		for end := now.AddDate(1, 0, 0); now.Before(end); {
			next := s.Next(now, zone)
			if gap := next.Sub(now); gap <= 0 || gap > 10*time.Minute {
				t.Fatalf("%s: after %v comes %v", name, now, next)
			}
			now = next
		}
	}
}

func TestADailyPollComesOnTheDayOfAGapToo(t *testing.T) {
	zone, s := zoneOf(t, "Europe/Paris"), scheduleOf(t, "30 2 * * *")
	now, polls := time.Date(2026, 1, 1, 0, 0, 0, 0, zone), map[string]int{}
	for end := now.AddDate(1, 0, 0); now.Before(end); {
		now = s.Next(now, zone)
		polls[now.Format("2006-01-02")]++
	}
	if len(polls) != 366 || polls["2026-03-29"] != 1 || polls["2026-10-25"] != 2 {
		t.Errorf("%d days; on 29 March %d, on 25 October %d", len(polls), polls["2026-03-29"], polls["2026-10-25"])
	}
}

func TestTheZeroScheduleIsNeverDue(t *testing.T) {
	var s Schedule
	slot, at := s.Last(time.Unix(0, 0), time.UTC)
	if !s.IsZero() || slot != "" || !at.IsZero() || !s.Next(time.Unix(0, 0), time.UTC).IsZero() {
		t.Error("the zero schedule is due")
	}
}

func BenchmarkLast(b *testing.B) {
	zone := zoneOf(b, "Europe/Paris")
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for _, spec := range []string{"*/10 * * * *", "0 7,17 * * 1-5", "0 0 29 2 *"} {
		s := scheduleOf(b, spec)
		b.Run(spec, func(b *testing.B) {
			for b.Loop() {
				s.Last(now, zone)
			}
		})
	}
}
