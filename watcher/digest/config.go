package digest

import (
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"

	"presswatch/watcher/article"
	"presswatch/watcher/schedule"
)

// DefaultMostAlerts is how many alerts a channel takes one by one in an hour where
// the configuration names no number.
const DefaultMostAlerts = 10

// Config is one digest of the configuration (key digests): what is told where, and
// when.
type Config struct {
	ID       string            `yaml:"id"`       // of [a-z0-9-]; names the digest in commands and in the store
	Channel  string            `yaml:"channel"`  // "#name", or Slack's id of the channel
	Schedule schedule.Schedule `yaml:"schedule"` // when the digest is sent
	Timezone schedule.Zone     `yaml:"timezone"` // of the schedule and of the times shown; default: the one of the whole configuration
	Rules    []string          `yaml:"rules"`    // ids; the digest names them in this order

	// Alerts: matches at level alert are told at once, the rest waits for the
	// digest. Without it, all wait.
	Alerts bool `yaml:"alerts"`
	// MostAlerts is how many alerts the channel takes one by one in an hour; what
	// is beyond goes into one message with a count. 0 means DefaultMostAlerts.
	MostAlerts int `yaml:"most_alerts"`

	// AtCount: how many waiting matches make the digest go out before its schedule;
	// 0: it always waits.
	AtCount int `yaml:"at_count"`
	// Quiet: what becomes of a slot that has nothing to tell: "silent", no message,
	// or "say", one line; default "silent".
	Quiet Quiet `yaml:"quiet"`
	// QuietHours: the hours in which nobody reads, on the clock of this digest's
	// timezone; what would be told then waits for their end, but for what wakes.
	QuietHours Hours `yaml:"quiet_hours"`
	// Wakes: the least level that is told in the quiet hours all the same; without
	// it, none is.
	Wakes article.Level `yaml:"wakes"`
}

// Quiet is what becomes of a digest that has nothing to tell.
type Quiet string

// The two choices.
const (
	Silent Quiet = "silent" // nothing is posted
	Say    Quiet = "say"    // one line says so
)

// UnmarshalText reads "silent" or "say".
func (q *Quiet) UnmarshalText(text []byte) error {
	switch choice := Quiet(text); choice {
	case Silent, Say:
		*q = choice
		return nil
	}
	return advised{fmt.Sprintf("unknown choice %q", text), "silent: a digest with nothing to tell is not posted; say: one line says so"}
}

// advised is a mistake in a value, and what to write instead.
type advised struct{ mistake, hint string }

func (a advised) Error() string { return a.mistake }

// Hint is the advice, for package strict.
func (a advised) Hint() string { return a.hint }

// HeldUntil is when something of a level may be told; zero when it may be told now.
func (c Config) HeldUntil(level article.Level, now time.Time, zone *time.Location) time.Time {
	if c.QuietHours.IsZero() || c.Wakes > article.None && level >= c.Wakes {
		return time.Time{}
	}
	return c.QuietHours.Until(now, zone)
}

// AlertsPerHour is how many alerts the channel takes one by one in an hour.
func (c Config) AlertsPerHour() int {
	if c.MostAlerts <= 0 {
		return DefaultMostAlerts
	}
	return c.MostAlerts
}

// longestChannel is the most characters of a channel's name.
const longestChannel = 80

var (
	goodID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	// A name as Slack allows it (any script, no capitals), or an id. How long a name
	// may be is not said here: counted out, it makes a program of five megabytes.
	goodChannel = regexp.MustCompile(`^(#[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]+|[CGD][A-Z0-9]{7,20})$`)
)

// Check reports what is missing or cannot be.
func (c Config) Check(report func(key, message, hint string)) {
	switch {
	case c.ID == "":
		report("", "a digest without an id", "give it one, such as id: morning-desk")
	case !goodID.MatchString(c.ID) || len(c.ID) > 64:
		report("id", fmt.Sprintf("bad id %q of a digest", c.ID), "small letters, digits and hyphens, at most 64")
	}
	switch {
	case c.Channel == "":
		report("", "a digest without a channel", `write it in quotes, such as channel: "#desk": a bare # begins a comment`)
	case !goodChannel.MatchString(c.Channel) || utf8.RuneCountInString(c.Channel) > len("#")+longestChannel:
		report("channel", fmt.Sprintf("bad channel %q", c.Channel), `a name such as "#desk", or an id of Slack such as C0123456789`)
	}
	if c.Schedule.IsZero() {
		report("", "a digest without a schedule", `such as schedule: "0 7,17 * * 1-5"`)
	}
	if len(c.Rules) == 0 {
		report("", "a digest without rules", "list the ids of the rules that it tells of")
	}
	if c.AtCount < 0 {
		report("at_count", fmt.Sprintf("bad number %d of matches", c.AtCount), "1 or more; without the key the digest waits for its schedule")
	}
	if c.Wakes > article.None && c.QuietHours.IsZero() {
		report("wakes", "nothing sleeps that could be woken", "give quiet_hours too, such as quiet_hours: 22:00-06:30")
	}
	if c.MostAlerts < 0 {
		report("most_alerts", fmt.Sprintf("bad number %d of alerts", c.MostAlerts), fmt.Sprintf("1 or more; without the key it is %d", DefaultMostAlerts))
	}
}
