// Package edits tells what an editor changed in an article: the words that were
// taken out and put in, by zone, from one revision to the next. It is pure.
//
//	old zones, new zones ──Between──► []Edit, in reading order
//
// # What is compared
//
// Words as they are written, between spaces: an accent that was mended is an
// edit. How paragraphs are cut is not, nor are other spaces. Captions are taken
// together. Teasers are not compared: they are other articles, and each time a
// page is asked for there may be others.
//
// # Invariants
//
//   - Between of the same words is nothing.
//   - Leaving out what was removed and putting in what was added makes the one
//     text of the other: FuzzBetween holds this against any two.
//
// # Alternatives considered
//
// A line diff, which libraries have, would show paragraphs of a hundred words of
// which one was changed. The difference is not stored but found when it is asked
// for: the store keeps both texts.
package edits

import (
	"slices"
	"strings"

	"presswatch/watcher/article"
)

// Edit is one change in a zone: words that took the place of others. Either may
// be "".
type Edit struct {
	Zone    article.ZoneKind `json:"zone"`
	Removed string           `json:"removed,omitempty"`
	Added   string           `json:"added,omitempty"`
}

// compared are the zones that an article's own words stand in, in reading order.
var compared = [...]article.ZoneKind{article.Title, article.Lead, article.Body, article.Caption}

// Between lists what makes new of old, in reading order; nil where no word
// differs.
func Between(old, new []article.Zone) (all []Edit) {
	for _, kind := range compared {
		a, b := wordsOf(old, kind), wordsOf(new, kind)
		for _, r := range replacements(a, b) {
			all = append(all, Edit{Zone: kind,
				Removed: strings.Join(a[r.from:r.to], " "), Added: strings.Join(b[r.newFrom:r.newTo], " ")})
		}
	}
	return all
}

func wordsOf(zones []article.Zone, kind article.ZoneKind) (all []string) {
	for _, z := range zones {
		if z.Kind == kind {
			all = append(all, strings.Fields(z.Text)...)
		}
	}
	return all
}

// replacement says that words [from, to) became [newFrom, newTo).
type replacement struct{ from, to, newFrom, newTo int }

// mostCells bounds the table of a comparison, and so its time and memory: two
// texts of 2 000 words that have neither beginning nor end in common. Beyond,
// all between is one replacement.
const mostCells = 4_000_000

// replacements finds the fewest words to change. Most edits touch one place, so
// what the texts have in common at both ends is set aside first.
func replacements(a, b []string) (all []replacement) {
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	between, becomes := a[start:len(a)-end], b[start:len(b)-end]
	switch {
	case len(between) == 0 && len(becomes) == 0:
		return nil
	case len(between)*len(becomes) > mostCells || len(between) == 0 || len(becomes) == 0:
		return []replacement{{start, len(a) - end, start, len(b) - end}}
	}
	all = walk(between, becomes, common(between, becomes))
	for i := range all {
		all[i].from, all[i].to = all[i].from+start, all[i].to+start
		all[i].newFrom, all[i].newTo = all[i].newFrom+start, all[i].newTo+start
	}
	return all
}

// common tells how many words the rests of two texts have in common, in order:
// those from a[i] and b[j] at [i][j].
func common(a, b []string) [][]int16 {
	rows := make([][]int16, len(a)+1)
	for i := range rows {
		rows[i] = make([]int16, len(b)+1)
	}
	for i, word := range slices.Backward(a) {
		for j, other := range slices.Backward(b) {
			if word == other {
				rows[i][j] = rows[i+1][j+1] + 1
			} else {
				rows[i][j] = max(rows[i+1][j], rows[i][j+1])
			}
		}
	}
	return rows
}

// walk goes through both texts along the words they have in common.
func walk(a, b []string, rows [][]int16) (all []replacement) {
	var open replacement
	flush := func(i, j int) {
		if open.to, open.newTo = i, j; open.to > open.from || open.newTo > open.newFrom {
			all = append(all, open)
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			flush(i, j)
			i, j = i+1, j+1
			open = replacement{from: i, newFrom: j}
		case rows[i+1][j] >= rows[i][j+1]:
			i++
		default:
			j++
		}
	}
	flush(len(a), len(b))
	return all
}
