package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// partition divides the words into sentences and paragraphs by looking at what
// stands between words where that may end one.
func (t *Text) partition() {
	if len(t.Words) == 0 {
		return
	}
	t.Sentences = make([]Sentence, 0, len(t.loud))
	t.Paragraphs = make([]Paragraph, 0, min(len(t.loud), strings.Count(t.Raw, "\n")/2+1)) // each ends with two of them
	first, paragraph := 0, 0
	start := skipSpace(t.Raw, afterLastBreak(t.Raw[:t.Words[0].Start]))
	for _, next := range t.loud {
		if next == 0 {
			continue // stands before all words
		}
		b := t.between(int(next)-1, first)
		if b.kind == same {
			continue
		}
		for i := first; i < int(next); i++ {
			t.Words[i].Sentence = int32(len(t.Sentences))
		}
		t.Sentences = append(t.Sentences, Sentence{Start: start, End: b.end, From: first, To: int(next), Paragraph: paragraph})
		start, first = b.start, int(next)
		if b.kind == newParagraph {
			t.closeParagraph()
			paragraph++
		}
	}
}

// closeParagraph ends a paragraph behind the last sentence.
func (t *Text) closeParagraph() {
	from := 0
	if n := len(t.Paragraphs); n > 0 {
		from = t.Paragraphs[n-1].To
	}
	t.Paragraphs = append(t.Paragraphs, Paragraph{From: from, To: len(t.Sentences)})
}

type boundaryKind uint8

const (
	same boundaryKind = iota
	newSentence
	newParagraph
)

// boundary says whether a sentence ends between two words; end is where it
// ends, start where the next begins.
type boundary struct {
	kind       boundaryKind
	end, start int
}

// between looks behind word i, whose sentence began with word first.
func (t *Text) between(i, first int) boundary {
	from := int(t.Words[i].End)
	if i+1 == len(t.Words) {
		return t.last(from)
	}
	to := int(t.Words[i+1].Start)
	gap := t.Raw[from:to]
	if gap == ". " { // as nearly everywhere
		if t.ends(i, first, gap, " ") {
			return boundary{newSentence, from + 1, to}
		}
		return boundary{}
	}
	if at, _, ok := emptyLine(gap); ok {
		return boundary{newParagraph, t.trimmed(from, from+at), skipSpace(t.Raw, from+afterLastBreak(gap))}
	}
	stop := strings.IndexFunc(gap, stops)
	if stop < 0 {
		return boundary{}
	}
	end := from + stop + endOfStop(gap[stop:])
	if !t.ends(i, first, gap[stop:], t.Raw[end:to]) {
		return boundary{}
	}
	return boundary{newSentence, end, skipSpace(t.Raw, end)}
}

// stops reports whether a character may end a sentence.
func stops(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？':
		return true
	}
	return false
}

// last is the boundary behind the last word, which ends at from.
func (t *Text) last(from int) boundary {
	end := len(t.Raw)
	if at, _, ok := emptyLine(t.Raw[from:]); ok {
		end = from + at
	}
	return boundary{newParagraph, t.trimmed(from, end), end}
}

// trimmed moves end back over white space, but not before from.
func (t *Text) trimmed(from, end int) int {
	return from + len(strings.TrimRightFunc(t.Raw[from:end], unicode.IsSpace))
}

// endOfStop is the length of the punctuation that ends a sentence: stops, and
// the closing quotes and brackets behind them.
func endOfStop(gap string) int {
	if len(gap) == 2 && gap[1] == ' ' { // as nearly everywhere
		return 1
	}
	n := len(gap) - len(strings.TrimLeft(gap, ".!?…。！？"))
	for {
		rest := gap[n:]
		r, size := utf8.DecodeRuneInString(rest)
		if rest != "" && strings.ContainsRune("\"”’')]»", r) {
			n += size
			continue
		}
		inner := strings.TrimLeft(rest, " \u00a0\u202f")
		if strings.HasPrefix(inner, "»") {
			n += len(rest) - len(inner) + len("»")
			continue
		}
		return n
	}
}

// ends reports whether the stop behind word i ends its sentence, which began
// with word first; rest is what stands between the stop and the next word.
func (t *Text) ends(i, first int, stop, rest string) bool {
	next := firstRune(t.Raw[t.Words[i+1].Start:])
	if !strings.HasPrefix(stop, ".") || strings.HasPrefix(stop, "..") {
		return !unicode.IsLower(next)
	}
	if strings.IndexFunc(rest, unicode.IsSpace) < 0 {
		return t.lostSpace(i)
	}
	if i == first && t.opensParagraph(i) && allDigits(t.Form(i).Folded) { // 1. First
		return false
	}
	return !unicode.IsLower(next) && !t.abbreviated(i, next)
}

// lostSpace reports whether a full stop directly before word i+1 lost its
// space: a word of two letters or more before it, a capitalised word after it.
func (t *Text) lostSpace(i int) bool {
	next := t.Raw[t.Words[i+1].Start:]
	first, size := utf8.DecodeRuneInString(next)
	if !unicode.IsUpper(first) || utf8.RuneCountInString(t.Form(i).Folded) < 2 || t.abbreviated(i, first) {
		return false
	}
	second := firstRune(next[size:])
	return unicode.IsLower(second) || second == '\'' || second == '’' || unicode.IsSpace(second)
}

// abbreviated reports whether the full stop behind word i, before a word that
// begins with next, belongs to the word and not to the sentence.
func (t *Text) abbreviated(i int, next rune) bool {
	raw := t.at(i)
	end, plain := letters(raw, 0)
	if end == len(raw) && utf8.RuneCountInString(raw) > longestAbbreviation { // as nearly everywhere
		return false
	}
	folded := raw
	if end < len(raw) || !plain {
		folded = t.Form(i).Folded
	}
	capital := unicode.IsUpper(firstRune(raw))
	initial := capital && utf8.RuneCountInString(folded) == 1
	if initial || strings.Contains(raw, ".") { // J. Dupont, the U.S. Army
		return true
	}
	if len(folded) > longestAbbreviation {
		return false
	}
	switch abbreviations[folded] {
	case title:
		return capital
	case always:
		return true
	case beforeNumber:
		return unicode.IsDigit(next)
	}
	return false
}

// opensParagraph reports whether word i, which opens a sentence, opens a
// paragraph too.
func (t *Text) opensParagraph(i int) bool {
	n := len(t.Sentences)
	return i == 0 || len(t.Paragraphs) > 0 && t.Paragraphs[len(t.Paragraphs)-1].To == n
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// emptyLine finds the first empty line in s: the offset of its first line end,
// and the offset behind its last.
func emptyLine(s string) (from, to int, ok bool) {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '\n')
		if i < 0 {
			return 0, 0, false
		}
		from, to = at+i, at+i+1
		for j := to; j < len(s) && strings.IndexByte(" \t\r\n", s[j]) >= 0; j++ {
			if s[j] == '\n' {
				to, ok = j+1, true
			}
		}
		if ok {
			return from, to, true
		}
		at = from + 1
	}
}

// afterLastBreak is the offset behind the last empty line of s, 0 without one.
func afterLastBreak(s string) int {
	at := 0
	for {
		_, to, ok := emptyLine(s[at:])
		if !ok {
			return at
		}
		at += to
	}
}

func skipSpace(s string, at int) int {
	return len(s) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace))
}
