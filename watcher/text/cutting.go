package text

import "slices"

// cutting is a word with the bytes of it at which a part begins.
type cutting struct {
	suspect
	at []uint32
}

// cut looks at suspects, in the order of the texts. clear counts those that are
// several words and stand there once: a name that looks like glue comes back.
func (m *mender) cut(texts []*Text, suspects []suspect) (cuts []cutting, clear int) {
	m.fetch(texts, suspects)
	for _, s := range suspects {
		t := texts[s.text]
		at := m.find(t, s.word)
		if len(at) == 0 {
			continue
		}
		cuts = append(cuts, cutting{s, at})
		if m.seen.counts[m.spellingOf(t, s.word).fold].times() == 1 {
			clear++
		}
	}
	return cuts, clear
}

// fetch has the memory bring what a Reader found of the suspects, many at once: they are
// rare words, and it is far away.
func (m *mender) fetch(texts []*Text, suspects []suspect) {
	for _, s := range suspects {
		m.fetched += len(texts[s.text].Form(s.word).spelling.findings)
	}
	for _, s := range suspects {
		if f := texts[s.text].Form(s.word).spelling.findings; len(f) > 0 {
			m.fetched += int(f[0])
		}
	}
}

// cutAt is a text with words cut.
func (m *mender) cutAt(t *Text, cuts []cutting) *Text {
	words, done := make([]Word, 0, len(t.Words)+mostParts*len(cuts)), 0
	mended := &Text{Raw: t.Raw, Language: t.Language, forms: slices.Clip(t.forms), loud: moved(t.loud, cuts)}
	for _, c := range cuts {
		words = append(words, t.Words[done:c.word]...)
		w := t.Words[c.word]
		start := w.Start
		for k := range len(c.at) + 1 {
			end := w.End
			if k < len(c.at) {
				end = w.Start + int32(c.at[k])
			}
			words = append(words, Word{Start: start, End: end, Number: m.formOf(mended, t.Raw[start:end])})
			start = end
		}
		done = c.word + 1
	}
	mended.Words = append(words, t.Words[done:]...)
	mended.partition()
	return mended
}

// moved is what loud is once words are cut.
func moved(loud []int32, cuts []cutting) []int32 {
	loud = slices.Clone(loud)
	for _, c := range slices.Backward(cuts) {
		for i := len(loud) - 1; i >= 0 && int(loud[i]) > c.word; i-- {
			loud[i] += int32(len(c.at))
		}
	}
	return loud
}

// formOf is the number of the form that a part of a text spells, which the text knows
// then.
func (m *mender) formOf(t *Text, raw string) int32 {
	if m.remembered != nil {
		return m.remembered(t, raw)
	}
	s := scanner{raw: raw, end: len(raw)}
	t.forms = append(t.forms, s.form())
	return int32(len(t.forms) - 1)
}
