package text

import "math/bits"

// tag stands for a folded form: of thousands of millions of pairs of forms one shares
// its tag.
type tag uint32

func tagOf(h uint64) tag { return tag(h>>32) ^ tag(h) }

// tally counts the words of an article by the tags of their folded forms. It
// takes one look a word: an article is mostly in order, and then this is most of
// what mending costs.
type tally struct {
	slots []seen
	shift int
	words int // different ones
}

// seen is how often a word stands in an article, as far as it matters, and whether
// with a capital.
type seen struct {
	word    tag
	times   uint8 // at most mostTimes
	capital bool
}

const mostTimes = 4

// clear makes room for so many words; it grows for more.
func (t *tally) clear(words int) {
	size := bits.Len(uint(words)*3/2 | 15)
	t.shift, t.words = 32-size, 0
	if cap(t.slots) < 1<<size {
		t.slots = make([]seen, 1<<size)
		return
	}
	t.slots = t.slots[:1<<size]
	clear(t.slots)
}

func (t *tally) grow() {
	old := t.slots
	t.shift, t.slots = t.shift-1, make([]seen, 2*len(old))
	for _, s := range old {
		if s.times > 0 {
			*t.slot(s.word) = s
		}
	}
}

func (t *tally) add(word tag, withCapital bool) {
	s := t.slot(word)
	if s.times == 0 {
		if t.words++; 3*t.words > 2*len(t.slots) {
			t.grow()
			s = t.slot(word)
		}
		s.word = word
	}
	s.times = min(s.times+1, mostTimes)
	s.capital = s.capital || withCapital
}

// of is what was seen of a word.
func (t *tally) of(word tag) seen { return *t.slot(word) }

// all reports whether these words were seen as often and as they say.
func (t *tally) all(words []seen) bool {
	for _, s := range words {
		if *t.slot(s.word) != s {
			return false
		}
	}
	return true
}

// any reports whether one of the words was seen.
func (t *tally) any(words []tag) bool {
	for _, word := range words {
		if t.slot(word).times > 0 {
			return true
		}
	}
	return false
}

func (t *tally) slot(word tag) *seen {
	at := int(word * 0x9E3779B1 >> t.shift)
	for t.slots[at].times > 0 && t.slots[at].word != word {
		at = (at + 1) & (len(t.slots) - 1)
	}
	return &t.slots[at]
}
