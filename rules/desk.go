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
	text *text.Reader
	// senses are the atoms that forms stand for, one form behind the other: those of
	// form n are senses[begins[n]:begins[n+1]].
	senses  []int32
	begins  []int32
	telling []uint64   // bits of the forms that stand for any: most words stand for none
	first   *text.Form // of those
	found   []occurrence
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
	for _, z := range doc.zones {
		for k := range z.text.Words {
			n := z.text.Words[k].Number
			if r.telling[n>>6]>>(n&63)&1 == 0 {
				continue
			}
			for _, atom := range r.senses[r.begins[n]:r.begins[n+1]] {
				r.found = append(r.found, occurrence{atom, int32(z.words.from + k)})
			}
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
		r.senses, r.begins, r.telling, r.first = nil, []int32{0}, nil, forms[0]
	}
	for n := len(r.begins) - 1; n < len(forms); n++ {
		senses := d.sense(forms[n], language)
		r.senses = append(r.senses, senses...)
		r.begins = append(r.begins, int32(len(r.senses)))
		if n%64 == 0 {
			r.telling = append(r.telling, 0)
		}
		if len(senses) > 0 {
			r.telling[n/64] |= 1 << (n % 64)
		}
	}
}
