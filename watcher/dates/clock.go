package dates

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A clock is the time of day. At is the index, in the tokens that are left, of
// what followed it; -1 if the date has no time.
type clock struct {
	hour, minute, second, nano int
	half                       meaning // am, pm, morning, afternoon or ""
	at                         int
}

// takeClock takes the time of day out of the tokens.
func takeClock(tokens []token) (rest []token, c clock, err error) {
	tokens = splitCompact(tokens)
	for i := range tokens {
		end, ok := c.read(tokens, i)
		if !ok {
			continue
		}
		if end < len(tokens) && tokens[end].text == ":" {
			return nil, c, errors.New("a time has hours, minutes and seconds, no more")
		}
		start := i
		start, end = c.readHalf(tokens, start, end)
		if err := c.settle(); err != nil {
			return nil, c, err
		}
		c.at = start
		return append(tokens[:start:start], tokens[end:]...), c, nil
	}
	c.at = -1
	return tokens, c, nil
}

// splitCompact opens 20060102150405 and 20060102T150405 (seconds may lack) into
// 20060102 15 : 04 : 05.
func splitCompact(tokens []token) []token {
	for i, t := range tokens {
		switch {
		case t.digits == 12 || t.digits == 14:
			return join(tokens[:i], number(t.text[:8]), clockTokens(t.text[8:]), tokens[i+1:])
		case t.digits == 8 && len(tokens) > i+2 && tokens[i+1].text == "t" &&
			(tokens[i+2].digits == 4 || tokens[i+2].digits == 6):
			return join(tokens[:i], t, clockTokens(tokens[i+2].text), tokens[i+3:])
		}
	}
	return tokens
}

func join(before []token, day token, clock, after []token) []token {
	all := append([]token{}, before...)
	return append(append(append(all, day), clock...), after...)
}

func clockTokens(digits string) []token {
	var all []token
	for ; len(digits) >= 2; digits = digits[2:] {
		if all != nil {
			all = append(all, token{text: ":"})
		}
		all = append(all, number(digits[:2]))
	}
	all[0].spaced = true
	return all
}

func number(digits string) token {
	n, _ := strconv.Atoi(digits) // a token's digits, at most 14
	return token{text: digits, digits: len(digits), value: n}
}

// read reads the time that begins at tokens[i]: 10:05, 10:05:00.5, 10h05, 10h.
func (c *clock) read(tokens []token, i int) (end int, ok bool) {
	at := func(i int) token {
		if i < len(tokens) {
			return tokens[i]
		}
		return token{}
	}
	short := func(t token) bool { return t.digits == 1 || t.digits == 2 }
	if !short(at(i)) {
		return i, false
	}
	switch {
	case at(i+1).text == ":" && short(at(i+2)):
		c.hour, c.minute, end = at(i).value, at(i+2).value, i+3
		if at(end).text == ":" && short(at(end+1)) {
			c.second, end = at(end+1).value, end+2
			if f := at(end + 1); strings.Contains(".,", at(end).text) && f.number() && !f.spaced && at(end+2).text != "." {
				c.nano, end = fraction(f.text), end+2
			}
		}
		return end, true
	case at(i + 1).is(hourMark):
		c.hour, end = at(i).value, i+2
		m := at(end)
		if short(m) && (!m.spaced || at(end+1).is(minuteMark) || !anyNumber(tokens[end+1:])) {
			c.minute, end = m.value, end+1
			if at(end).is(minuteMark) {
				end++
			}
		}
		return end, true
	}
	return i, false
}

func anyNumber(tokens []token) bool {
	for _, t := range tokens {
		if t.number() {
			return true
		}
	}
	return false
}

// fraction reads digits after the decimal point as nanoseconds.
func fraction(digits string) int {
	n, _ := strconv.Atoi((digits + "000000000")[:9])
	return n
}

// readHalf takes am, pm and their like after or before the time.
func (c *clock) readHalf(tokens []token, start, end int) (int, int) {
	half := func(i int) bool {
		if i < 0 || i >= len(tokens) {
			return false
		}
		for _, m := range []meaning{am, pm, morning, afternoon} {
			if tokens[i].is(m) {
				c.half = m
				return true
			}
		}
		return false
	}
	if half(end) {
		return start, end + 1
	}
	if half(start - 1) {
		return start - 1, end
	}
	return start, end
}

