package text

import (
	"slices"
	"strings"
)

// Reader reads the texts of one article after another, in one language, and
// remembers every spelling it meets: what a spelling stands for, and whether it
// may be several words that lost the space between them. Most words of an
// article stood in the last one, so that reading costs little more than finding
// where words begin and end. What it returns is what Analyse and Mend return, but
// for the numbers of forms. A Reader serves one goroutine at a time; what it has
// returned may be used by any.
type Reader struct {
	language string
	mender   *mender
	spelt    spellings
	// Of the text at hand; their memory serves the next.
	words []Word
	keys  []key
	loud  []int32
}

// MostForms bounds what a Reader remembers, to some ten megabytes; with more it begins
// afresh, and so do the numbers.
const MostForms = 1 << 15

// longText is how many words a text has whose memory does not serve the next.
const longText = 1 << 15

// NewReader makes a reader. known says which folded forms are words to the
// caller, always the same; nil if it knows none.
func NewReader(language string, known func(folded string) bool) *Reader {
	r := &Reader{language: language, mender: newMender(language, known)}
	r.mender.remembered = r.remembered
	r.forget()
	return r
}

func (r *Reader) forget() {
	r.spelt.clear()
	r.mender.seen = tally{}
}

// Forms is every form that the reader remembers, by its number. A word that Read
// returned last has its form there.
func (r *Reader) Forms() []*Form { return r.spelt.forms }

// Read analyses the texts of one article and takes words apart that lost the
// space between them.
func (r *Reader) Read(raws []string) []*Text {
	if len(r.spelt.forms) > MostForms {
		r.forget()
	}
	if cap(r.words) > longText {
		r.words, r.keys = nil, nil
	}
	bytes := 0
	for _, raw := range raws {
		bytes += len(raw)
	}
	r.mender.begin(bytes)
	texts := make([]*Text, len(raws))
	for i, raw := range raws {
		texts[i] = r.analyse(raw, i)
	}
	if len(texts) == 0 {
		return texts
	}
	return r.mender.mend(texts)
}

// analyse is Analyse from memory; the mender sees the words on the way. It first
// finds where words are, and then what is known of them, which is spread over a
// megabyte: asked for at once, it comes faster.
func (r *Reader) analyse(raw string, number int) *Text {
	r.scan(raw)
	m := r.mender
	for i := range r.words {
		w := &r.words[i]
		k := r.look(r.keys[i], raw[w.Start:w.End])
		w.Number = k.number()
		if m.note(k.fold, k.traits(), raw[w.End:]) {
			m.suspects = append(m.suspects, suspect{number, i})
		}
	}
	t := &Text{Raw: raw, Language: r.language, Words: r.words, forms: r.spelt.forms, loud: slices.Clone(r.loud)}
	t.partition()
	t.Words = slices.Clone(r.words)
	return t
}

// scan finds where the words of a text are.
func (r *Reader) scan(raw string) {
	words, keys, loud := r.words[:0], r.keys[:0], r.loud[:0]
	s := scanner{raw: raw[:min(len(raw), longestText)]}
	for s.next() {
		if s.loud {
			loud = append(loud, int32(len(words)))
		}
		words = append(words, Word{Start: int32(s.start), End: int32(s.end)})
		keys = append(keys, keyOf(raw, s.start, s.end))
	}
	r.words, r.keys, r.loud = words, keys, append(loud, int32(len(words)))
	r.spelt.fetch(keys)
}

// look finds what is known of a spelling. It holds until the next look.
func (r *Reader) look(k key, raw string) *known {
	if s := r.spelt.slot(k, raw); s.high != 0 {
		return s
	}
	return r.learn(raw)
}

// learn works out what a spelling is that is new.
func (r *Reader) learn(raw string) *known {
	raw = strings.Clone(raw)
	one := scanner{raw: raw, end: len(raw)}
	f := one.form()
	f.raw = raw
	f.spelling = r.mender.lookUp(f, raw)
	if f.spelling.traits&strange != 0 && r.mender.firm(f, raw) {
		f.spelling.traits &^= strange
	}
	return r.spelt.add(f)
}

// remembered is the number of the form that a part of a text spells. The text knows
// the reader's forms then.
func (r *Reader) remembered(t *Text, raw string) int32 {
	n := r.look(keyOf(raw, 0, len(raw)), raw).number()
	t.forms = r.spelt.forms
	return n
}
