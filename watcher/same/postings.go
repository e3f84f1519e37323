package same

// postings finds where a hash was seen: an inverted index that only grows at its
// end and forgets from its beginning. Entries of one bucket are chained, newest
// first, so that a walk ends at the first that is forgotten; nothing is ever
// searched for to be deleted.
type postings struct {
	heads   []uint32 // by bucket: number of its newest entry + 1; 0: none
	entries []posting
	first   uint32 // number of the oldest entry that is kept
	next    uint32 // number of the entry that comes next
}

// posting is one sighting. Its number is where it stands, modulo the length of
// entries, which is a power of two.
type posting struct {
	hash   uint32
	holder uint32 // who has it
	before uint32 // as in heads
}

const fewestEntries = 1 << 10

// longest is how many entries of one bucket are looked at: what is more common
// than that (a dateline, a closing formula) tells texts apart no more, and the
// newest entries are the likeliest.
const longest = 64

// each calls found for the holders of a hash, the newest first.
func (p *postings) each(hash uint32, found func(holder uint32)) {
	if len(p.entries) == 0 {
		return
	}
	steps := 0
	for at := p.heads[hash&uint32(len(p.heads)-1)]; at != 0 && p.kept(at-1) && steps < longest; steps++ {
		e := p.entries[(at-1)&uint32(len(p.entries)-1)]
		if e.hash == hash {
			found(e.holder)
		}
		at = e.before
	}
}

// kept reports whether an entry is not forgotten. Numbers may run over.
func (p *postings) kept(number uint32) bool { return p.next-number <= p.next-p.first }

func (p *postings) add(hash, holder uint32) {
	if int(p.next-p.first) == len(p.entries) {
		p.grow()
	}
	head := &p.heads[hash&uint32(len(p.heads)-1)]
	p.entries[p.next&uint32(len(p.entries)-1)] = posting{hash, holder, *head}
	p.next++
	*head = p.next
}

// forget drops the oldest entries.
func (p *postings) forget(entries int) { p.first += uint32(entries) }

// grow doubles the room, and numbers the entries anew from 0.
func (p *postings) grow() {
	old, first, next := p.entries, p.first, p.next
	size := max(fewestEntries, 2*len(old))
	p.entries, p.heads, p.first, p.next = make([]posting, size), make([]uint32, size), 0, 0
	for n := first; n != next; n++ {
		e := old[n&uint32(len(old)-1)]
		p.add(e.hash, e.holder)
	}
}
