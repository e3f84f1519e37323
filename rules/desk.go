package rules

import "presswatch/watcher/text"

// desk is what a set keeps from article to article, so that little has to be
// worked out twice: readers, which remember spellings and what they stand for, by
// language. It serves one article at a time.
type desk struct {
	readers map[string]*reader
	rested  bool // nobody has sat there since the last Rest
}

// reader reads articles of one language for a set.
type reader struct {
	text   *text.Reader
	senses senses
	first  *text.Form // of those that the senses are of
}

// senses are the atoms that forms stand for, one form behind the other: those of form n
// are atoms[begins[n]:begins[n+1]]. A reader adds to them, and never changes what is
// there: so a document keeps them as they are when it is read.
type senses struct {
	atoms  []int32
	begins []int32
	some   []bool // by form: that it stands for any; most do not
}

// sit takes a desk, which no other goroutine uses until it is left.
func (s *Set) sit() *desk {
	select {
	case d := <-s.desks:
		d.rested = false
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

// Rest gives up what was remembered from article to article, some megabytes, if
// nothing was prepared since the last Rest. The next document brings it back.
func (s *Set) Rest() {
	for range len(s.desks) {
		select {
		case d := <-s.desks:
			if !d.rested {
				d.rested = true
				s.leave(d)
			}
		default: // taken meanwhile
		}
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

// learn works out what new forms stand for.
func (r *reader) learn(d *dictionary, language string) {
	forms, s := r.text.Forms(), &r.senses
	if len(forms) == 0 {
		return
	}
	if forms[0] != r.first { // the reader began afresh
		r.first, *s = forms[0], senses{begins: []int32{0}}
	}
	for _, form := range forms[len(s.some):] {
		atoms := d.sense(form, language)
		s.atoms, s.some = append(s.atoms, atoms...), append(s.some, len(atoms) > 0)
		s.begins = append(s.begins, int32(len(s.atoms)))
	}
}