// settle turns a 12-hour time into a 24-hour one, and checks it. A leap second
// and 24:00 are times; they belong to the next minute and day.
func (c *clock) settle() error {
	switch {
	case (c.half == pm || c.half == afternoon) && c.hour < 12:
		c.hour += 12
	case (c.half == am || c.half == morning) && c.hour == 12:
		c.hour = 0
	}
	midnight := c.hour == 24 && c.minute == 0 && c.second == 0 && c.nano == 0
	if c.hour > 23 && !midnight || c.minute > 59 || c.second > 60 {
		return fmt.Errorf("there is no time %02d:%02d:%02d", c.hour, c.minute, c.second)
	}
	return nil
}

// maxOffset is further from UTC than any zone on earth has been.
const maxOffset = 15 * 60 * 60

// takeZone takes the time zone out of the tokens: what follows the clock, else a
// zone's name anywhere. Nil: the date names none.
func takeZone(tokens []token, c clock) (rest []token, zone *time.Location, err error) {
	starts := []int{}
	if c.at >= 0 {
		starts = append(starts, c.at)
	}
	for i, t := range tokens {
		if t.is(aZone) && len(t.name) == 1 {
			starts = append(starts, i)
		}
	}
	for _, start := range starts {
		offset, end, ok := readZone(tokens, start)
		if !ok {
			continue
		}
		if offset < -maxOffset || offset > maxOffset {
			return nil, nil, errors.New("no time zone is that far from UTC")
		}
		rest = append(tokens[:start:start], tokens[dropComment(tokens, end):]...)
		return rest, time.FixedZone("", offset), nil
	}
	return tokens, nil, nil
}

// readZone reads GMT, GMT+7, Etc/GMT, (GMT+07:00), +0700, +07:00 or -07 at i.
func readZone(tokens []token, i int) (offset, end int, ok bool) {
	at := func(i int) token {
		if i < len(tokens) {
			return tokens[i]
		}
		return token{}
	}
	if t := at(i).text; t == "(" || t == "[" {
		i++
	}
	if at(i).text == "etc" && at(i+1).text == "/" {
		i += 2
	}
	named := at(i).is(aZone)
	if named {
		offset, i = at(i).name[aZone], i+1
	}
	if signed, next, found := readOffset(tokens, i); found && (named || at(i+1).digits > 1 || at(i).text == "+") {
		offset, i, ok = signed, next, true
	}
	if t := at(i).text; t == ")" || t == "]" {
		i++
	}
	return offset, i, ok || named
}

// readOffset reads a signed offset. In "10:00 - 21/11/2025" and "10:00
// -21/11/2025" the dash is none of a zone's.
func readOffset(tokens []token, i int) (offset, end int, ok bool) {
	if i+1 >= len(tokens) || tokens[i].text != "+" && tokens[i].text != "-" {
		return 0, i, false
	}
	n := tokens[i+1]
	if !n.number() || n.spaced || n.digits == 3 || n.digits > 4 {
		return 0, i, false
	}
	hours, minutes, end := n.value, 0, i+2
	if n.digits == 4 {
		hours, minutes = n.value/100, n.value%100
	} else if i+3 < len(tokens) && tokens[i+2].text == ":" && tokens[i+3].digits == 2 {
		minutes, end = tokens[i+3].value, i+4
	}
	if end < len(tokens) && strings.Contains("/-.", tokens[end].text) {
		return 0, i, false
	}
	if minutes > 59 {
		hours = 99 // refused by the caller as too far
	}
	offset = hours*3600 + minutes*60
	if tokens[i].text == "-" {
		offset = -offset
	}
	return offset, end, true
}

// dropComment is the end of the comment, "(Indochina Time)", that may follow a
// zone; RFC 822 allows it, and it repeats the zone in other words.
func dropComment(tokens []token, i int) int {
	if i >= len(tokens) || tokens[i].text != "(" {
		return i
	}
	for i < len(tokens) && tokens[i].text != ")" {
		i++
	}
	return min(i+1, len(tokens))
}
