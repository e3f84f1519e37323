package rules

import (
	"slices"

	"presswatch/watcher/text"
)

// desk is what a set keeps from article to article, so that little has to be
// worked out twice: readers, which remember spellings and what they stand for, by
// language. It serves one article at a time.
type desk struct{ readers map[string]*reader }

// reader reads articles of one language for a set.
type reader struct {
	text   *text.Reader
	senses [][]int32  // the atoms that a form stands for, by the form's number
	sensed []uint64   // bits of the numbers that have a sense: most have none
	first  *text.Form // of those
	found  []occurrence
}

// sit takes a desk, which no other goroutine uses until it is left.
func (s *Set) sit() *desk {
	select {
	case d := <-s.desks:
		return d
	default:
		return &desk{readers: map[string]*reader{}}
	}
}

func (s *Set) leave(d *desk) {
	select {
	case s.desks <- d:
	default: // enough are kept
	}
}

// tongues bounds the languages that a desk keeps readers for: an article's
// language is whatever its source says.
const tongues = 8

func (d *desk) reader(dictionary *dictionary, language string) *reader {
	r := d.readers[language]
	if r == nil {
		if len(d.readers) == tongues {
			clear(d.readers)
		}
		r = &reader{text: text.NewReader(language, dictionary.names)}
		d.readers[language] = r
	}
	return r
}

// find lists what the words of a document stand for.
func (r *reader) find(d *dictionary, doc *Document) []occurrence {
	r.learn(d, doc.about.Language)
	r.found = r.found[:0]
	word := int32(0)
	for _, z := range doc.zones {
		words := z.text.Words
		for k := range words {
			if n := words[k].Number; r.sensed[n>>6]&(1<<(n&63)) != 0 {
				for _, atom := range r.senses[n] {
					r.found = append(r.found, occurrence{atom, word})
				}
			}
			word++
		}
	}
	return slices.Clone(r.found)
}

// learn works out what new forms stand for.
func (r *reader) learn(d *dictionary, language string) {
	forms := r.text.Forms()
	if len(forms) == 0 {
		return
	}
	if forms[0] != r.first { // the reader began afresh
		r.senses, r.sensed, r.first = nil, nil, forms[0]
	}
	for n := len(r.senses); n < len(forms); n++ {
		r.senses = append(r.senses, d.sense(forms[n], language))
		if n>>6 == len(r.sensed) {
			r.sensed = append(r.sensed, 0)
		}
		if len(r.senses[n]) > 0 {
			r.sensed[n>>6] |= 1 << (n & 63)
		}
	}
}
