package text

import "slices"

// findings are what was found of a spelling that may be several words, as numbers, one
// finding behind the other: so they are read from a line or two of the processor's cache.
// A finding holds for every article of which the parts that were asked for say the same:
//
//	kind, length of the finding, how many cuts, how many present parts, then
//	  cuts     bytes of the spelling at which a part begins
//	  present  tag and count of each part that stood in the article
//	  absent   tags of those that did not
type findings []uint32

// A finding depends on where the spelling stands.
const (
	anElision = 1 << iota // an apostrophe follows
	anOpening             // it opens a sentence
	again                 // it stands elsewhere in the article too
	atCheap               // the price is the cheap one
)

// find says where to cut a word, in bytes of it, from memory where it may be.
func (m *mender) find(t *Text, word int) []uint32 {
	s := m.spellingOf(t, word)
	kind := 0
	for i, yes := range [...]bool{m.elided(t, word), t.Sentences[t.Words[word].Sentence].From == word, m.seen.counts[s.fold].times() > 1, m.broken} {
		if yes {
			kind |= 1 << i
		}
	}
	if m.remembered == nil {
		return m.tokenOf(t, word, s, kind).parts()
	}
	if cuts, known := s.findings.of(uint32(kind), &m.seen); known {
		return cuts
	}
	k := m.tokenOf(t, word, s, kind)
	cuts := k.parts()
	s.keep(kind, cuts, k)
	return cuts
}

// of finds the cuts of a finding that holds.
func (f findings) of(kind uint32, seen *tally) (cuts []uint32, known bool) {
	for len(f) > 0 {
		end, present := f[1], 4+f[2]
		absent := present + 2*f[3]
		if f[0] == kind && seen.agrees(f[present:absent], f[absent:end]) {
			return f[4:present], true
		}
		f = f[end:]
	}
	return nil, false
}

// agrees reports whether the article has present parts as often as they say, and
// absent ones not at all.
func (t *tally) agrees(present, absent []uint32) bool {
	for ; len(present) > 0; present = present[2:] {
		if t.of(tag(present[0])) != count(present[1]) {
			return false
		}
	}
	for _, word := range absent {
		if t.of(tag(word)) > 0 {
			return false
		}
	}
	return true
}

// mostFindings are kept of a spelling: in one article a part of it is a name, in the
// next it is not.
const mostFindings = 8

// keep remembers the cuts of a token, and for what parts it was asked.
func (s *spelling) keep(kind int, cuts []uint32, k *token) {
	if s.kept++; s.kept > mostFindings {
		s.findings, s.kept = nil, 1
	}
	var present, absent []uint32
	slices.Sort(k.asked)
	for _, word := range slices.Compact(k.asked) {
		if count := k.m.seen.of(word); count > 0 {
			present = append(present, uint32(word), uint32(count))
		} else {
			absent = append(absent, uint32(word))
		}
	}
	length := 4 + len(cuts) + len(present) + len(absent)
	head := []uint32{uint32(kind), uint32(length), uint32(len(cuts)), uint32(len(present) / 2)}
	s.findings = slices.Concat(s.findings, head, cuts, present, absent)
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
