package rules

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"presswatch/watcher/text"
)

// attributes judges the values of fields that are no zones: what is wrong with
// a value, and a hint; "" when nothing is.
var attributes = map[string]func(value string) (message, hint string){
	"source": someText, "lang": someText, "url": someText, "section": someWords, "author": someWords,
	"published": func(value string) (string, string) {
		_, message := parsePublished(value)
		return message, "published:2025, 2025-06, 2025-06-30, >=2025-06, <2026, 2025-01..2025-06"
	},
}

func someText(value string) (message, hint string) {
	if strings.TrimSpace(value) == "" {
		return "the value is empty", ""
	}
	return "", ""
}

func someWords(value string) (message, hint string) {
	if text.Fold(value) == "" {
		return "there is no word in " + quoted(value), "a word has letters or digits"
	}
	return "", ""
}

// days is a range of calendar days, written yyyymmdd, both ends included.
type days struct{ from, to int }

const endOfDays = 9999_12_31

var dayForm = regexp.MustCompile(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$`)

// parsePublished reads a day, month or year, a comparison with one, or a range.
func parsePublished(value string) (days, string) {
	d := days{0, endOfDays}
	from, to, isRange := strings.Cut(value, "..")
	operator := value[:len(value)-len(strings.TrimLeft(value, "<>="))]
	switch {
	case isRange && from+to != "":
		return parseRange(from, to)
	case operator == "":
		return parseDay(value)
	}
	day, message := parseDay(value[len(operator):])
	if message != "" {
		return d, message
	}
	switch operator {
	case ">=":
		d.from = day.from
	case ">":
		d.from = day.to + 1
	case "<=":
		d.to = day.to
	case "<":
		d.to = day.from - 1
	default:
		return d, fmt.Sprintf("unknown comparison %s", quoted(operator))
	}
	return d, ""
}

func parseRange(from, to string) (days, string) {
	d := days{0, endOfDays}
	if from != "" {
		day, message := parseDay(from)
		if message != "" {
			return d, message
		}
		d.from = day.from
	}
	if to != "" {
		day, message := parseDay(to)
		if message != "" {
			return d, message
		}
		d.to = day.to
	}
	if d.from > d.to {
		return d, "the range " + quoted(from+".."+to) + " ends before it begins"
	}
	return d, ""
}

func parseDay(s string) (days, string) {
	m := dayForm.FindStringSubmatch(s)
	if m == nil {
		return days{}, "cannot read the date " + quoted(s)
	}
	n := func(s string, otherwise int) int {
		if s == "" {
			return otherwise
		}
		v, _ := strconv.Atoi(s) // digits by the pattern
		return v
	}
	d := days{n(m[1], 0)*10000 + n(m[2], 1)*100 + n(m[3], 1), n(m[1], 0)*10000 + n(m[2], 12)*100 + n(m[3], 31)}
	if _, err := time.Parse("20060102", fmt.Sprintf("%08d", d.from)); err != nil {
		return days{}, "there is no such date as " + quoted(s)
	}
	return d, ""
}

// has reports whether the range holds the day of a time, by the clock that the
// time carries.
func (d days) has(t time.Time) bool {
	day := t.Year()*10000 + int(t.Month())*100 + t.Day()
	return !t.IsZero() && d.from <= day && day <= d.to
}
