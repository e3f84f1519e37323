package dates

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxLength is the longest text, in bytes, that is looked at as a date.
const maxLength = 128

// maxDigits is the longest run of digits that a date can hold: epoch in
// milliseconds has 13, 20060102150405 has 14.
const maxDigits = 14

// A token is a number, a word, or a mark (any other rune).
type token struct {
	text   string // as written; words in lower case, phrases joined by "_"
	digits int    // length of a number; 0 for words and marks
	value  int    // of a number
	name   name   // of a word; nil for numbers and marks
	spaced bool   // white space stands before it
}

func (t token) is(m meaning) bool { _, ok := t.name[m]; return ok }
func (t token) number() bool      { return t.digits > 0 }

// tokenise splits a date into numbers, words and marks.
func tokenise(s string) ([]token, error) {
	if len(s) > maxLength {
		return nil, fmt.Errorf("longer than %d bytes", maxLength)
	}
	runes := []rune(strings.ToLower(norm.NFC.String(s)))
	var all []token
	spaced := false
	for i := 0; i < len(runes); {
		r, start := runes[i], i
		t := token{spaced: spaced}
		spaced = false
		switch {
		case unicode.IsSpace(r):
			spaced = true
			i++
			continue
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r): // zero width, directional marks
			i++
			spaced = t.spaced
			continue
		case r >= '0' && r <= '9':
			for i < len(runes) && runes[i] >= '0' && runes[i] <= '9' {
				i++
			}
			t.text = string(runes[start:i])
			t.digits = i - start
			if t.digits > maxDigits {
				return nil, fmt.Errorf("%q has too many digits", t.text)
			}
			t.value, _ = strconv.Atoi(t.text) // at most 14 digits fit
		case unicode.IsLetter(r):
			i = wordEnd(runes, i)
			t.text = string(runes[start:i])
		default:
			t.text = string(plainMark(r))
			i++
		}
		all = append(all, t)
	}
	return nameWords(all), nil
}

// wordEnd is the end of the word that begins at i: letters and their marks, and
// a full stop between two letters (p.m).
func wordEnd(runes []rune, i int) int {
	letter := func(i int) bool {
		return i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsMark(runes[i]))
	}
	for letter(i) || i < len(runes) && runes[i] == '.' && letter(i+1) {
		i++
	}
	return i
}

// plainMark writes all dashes, the minus sign too, as "-".
func plainMark(r rune) rune {
	if unicode.Is(unicode.Pd, r) || r == '\u2212' {
		return '-'
	}
	return r
}

// nameWords joins the words of phrases and gives every word its meanings; a word
// that names.txt does not know keeps none, and is an error where it matters.
func nameWords(tokens []token) []token {
	var out []token
	for i := 0; i < len(tokens); {
		t := tokens[i]
		if !isWord(t) {
			out = append(out, t)
			i++
			continue
		}
		phrase, n := longestPhrase(tokens[i:])
		t.text, t.name = phrase, names()[phrase]
		out = append(out, t)
		i += n
	}
	return out
}

// longestPhrase is the longest known phrase of up to three words at the
// beginning of tokens, and its number of words; the first word if none is known.
func longestPhrase(tokens []token) (string, int) {
	best, words, phrase := tokens[0].text, 1, ""
	for i := 0; i < len(tokens) && i < 3 && isWord(tokens[i]); i++ {
		if i > 0 {
			phrase += "_"
		}
		phrase += tokens[i].text
		if names()[phrase] != nil {
			best, words = phrase, i+1
		}
	}
	return best, words
}

func isWord(t token) bool {
	for _, r := range t.text {
		return unicode.IsLetter(r)
	}
	return false
}
