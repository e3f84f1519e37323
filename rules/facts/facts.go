package facts

import (
	"cmp"
	"slices"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

// Read lists the facts of a document, in the order of the kinds and then of their
// first mention. It depends on nothing but the document and the set.
func (s *Set) Read(d *rules.Document) (out []article.Fact) {
	for _, k := range s.kinds {
		out = append(out, k.read(d)...)
	}
	return out
}

// Ladder lists what the status of a kind may be, lowest first; nil for no such kind.
func (s *Set) Ladder(kind string) []string {
	for _, k := range s.kinds {
		if k.config.ID.Value == kind {
			return slices.Clone(k.ladder)
		}
	}
	return nil
}

// Ladders are the statuses of each kind, lowest first.
func (s *Set) Ladders() map[string][]string {
	out := map[string][]string{}
	for _, k := range s.kinds {
		out[k.config.ID.Value] = slices.Clone(k.ladder)
	}
	return out
}

// Names are the words for readers of a kind's values.
func (s *Set) Names(kind string) ledger.Names {
	for _, k := range s.kinds {
		if k.config.ID.Value == kind {
			return ledger.Names{Instruments: names(k.config.Instrument.Values), Parties: names(k.config.Parties.Values), Domains: names(k.config.Domain.Values)}
		}
	}
	return ledger.Names{}
}

func names(values []valueConfig) map[string]string {
	out := map[string]string{}
	for _, v := range values {
		if v.Name != "" {
			out[v.Is.Value] = v.Name
		}
	}
	return out
}

// Called is the name by which labelled articles call a status of a kind.
func (s *Set) Called(kind, status string) string {
	for _, k := range s.kinds {
		if k.config.ID.Value == kind {
			return cmp.Or(k.config.Status.Called[status], status)
		}
	}
	return status
}

func (k *kind) read(d *rules.Document) []article.Fact { return k.reader(d).facts() }

// facts are the facts that the mentions state.
func (r *reader) facts() (out []article.Fact) {
	for _, m := range r.merge() {
		out = append(out, r.stated(m))
	}
	return out
}

// reader reads the mentions of a document and what is said of them.
func (k *kind) reader(d *rules.Document) *reader {
	r := &reader{kind: k, doc: d, mentions: k.mentions(d), values: map[slot][]placed{}, patterns: make([][]rules.Hit, len(k.config.Status.Patterns))}
	if len(r.mentions) == 0 {
		return r
	}
	r.look()
	for n := range r.mentions {
		r.fill(n)
	}
	r.share()
	r.spread()
	return r
}

// mention is a place where an instrument is named, and what is said of it there.
type mention struct {
	at    rules.Range
	class int // index of the instrument's value
	query int // by which it was found
	fact  article.Fact
	// reached says how near each slot was filled; a slot that is missing was not.
	reached map[slot]reach
	dated   bool   // its period stands beside it
	again   bool   // it stands for the instrument named last
	bloc    bool   // its party is one by itself
	varied  bool   // so many fields are listed that it is of none
	pattern int    // of its status; -1 for none
	marks   []mark // words that made it
}

// mentions finds where instruments are named. Of places that overlap the longest
// counts, of equal ones the class listed first; what is never one hides what it
// overlaps in the same way.
func (k *kind) mentions(d *rules.Document) (out []mention) {
	type candidate struct {
		at    rules.Range
		query int
	}
	var all []candidate
	for query, hits := range k.instruments.Find(d) {
		for _, h := range hits {
			all = append(all, candidate{h.Range, query})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Compare(b.at.To-b.at.From, a.at.To-a.at.From)
	})
	var taken []rules.Range
	for _, c := range all {
		if touches(taken, c.at) {
			continue
		}
		taken = append(taken, c.at)
		if class := k.instrumentOf[c.query]; class != never {
			out = append(out, mention{at: c.at, class: class, query: c.query, pattern: -1, reached: map[slot]reach{}, marks: []mark{{c.at, instrument, reach{}}}})
		}
	}
	slices.SortFunc(out, func(a, b mention) int { return cmp.Compare(a.at.From, b.at.From) })
	return namedLast(d, out)
}

// namedLast gives mentions that stand for the one before them its class, and leaves
// out those that have none in their sentence or the one before.
func namedLast(d *rules.Document, all []mention) (out []mention) {
	for _, m := range all {
		if m.class == again {
			before := d.SentenceOf(m.at.From)
			if before.From > 0 {
				before = d.SentenceOf(before.From - 1)
			}
			if len(out) == 0 || out[len(out)-1].at.From < before.From {
				continue
			}
			m.class, m.again = out[len(out)-1].class, true
		}
		out = append(out, m)
	}
	return out
}

// reader reads the facts of one kind in one document.
type reader struct {
	kind     *kind
	doc      *rules.Document
	mentions []mention
	values   map[slot][]placed // where values stand, in order
	periods  []formed
	dates    []formed
	patterns [][]rules.Hit // by pattern of status
	recalls  bool          // the article tells nothing as news
}

// placed is a value at its place.
type placed struct {
	rules.Range
	index int
}

// look finds everything that slots are filled with.
func (r *reader) look() {
	var notPeriods, notDates []rules.Range
	if r.kind.words != nil {
		for query, hits := range r.kind.words.Find(r.doc) {
			u := r.kind.uses[query]
			for _, h := range hits {
				switch u.slot {
				case status:
					r.patterns[u.index] = append(r.patterns[u.index], h)
				case notPeriod:
					notPeriods = append(notPeriods, h.Range)
				case recalls:
					r.recalls = true
				case notDate:
					notDates = append(notDates, h.Range)
				default:
					r.values[u.slot] = append(r.values[u.slot], placed{h.Range, u.index})
				}
			}
		}
	}
	for s := range r.values {
		r.values[s] = longest(s, r.values[s], r.kind.slot(s).Values)
	}
	r.readForms(notPeriods, notDates)
}

// readForms reads the days and the periods of the document, but for what stands at
// such places.
func (r *reader) readForms(notPeriods, notDates []rules.Range) {
	published := r.doc.About().Published
	r.dates = readForms(r.kind.dates, r.doc, r.kind.months,
		func(_ form, at rules.Range) bool { return touches(notDates, at) },
		func(_ form, c captured) string { return dayOf(c, published) })
	var days []rules.Range // of which the year is no period, unless a period is written so
	for _, d := range r.dates {
		if len(d.value) > len("2006") {
			days = append(days, d.Range)
		}
	}
	r.periods = readForms(r.kind.periods, r.doc, r.kind.numbers,
		func(f form, at rules.Range) bool { return touches(notPeriods, at) || !f.dated() && touches(days, at) },
		func(f form, c captured) string { return f.is.period(c, published) })
}

// longest drops values that stand within a longer one that counts in the same parts,
// and puts them in order. Words may mean several parties at once, but one field.
func longest(of slot, all []placed, values []valueConfig) (out []placed) {
	alike := func(a, b placed) bool {
		return slices.Equal(values[a.index].Attach, values[b.index].Attach)
	}
	again := func(a, b placed) bool {
		return a.Range == b.Range && alike(a, b) && (of != parties || a.index == b.index)
	}
	for i, p := range all {
		inside := slices.ContainsFunc(all, func(o placed) bool { return p.Within(o.Range) && o.Range != p.Range && alike(p, o) })
		if !inside && !slices.ContainsFunc(all[:i], func(o placed) bool { return again(o, p) }) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b placed) int { return cmp.Compare(a.From, b.From) })
	return out
}

// slot is the definition of a slot with values.
func (k *kind) slot(s slot) slotConfig {
	return [...]slotConfig{parties: k.config.Parties, domain: k.config.Domain, place: k.config.Place, signatories: k.config.Signatories}[s]
}
