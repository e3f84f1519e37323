package schedule

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestGoodSchedulesAreKeptAsWritten(t *testing.T) {
	for _, text := range []string{
		"0 7,17 * * 1-5", "*/10 * * * *", "0 0 29 2 *", "0 0 1 jan-jun MON", "0 0 ? * *", "5/20 * * * *",
		"@daily", "@weekly", "@every 1m", "@every 90s", "@every 1h30m", "@every 7d", "@every  10m",
	} {
		t.Run(text, func(t *testing.T) {
			var s Schedule
			if err := s.UnmarshalText([]byte("  " + text + "\n")); err != nil {
				t.Fatal(err)
			}
			if back, _ := s.MarshalText(); s.String() != text || string(back) != text || s.IsZero() {
				t.Errorf("kept as %q", s)
			}
		})
	}
}

func TestBadSchedulesAreToldPlainly(t *testing.T) {
	for _, c := range []struct{ text, message, hint string }{
		{"", `bad schedule "": it is empty`, forms},
		{"TZ=0", `bad schedule "TZ=0": a schedule names no time zone`, "set the key timezone instead"},
		{"CRON_TZ=X", `bad schedule "CRON_TZ=X": a schedule names no time zone`, "set the key timezone instead"},
		{" TZ=UTC 0 7 * * *", `bad schedule " TZ=UTC 0 7 * * *": a schedule names no time zone`, "set the key timezone instead"},
		{"0 0 30 2 *", `bad schedule "0 0 30 2 *": it never fires`, "no month has that day"},
		{"0 0 31 4,6,9,11 *", `bad schedule "0 0 31 4,6,9,11 *": it never fires`, "no month has that day"},
		{"0 0 7 * * *", `bad schedule "0 0 7 * * *": six fields where five are wanted`, "there is no field for seconds: minute hour day month weekday"},
		{"0 7 * *", `bad schedule "0 7 * *": 4 fields where five are wanted`, forms},
		{"0 25 * * *", `bad schedule "0 25 * * *": "25" is no hour`, "hour: 0-23; lists (1,2), ranges (1-5) and steps (*/2) are known"},
		{"0 7 * * 7", `bad schedule "0 7 * * 7": "7" is no weekday`, "weekday: 0-6 or sun-sat; Sunday is 0; lists (1,2), ranges (1-5) and steps (*/2) are known"},
		{", 7 * * *", `bad schedule ", 7 * * *": "," is no minute`, ""},
		{"*-5 7 * * *", `bad schedule "*-5 7 * * *": "*-5" is no minute`, ""},
		{"*/0 7 * * *", `bad schedule "*/0 7 * * *": "*/0" is no minute`, ""},
		{"@every -1h", `bad schedule "@every -1h": the period must be more than zero`, ""},
		{"@every 0s", `bad schedule "@every 0s": the period must be more than zero`, ""},
		{"@every 30s", `bad schedule "@every 30s": oftener than once a minute`, `the shortest period is "@every 1m"`},
		{"@every 1m0.5s", `bad schedule "@every 1m0.5s": the period has fractions of a second`, "write whole seconds"},
		{"@every 9999d", `bad schedule "@every 9999d": the period is longer than a year`, ""},
		{"@every 99999999999999999999d", `bad schedule "@every 99999999999999999999d": no period follows @every`, ""},
		{"@every", `bad schedule "@every": no period follows @every`, ""},
		{"@every day", `bad schedule "@every day": no period follows @every`, ""},
		{"@reboot", `bad schedule "@reboot": no such word`, "known are @yearly @annually @monthly @weekly @daily @midnight @hourly and @every"},
		{strings.Repeat("x", 200), `bad schedule "` + strings.Repeat("x", 60) + `…": 1 fields where five are wanted`, forms},
	} {
		t.Run(c.text, func(t *testing.T) {
			_, err := Parse(c.text)
			var mine *Error
			if !errors.As(err, &mine) {
				t.Fatalf("error is %v", err)
			}
			if mine.Error() != c.message {
				t.Errorf("message %q", mine.Error())
			}
			if c.hint != "" && mine.Hint() != c.hint {
				t.Errorf("hint %q", mine.Hint())
			}
			if new(Schedule).UnmarshalText([]byte(c.text)) == nil {
				t.Error("UnmarshalText takes it")
			}
		})
	}
}

func TestABadSlotNameIsAnError(t *testing.T) {
	if _, err := Instant("yesterday", time.UTC); err == nil {
		t.Error("no error")
	}
}

// Whatever text comes: no panic, and what is taken fires, never oftener than once
// a minute, and has a last slot that is not in the future.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"0 7,17 * * 1-5", "@every 10m", "@daily", "TZ=0", "CRON_TZ=X", "0 0 30 2 *", "@every -1h",
		"*/99999999999999999999 * * * *", "1-2-3 * * * *", "*/1/1 * * * *", "0 0 29 2 *", "59 23 31 12 6", "\x00", "? ? ? ? ?",
	} {
		f.Add(seed)
	}
	zone := zoneOf(f, "Europe/Paris")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "bad schedule ") {
				t.Fatalf("message %q", err)
			}
			return
		}
		now := time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)
		slot, at := s.Last(now, zone)
		if slot == "" || at.After(now) {
			t.Fatalf("last slot %q at %v", slot, at)
		}
		first := s.Next(now, zone)
		if second := s.Next(first, zone); !first.After(now) || second.Sub(first) < time.Minute {
			t.Fatalf("due at %v, then at %v", first, second)
		}
	})
}
