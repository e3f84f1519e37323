package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is a raw text with its words, sentences and paragraphs.
type Text struct {
	Raw        string
	Language   string // ISO 639 code, chooses the stemmer; may be ""
	Words      []Word
	Sentences  []Sentence
	Paragraphs []Paragraph
}

// Word is one word of a text.
type Word struct {
	Start, End int    // bytes of Raw, on rune boundaries, Start < End
	Sentence   int    // index in Sentences
	Exact      string // NFC, lower case, diacritics kept, zero-width characters dropped
	Folded     string // as Exact, without diacritics, ligatures taken apart
}

// Sentence is one sentence; its words are Words[From:To], never none.
type Sentence struct {
	Start, End int // bytes of Raw, without surrounding white space
	From, To   int
	Paragraph  int // index in Paragraphs
}

// Paragraph is text between empty lines; its sentences are Sentences[From:To],
// never none. A paragraph without words is no paragraph.
type Paragraph struct {
	From, To int
}

// Analyse reads a text in a language (an ISO 639 code, or "" where it is not
// known). It takes time and memory in proportion to the text.
func Analyse(raw, language string) *Text {
	t := &Text{Raw: raw, Language: language, Words: make([]Word, 0, len(raw)/5+1)}
	s := scanner{raw: raw}
	s.forms.Grow(len(raw) / 2)
	for s.next() {
		t.Words = append(t.Words, s.word)
	}
	t.partition()
	return t
}

// Stem is the stem of word i in the text's language. It is worked out at each
// call: most words of an article are never asked for theirs.
func (t *Text) Stem(i int) string { return Stem(t.Words[i].Folded, t.Language) }

// Fold is the folded form of a text: its words, folded, with one space between
// them. Two names with the same fold are the same to every reader of this
// package.
func Fold(raw string) string {
	s := scanner{raw: raw}
	var out []byte
	for s.next() {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, s.word.Folded...)
	}
	return string(out)
}

// scanner finds the words of a text one by one.
type scanner struct {
	raw  string
	at   int
	word Word
	// forms holds the forms of all words, so that a word costs no allocation of
	// its own.
	forms strings.Builder
}

// next moves to the next word and reports whether there is one.
func (s *scanner) next() bool {
	for s.at < len(s.raw) {
		f, size := formOf(s.raw[s.at:])
		switch f.class {
		case letter, digit:
			s.run()
			return true
		case alone:
			s.single(size)
			return true
		}
		s.at += size
	}
	return false
}

// run reads a word that begins at s.at.
func (s *scanner) run() {
	start, end, letters, plain := s.at, s.at, 0, true
	i := start
scan:
	for i < len(s.raw) {
		f, size := formOf(s.raw[i:])
		switch f.class {
		case letter, digit:
			letters++
			plain = plain && f.plain
			i += size
			end = i
		case mark, vowel:
			plain = false
			i += size
			end = i
		case hidden:
			plain = false
			i += size
		default:
			break scan
		}
	}
	if letters == 1 && end < len(s.raw) && s.raw[end] == '.' {
		if e := dotted(s.raw, end); e > end {
			end, plain = e, false
		}
	}
	s.spell(start, end, plain && i == end)
}

// single reads one character of a script without spaces, with its marks.
func (s *scanner) single(size int) {
	end := s.at + size
	for i := end; i < len(s.raw); {
		f, n := formOf(s.raw[i:])
		if f.class != mark && f.class != hidden && f.class != vowel {
			break
		}
		i += n
		if f.class != hidden {
			end = i
		}
	}
	s.spell(s.at, end, false)
}

// spell sets the word to raw[start:end] and moves behind it. A plain word is
// its own exact and folded form and costs nothing.
func (s *scanner) spell(start, end int, plain bool) {
	raw := s.raw[start:end]
	s.at = end
	s.word = Word{Start: start, End: end, Exact: raw, Folded: raw}
	if plain {
		return
	}
	simple := true // no character changes with its neighbours
	folded := s.forms.Len()
	for i := 0; i < len(raw); {
		f, size := formOf(raw[i:])
		s.forms.WriteString(f.fold)
		simple = simple && (f.exact != "" || f.class == gap || f.class == hidden)
		i += size
	}
	s.word.Folded = s.forms.String()[folded:]
	if !simple { // marks that were kept have one order
		s.word.Folded = norm.NFC.String(s.word.Folded)
	}
	s.word.Exact = s.exact(raw, simple)
}

// exact is the exact form of a word whose folded form was spelt last.
func (s *scanner) exact(raw string, simple bool) string {
	if !simple {
		return exact(raw, s.word.Folded)
	}
	start := s.forms.Len()
	same := true
	for i := 0; i < len(raw); {
		f, size := formOf(raw[i:])
		s.forms.WriteString(f.exact)
		same = same && f.exact == f.fold
		i += size
	}
	if same {
		return s.word.Folded
	}
	return s.forms.String()[start:]
}

// dotted finds the end of an acronym written with full stops (U.S., R.D.P.),
// whose first letter ends at end: at least two letters with a stop each, or
// three letters. The last stop is left out: it may also end the sentence. It
// returns end where there is no acronym.
func dotted(raw string, end int) int {
	at, more := end, 0
	for at+1 < len(raw) && raw[at] == '.' {
		f, size := formOf(raw[at+1:])
		if f.class != letter {
			break
		}
		after := at + 1 + size
		if after < len(raw) {
			if g, _ := formOf(raw[after:]); g.class == letter || g.class == digit || g.class == mark {
				break
			}
		}
		at = after
		more++
	}
	if more >= 2 || more == 1 && at < len(raw) && raw[at] == '.' {
		return at
	}
	return end
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
