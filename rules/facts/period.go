package facts

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"presswatch/watcher/strict"
)

// meaning says what a form of a period stands for: the years captured, or years
// counted from the year of publication.
type meaning struct {
	relative bool
	from, to int
	toN      bool // the last is the number captured as n
	ago      bool // the year that many years ago, by the number captured as n
}

var relativeSyntax = regexp.MustCompile(`^([+-]?\d)(?:\.\.([+-]?\d|\+n))?$`)

// meaningOf reads the key is of a form.
func meaningOf(s strict.Scalar) (meaning, strict.Mistakes) {
	if !s.IsSet() {
		return meaning{}, nil
	}
	if s.Value == "-n" {
		return meaning{relative: true, ago: true}, nil
	}
	m := relativeSyntax.FindStringSubmatch(s.Value)
	if m == nil {
		return meaning{}, strict.Mistakes{s.Mistake(0, fmt.Sprintf("%q is no count of years", s.Value), "+1 is the year after the publication's, +1..+n the next n years, -n the year n years ago")}
	}
	out := meaning{relative: true, toN: m[2] == "+n"}
	out.from, _ = strconv.Atoi(m[1]) // the syntax says so
	out.to = out.from
	if m[2] != "" && !out.toN {
		out.to, _ = strconv.Atoi(m[2])
	}
	return out, nil
}

// period is what a form means in an article published then: "2026", "2025-2029",
// or "" where it means nothing without a date.
func (m meaning) period(c captured, published time.Time) string {
	from, to := cmp.Or(c["from"], c["year"]), cmp.Or(c["to"], c["from"], c["year"])
	if m.relative {
		if published.IsZero() {
			return ""
		}
		from, to = published.Year()+m.from, published.Year()+m.to
		if m.ago {
			from, to = published.Year()-c["n"], published.Year()-c["n"]
		}
		if m.toN {
			to = published.Year() + c["n"]
		}
	}
	switch {
	case from == 0 || to < from:
		return ""
	case from == to:
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d-%d", from, to)
}

// dayOf is the day that a form means in an article published then: 2025-12-02, or
// 2025-12 or 2025 where no more is said. Without a year it is the nearest such day.
func dayOf(c captured, published time.Time) string {
	year, month, day := c["year"], c["month"], c["day"]
	if year == 0 {
		if published.IsZero() || month == 0 {
			return ""
		}
		year = nearestYear(month, max(day, 1), published)
	}
	switch {
	case month == 0 && !published.IsZero() && year > published.Year():
		return "" // until then, or for then: nothing was done in a year to come
	case month == 0:
		return strconv.Itoa(year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Month() != time.Month(month) {
		return ""
	}
	return t.Format(time.DateOnly)
}

func nearestYear(month, day int, published time.Time) int {
	best, least := published.Year(), time.Duration(1<<62)
	for _, year := range []int{published.Year(), published.Year() - 1, published.Year() + 1} {
		if away := time.Date(year, time.Month(month), day, 12, 0, 0, 0, published.Location()).Sub(published).Abs(); away < least {
			best, least = year, away
		}
	}
	return best
}

// yetToCome reports whether a day lies after the one on which an article was
// published.
func yetToCome(date string, published time.Time) bool {
	return len(date) == len(time.DateOnly) && !published.IsZero() && date > published.Format(time.DateOnly)
}

// longBefore reports whether a day, month or year had ended so long before an
// article was published that what was done then is not its news.
func longBefore(date string, published time.Time, stale time.Duration) bool {
	if date == "" || published.IsZero() || stale <= 0 {
		return false
	}
	for layout, end := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		if t, err := time.Parse(layout, date); err == nil {
			return t.AddDate(end[0], end[1], end[2]).Add(stale).Before(published)
		}
	}
	return false
}
