package dates

import (
	_ "embed" // names.txt is data
	"strconv"
	"strings"
	"sync"
)

//go:embed names.txt
var namesText string

// meaning is what a word of names.txt can stand for in a date.
type meaning string

const (
	aMonth      meaning = "month"
	aWeekday    meaning = "weekday"
	nextMonth   meaning = "next-month"
	nextYear    meaning = "next-year"
	nextWeekday meaning = "next-weekday"
	lastYear    meaning = "last-year"
	lastMonth   meaning = "last-month"
	lastDay     meaning = "last-day"
	aZone       meaning = "zone"
	am          meaning = "am"
	pm          meaning = "pm"
	morning     meaning = "morning"
	afternoon   meaning = "afternoon"
	hourMark    meaning = "hour"
	minuteMark  meaning = "minute"
	aWord       meaning = "word"
)

// A name is all that a word can mean. Values: a month's number, a zone's offset
// in seconds.
type name map[meaning]int

// names holds every word and phrase of names.txt; the words of a phrase are
// joined by "_".
var names = sync.OnceValue(func() map[string]name {
	all := map[string]name{}
	for line := range strings.Lines(namesText) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		what, words := meaning(words[0]), words[1:]
		value := 0
		if what == aMonth || what == aZone {
			value, words = valueOf(what, words[0]), words[1:]
		}
		for _, w := range words {
			if all[w] == nil {
				all[w] = name{}
			}
			all[w][what] = value
		}
	}
	return all
})

// valueOf reads a month's number, or an offset such as -0330 in seconds. The
// test of names.txt proves that every value in it is well formed.
func valueOf(what meaning, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || what == aMonth {
		return n
	}
	return n/100*3600 + n%100*60
}
