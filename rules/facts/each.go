package facts

import (
	"maps"
	"slices"
	"strings"

	"presswatch/rules"
)

// spread makes of a mention of several instruments, behind which a list of fields
// stands, one for each field.
func (r *reader) spread() {
	var out []mention
	for n, m := range r.mentions {
		fields := r.listed(n)
		if !r.kind.config.Instrument.Values[m.class].Each || len(fields) < 2 {
			out = append(out, m)
			continue
		}
		for _, field := range fields {
			out = append(out, r.of(m, field))
		}
	}
	r.mentions = out
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
// first place.
func (r *reader) listed(n int) (out []placed) {
	at := r.mentions[n].at
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
