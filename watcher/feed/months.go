package feed

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The places of a month in an address: see Months.
const (
	yearMark   = "{year}"
	monthMark  = "{month}"    // 7
	paddedMark = "{month:02}" // 07
)

// maxMonths bounds how far back an address with a month is followed in one poll.
const maxMonths = 3

// Monthly reports whether an address has places for a month, as the sitemaps of
// many publishers do: https://paper.example/sitemaps/news-{year}-{month}.xml.
// The error names what else stands in braces.
func Monthly(address string) (bool, error) {
	rest := strings.NewReplacer(yearMark, "", monthMark, "", paddedMark, "").Replace(address)
	if i := strings.IndexAny(rest, "{}"); i >= 0 {
		return false, fmt.Errorf("%q in an address: %s, %s (7) and %s (07) are known", brief([]byte(rest[i:])), yearMark, monthMark, paddedMark)
	}
	return rest != address, nil
}

// Months lists the addresses of the months from since to now, the newest first,
// at most three. Months change at midnight in the given zone.
func Months(address string, since, now time.Time, zone *time.Location) []string {
	if zone == nil {
		zone = time.UTC
	}
	var all []string
	at := now.In(zone)
	for month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, zone); len(all) < maxMonths; month = month.AddDate(0, -1, 0) {
		all = append(all, strings.NewReplacer(
			yearMark, strconv.Itoa(month.Year()), monthMark, strconv.Itoa(int(month.Month())), paddedMark, fmt.Sprintf("%02d", month.Month()),
		).Replace(address))
		if !since.Before(month) {
			break
		}
	}
	return slices.Compact(all)
}

// monthIn is the end of the month that an address names, as /news-2026-7.xml
// does; zero when it names none.
func monthIn(address string, zone *time.Location) time.Time {
	m := regexp.MustCompile(`\b((?:19|20)\d\d)[-_/.]?(1[0-2]|0?[1-9])(?:\D|$)`).FindStringSubmatch(address)
	if m == nil {
		return time.Time{}
	}
	year, _ := strconv.Atoi(m[1]) // digits, by the pattern
	month, _ := strconv.Atoi(m[2])
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, zone).Add(-time.Second)
}
