package facts

import (
	"maps"
	"slices"
	"strings"

	"presswatch/rules"
)

// spread makes of a mention of several instruments one for each: for each field of a
// list behind it, and for each of two years.
func (r *reader) spread() {
	var out []mention
	for n, m := range r.mentions {
		fields := r.listed(n)
		if len(fields) == 0 {
			out = append(out, m)
		}
		for _, field := range fields {
			out = append(out, r.of(m, field))
		}
		if year, ok := r.secondYear(n); ok {
			out = append(out, m.in(year))
		}
	}
	r.mentions = out
}

// secondYear is a year that one word joins to the period of mention n, as in "for 2031
// and 2032": there is an instrument for each.
func (r *reader) secondYear(n int) (formed, bool) {
	for _, w := range r.mentions[n].marks {
		for _, f := range r.periods {
			joined := w.of == period && f.From == w.To+1 && r.doc.SentenceOf(w.From) == r.doc.SentenceOf(f.From) && !parts(r.doc.Behind(w.To-1))
			if joined && len(f.value) == len("2006") && f.value > r.mentions[n].fact.Period && !r.leads(f.Range, n, reach{where: after}) {
				return f, true
			}
		}
	}
	return formed{}, false
}

// in is a mention with another period.
func (m mention) in(f formed) mention {
	m.reached = maps.Clone(m.reached)
	m.marks = slices.DeleteFunc(slices.Clone(m.marks), func(w mark) bool { return w.of == period })
	m.marks = append(m.marks, mark{f.Range, period, reach{where: sentence}})
	m.fact.Period = f.value
	return m
}

// conjunction is how many words join two instruments that are named in one breath, as
// in "a protocol and a plan for 2031".
const conjunction = 2

// share gives a mention that is news the period of the one it is named in one breath
// with, if it has none.
func (r *reader) share() {
	for n := len(r.mentions) - 2; n >= 0; n-- {
		m, next := &r.mentions[n], r.mentions[n+1]
		between := next.at.From - m.at.To
		if m.fact.Period != "" || !m.fact.News || !next.dated || between < 1 || between > conjunction || m.pattern != next.pattern {
			continue
		}
		if parts(r.doc.Behind(m.at.To-1)) || r.doc.SentenceOf(m.at.From) != r.doc.SentenceOf(next.at.From) {
			continue
		}
		m.fact.Period, m.dated = next.fact.Period, true
		m.takeMarks(&next, period)
	}
}

// of is a mention with a field of its own.
func (r *reader) of(m mention, field placed) mention {
	in := reach{after, listReach}
	m.reached = maps.Clone(m.reached)
	m.reached[domain] = in
	m.marks = slices.DeleteFunc(slices.Clone(m.marks), func(w mark) bool { return w.of == domain })
	m.marks = append(m.marks, mark{field.Range, domain, in})
	m.fact.Domain = r.kind.config.Domain.Values[field.index].Is.Value
	return m
}

// colonReach is how far behind a mention a colon begins its list, in words.
const colonReach = 8

// listed are the fields in the list that a colon behind mention n begins, each at its
// first place; none where the instrument is not one for each, and of a single one.
func (r *reader) listed(n int) (out []placed) {
	at := r.mentions[n].at
	if !r.kind.config.Instrument.Values[r.mentions[n].class].Each {
		return nil
	}
	list := rules.Range{From: at.To, To: r.doc.SentenceOf(at.From).To}
	if n+1 < len(r.mentions) {
		list.To = min(list.To, r.mentions[n+1].at.From)
	}
	if list.From = r.colon(at.To-1, min(at.To+colonReach, list.To)); list.From == 0 {
		return nil
	}
	values := r.kind.config.Domain.Values
	for _, p := range r.values[domain] {
		beside := len(values[p.index].Attach) == 0 || slices.ContainsFunc(values[p.index].Attach, reach.beside)
		known := slices.ContainsFunc(out, func(o placed) bool { return values[o.index].Is.Value == values[p.index].Is.Value })
		if p.Within(list) && beside && !known {
			out = append(out, p)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// colon is the word behind the first colon between words from and to; 0 for none.
func (r *reader) colon(from, to int) int {
	for i := from; i < to; i++ {
		if strings.Contains(r.doc.Behind(i), ":") {
			return i + 1
		}
	}
	return 0
}
