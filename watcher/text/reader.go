package text

import (
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
	forms    []*Form
	keys     []key // of the words of the text at hand; its memory serves the next
}

// MostForms bounds what a Reader remembers, to some ten megabytes; with more it begins
// afresh, and so do the numbers.
const MostForms = 1 << 15

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
	r.forms = nil
}

// Forms is every form that the reader remembers, by its number. A word that Read
// returned last has its form there.
func (r *Reader) Forms() []*Form { return r.forms }

// Read analyses the texts of one article and takes words apart that lost the
// space between them.
func (r *Reader) Read(raws []string) []*Text {
	if len(r.forms) > MostForms {
		r.forget()
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
	words, keys := make([]Word, 0, len(raw)/6+1), r.keys[:0]
	s := scanner{raw: raw}
	for s.next() {
		keys = append(keys, keyOf(raw, s.start, s.end))
		words = append(words, Word{Start: s.start, End: s.end})
	}
	r.keys = keys
	r.spelt.fetch(keys)
	for i := range words {
		w := &words[i]
		k := r.look(keys[i], raw[w.Start:w.End])
		w.Number, w.Form = k.number(), k.form
		if r.mender.note(k.tag, k.traits(), raw[w.End:]) {
			r.mender.suspects = append(r.mender.suspects, suspect{number, i})
		}
	}
	t := &Text{Raw: raw, Language: r.language, Words: words}
	t.partition()
	return t
}

// look finds what is known of a spelling. It holds until the next look.
func (r *Reader) look(key key, raw string) *known {
	if k := r.spelt.slot(key, raw); k.form != nil {
		return k
	}
	raw = strings.Clone(raw)
	one := scanner{raw: raw, end: len(raw)}
	f := one.form()
	f.raw = raw
	f.spelling = r.mender.lookUp(f, raw)
	f.spelling.known = true
	if f.spelling.traits&strange != 0 && r.mender.firm(f, raw) {
		f.spelling.traits &^= strange
	}
	r.spelt.add(known{key, f, f.spelling.tag, uint32(len(r.forms))<<traitBits | uint32(f.spelling.traits)})
	r.forms = append(r.forms, f)
	return r.spelt.slot(key, raw)
}

// remembered is the word that raw[start:end] spells.
func (r *Reader) remembered(raw string, start, end int) Word {
	k := r.look(keyOf(raw, start, end), raw[start:end])
	return Word{Start: start, End: end, Number: k.number(), Form: k.form}
}
