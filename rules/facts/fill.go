package facts

import (
	"cmp"
	"slices"
	"strconv"

	"presswatch/rules"
)

// fill fills the slots of mention n.
func (r *reader) fill(n int) {
	m, c := &r.mentions[n], r.kind.config
	m.fact.Kind, m.fact.Instrument = c.ID.Value, c.Instrument.Values[m.class].Is.Value
	m.fact.Parties = r.several(n, parties, c.Parties)
	m.fact.Domain = r.one(n, domain, c.Domain)
	m.fact.Period, m.dated = r.formed(n, period, c.Period.Attach, r.periods)
	r.status(n)
	if m.pattern >= 0 { // when and where are said of what was done
		m.fact.Place = r.one(n, place, c.Place)
		m.fact.Date, _ = r.formed(n, date, c.Date.Attach, r.dates)
		m.fact.Signatories = r.several(n, signatories, c.Signatories)
	}
	r.dateStatus(m)
	r.yearOf(m)
}

// yearOf gives a mention for no period the year that its instrument is known by.
func (r *reader) yearOf(m *mention) {
	published, v := r.doc.About().Published, r.kind.config.Instrument.Values[m.class]
	switch {
	case m.fact.Period != "":
	case v.Yearly && m.fact.News && !published.IsZero():
		m.fact.Period = strconv.Itoa(published.Year())
	case v.OfYear && !m.fact.News && m.fact.Date != "":
		m.fact.Period = m.fact.Date[:len("2006")]
	}
}

// dateStatus holds a status that is told as news against its date.
func (r *reader) dateStatus(m *mention) {
	c, published := r.kind.config.Status, r.doc.About().Published
	switch {
	case !m.fact.News:
	case r.recalls || longBefore(m.fact.Date, published, c.Stale):
		m.fact.Status, m.fact.News = c.Otherwise.Value, false
	case c.Ahead.IsSet() && yetToCome(m.fact.Date, published):
		m.fact.Status = c.Ahead.Value
	}
}

// one fills a slot with the value nearest to a mention.
func (r *reader) one(n int, of slot, c slotConfig) string {
	m := &r.mentions[n]
	own := ""
	if of == domain {
		own = r.ownDomain(m)
	}
	if c.Many > 0 && r.varied(n, of, c) >= c.Many {
		m.varied, m.reached[of] = true, reach{after, listReach}
		return cmp.Or(own, c.Otherwise)
	}
	for _, in := range c.Attach {
		found := r.inside(of, in, n, c)
		if len(found) == 0 || own != "" && !in.beside() {
			continue
		}
		best := nearest(found, m.at)
		if in.where == whole || in.where == title || in.where == lead {
			best = most(found)
		}
		if in.where == whole && c.Many > 0 && equals(found, best) >= c.Many {
			break // as varied as a list
		}
		m.reached[of] = in
		m.marks = append(m.marks, mark{best.Range, of, in})
		return c.Values[best.index].Is.Value
	}
	return cmp.Or(own, c.Otherwise)
}

// ownDomain is the field that a mention has where none is said of itself, whatever
// its article is about; "" for that of its article.
func (r *reader) ownDomain(m *mention) string {
	v := r.kind.config.Instrument.Values[m.class]
	if v.Broad && !m.bloc {
		return r.kind.config.Domain.Otherwise
	}
	return v.Domain.Value
}

// listReach is as far as a list behind a mention goes, in words.
const listReach = 30

// varied is how many different values are listed behind mention n.
func (r *reader) varied(n int, of slot, c slotConfig) int {
	behind := r.parts(reach{after, listReach}, n)[0]
	different := map[string]bool{}
	for _, p := range r.values[of] {
		v := c.Values[p.index]
		if p.Within(behind) && (len(v.Attach) == 0 || slices.ContainsFunc(v.Attach, reach.beside)) {
			different[v.Is.Value] = true
		}
	}
	return len(different)
}

// nearest is the place nearest to a mention, the first of equal ones.
func nearest(found []placed, at rules.Range) placed {
	return slices.MinFunc(found, func(a, b placed) int { return away(a.Range, at) - away(b.Range, at) })
}

// equals is how many values stand as often as the one of a place, that one with them.
func equals(found []placed, best placed) (n int) {
	count := map[int]int{}
	for _, p := range found {
		count[p.index]++
	}
	for _, times := range count {
		if times == count[best.index] {
			n++
		}
	}
	return n
}

// most is the first place of the value that stands most often.
func most(found []placed) placed {
	count := map[int]int{}
	for _, p := range found {
		count[p.index]++
	}
	best := found[0]
	for _, p := range found {
		if count[p.index] > count[best.index] {
			best = p
		}
	}
	return best
}

// inside lists where values of a slot stand in a part of the document, if they
// count there.
func (r *reader) inside(of slot, in reach, n int, c slotConfig) (out []placed) {
	for _, part := range r.parts(in, n) {
		for _, p := range r.values[of] {
			v := c.Values[p.index]
			counts := len(v.Bloc) == 0 && (len(v.Attach) == 0 || slices.Contains(v.Attach, in))
			if counts && p.Within(part) {
				out = append(out, p)
			}
		}
	}
	return out
}

// formed fills a slot with the period or day nearest to a mention.
func (r *reader) formed(n int, of slot, attach []reach, all []formed) (string, bool) {
	m := &r.mentions[n]
	for _, in := range attach {
		best := -1
		for _, part := range r.parts(in, n) {
			for i, f := range all {
				within := f.Range.From >= part.From && f.Range.From < part.To || f.Range.From < m.at.From && f.To > m.at.From
				if within && f.counts(in) && !r.leads(f.Range, n, in) &&
					(best < 0 || away(f.Range, m.at) < away(all[best].Range, m.at)) {
					best = i
				}
			}
		}
		if best >= 0 {
			m.marks = append(m.marks, mark{all[best].Range, of, in})
			return all[best].value, in.near()
		}
	}
	return "", false
}

// counts reports whether a form counts in a part.
func (f formed) counts(in reach) bool { return len(f.attach) == 0 || slices.Contains(f.attach, in) }

// behindBefore is how close behind a mention a period stands that is its own.
const behindBefore = 3

// leads reports whether a period is rather that of the mention beside this one: it
// stands behind this one and directly before the next ("the protocol and the 2026
// plan"), or before this one and close behind the last, or is the last one's already.
func (r *reader) leads(f rules.Range, n int, in reach) bool {
	if in.where == before && in.words > 1 && n > 0 {
		last := r.mentions[n-1]
		taken := !r.alone(&last) && slices.ContainsFunc(last.marks, func(w mark) bool { return w.of == period && w.Range == f })
		return taken || f.From-last.at.To < behindBefore && r.doc.SentenceOf(last.at.From) == r.doc.SentenceOf(f.From)
	}
	return in.where == after && n+1 < len(r.mentions) && f.To == r.mentions[n+1].at.From && r.doc.SentenceOf(f.From) == r.doc.SentenceOf(f.To)
}

// away is how many words stand between two places.
func away(a, b rules.Range) int {
	switch {
	case a.From >= b.To:
		return a.From - b.To
	case b.From >= a.To:
		return b.From - a.To
	}
	return 0
}
