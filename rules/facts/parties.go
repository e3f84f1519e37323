package facts

import (
	"slices"

	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

// several fills a slot with all the values of the nearest part that has enough.
func (r *reader) several(n int, of slot, c slotConfig) []string {
	m := &r.mentions[n]
	if bloc := r.bloc(n); of == parties && bloc != nil {
		m.bloc, m.reached[of] = true, reach{where: title}
		m.marks = append(m.marks, mark{bloc.Range, of, m.reached[of]})
		return []string{c.Values[bloc.index].Is.Value}
	}
	for _, in := range c.Attach {
		found := r.inside(of, in, n, c)
		if in.where == whole {
			found = r.foremost(found)
		}
		values := named(found, c, r.homeFor(of, in))
		if len(values) < max(c.Least, 1) {
			continue
		}
		if of == parties && (in.where == title || in.where == lead) {
			found, in = r.narrowed(n, found, in)
			values = named(found, c, r.homeFor(of, in))
		}
		m.reached[of] = in
		for _, p := range found {
			m.marks = append(m.marks, mark{p.Range, of, in})
		}
		return values
	}
	return nil
}

// narrowed are, of parties that a headline names at several places, those that a
// mention's own sentence or paragraph names: of several others that one, if it names
// one alone.
func (r *reader) narrowed(n int, found []placed, in reach) ([]placed, reach) {
	if len(r.others(found)) < 2 || r.homeFor(parties, in) == "" {
		return found, in
	}
	for _, near := range []where{sentence, paragraph} {
		said := r.inside(parties, reach{where: near}, n, r.kind.config.Parties)
		others := r.others(said)
		if len(others) == 1 && slices.ContainsFunc(found, func(p placed) bool { return others[p.index] }) {
			return said, reach{where: near}
		}
	}
	return found, in
}

// others are the parties at places, by index, but for home.
func (r *reader) others(found []placed) map[int]bool {
	out := map[int]bool{}
	for _, p := range found {
		if r.kind.config.Parties.Values[p.index].Is.Value != r.kind.config.Home.Value {
			out[p.index] = true
		}
	}
	return out
}

// bloc is where a title names the party that is one by itself to mention n; nil for
// none.
func (r *reader) bloc(n int) *placed {
	c := r.kind.config.Parties
	of := r.kind.config.Instrument.Values[r.mentions[n].class].Is.Value
	for _, p := range r.values[parties] {
		v := c.Values[p.index]
		is := slices.ContainsFunc(v.Bloc, func(s strict.Scalar) bool { return s.Value == of })
		named := slices.ContainsFunc(r.parts(reach{where: title}, n), p.Within)
		if is && named && len(r.named(n, title)) < 2 && len(r.named(n, sentence)) < 2 {
			return &p
		}
	}
	return nil
}

// named are the parties that a part names as mention n sees it, home like any other.
func (r *reader) named(n int, in where) []string {
	c := r.kind.config.Parties
	return named(r.inside(parties, reach{where: in}, n, c), c, "")
}

// homeFor is the party that goes without saying in a part of the article, "" for
// none: it does not where both parties are asked for, nor in an article that never
// names it and whose title names several others.
func (r *reader) homeFor(of slot, in reach) string {
	home := r.kind.config.Home.Value
	if of != parties || in.where == both {
		return ""
	}
	titled := map[int]bool{}
	for _, p := range r.values[parties] {
		v := r.kind.config.Parties.Values[p.index]
		if v.Is.Value == home {
			return home
		}
		if len(v.Bloc) == 0 && slices.ContainsFunc(r.doc.ZonesOf(article.Title), p.Within) {
			titled[p.index] = true
		}
	}
	if len(titled) > 1 {
		return ""
	}
	return home
}

// named are the values at places, in the order of the definition, each once, with
// the home party beside a single other one.
func named(found []placed, c slotConfig, home string) (out []string) {
	single := map[int]bool{}
	for _, p := range found {
		single[p.index] = true
	}
	for i, v := range c.Values {
		alone := len(single) == 1 && !single[i] && home != "" && v.Is.Value == home
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
