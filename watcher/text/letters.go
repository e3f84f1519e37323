package text

import (
	"math/bits"
	"unicode/utf8"
)

// What words are mostly made of, close together: the classes of ASCII, how a byte
// may go on in a word, and which characters of two bytes are letters.
var (
	classes = ofASCII(func(f form) class { return f.class })
	leads   = leadsOf(ofASCII(func(f form) bool { return f.plain }))
	pairs   = pairsOf(latin)
)

// lead says how a byte goes on in a word.
type lead uint8

const (
	leadGap    lead = iota // it is a character, which parts words
	leadLoud               // and may end a sentence, or a paragraph
	leadOther              // in a way that takes a closer look
	leadPlain              // it is a character, which is its own exact and folded form
	leadLetter             // it is another letter
	leadPair               // it begins a character of two bytes
	leadTriple             // it begins one of three, such as the Latin letters with two diacritics
)

// letters reads on in a word from i over what is easily told to be letters and
// digits. plain says that all of them are their own exact and folded forms.
func letters(s string, i int) (end int, plain bool) {
	plain = true
	for i < len(s) {
		if i+8 <= len(s) {
			n, small := lettersOf(eight(s[i:]))
			plain = plain && small
			if i += n; n == 8 {
				continue
			}
		}
		switch leads[s[i]] {
		case leadPlain:
			i++
		case leadLetter:
			i, plain = i+1, false
		case leadPair:
			if i+1 == len(s) || s[i+1]&0xC0 != 0x80 || !pairs[rune(s[i]&0x1F)<<6|rune(s[i+1]&0x3F)] {
				return i, plain
			}
			i, plain = i+2, false
		case leadTriple:
			if i+2 >= len(s) || s[i+2]&0xC0 != 0x80 || s[i+1] < 0xB8 || s[i+1] > 0xBB { // U+1E00 to U+1EFF, all letters
				return i, plain
			}
			i, plain = i+3, false
		default:
			return i, plain
		}
	}
	return i, plain
}

// lettersOf counts the letters and digits of ASCII at the beginning of eight bytes, the
// first of which is the lowest, all at once: a word is mostly no longer, and where it
// ends is then no branch to be guessed. small says that there is no capital among them.
func lettersOf(eight uint64) (n int, small bool) {
	const each, top = 0x0101010101010101, 0x8080808080808080
	// Of each byte the top bit of a sum says whether the rest of it is large enough.
	low := eight &^ top
	lower := low | 0x20*each
	letter := (lower + (0x80-'a')*each) &^ (lower + (0x7F-'z')*each)
	digit := (low + (0x80-'0')*each) &^ (low + (0x7F-'9')*each)
	n = bits.TrailingZeros64(^(letter|digit)&top|eight&top) / 8
	capitals := letter &^ (eight << 2) & top
	return n, capitals&(1<<(8*n)-1) == 0
}

func ofASCII[V any](value func(form) V) (all [utf8.RuneSelf]V) {
	for c := range all {
		all[c] = value(workOut(rune(c)))
	}
	return all
}

func leadsOf(plain [utf8.RuneSelf]bool) (all [256]lead) {
	for c := range all {
		switch {
		case c < utf8.RuneSelf && plain[c]:
			all[c] = leadPlain
		case c < utf8.RuneSelf && (classes[c] == letter || classes[c] == digit):
			all[c] = leadLetter
		case c == '\n' || c < utf8.RuneSelf && stops(rune(c)):
			all[c] = leadLoud
		case c < utf8.RuneSelf && classes[c] == gap:
			all[c] = leadGap
		case c >= 0xC2 && c < 0xC0|latinEnd>>6:
			all[c] = leadPair
		case c == 0xE1:
			all[c] = leadTriple
		default:
			all[c] = leadOther
		}
	}
	return all
}

func pairsOf(forms []form) (all [latinEnd]bool) {
	for r := range all {
		all[r] = forms[r].class == letter
	}
	return all
}
