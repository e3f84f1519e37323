package facts

import (
	"fmt"
	"slices"
	"strings"

	"presswatch/rules"
)

// status reads where mention n stands on the ladder: the first pattern that is true
// of it in its sentence, else what goes without saying.
func (r *reader) status(n int) {
	m, c := &r.mentions[n], r.kind.config.Status
	within := r.doc.SentenceOf(m.at.From)
	m.fact.Status = c.Otherwise.Value
	for i, p := range c.Patterns {
		for _, h := range r.patterns[i] {
			if !h.Within(within) || !touches(h.Parts, m.at) || p.Nearest && r.between(h, n) || r.parted(h.Range) {
				continue
			}
			m.fact.Status, m.fact.News, m.pattern = p.Is.Value, p.News, i
			for _, part := range h.Parts {
				if touches([]rules.Range{m.at}, part) {
					continue // the instrument itself
				}
				m.marks = append(m.marks, mark{part, status, reach{where: sentence}})
			}
			return
		}
	}
}

// between reports whether a hit that captures mention n reaches over another one.
func (r *reader) between(h rules.Hit, n int) bool {
	return n > 0 && r.mentions[n-1].at.Within(h.Range) || n+1 < len(r.mentions) && r.mentions[n+1].at.Within(h.Range)
}

// parted reports whether a semicolon parts the words of a range: what stands behind it
// is another statement, unless a colon before it begins a list.
func (r *reader) parted(at rules.Range) bool {
	for i := at.From; i < at.To-1; i++ {
		if mark := strings.IndexAny(r.doc.Behind(i), ";:"); mark >= 0 {
			return r.doc.Behind(i)[mark] == ';'
		}
	}
	return false
}

// need is a slot of which a mention cannot do without one.
type need string

// UnmarshalText reads the name of a slot.
func (n *need) UnmarshalText(b []byte) error {
	switch string(b) {
	case "parties", "domain", "period", "status", "news":
		*n = need(b)
		return nil
	}
	return adviceError{fmt.Sprintf("a mention cannot need %q", b), "known are parties, domain, period, status (said by a pattern) and news"}
}

// meets reports whether a mention has one of what its instrument needs, said of itself.
func (r *reader) meets(m mention) bool {
	if len(m.fact.Parties) < r.kind.config.Parties.Least && !m.bloc {
		return false
	}
	if m.again && !m.dated {
		return false
	}
	needs := r.kind.config.Instrument.Values[m.class].Needs
	return len(needs) == 0 || slices.ContainsFunc(needs, m.has)
}

// has reports whether a slot was filled by what is said of the mention itself.
func (m mention) has(n need) bool {
	switch n {
	case "parties":
		return m.near(parties)
	case "domain":
		return m.near(domain) && !m.varied
	case "period":
		return m.dated
	case "status":
		return m.pattern >= 0
	}
	return m.fact.News
}
