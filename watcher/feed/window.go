package feed

import "crypto/sha256"

// A window is what a poll saw of a feed, to be held against the next one: for
// each entry that could be used a mark of 16 bytes, the first half from the
// bytes of the entry as served, the second from its identity. A first half of
// zeros is not known, as those of sitemaps and lists.
const (
	markSize = 16
	halfMark = markSize / 2
)

type half [halfMark]byte

func halfOf(b []byte) (h half) {
	sum := sha256.Sum256(b)
	copy(h[:], sum[:])
	return h
}

func mark(served half, identity string) string {
	id := halfOf([]byte(identity))
	return string(served[:]) + string(id[:])
}

// window is the window of the last poll, to ask.
type window struct {
	served   map[half]string // the mark of an entry, by its bytes
	identity map[half]bool
}

// newWindow reads a window; one of a wrong length is none.
func newWindow(marks string) window {
	w := window{served: map[half]string{}, identity: map[half]bool{}}
	if len(marks)%markSize != 0 {
		return w
	}
	for ; marks != ""; marks = marks[markSize:] {
		if h := half([]byte(marks[:halfMark])); h != (half{}) {
			w.served[h] = marks[:markSize]
		}
		w.identity[half([]byte(marks[halfMark:markSize]))] = true
	}
	return w
}

// saw reports whether the last poll had an entry of that identity.
func (w window) saw(identity string) bool { return w.identity[halfOf([]byte(identity))] }

// passOver takes the entries out of a document that the last poll saw byte for
// byte: they say nothing new, and to read them is most of the work of a poll.
// What is around them stays. JSON stays whole: without an object a comma is left.
func (r *reader) passOver(doc []byte, s shape) ([]byte, shape) {
	r.served = make([]half, 0, len(s.entries))
	var kept []byte
	var entries []span
	from := 0
	for _, e := range s.entries {
		served := halfOf(doc[e.start:e.end])
		known, seen := r.last.served[served]
		if s.root == "{" || e.cut || !seen {
			at := len(kept) + e.start - from
			entries = append(entries, span{start: at, end: at + e.end - e.start, cut: e.cut, long: e.long})
			r.served = append(r.served, served)
			continue
		}
		kept = append(kept, doc[from:e.start]...)
		from = e.end
		r.parsed.Known++
		r.window.WriteString(known)
	}
	if r.parsed.Known == 0 {
		return doc, s
	}
	s.entries = entries
	kept = append(kept, doc[from:]...)
	s.head = len(kept)
	if len(entries) > 0 {
		s.head = entries[0].start
	}
	return kept, s
}

// remember notes an entry for the window; i is its place among the items.
func (r *reader) remember(identity string, i int) {
	var served half
	if i < len(r.served) {
		served = r.served[i]
	}
	r.window.WriteString(mark(served, identity))
	r.parsed.Overlap = r.parsed.Overlap || r.last.saw(identity)
}

// aligned forgets the bytes of the entries when it is not certain which item was
// made of which.
func (r *reader) aligned(items int) {
	if items != len(r.served) {
		r.served = nil
	}
}
