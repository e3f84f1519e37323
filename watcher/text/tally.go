package text

import "math/bits"

// tally counts the words of an article by the hashes of their folded forms. It
// takes one look a word: an article is mostly in order, and then this is most of
// what mending costs.
type tally struct {
	slots []seen
	shift int
	words int // different ones
	// bits marks the hashes that were seen, and some others: most questions are
	// for parts that no article knows.
	bits [1 << 8]uint64
}

// seen is how often a word stands in an article, as far as it matters, and whether
// with a capital.
type seen struct {
	hash    uint64
	times   uint8 // at most mostTimes
	capital bool
}

const mostTimes = 4

// clear makes room for so many words; it grows for more.
func (t *tally) clear(words int) {
	size := bits.Len(uint(words)*3/2 | 15)
	t.shift, t.words, t.bits = 64-size, 0, [1 << 8]uint64{}
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
			*t.slot(s.hash) = s
		}
	}
}

func (t *tally) add(h uint64, withCapital bool) {
	s := t.slot(h)
	if s.times == 0 {
		if t.words++; 3*t.words > 2*len(t.slots) {
			t.grow()
			s = t.slot(h)
		}
		s.hash = h
	}
	t.bits[h>>40&(1<<8-1)] |= 1 << (h >> 48 & 63)
	s.times = min(s.times+1, mostTimes)
	s.capital = s.capital || withCapital
}

// of is what was seen of the word with this hash.
func (t *tally) of(h uint64) seen { return *t.slot(h) }

// all reports whether these words were seen as often and as they say.
func (t *tally) all(words []seen) bool {
	for _, s := range words {
		if *t.slot(s.hash) != s {
			return false
		}
	}
	return true
}

// any reports whether one of the words with these hashes was seen.
func (t *tally) any(hashes []uint64) bool {
	for _, h := range hashes {
		if t.bits[h>>40&(1<<8-1)]&(1<<(h>>48&63)) != 0 && t.slot(h).times > 0 {
			return true
		}
	}
	return false
}

func (t *tally) slot(h uint64) *seen {
	at := int(h * 0x9e3779b97f4a7c15 >> t.shift)
	for t.slots[at].times > 0 && t.slots[at].hash != h {
		at = (at + 1) & (len(t.slots) - 1)
	}
	return &t.slots[at]
}
