package text

// times is how often a folded form stands in the article as a name: with a
// capital and no other.
func (m *mender) times(folded string) int {
	if m.names == nil {
		m.names = map[string]int{}
		for _, t := range m.texts {
			for _, w := range t.Words {
				if isNamed(t.Raw[w.Start:w.End]) {
					m.names[w.Folded]++
				}
			}
		}
	}
	return m.names[folded]
}

// named reports whether a folded form is a name of the article.
func (m *mender) named(folded string) bool {
	if m.reader == nil {
		return m.times(folded) > 0
	}
	if n := m.reader.families[folded]; n != nil && n.article == m.reader.article {
		m.present = append(m.present, n)
		return true
	}
	m.absent = append(m.absent, nameBit(folded))
	return false
}

// again reports whether a folded form is so more than once.
func (m *mender) again(folded string) bool {
	if m.reader == nil {
		return m.times(folded) > 1
	}
	n := m.reader.families[folded]
	return n != nil && n.article == m.reader.article && n.times > 1
}
