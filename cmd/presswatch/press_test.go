package main

import (
	"errors"
	"testing"
	"time"

	"presswatch/rules"
)

func TestSinceIsAnAgeOrADate(t *testing.T) {
	zone := time.FixedZone("desk", 7*3600)
	now := time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"":                     {},
		"90d":                  time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC),
		"48h":                  time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC),
		"0s":                   now,
		"2026-03-01":           time.Date(2026, 2, 28, 17, 0, 0, 0, time.UTC), // the desk's midnight
		"2026-03":              time.Date(2026, 2, 28, 17, 0, 0, 0, time.UTC),
		"2026-03-01T09:30":     time.Date(2026, 3, 1, 2, 30, 0, 0, time.UTC),
		"2026-03-01T09:30:00Z": time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC),
	} {
		if got, err := parseSince(text, now, zone); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"yesterday", "-2d", "90", "2026-13-01", "d"} {
		_, err := parseSince(text, now, zone)
		if e := (exit{}); !errors.As(err, &e) || e.code != exitUsage {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAMistakeStandsInItsLineOfTheQuery(t *testing.T) {
	query := "é\nAND @x"
	placed := mistakesOf(query, []rules.Mistake{{Place: rules.Place{Start: 7, End: 9}, Message: "unknown"}, {Place: rules.Place{Start: 2}}, {Place: rules.Place{Start: 99}}})
	for i, want := range []string{"query:2:5: unknown", "query:1:2: ", "query:2:7: "} {
		if got := placed[i].Error(); got != want {
			t.Errorf("%s, and not %s", got, want)
		}
	}
	if placed[0].Source != "AND @x" {
		t.Error(placed[0].Source)
	}
}
