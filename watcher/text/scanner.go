package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scanner finds the words of a text one by one.
type scanner struct {
	raw        string
	at         int
	start, end int  // of the word found last
	plain      bool // it is its own exact and folded form
	loud       bool // between it and the word before something may end a sentence
	// letters and forms hold what the words found are made of, so that a word
	// costs no allocation of its own.
	letters strings.Builder
	forms   []Form
}

// next moves to the next word and reports whether there is one.
func (s *scanner) next() bool {
	for s.loud = false; s.at < len(s.raw); {
		switch leads[s.raw[s.at]] {
		case leadGap:
			s.at++
			continue
		case leadLoud:
			s.at++
			s.loud = true
			continue
		case leadPlain, leadLetter:
			s.run()
			return true
		}
		c, size := classOf(s.raw[s.at:])
		switch c {
		case letter, digit:
			s.run()
			return true
		case alone:
			s.single(size)
			return true
		}
		s.loud = s.loud || stops(firstRune(s.raw[s.at:]))
		s.at += size
	}
	return false
}

// run reads a word that begins at s.at.
func (s *scanner) run() {
	start := s.at
	quick, plain := letters(s.raw, start)
	end, more := quick, 0
	if quick < len(s.raw) && leads[s.raw[quick]] >= leadOther {
		var read int
		read, end, more = s.rest(quick)
		plain = plain && read == quick
	}
	if end < len(s.raw) && s.raw[end] == '.' && quick-start <= utf8.UTFMax && utf8.RuneCountInString(s.raw[start:quick])+more == 1 {
		if e := dotted(s.raw, end); e > end {
			end, plain = e, false
		}
	}
	s.start, s.end, s.at, s.plain = start, end, end, plain
}

// rest reads on in a word from i, where something stands that letters does not
// know: to where the word is read, and without what has no width, ends.
func (s *scanner) rest(i int) (read, end, letters int) {
	end = i
	for i < len(s.raw) {
		c, size := classOf(s.raw[i:])
		switch c {
		case letter, digit:
			letters++
			end = i + size
		case mark, vowel:
			end = i + size
		case hidden:
		default:
			return i, end, letters
		}
		i += size
	}
	return i, end, letters
}

// single reads one character of a script without spaces, with its marks.
func (s *scanner) single(size int) {
	end := s.at + size
	for i := end; i < len(s.raw); {
		c, n := classOf(s.raw[i:])
		if c != mark && c != hidden && c != vowel {
			break
		}
		i += n
		if c != hidden {
			end = i
		}
	}
	s.start, s.end, s.at, s.plain = s.at, end, end, false
}

// form is the form of the word found last. A plain word is its own exact and
// folded form and costs nothing.
func (s *scanner) form() *Form {
	raw := s.raw[s.start:s.end]
	s.forms = append(s.forms, Form{Exact: raw, Folded: raw})
	f := &s.forms[len(s.forms)-1]
	if !s.plain {
		s.spell(f, raw)
	}
	return f
}

// spell works a word's forms out.
func (s *scanner) spell(word *Form, raw string) {
	simple := true // no character changes with its neighbours
	folded := s.letters.Len()
	for i := 0; i < len(raw); {
		f, size := formOf(raw[i:])
		s.letters.WriteString(f.fold)
		simple = simple && (f.exact != "" || f.class == gap || f.class == hidden)
		i += size
	}
	word.Folded = s.letters.String()[folded:]
	if !simple { // marks that were kept have one order
		word.Folded = norm.NFC.String(word.Folded)
		word.Exact = exact(raw, word.Folded)
		return
	}
	start, same := s.letters.Len(), true
	for i := 0; i < len(raw); {
		f, size := formOf(raw[i:])
		s.letters.WriteString(f.exact)
		same = same && f.exact == f.fold
		i += size
	}
	if word.Exact = word.Folded; !same {
		word.Exact = s.letters.String()[start:]
	}
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
