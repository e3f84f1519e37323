package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class says what a character does to words.
type class uint8

const (
	gap    class = iota // parts words
	letter              // makes words
	digit
	mark   // a diacritic of no script of its own: belongs to the letter before it
	hidden // no width: as if not there
	alone  // a word of its own, with the marks that follow
	vowel  // a mark that means something in its script: kept, behind its letter
)

// form is what the chain knows of one character.
type form struct {
	class class
	plain bool   // the character is its own exact and folded form
	fold  string // what stands for it in a folded word; "" for what is dropped
	exact string // what stands for it in an exact word; "" for what is dropped or must be worked out with its neighbours
}

// formOf is the form of the first character of s, and its size in bytes.
func formOf(s string) (*form, int) {
	if c := s[0]; c < utf8.RuneSelf {
		return &latin[c], 1
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r < latinEnd:
		return &latin[r], size
	case r >= extendedStart && r < extendedEnd:
		return &extended[r-extendedStart], size
	}
	f := workOut(r)
	return &f, size
}

// classOf is the class of the first character of s, and its size in bytes.
func classOf(s string) (class, int) {
	if c := s[0]; c < utf8.RuneSelf {
		return classes[c], 1
	}
	f, size := formOf(s)
	return f.class, size
}

// Two tables hold what the texts of alphabets are made of: Latin, Greek and
// Cyrillic with their diacritics, and general punctuation. Other characters are
// worked out when met.
const (
	latinEnd      = 0x0590
	extendedStart = 0x1E00
	extendedEnd   = 0x2070
)

var (
	latin    = table(0, latinEnd)
	extended = table(extendedStart, extendedEnd)
)

func table(from, to rune) []form {
	forms := make([]form, to-from)
	for r := from; r < to; r++ {
		f := workOut(r)
		if f.class == letter || f.class == digit {
			f.exact = norm.NFC.String(string(unicode.ToLower(r)))
			if f.exact == f.fold {
				f.exact = f.fold // one string for both
			}
		}
		forms[r-from] = f
	}
	return forms
}

func workOut(r rune) form {
	if r == utf8.RuneError {
		return form{class: gap} // also a character that could not be read
	}
	c := classify(r)
	if c == gap || c == hidden || c == mark {
		return form{class: c}
	}
	fold := foldRune(r)
	if fold == "" {
		return form{class: gap}
	}
	return form{class: c, plain: r < utf8.RuneSelf && fold == string(r), fold: fold}
}

func classify(r rune) class {
	switch {
	case unicode.Is(unicode.Cf, r):
		return hidden
	case unicode.In(r, unicode.Mn, unicode.Me) && unicode.Is(unicode.Inherited, r):
		return mark
	case unicode.IsMark(r):
		return vowel
	case unicode.IsLetter(r):
		if unspaced(r) {
			return alone
		}
		return letter
	case unicode.Is(unicode.Nd, r):
		return digit
	case unicode.Is(unicode.No, r) && strings.IndexFunc(norm.NFKD.String(string(r)), notDigit) < 0:
		return digit // km²; but a fraction parts words
	}
	return gap
}

func notDigit(r rune) bool { return !unicode.Is(unicode.Nd, r) }

// unspaced reports whether the character's script writes no spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Tibetan, unicode.Myanmar,
		unicode.Khmer, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// letters that decomposition leaves whole.
var apart = map[rune]string{
	'đ': "d", 'ð': "d", 'ɖ': "d", 'ø': "o", 'ł': "l", 'œ': "oe", 'æ': "ae", 'ß': "ss", 'þ': "th",
	'ħ': "h", 'ı': "i", 'ŧ': "t", 'ŋ': "n", 'ĸ': "k", 'ƀ': "b", 'ς': "σ",
}

// foldRune is a character without its diacritics, in lower case; "" when
// nothing is left that makes words.
func foldRune(r rune) string {
	if unspaced(r) { // its marks are vowels and tones, not decoration
		return norm.NFC.String(string(r))
	}
	var out strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		d = unicode.ToLower(d)
		if s, ok := apart[d]; ok {
			out.WriteString(s)
			continue
		}
		switch classify(d) {
		case letter, digit, alone, vowel:
			out.WriteRune(d)
		}
	}
	return out.String()
}

// exact is a word's exact form. folded is returned where it says the same, so
// that the two share their bytes.
func exact(raw, folded string) string {
	lower := strings.Map(func(r rune) rune {
		switch {
		case r == '.' || unicode.Is(unicode.Cf, r):
			return -1
		}
		return unicode.ToLower(r)
	}, raw)
	if composed := norm.NFC.String(lower); composed != folded {
		return composed
	}
	return folded
}
