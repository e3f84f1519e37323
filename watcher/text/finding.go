package text

import "slices"

// finding is what was found of a spelling that may be several words, and which
// parts of it stood in the article and which did not, of those that were asked
// for. It holds for every article of which the same is true.
type finding struct {
	kind    uint8
	next    *finding // of the same spelling
	at      []int    // bytes of the spelling at which a part begins
	present []seen
	absent  []tag
}

// A finding depends on where the spelling stands.
const (
	anElision = 1 << iota // an apostrophe follows
	anOpening             // it opens a sentence
	again                 // it stands elsewhere in the article too
	atCheap               // the price is the cheap one
)

// find says where to cut a word, in bytes of it, from memory where it may be.
func (m *mender) find(t *Text, word int) []int {
	s := m.spellingOf(t, word)
	kind := 0
	for i, yes := range [...]bool{m.elided(t, word), t.Sentences[t.Words[word].Sentence].From == word, m.seen.times(s.fold) > 1, m.broken} {
		if yes {
			kind |= 1 << i
		}
	}
	if m.remembered == nil {
		return m.tokenOf(t, word, s, kind).parts()
	}
	for f := s.findings; f != nil; f = f.next {
		if int(f.kind) == kind && m.seen.all(f.present) && !m.seen.any(f.absent) {
			return f.at
		}
	}
	k := m.tokenOf(t, word, s, kind)
	at := k.parts()
	s.keep(&finding{kind: uint8(kind), at: at, present: slices.Clone(k.present), absent: slices.Clone(k.absent)})
	return at
}

// mostFindings are kept of a spelling: in one article a part of it is a name, in the
// next it is not.
const mostFindings = 8

func (s *spelling) keep(f *finding) {
	if s.kept++; s.kept > mostFindings {
		s.findings, s.kept = nil, 1
	}
	f.next, s.findings = s.findings, f
}

// firm reports whether a stranger stays whole at the dear price wherever it stands and
// whatever else does: even if every part of it were a word and a name there.
func (m *mender) firm(f *Form, raw string) bool {
	price, broken := m.price, m.broken
	m.price, m.broken = m.dear, false
	one := &Text{Raw: raw, Words: []Word{{End: int32(len(raw))}}, forms: []*Form{f}}
	k := m.tokenOf(one, 0, &f.spelling, anOpening)
	k.hopeful = true
	whole := k.parts() == nil
	m.price, m.broken = price, broken
	return whole
}
