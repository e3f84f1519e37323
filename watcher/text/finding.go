package text

import "slices"

// finding is what was found of a spelling that may be several words, and which
// parts of it stood in the article and which did not, of those that were asked
// for. It holds for every article of which the same is true.
type finding struct {
	at      []int // bytes of the spelling at which a part begins
	present []seen
	absent  []uint64 // hashes
}

// A finding depends on where the spelling stands.
const (
	anElision = 1 << iota // an apostrophe follows
	anOpening             // it opens a sentence
	again                 // it stands elsewhere in the article too
	atCheap               // the price is the cheap one
	kinds     = 1 << iota
)

// find says where to cut a word, in bytes of it, from memory where it may be.
func (m *mender) find(t *Text, word int) []int {
	w := &t.Words[word]
	s := m.spellingOf(w, t.Raw)
	kind := 0
	for i, yes := range [...]bool{m.elided(t, w), t.Sentences[w.Sentence].From == word, m.seen.of(s.hash).times > 1, m.broken} {
		if yes {
			kind |= 1 << i
		}
	}
	if !s.known {
		return m.tokenOf(t, word, s, kind).parts()
	}
	if s.findings == nil {
		s.findings = &[kinds]*finding{}
	}
	if f := s.findings[kind]; f != nil && m.seen.all(f.present) && !m.seen.any(f.absent) {
		return f.at
	}
	k := m.tokenOf(t, word, s, kind)
	at := k.parts()
	s.findings[kind] = &finding{at, slices.Clone(k.present), slices.Clone(k.absent)}
	return at
}
