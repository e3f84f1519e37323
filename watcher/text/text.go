package text

import (
	"math"
	"unicode/utf8"
)

// Text is a raw text with its words, sentences and paragraphs.
type Text struct {
	Raw        string
	Language   string // ISO 639 code, chooses the stemmer; may be ""
	Words      []Word
	Sentences  []Sentence
	Paragraphs []Paragraph

	forms []*Form // by number; of a Reader's text, all that the Reader remembers
	// loud are the words before which something stands that may end a sentence, and last
	// how many words there are.
	loud []int32
}

// Word is one word of a text: where it stands, and which Form it has. It is as small
// as can be and points to nothing: an article has hundreds, and most are looked at once.
type Word struct {
	Start, End int32 // bytes of Raw, on rune boundaries, Start < End
	Sentence   int32 // index in Sentences
	Number     int32 // of its form: see Text.Form and Reader.Forms
}

// Form is what one spelling of a word stands for. It is never changed.
type Form struct {
	Exact  string // NFC, lower case, diacritics kept, zero-width characters dropped
	Folded string // as Exact, without diacritics, ligatures taken apart

	raw      string   // of a Reader's form
	spelling spelling // what its Reader found in the lists
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

// longestText is how many bytes of a text are read: offsets have four bytes.
const longestText = math.MaxInt32

// Analyse reads a text in a language (an ISO 639 code, or "" where it is not
// known). It takes time and memory in proportion to the text.
func Analyse(raw, language string) *Text {
	t := &Text{Raw: raw, Language: language, Words: make([]Word, 0, len(raw)/6+1), forms: make([]*Form, 0, len(raw)/6+1)}
	s := scanner{raw: raw[:min(len(raw), longestText)], forms: make([]Form, 0, len(raw)/6+1)}
	s.letters.Grow(len(raw) / 2)
	for s.next() {
		if s.loud {
			t.loud = append(t.loud, int32(len(t.Words)))
		}
		t.Words = append(t.Words, Word{Start: int32(s.start), End: int32(s.end), Number: int32(len(t.forms))})
		t.forms = append(t.forms, s.form())
	}
	t.loud = append(t.loud, int32(len(t.Words)))
	t.partition()
	return t
}

// Form is what word i stands for.
func (t *Text) Form(i int) *Form { return t.forms[t.Words[i].Number] }

// Stem is the stem of word i in the text's language. It is worked out at each
// call: most words of an article are never asked for theirs.
func (t *Text) Stem(i int) string { return Stem(t.Form(i).Folded, t.Language) }

// at is the raw text of word i.
func (t *Text) at(i int) string {
	w := &t.Words[i]
	return t.Raw[w.Start:w.End]
}

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
		out = append(out, s.form().Folded...)
	}
	return string(out)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
