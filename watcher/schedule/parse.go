package schedule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Error says what is wrong with a schedule or zone, in the words of who wrote it.
type Error struct {
	Message string
	hint    string
}

// Error is the message, without the hint.
func (e *Error) Error() string { return e.Message }

// Hint says what to write instead; "" where the message says it all.
func (e *Error) Hint() string { return e.hint }

// The forms a schedule may take, for hints.
const forms = `five fields (minute hour day month weekday) such as "0 7,17 * * 1-5", a word such as @daily, or a period such as "@every 10m"`

// maxEvery keeps a period within what a calendar schedule says better.
const maxEvery = 366 * 24 * time.Hour

// words are the names that stand for five fields.
var words = []string{"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}

// field is one of the five, with what a mistake in it is told.
type field struct{ name, values string }

var fields = [5]field{
	{"minute", "0-59"},
	{"hour", "0-23"},
	{"day of the month", "1-31"},
	{"month", "1-12 or jan-dec"},
	{"weekday", "0-6 or sun-sat; Sunday is 0"},
}

// item is one element of a field's list. What does not look so is not shown to
// the cron parser.
var item = regexp.MustCompile(`^([*?]|[0-9A-Za-z]+(-[0-9A-Za-z]+)?)(/[0-9]+)?$`)

// Parse reads a schedule: five cron fields, one of @yearly @annually @monthly
// @weekly @daily @midnight @hourly, or @every with a period of at least a minute
// in whole seconds ("90s", "10m", "1h30m", "7d"). What never fires, fires oftener
// than once a minute, or names a time zone is refused. The error is an *Error.
func Parse(s string) (Schedule, error) {
	text := strings.TrimSpace(s)
	switch {
	case text == "":
		return Schedule{}, mistake(s, "it is empty", forms)
	case strings.HasPrefix(text, "TZ=") || strings.HasPrefix(text, "CRON_TZ="):
		return Schedule{}, mistake(s, "a schedule names no time zone", "set the key timezone instead")
	case text == "@every" || strings.HasPrefix(text, "@every "):
		return parseEvery(s, strings.TrimSpace(strings.TrimPrefix(text, "@every")))
	case strings.HasPrefix(text, "@"):
		return parseWord(text)
	}
	return parseFields(text)
}

func parseEvery(s, period string) (Schedule, error) {
	every, err := parsePeriod(period)
	switch {
	case err != nil:
		return Schedule{}, mistake(s, "no period follows @every", `write a number and a unit, such as "@every 90s", "@every 10m" or "@every 1h30m"`)
	case every <= 0:
		return Schedule{}, mistake(s, "the period must be more than zero", "")
	case every < time.Minute:
		return Schedule{}, mistake(s, "oftener than once a minute", `the shortest period is "@every 1m"`)
	case every%time.Second != 0:
		return Schedule{}, mistake(s, "the period has fractions of a second", "write whole seconds")
	case every > maxEvery:
		return Schedule{}, mistake(s, "the period is longer than a year", "write it as five fields: minute hour day month weekday")
	}
	return Schedule{text: strings.TrimSpace(s), every: every}, nil
}

// parsePeriod reads a duration of Go, or whole days ("7d").
func parsePeriod(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		// One day more than the longest period is as wrong as any number beyond.
		return time.Duration(min(n, int(maxEvery/(24*time.Hour))+1)) * 24 * time.Hour, err
	}
	return time.ParseDuration(s)
}

func parseWord(text string) (Schedule, error) {
	for _, word := range words {
		if text == word {
			return parseCron(text)
		}
	}
	return Schedule{}, mistake(text, "no such word", "known are "+strings.Join(words, " ")+" and @every")
}

func parseFields(text string) (Schedule, error) {
	parts := strings.Fields(text)
	switch len(parts) {
	case len(fields):
	case len(fields) + 1:
		return Schedule{}, mistake(text, "six fields where five are wanted", "there is no field for seconds: minute hour day month weekday")
	default:
		return Schedule{}, mistake(text, fmt.Sprintf("%d fields where five are wanted", len(parts)), forms)
	}
	for i, part := range parts {
		if !validField(i, part) {
			return Schedule{}, mistake(text, fmt.Sprintf("%s is no %s", quote(part), fields[i].name),
				fmt.Sprintf("%s: %s; lists (1,2), ranges (1-5) and steps (*/2) are known", fields[i].name, fields[i].values))
		}
	}
	s, err := parseCron(strings.Join(parts, " "))
	if err != nil {
		return Schedule{}, err
	}
	if s.nextWall(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(-time.Second)).IsZero() {
		return Schedule{}, mistake(text, "it never fires", "no month has that day")
	}
	s.text = text
	return s, nil
}

// validField reports whether cron takes a field, all others being "*".
func validField(i int, part string) bool {
	for one := range strings.SplitSeq(part, ",") {
		if !item.MatchString(one) {
			return false
		}
	}
	spec := []string{"*", "*", "*", "*", "*"}
	spec[i] = part
	_, err := parseCron(strings.Join(spec, " "))
	return err == nil
}

// parseCron is the only place where the cron parser is called. It is known to
// panic on some texts; the checks before leave none that is known, and one that
// is not known must not end the daemon.
func parseCron(spec string) (s Schedule, err error) {
	defer func() {
		if recover() != nil {
			s, err = Schedule{}, mistake(spec, "it cannot be read", forms)
		}
	}()
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	walk, err := parser.Parse(spec)
	if err != nil {
		return Schedule{}, mistake(spec, "it cannot be read", forms)
	}
	return Schedule{text: spec, cron: walk}, nil
}

func mistake(text, what, hint string) *Error {
	return &Error{Message: "bad schedule " + quote(text) + ": " + what, hint: hint}
}

// quote shows a text of the user's, cut where it would drown the message.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.Quote(s)
}
