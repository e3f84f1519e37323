package digest

import (
	"slices"
	"strings"
	"testing"

	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

func TestAGoodDigestIsRead(t *testing.T) {
	c := Config{}
	data := "id: desk\nchannel: \"#desk-đối-ngoại\"\nschedule: 0 7,17 * * 1-5\ntimezone: Europe/Paris\nrules: [a, b]\nalerts: true\nmost_alerts: 3\n" +
		"at_count: 20\nquiet: say\nquiet_hours: 22:00-06:30\nwakes: alert\n"
	if mistakes := strict.Decode(strict.File{Name: "x.yaml", Data: []byte(data)}, &c); len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	if c.ID != "desk" || !c.Alerts || c.AlertsPerHour() != 3 || c.Timezone.Location().String() != "Europe/Paris" || c.Schedule.String() != "0 7,17 * * 1-5" {
		t.Errorf("%+v", c)
	}
	if c.AtCount != 20 || c.Quiet != Say || c.QuietHours.String() != "22:00-06:30" || c.Wakes != article.Alert {
		t.Errorf("%+v", c)
	}
	if n := (Config{}).AlertsPerHour(); n != DefaultMostAlerts {
		t.Errorf("%d alerts by default", n)
	}
}

func TestMistakesInADigestAreToldAtTheirPlace(t *testing.T) {
	const rest = "\nschedule: \"@daily\"\nrules: [a]\n"
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"nothing given", "alerts: true\n", []string{
			"x.yaml:1:1: a digest without an id", "x.yaml:1:1: a digest without a channel", "x.yaml:1:1: a digest without a schedule", "x.yaml:1:1: a digest without rules",
		}},
		{"a bad id", "id: The Desk\nchannel: C0123456789" + rest, []string{`x.yaml:1:5: bad id "The Desk" of a digest`}},
		{"a bad channel", "id: desk\nchannel: desk" + rest, []string{`x.yaml:2:10: bad channel "desk"`}},
		{"a channel of too many letters", "id: desk\nchannel: \"#" + strings.Repeat("é", 81) + "\"" + rest, []string{`x.yaml:2:10: bad channel "#` + strings.Repeat("é", 81) + `"`}},
		{"a negative limit", "id: desk\nchannel: C0123456789\nmost_alerts: -1" + rest, []string{"x.yaml:3:14: bad number -1 of alerts"}},
		{"a negative count", "id: desk\nchannel: C0123456789\nat_count: -1" + rest, []string{"x.yaml:3:11: bad number -1 of matches"}},
		{"an unknown way to be quiet", "quiet: hush\n", []string{`x.yaml:1:8: unknown choice "hush"`}},
		{"hours that are none", "quiet_hours: 22-6\n", []string{`x.yaml:1:14: bad hours "22-6"`}},
		{"hours without length", "quiet_hours: 22:00-22:00\n", []string{`x.yaml:1:14: bad hours "22:00-22:00"`}},
		{"an alarm for nobody asleep", "id: desk\nchannel: C0123456789\nwakes: alert" + rest, []string{"x.yaml:3:8: nothing sleeps that could be woken"}},
		{"a bad schedule", "schedule: 0 0 30 2 *\n", []string{`x.yaml:1:11: bad schedule "0 0 30 2 *": it never fires`}},
		{"a bad zone", "timezone: Local\n", []string{`x.yaml:1:11: unknown time zone "Local"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range strict.Decode(strict.File{Name: "x.yaml", Data: []byte(c.data)}, &Config{}) {
				got = append(got, m.Error())
				if m.Hint == "" {
					t.Errorf("no hint for %q", m.Message)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
