package digest

import (
	"slices"

	"github.com/slack-go/slack"

	"presswatch/watcher/article"
)

// quotation is a sentence of an article with its matched words marked.
type quotation []letter

// quote prepares a passage for showing, at most so many units: the whole sentence,
// or the stretch of it where the marked words stand.
func quote(p article.Passage, most int) quotation {
	ls := letters(p.Quote, func(offset int) bool {
		at := p.Sentence.Start + offset
		return slices.ContainsFunc(p.Words, func(w article.Span) bool { return w.Start <= at && at < w.End })
	})
	return fewMarks(window(ls, most))
}

// within is the quotation cut to fewer units.
func (q quotation) within(most int) quotation { return window(q, most) }

// String is the sentence without marks.
func (q quotation) String() string { return spell(q) }

// elements are the stretches of the sentence, marked ones bold.
func (q quotation) elements() []slack.RichTextSectionElement {
	var out []slack.RichTextSectionElement
	for len(q) > 0 {
		end := 1
		for end < len(q) && q[end].marked == q[0].marked {
			end++
		}
		if text := spell(q[:end]); q[0].marked {
			out = append(out, bold(text))
		} else {
			out = append(out, plain(text))
		}
		q = q[end:]
	}
	return out
}

// window cuts a sentence to the stretch that shows its marked words: from a
// little before the first of them, so that what they say of whom is seen too.
func window(ls []letter, most int) []letter {
	if length(ls) <= most {
		return ls
	}
	start := 0
	if first := slices.IndexFunc(ls, func(l letter) bool { return l.marked }); first > most/2 {
		start = first - most/4
		if rest := fitting(ls, most-2, len(ls)); rest < start {
			start = rest // the end of the sentence fits: show more before it
		}
		start = wordAfter(ls, start, first)
	}
	var out []letter
	if start > 0 {
		out = append(out, letter{r: '…'})
	}
	end := start
	for room := most - 2; end < len(ls) && room >= units(ls[end].r); end++ {
		room -= units(ls[end].r)
	}
	if end == len(ls) {
		return append(out, ls[start:]...)
	}
	return append(append(out, ls[start:wordBefore(ls, start, end)]...), letter{r: '…'})
}

// fitting is the earliest start from which the letters up to end take at most so
// many units.
func fitting(ls []letter, most, end int) int {
	start := end
	for start > 0 && most >= units(ls[start-1].r) {
		start--
		most -= units(ls[start].r)
	}
	return start
}

// wordAfter is the first beginning of a word at or after start, before limit.
func wordAfter(ls []letter, start, limit int) int {
	for i := max(start, 1); i <= limit; i++ {
		if ls[i-1].r == ' ' {
			return i
		}
	}
	return start
}

// wordBefore is the last end of a word at or before end, if it is not far.
func wordBefore(ls []letter, start, end int) int {
	for i := end; i > start+(end-start)*2/3; i-- {
		if ls[i].r == ' ' {
			return i
		}
	}
	return end
}

// fewMarks takes the marks off all but the first stretches: a sentence that is
// marked everywhere marks nothing, and every stretch costs room.
func fewMarks(ls []letter) []letter {
	stretches := 0
	for i := range ls {
		if ls[i].marked && (i == 0 || !ls[i-1].marked) {
			stretches++
		}
		ls[i].marked = ls[i].marked && stretches <= maxMarks
	}
	return ls
}

func length(ls []letter) int {
	n := 0
	for _, l := range ls {
		n += units(l.r)
	}
	return n
}
