package facts

import (
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
	m.fact.Period, m.dated = r.formed(n, c.Period.Attach, r.periods)
	r.status(n)
	if m.pattern >= 0 { // when and where are said of what was done
		m.fact.Place = r.one(n, place, c.Place)
		m.fact.Date, _ = r.formed(n, c.Date.Attach, r.dates)
		m.fact.Signatories = r.several(n, signatories, c.Signatories)
	}
	r.dateStatus(m)
	if published := r.doc.About().Published; c.Instrument.Values[m.class].Yearly && m.fact.News && m.fact.Period == "" && !published.IsZero() {
		m.fact.Period = strconv.Itoa(published.Year())
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
	broad := of == domain && r.kind.config.Instrument.Values[m.class].Broad
	for _, in := range c.Attach {
		found := r.inside(of, in, n, c)
		if len(found) == 0 || broad && !in.beside() {
			continue
		}
		best := found[0]
		if in.where == whole || in.where == title || in.where == lead {
			best = most(found)
		} else {
			for _, p := range found {
				if away(p.Range, m.at) < away(best.Range, m.at) {
					best = p
				}
			}
		}
		m.reached[of] = in
		m.marks = append(m.marks, best.Range)
		return c.Values[best.index].Is.Value
	}
	return c.Otherwise
}

// several fills a slot with all the values of the nearest part that has enough.
func (r *reader) several(n int, of slot, c slotConfig) []string {
	m := &r.mentions[n]
	for _, in := range c.Attach {
		found := r.inside(of, in, n, c)
		if in.where == whole {
			found = r.foremost(found)
		}
		values := r.named(found, c, of)
		if len(values) < max(c.Least, 1) {
			continue
		}
		m.reached[of] = in
		if in.near() {
			for _, p := range found {
				m.marks = append(m.marks, p.Range)
			}
		}
		return values
	}
	return nil
}

// named are the values at places, in the order of the definition, each once, with
// the home party beside a single other one.
func (r *reader) named(found []placed, c slotConfig, of slot) (out []string) {
	home := r.kind.config.Home.Value
	single := map[int]bool{}
	for _, p := range found {
		single[p.index] = true
	}
	for i, v := range c.Values {
		alone := len(single) == 1 && !single[i] && of == parties && v.Is.Value == home
		if single[i] || alone {
			out = append(out, v.Is.Value)
		}
	}
	return out
}

// foremost keeps, of parties named in a whole article, home and the one named most
// beside it.
func (r *reader) foremost(found []placed) []placed {
	home := slices.IndexFunc(r.kind.config.Parties.Values, func(v valueConfig) bool { return v.Is.Value == r.kind.config.Home.Value })
	others := slices.DeleteFunc(slices.Clone(found), func(p placed) bool { return p.index == home })
	if len(others) == 0 {
		return nil
	}
	return []placed{most(others)}
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
			counts := len(c.Values[p.index].Attach) == 0 || slices.Contains(c.Values[p.index].Attach, in)
			if counts && p.Within(part) {
				out = append(out, p)
			}
		}
	}
	return out
}

// formed fills a slot with the period or day nearest to a mention.
func (r *reader) formed(n int, attach []reach, all []formed) (string, bool) {
	m := &r.mentions[n]
	for _, in := range attach {
		best := -1
		for _, part := range r.parts(in, n) {
			for i, f := range all {
				within := f.Range.From >= part.From && f.Range.From < part.To || f.Range.From < m.at.From && f.To > m.at.From
				if within && !r.leads(f.Range, n, in) &&
					(best < 0 || away(f.Range, m.at) < away(all[best].Range, m.at)) {
					best = i
				}
			}
		}
		if best >= 0 {
			m.marks = append(m.marks, all[best].Range)
			return all[best].value, in.near()
		}
	}
	return "", false
}

// behindBefore is how close behind a mention a period stands that is its own.
const behindBefore = 3

// leads reports whether a period is rather that of the mention beside this one: it
// stands behind this one and directly before the next ("the protocol and the 2026
// plan"), or before this one and close behind the last.
func (r *reader) leads(f rules.Range, n int, in reach) bool {
	if in.where == before && in.words > 1 && n > 0 {
		return f.From-r.mentions[n-1].at.To < behindBefore && r.doc.SentenceOf(r.mentions[n-1].at.From) == r.doc.SentenceOf(f.From)
	}
	return in.where == after && n+1 < len(r.mentions) && f.To == r.mentions[n+1].at.From
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
