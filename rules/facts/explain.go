package facts

import (
	"cmp"
	"slices"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/article"
)

// Explanation is a fact of a document with what filled each of its slots.
type Explanation struct {
	Fact  article.Fact `json:"fact"`
	Slots []Filled     `json:"slots"` // instrument, parties, domain, period, status, date, place, signatories: those that have a value
}

// Filled is a slot of a fact.
type Filled struct {
	Slot  string `json:"slot"`  // as in rule files
	Value string `json:"value"` // several with a comma between
	// From is the part of the article in which it was looked for and found, such as
	// after/8 or title; "" where it goes without saying, and for the instrument.
	From  string   `json:"from,omitempty"`
	Words []string `json:"words,omitempty"` // as they stand there, none twice
}

// Explain reads the facts of a document as Read does, and says by which words.
func (s *Set) Explain(d *rules.Document) (out []Explanation) {
	for _, k := range s.kinds {
		r := k.reader(d)
		for _, m := range r.merge() {
			out = append(out, Explanation{r.stated(m), r.filled(m)})
		}
	}
	return out
}

// mark is words that filled a slot of a mention.
type mark struct {
	rules.Range
	of slot
	in reach // where they were found
}

// filled lists the slots of a mention that have a value.
func (r *reader) filled(m *mention) (out []Filled) {
	f := m.fact
	all := []struct {
		of          slot
		name, value string
	}{
		{instrument, "instrument", f.Instrument}, {parties, "parties", strings.Join(f.Parties, ", ")}, {domain, "domain", f.Domain}, {period, "period", f.Period},
		{status, "status", f.Status}, {date, "date", f.Date}, {place, "place", f.Place}, {signatories, "signatories", strings.Join(f.Signatories, ", ")},
	}
	for _, s := range all {
		if s.value == "" {
			continue
		}
		is := Filled{Slot: s.name, Value: s.value}
		for _, w := range m.marks {
			if w.of != s.of {
				continue
			}
			is.From = w.in.String()
			if raw := r.doc.Raw(w.Range); !slices.Contains(is.Words, raw) {
				is.Words = append(is.Words, raw)
			}
		}
		out = append(out, is)
	}
	return out
}

// evident are the words that are evidence of a fact, in order, each once: those that
// name the instrument, and what stands with it. What a headline or the whole article
// says of its parties is no evidence of the fact.
func evident(marks []mark) (out []rules.Range) {
	for _, w := range marks {
		if w.of != parties || w.in.near() {
			out = append(out, w.Range)
		}
	}
	slices.SortFunc(out, func(a, b rules.Range) int { return cmp.Or(a.From-b.From, a.To-b.To) })
	return slices.Compact(out)
}
