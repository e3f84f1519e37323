package same

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"presswatch/watcher/text"
)

// digits takes in a word that begins with a digit: a day with its month, a year,
// a period, an ordinal, or another number.
func (g *gatherer) digits(t *text.Text, i int, months map[int]int) {
	figure, tail := cut(t.Form(i).Folded)
	n, err := strconv.Atoi(figure)
	if err != nil {
		return
	}
	next, after := 0, "" // the number after, and what lies between
	if i+1 < len(t.Words) {
		after = strings.TrimSpace(t.Raw[t.Words[i].End:t.Words[i+1].Start])
		f, _ := cut(t.Form(i + 1).Folded)
		next, _ = strconv.Atoi(f)
	}
	switch {
	case len(figure) == 4 && n >= 1900 && n < 2100:
		g.add(year, figure)
		if dash(after) && next >= 1900 && next < 2100 {
			g.add(period, fmt.Sprintf("%d-%d", n, next))
		}
	case n >= 1 && n <= 31 && (after == "/" || after == "-" || after == ".") && next >= 1 && next <= 12:
		g.date(n, next)
	case n >= 1 && n <= 31 && g.monthBeside(t, i, months) > 0:
		g.date(n, g.monthBeside(t, i, months))
	case tail != "" && len(figure) <= 3:
		g.add(ordinal, figure)
	case (after == "." || after == ",") && next < 1000 && i+1 < len(t.Words) && len(t.Form(i+1).Folded) == 3:
		g.add(number, figure+t.Form(i+1).Folded)
	case len(figure) >= 2:
		g.add(number, figure)
	}
}

// monthBeside is the month that belongs to the day at word i: the word after it
// (3 mars), or the one before (March 3).
func (g *gatherer) monthBeside(t *text.Text, i int, months map[int]int) int {
	if i+1 < len(t.Words) && months[i+1] > 0 {
		return months[i+1]
	}
	if i > 0 {
		return months[i-1]
	}
	return 0
}

// date takes in a day of a month. The first that lies on the day of publication
// or the two before is the day of the happening, where publication is known to
// the day.
func (g *gatherer) date(day, month int) {
	g.add(dayOf, fmt.Sprintf("%d/%d", day, month))
	from := g.published.From
	if g.day != 0 || from.IsZero() || g.published.To.Sub(from) > 25*time.Hour {
		return
	}
	at := time.Date(from.Year(), time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month == 12 && from.Month() == time.January {
		at = at.AddDate(-1, 0, 0)
	}
	today := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
	if ago := today.Sub(at); ago >= 0 && ago <= 48*time.Hour {
		g.day = int(at.Unix() / 86400)
	}
}

// cut parts the digits that a word begins with from what follows (8e, 15th).
func cut(word string) (digits, tail string) {
	end := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return word, ""
	}
	return word[:end], word[end:]
}

func dash(s string) bool { return s == "-" || s == "–" || s == "‑" || s == "—" }

// sounds are letters that languages write for each other. Longer ones first.
var sounds = strings.NewReplacer(
	"ph", "f", "th", "t", "kh", "k", "nh", "n", "ch", "k", "sh", "s",
	"x", "s", "z", "s", "q", "k", "c", "k", "g", "k", "d", "t", "b", "p", "v", "p", "r", "l", "j", "y")

// sound is how a name sounds by its consonants, so that one name as French,
// English and Vietnamese papers spell it is one. A first vowel is dropped too.
func sound(folded string) string {
	var out []byte
	for _, c := range []byte(sounds.Replace(folded)) {
		if strings.IndexByte("aeiouyhw", c) >= 0 || len(out) > 0 && out[len(out)-1] == c {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
