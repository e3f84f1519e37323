package dates

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// An order says whether the day or the month stands first where only numbers
// are given and the year stands last.
type order int

const (
	dayFirst order = iota
	monthFirst
)

// orderFor: am and pm are written where the month stands first.
func orderFor(c clock) order {
	if c.half == am || c.half == pm {
		return monthFirst
	}
	return dayFirst
}

// A day is a date under construction: 0 is not known yet.
type day struct {
	year, month, day int
	yearDigits       int
	maybe            int     // a month whose name is a weekday's too
	numbers          []token // those whose meaning their order must tell
	dash             bool    // the numbers are joined by hyphens
}

// readDay reads what is left of a date without its clock and zone.
func readDay(tokens []token, order order) (day, error) {
	tokens = spellCentury(tokens)
	var d day
	for i := 0; i < len(tokens); {
		next, err := d.take(tokens, i)
		if err != nil {
			return d, err
		}
		i = next
	}
	if d.month == 0 && len(d.numbers) < 3 {
		d.month = d.maybe
	}
	if err := d.resolve(order); err != nil {
		return d, err
	}
	return d, d.check()
}

// spellCentury writes -03-12 and -0312, in which the hyphen of ISO 8601 (1988)
// stands for a century left out, as 2003-12.
func spellCentury(tokens []token) []token {
	if len(tokens) < 2 || tokens[0].text != "-" || tokens[1].spaced {
		return tokens
	}
	century := func(yy token) token { return number(strconv.Itoa(fullYear(yy.value))) }
	switch n := tokens[1]; {
	case n.digits == 4 && len(tokens) == 2:
		return []token{century(number(n.text[:2])), number(n.text[2:])}
	case n.digits == 2 && len(tokens) == 4 && tokens[2].text == "-" && tokens[3].digits == 2:
		return []token{century(n), tokens[3]}
	}
	return tokens
}

// fullYear: two digits are a year from 1970 to 2069.
func fullYear(yy int) int {
	if yy >= 70 {
		return 1900 + yy
	}
	return 2000 + yy
}

// take takes one token, or two that belong together, and returns the next index.
func (d *day) take(tokens []token, i int) (int, error) {
	t := tokens[i]
	switch {
	case t.number():
		return d.takeNumber(tokens, i), nil
	case isWord(t):
		return d.takeWord(tokens, i)
	case t.text == ":" && i > 0 && isWord(tokens[i-1]): // "Published: 21/11/2025"
		return i + 1, nil
	case strings.Contains(",/-.;|()[]'’·•", t.text):
		return i + 1, nil
	}
	return i, fmt.Errorf("%q does not belong in a date", t.text)
}

func (d *day) takeNumber(tokens []token, i int) int {
	t := tokens[i]
	if i+1 < len(tokens) {
		switch after := tokens[i+1]; {
		case after.is(lastYear):
			d.year, d.yearDigits = t.value, t.digits
			return i + 2
		case after.is(lastMonth):
			d.month = given(t.value)
			return i + 2
		case after.is(lastDay):
			d.day = given(t.value)
			return i + 2
		}
	}
	if i > 0 && tokens[i-1].text == "-" && len(d.numbers) > 0 {
		d.dash = true
	}
	d.numbers = append(d.numbers, t)
	return i + 1
}

func (d *day) takeWord(tokens []token, i int) (int, error) {
	t := tokens[i]
	var next token
	if i+1 < len(tokens) {
		next = tokens[i+1]
	}
	switch {
	case t.name == nil:
		return i, fmt.Errorf("unknown word %q", t.text)
	case t.is(aMonth) && t.is(aWeekday):
		d.maybe = t.name[aMonth]
	case t.is(aMonth) && d.month != 0:
		return i, errors.New("two months")
	case t.is(aMonth):
		d.month = t.name[aMonth]
	case t.is(nextMonth) && next.number():
		d.month = given(next.value)
		return i + 2, nil
	case t.is(nextYear) && next.number():
		d.year, d.yearDigits = next.value, next.digits
		return i + 2, nil
	case t.is(nextWeekday) && next.digits == 1 && (i == 0 || !tokens[i-1].number()):
		return i + 2, nil
	case t.is(aZone) && len(t.name) == 1:
		return i, fmt.Errorf("time zone %q twice, or out of place", t.text)
	}
	return i + 1, nil
}

