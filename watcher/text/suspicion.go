package text

// suspect is a word that may have to be taken apart.
type suspect struct{ text, word int }

// suspicion is what is remembered of a spelling that may be several words.
// Whether it is depends on the article by very little: on whether an apostrophe
// follows, whether it opens a sentence, whether it stands there twice as a name,
// and on which of its parts are names of the article. The findings under the first
// three are kept, together with the parts that were looked for among the names.
type suspicion [8]*finding

type finding struct {
	cuts    []int    // bytes of the spelling
	present []*name  // what the article must have as names
	absent  []uint32 // bits of the names that it must not have
}

// stands reports whether the finding is true of the article that is read.
func (f *finding) stands(r *Reader) bool {
	for _, n := range f.present {
		if n.article != r.article {
			return false
		}
	}
	return !r.names.hasAny(f.absent)
}

// name counts how often a folded form stands in an article as a name.
type name struct {
	bit     uint32
	article uint32
	times   int
}

func (n *name) count(r *Reader) {
	if n.article != r.article {
		n.article, n.times = r.article, 0
		r.names.add(n.bit)
	}
	n.times++
}

// nameFilter is a set of the article's names that may take a stranger for a
// member, of a hundred names one time in a thousand.
type nameFilter struct {
	bits [1 << 11]uint64
	set  []uint32 // the bits that are set
}

func nameBit(folded string) uint32 { return uint32(hash(folded)>>20) & (1<<17 - 1) }

func (f *nameFilter) add(bit uint32) {
	f.bits[bit>>6] |= 1 << (bit & 63)
	f.set = append(f.set, bit)
}

func (f *nameFilter) hasAny(bits []uint32) bool {
	for _, bit := range bits {
		if f.bits[bit>>6]&(1<<(bit&63)) != 0 {
			return true
		}
	}
	return false
}

func (f *nameFilter) clear() {
	for _, bit := range f.set {
		f.bits[bit>>6] = 0
	}
	f.set = f.set[:0]
}

// mend takes the suspects apart that are several words.
func (r *Reader) mend(texts []*Text) {
	m := mender{lexicon: r.lexicon, known: r.known, reader: r}
	for from := 0; from < len(r.suspects); {
		to, number := from, r.suspects[from].text
		var words []Word
		t, done := texts[number], 0
		for ; to < len(r.suspects) && r.suspects[to].text == number; to++ {
			i := r.suspects[to].word
			cuts := r.cuts(&m, t, i)
			if len(cuts) == 0 {
				continue
			}
			words = append(words, t.Words[done:i]...)
			words = r.split(words, t, i, cuts)
			done = i + 1
		}
		if words != nil {
			mended := &Text{Raw: t.Raw, Language: t.Language, Words: append(words, t.Words[done:]...)}
			mended.partition()
			texts[number] = mended
		}
		from = to
	}
}

// split adds the parts of word i.
func (r *Reader) split(words []Word, t *Text, i int, cuts []int) []Word {
	w := t.Words[i]
	start := w.Start
	for k := range len(cuts) + 1 {
		end := w.End
		if k < len(cuts) {
			end = w.Start + cuts[k]
		}
		s := scanner{raw: t.Raw, start: start, end: end}
		words = append(words, Word{Start: start, End: end, Form: r.form(&s)})
		start = end
	}
	return words
}

// cuts is mender.cuts, in bytes of the word, from memory where it may be.
func (r *Reader) cuts(m *mender, t *Text, i int) []int {
	w := t.Words[i]
	kind := 0
	if w.End < len(t.Raw) && apostrophe(t.Raw[w.End:]) {
		kind |= 1
	}
	if t.Sentences[w.Sentence].From == i {
		kind |= 2
	}
	if w.name != nil && w.name.times > 1 {
		kind |= 4
	}
	if known := w.glued[kind]; known != nil && known.stands(r) {
		return known.cuts
	}
	m.present, m.absent = nil, nil
	cuts := m.cuts(t, i)
	for k := range cuts {
		cuts[k] -= w.Start
	}
	w.glued[kind] = &finding{cuts, m.present, m.absent}
	return cuts
}
