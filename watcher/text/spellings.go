package text

// spellings is a table of every spelling that a Reader remembers: open addressing,
// a power of two, at most three quarters full. One look mostly tells, without one at the
// spelling itself: its letters, up to fifteen bytes, are the key.
type spellings struct {
	slots   []known
	used    int
	fetched uint64 // of no use but that it was read
}

// known is what is known of a spelling at the first look: half a line of a cache.
type known struct {
	key
	form   *Form // nil for a free slot
	tag    tag   // of the folded form
	packed uint32
}

func (k *known) traits() traits { return traits(k.packed) }
func (k *known) number() int32  { return int32(k.packed >> traitBits) }

// traits are what mending asks of every word.
type traits uint8

const (
	strange   traits = 1 << iota // no list knows it as it is spelt
	named                        // it has a capital
	eliding                      // an apostrophe may follow
	traitBits = 8                // that they take in a known
)

// key tells spellings apart. Of one of up to fifteen bytes it is the bytes, and how
// many; of a longer one its hash, and then the spelling itself decides.
type key struct{ low, high uint64 }

const (
	keyMost = 15
	keyLong = 0xFF << 56
)

// keyOf is the key of raw[from:to], which is not empty.
func keyOf(raw string, from, to int) key {
	n := to - from
	if n > keyMost {
		return key{hash(raw[from:to]), keyLong | uint64(n)}
	}
	var k key
	if from+16 <= len(raw) {
		k = key{eight(raw[from:]), eight(raw[from+8:])}
	} else {
		var last [16]byte
		copy(last[:], raw[from:to])
		k = key{eight(string(last[:8])), eight(string(last[8:]))}
	}
	if n < 8 {
		k.low, k.high = k.low&(1<<(8*n)-1), 0
	} else {
		k.high &= 1<<(8*(n-8)) - 1
	}
	k.high |= uint64(n) << 56
	return k
}

// eight is the first eight bytes of s as a number.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// clear forgets all.
func (t *spellings) clear() { t.slots, t.used = make([]known, 1024), 0 }

// slot is where raw[from:to] with that key stands, or, with a nil form, may stand.
func (t *spellings) slot(k key, raw string) *known {
	last := uint64(len(t.slots) - 1)
	for i := t.home(k); ; i = (i + 1) & last {
		s := &t.slots[i]
		if s.form == nil || s.key == k && (k.high < keyLong || s.form.raw == raw) {
			return s
		}
	}
}

// home is where the search for a key begins.
func (t *spellings) home(k key) uint64 {
	return (k.low ^ k.high*0xC2B2AE3D27D4EB4F) * 0x9E3779B97F4A7C15 >> 32 & uint64(len(t.slots)-1)
}

// fetch has the memory bring all that slot will look at for these keys, many at once.
func (t *spellings) fetch(keys []key) {
	sum := uint64(0)
	for _, k := range keys {
		sum ^= t.slots[t.home(k)].low
	}
	t.fetched = sum
}

// add puts a spelling that is not there into the table.
func (t *spellings) add(s known) {
	if t.used++; 4*t.used > 3*len(t.slots) {
		old := t.slots
		t.slots = make([]known, 2*len(old))
		for _, o := range old {
			if o.form != nil {
				*t.slot(o.key, o.form.raw) = o
			}
		}
	}
	*t.slot(s.key, s.form.raw) = s
}