// resolve gives the numbers their meaning.
func (d *day) resolve(order order) error {
	n := d.numbers
	switch known := d.month != 0; {
	case len(n) == 1 && !known && d.year == 0 && d.day == 0:
		return d.compact(n[0])
	case len(n) == 3 && !known && d.year == 0 && d.day == 0:
		return d.three(order)
	case len(n) == 2 && known && d.year == 0 && d.day == 0:
		if n[0].digits > 2 {
			n[0], n[1] = n[1], n[0]
		}
		d.day, d.year, d.yearDigits = given(n[0].value), n[1].value, n[1].digits
	case len(n) == 2 && !known && d.year == 0 && d.day == 0:
		if n[0].digits > 2 {
			n[0], n[1] = n[1], n[0]
		}
		d.month, d.year, d.yearDigits = given(n[0].value), n[1].value, n[1].digits
		return d.whole()
	case len(n) == 2 && !known && d.year != 0 && d.day == 0:
		d.day, d.month = given(n[0].value), given(n[1].value)
	case len(n) == 1 && known && d.year == 0:
		d.year, d.yearDigits = n[0].value, n[0].digits
		if d.day == 0 {
			return d.whole()
		}
	case len(n) == 1 && known && d.day == 0:
		d.day = given(n[0].value)
	case len(n) == 0 && d.year != 0:
		return nil
	default:
		return errors.New("a day, a month and a year are not to be told from it")
	}
	return nil
}

// whole: a month or year alone is only to be told from a year written in full.
func (d *day) whole() error {
	if d.yearDigits != 4 {
		return errors.New("no year")
	}
	return nil
}

// compact reads a number that is a whole date: 2025, 20251121, 251121.
func (d *day) compact(t token) error {
	switch t.digits {
	case 4:
		d.year, d.yearDigits = t.value, 4
	case 6: // a year and month would look the same, if the century is written
		if c := t.value / 10000; c == 19 || c == 20 {
			return errors.New("six digits that can be read in two ways")
		}
		d.year, d.yearDigits = t.value/10000, 2
		d.month, d.day = given(t.value/100%100), given(t.value%100)
	case 8:
		d.year, d.yearDigits = t.value/10000, 4
		d.month, d.day = given(t.value/100%100), given(t.value%100)
	default:
		return fmt.Errorf("%d digits are no date", t.digits)
	}
	return nil
}

// three reads three numbers.
func (d *day) three(order order) error {
	a, b, c := d.numbers[0], d.numbers[1], d.numbers[2]
	if a.digits == 4 || d.dash && a.digits == 2 && c.digits == 2 {
		d.year, d.yearDigits, d.month, d.day = a.value, a.digits, given(b.value), given(c.value)
		return nil
	}
	d.year, d.yearDigits = c.value, c.digits
	d.day, d.month = given(a.value), given(b.value)
	swap := order == monthFirst && a.value <= 12 || order == dayFirst && b.value > 12
	if swap {
		d.day, d.month = given(b.value), given(a.value)
	}
	return nil
}

// given marks a day or month that is written as 0 apart from one not written.
func given(n int) int {
	if n == 0 {
		return -1
	}
	return n
}

// check completes the year and the missing parts, and proves that the day exists.
func (d *day) check() error {
	switch d.yearDigits {
	case 2:
		d.year = fullYear(d.year)
	case 4:
	default:
		return errors.New("a year has four digits, or two")
	}
	if d.month == 0 {
		d.month = 1
	}
	if d.day == 0 {
		d.day = 1
	}
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	if t.Year() != d.year || int(t.Month()) != d.month || t.Day() != d.day {
		return fmt.Errorf("there is no day %04d-%02d-%02d", d.year, d.month, d.day)
	}
	return nil
}
