package text

// spellings is all that a Reader remembers: what every spelling stands for, and a table
// of them, with open addressing, a power of two, at most three quarters full. One look at
// the table mostly tells, without one at the spelling itself: its letters, up to fifteen
// bytes, are the key.
type spellings struct {
	slots   []known
	forms   []*Form // by number
	fetched uint64  // of no use but that it was read
}

// known is what is known of a spelling at the first look. It points to nothing, so
// that nothing but reading ever looks at the table.
type known struct {
	key           // its high is 0 in a free slot
	packed uint32 // the number of its form, and traits
	fold   uint32 // the number of its folded form in the tally
}

func (k *known) traits() traits { return traits(k.packed) }
func (k *known) number() int32  { return int32(k.packed >> traitBits) }

// traits are what mending asks of every word.
type traits uint8

const (
	strange   traits = 1 << iota // no list knows it as it is spelt
	eliding                      // an apostrophe may follow
	named     traits = 1 << 7    // it has a capital
	traitBits        = 8         // that they take in a known
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
	mask := &masks[n]
	return key{k.low & mask.low, k.high&mask.high | uint64(n)<<56}
}

// masks keep the first bytes of sixteen, by how many.
var masks = func() (all [keyMost + 1]key) {
	for n := range all {
		all[n] = key{1<<min(8*n, 64) - 1, 1<<max(8*n-64, 0) - 1}
	}
	return all
}()

// eight is the first eight bytes of s as a number.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// clear forgets all.
func (t *spellings) clear() { t.slots, t.forms = make([]known, 1024), nil }

// slot is where raw with that key stands, or may stand.
func (t *spellings) slot(k key, raw string) *known {
	last := uint64(len(t.slots) - 1)
	for i := t.home(k); ; i = (i + 1) & last {
		s := &t.slots[i]
		if s.high == 0 || s.key == k && (k.high < keyLong || t.forms[s.number()].raw == raw) {
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

// add puts a form whose spelling is not there into the table, and gives its slot.
func (t *spellings) add(f *Form) *known {
	t.forms = append(t.forms, f)
	if 4*len(t.forms) > 3*len(t.slots) {
		t.grow()
	}
	return t.place(len(t.forms) - 1)
}

// grow makes a table twice as large. The forms come into it in the order of their
// numbers: frequent words were met first, and are so found at their home.
func (t *spellings) grow() {
	t.slots = make([]known, 2*len(t.slots))
	for n := range t.forms {
		t.place(n)
	}
}

// place writes the slot of a form.
func (t *spellings) place(number int) *known {
	f := t.forms[number]
	k := keyOf(f.raw, 0, len(f.raw))
	s := t.slot(k, f.raw)
	*s = known{k, uint32(number)<<traitBits | uint32(f.spelling.traits), f.spelling.fold}
	return s
}
