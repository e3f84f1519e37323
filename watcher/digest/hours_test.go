package digest

import (
	"testing"
	"time"

	"presswatch/watcher/article"
)

func TestQuietHoursHoldWhatDoesNotWakeUntilTheyEnd(t *testing.T) {
	hours := func(text string) (h Hours) {
		if err := h.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		return h
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, hours, now, until string }{
		{"before they begin", "22:00-06:30", "2026-05-04T21:59:59+02:00", ""},
		{"as they begin", "22:00-06:30", "2026-05-04T22:00:00+02:00", "2026-05-05T06:30:00+02:00"},
		{"after midnight", "22:00-06:30", "2026-05-05T06:29:59+02:00", "2026-05-05T06:30:00+02:00"},
		{"as they end", "22:00-06:30", "2026-05-05T06:30:00+02:00", ""},
		{"within a day", "12:00-14:00", "2026-05-05T13:00:00+02:00", "2026-05-05T14:00:00+02:00"},
		{"after those", "12:00-14:00", "2026-05-05T15:00:00+02:00", ""},
		{"in another zone's words", "22:00-06:30", "2026-05-04T20:30:00Z", "2026-05-05T04:30:00Z"},
		{"over the skipped hour", "22:00-06:30", "2026-03-29T00:30:00+01:00", "2026-03-29T06:30:00+02:00"},
		{"ending in the skipped hour", "22:00-02:30", "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"},
		{"over the repeated hour", "22:00-06:30", "2026-10-25T02:30:00+02:00", "2026-10-25T06:30:00+01:00"},
		{"ending in the repeated hour", "22:00-02:30", "2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00"},
		{"ended, and the clock turned back", "22:00-02:30", "2026-10-25T02:10:00+01:00", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			got := hours(c.hours).Until(now, paris)
			want, _ := time.Parse(time.RFC3339, c.until)
			if !got.Equal(want) {
				t.Errorf("until %v, want %v", got, want)
			}
			d := Config{QuietHours: hours(c.hours), Wakes: article.Alert}
			if !d.HeldUntil(article.Alert, now, paris).IsZero() || !d.HeldUntil(article.Digest, now, paris).Equal(want) {
				t.Error("it holds what wakes, or not what does not")
			}
		})
	}
	if until := (Config{}).HeldUntil(article.Digest, time.Now(), paris); !until.IsZero() {
		t.Errorf("held without quiet hours until %v", until)
	}
}
