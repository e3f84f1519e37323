// Package dates reads the dates that publishers write: in feeds, in the meta
// elements of pages, and in the line below a headline.
//
// Feeds promise RFC 822 or RFC 3339 and keep neither: zones with and without a
// colon, zones by name, none at all; times before dates; months by their names
// in several languages; counts of seconds. A date that is read wrongly is worse
// than one that is refused (an article dated ten years back is taken for old and
// told to nobody), so a text is understood wholly or not at all: one unknown
// word, one number too many, and it is an error.
//
// # What is read
//
// The text is split into numbers, words and marks. A clock (10:05, 10:05:00.5,
// 10h05, with am or pm) is taken out first, with the zone that follows it; what
// is left must be a date. In order of trust:
//
//   - a month by name, with a day and a year around it (21 nov. 2025; Nov 21,
//     2025; 2004-július-13). Without a day it is the first of the month.
//   - year, month, day, in this order, if the first number has four digits.
//   - two-digit years: with hyphens the year stands first, as ISO 8601 once had
//     it (03-12-31), else last (31/12/03). 70–99 are 1970–1999.
//   - day, month, year; but month, day, year beside the marks am or pm, which
//     are written where that order is. An order that is impossible (month 20)
//     gives way to the other.
//   - year and month (2025-11, 11/2025), and a bare year.
//   - 20251121, 20251121100500 with or without T between, 251121.
//   - seconds (10 digits) or milliseconds (13 digits) since 1970.
//
// Days of the week are read over: they are wrong as often as they are useful.
// Names of months, days and zones are data: names.txt.
//
// # Alternatives considered
//
// A list of layouts for time.Parse needs hundreds of entries for the product of
// orders, names and zones, and takes an unknown zone name (ICT) for UTC without
// a word. General date parsers guess month before day and answer with a wrong
// date where they should refuse.
package dates

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Dates outside these years are refused: they are defaults and mistakes of
// publishing systems, not days on which an article appeared.
const (
	firstYear  = 1970
	lastYearOK = 2100
)

// Parse reads a publisher's date. Zone applies where the text names none; nil is
// UTC. The result is in UTC, its year within 1970 to 2100. A date without a time
// is the beginning of that day; a month or year alone, its first day.
//
// Errors quote the date and say what was not understood.
func Parse(s string, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	t, err := parse(s, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("date %q: %w", clip(s), err)
	}
	return t.UTC(), nil
}

func parse(s string, zone *time.Location) (time.Time, error) {
	if strings.TrimSpace(s) == "" {
		return time.Time{}, errors.New("nothing in it")
	}
	tokens, err := tokenise(s)
	if err != nil {
		return time.Time{}, err
	}
	if t, ok := epoch(tokens); ok {
		return within(t)
	}
	tokens, clock, err := takeClock(tokens)
	if err != nil {
		return time.Time{}, err
	}
	tokens, offset, err := takeZone(tokens, clock)
	if err != nil {
		return time.Time{}, err
	}
	if offset != nil {
		zone = offset
	}
	day, err := readDay(tokens, orderFor(clock))
	if err != nil {
		return time.Time{}, err
	}
	return within(time.Date(day.year, time.Month(day.month), day.day, clock.hour, clock.minute, clock.second, clock.nano, zone))
}

// epoch reads a count of seconds or milliseconds since 1970.
func epoch(tokens []token) (time.Time, bool) {
	if len(tokens) == 3 && tokens[1].text == "." && tokens[0].digits == 10 && tokens[2].number() {
		tokens = tokens[:1] // a fraction of a second
	}
	if len(tokens) != 1 {
		return time.Time{}, false
	}
	switch n := int64(tokens[0].value); tokens[0].digits {
	case 10:
		return time.Unix(n, 0), true
	case 13:
		return time.UnixMilli(n), true
	}
	return time.Time{}, false
}

func within(t time.Time) (time.Time, error) {
	if y := t.UTC().Year(); y < firstYear || y > lastYearOK {
		return time.Time{}, fmt.Errorf("year %d is not within %d to %d", y, firstYear, lastYearOK)
	}
	return t, nil
}

// clip keeps an error readable whatever the feed wrote.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
