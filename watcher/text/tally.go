package text

import "math/bits"

// tag stands for a folded form: of thousands of millions of pairs of forms one shares
// its tag.
type tag uint32

func tagOf(h uint64) tag { return tag(h>>32) ^ tag(h) }

// tally counts the words of an article by their folded forms. Each has a number, which
// it keeps from article to article: who remembers the number of a word counts it in one
// step, and an article is mostly words that are remembered.
type tally struct {
	slots  []numbered // open addressing: a power of two, at most half full
	shift  int
	counts []count // by number
}

// numbered is a folded form with its number, counted from 1; 0 is a free slot.
type numbered struct {
	word   tag
	number uint32
}

// count is how often a word stands in an article, as far as it matters, and whether
// with a capital.
type count uint8

const (
	mostTimes         = 4
	timesOf     count = 7
	withCapital       = count(named)
)

// times is how often, at most mostTimes.
func (c count) times() int { return int(c & timesOf) }

// capital says that once it had a capital.
func (c count) capital() bool { return c&withCapital != 0 }

// begin begins an article of about so many different words. Numbers stay.
func (t *tally) begin(words int) {
	clear(t.counts)
	if len(t.slots) == 0 {
		t.makeRoom(2 * words)
	}
}

func (t *tally) makeRoom(words int) {
	size := bits.Len(uint(words) | 15)
	t.slots, t.shift = make([]numbered, 1<<size), 32-size
}

// number is that of a word, a new one if it has none.
func (t *tally) number(word tag) uint32 {
	s := t.slot(word)
	if s.number == 0 {
		if 2*len(t.counts) >= len(t.slots) {
			t.grow()
			s = t.slot(word)
		}
		t.counts = append(t.counts, 0)
		*s = numbered{word, uint32(len(t.counts))}
	}
	return s.number - 1
}

func (t *tally) grow() {
	old := t.slots
	t.makeRoom(len(old))
	for _, s := range old {
		if s.number > 0 {
			*t.slot(s.word) = s
		}
	}
}

// add counts the word of that number once more, without a branch: half of the words of
// an article are there for the first time, and nothing foretells which.
func (t *tally) add(number uint32, is traits) {
	c := t.counts[number]
	c += (c&timesOf - mostTimes) >> 7 // 1 below mostTimes, then 0
	t.counts[number] = c | count(is&named)
}

// of is the count of a word, 0 for one that does not stand in the article.
func (t *tally) of(word tag) count {
	if s := t.slot(word); s.number > 0 {
		return t.counts[s.number-1]
	}
	return 0
}

func (t *tally) slot(word tag) *numbered {
	at := int(word * 0x9E3779B1 >> t.shift)
	for t.slots[at].number > 0 && t.slots[at].word != word {
		at = (at + 1) & (len(t.slots) - 1)
	}
	return &t.slots[at]
}
