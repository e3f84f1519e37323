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
	slots    []slot // open addressing: a power of two, at most half full
	forms    []*Form
}

// slot is a place in the table of spellings. The key of a spelling of at most seven
// bytes is the spelling itself; of a longer one it is its hash, and raw decides.
type slot struct {
	key  uint64
	form *Form
}

func keyOf(raw string) (key uint64, whole bool) {
	if len(raw) > 7 {
		return hash(raw), false
	}
	for i := range len(raw) {
		key = key<<8 | uint64(raw[i])
	}
	return key<<8 | uint64(len(raw)), true
}

// place is where in the table the search for a key begins.
func (r *Reader) place(key uint64) uint64 {
	return key * 0x9E3779B97F4A7C15 >> 32 & uint64(len(r.slots)-1)
}

// MostForms bounds what a Reader remembers, to some ten megabytes; with more it begins
// afresh, and so do the numbers.
const MostForms = 1 << 15

// NewReader makes a reader. known says which folded forms are words to the
// caller, always the same; nil if it knows none.
func NewReader(language string, known func(folded string) bool) *Reader {
	r := &Reader{language: language, mender: newMender(language, known)}
	r.mender.form = r.form
	r.forget()
	return r
}

func (r *Reader) forget() {
	r.slots, r.forms = make([]slot, 1024), nil
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

// analyse is Analyse from memory.
func (r *Reader) analyse(raw string, number int) *Text {
	t := &Text{Raw: raw, Language: r.language, Words: make([]Word, 0, len(raw)/6+1)}
	s := scanner{raw: raw}
	for s.next() {
		t.Words = append(t.Words, Word{Start: s.start, End: s.end, Form: r.form(&s)})
		r.mender.see(t, number, len(t.Words)-1)
	}
	t.partition()
	return t
}

// form is the form of the word that the scanner found last.
func (r *Reader) form(s *scanner) *Form {
	raw := s.raw[s.start:s.end]
	key, whole := keyOf(raw)
	i := r.place(key)
	for r.slots[i].form != nil {
		if r.slots[i].key == key && (whole || r.slots[i].form.raw == raw) {
			return r.slots[i].form
		}
		i = (i + 1) & uint64(len(r.slots)-1)
	}
	raw = strings.Clone(raw)
	one := scanner{raw: raw, end: len(raw), plain: s.plain}
	f := one.form()
	f.Number, f.raw = len(r.forms), raw
	f.spelling = r.mender.lookUp(f, raw)
	f.spelling.known = true
	r.forms = append(r.forms, f)
	r.slots[i] = slot{key, f}
	if 2*len(r.forms) > len(r.slots) {
		r.grow()
	}
	return f
}

func (r *Reader) grow() {
	old := r.slots
	r.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.form == nil {
			continue
		}
		i := r.place(s.key)
		for r.slots[i].form != nil {
			i = (i + 1) & uint64(len(r.slots)-1)
		}
		r.slots[i] = s
	}
}
