package facts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/strict"
	"presswatch/watcher/text"
)

// Set is the kinds of facts of all rule files, compiled. It is never changed once
// made and may be used by any number of goroutines.
type Set struct{ kinds []*kind }

// kind is a compiled kind of fact.
type kind struct {
	config       kindConfig
	ladder       []string
	instruments  *rules.Finder
	named        []strict.Scalar // the queries of instruments
	instrumentOf []int           // by query: the class, or again or never
	words        *rules.Finder   // of everything else; nil when there is no query
	uses         []use           // by query of words
	periods      []form
	dates        []form
	numbers      numbers // of periods
	months       numbers // of dates
}

// slot is a part of a fact that has values.
type slot int

// The slots, and what else queries are for.
const (
	parties slot = iota
	domain
	place
	signatories
	instrument
	period
	date
	notPeriod
	notDate
	recalls
	status
)

// use is what a query is for: a value of a slot, by index, or a pattern of status.
type use struct {
	slot  slot
	index int
}

// Load reads the facts of rule files, of which the rules are compiled already: the
// queries speak of their vocabulary. Every mistake is returned; with one there is
// no Set.
func Load(files []strict.File, vocabulary *rules.Set) (*Set, strict.Mistakes) {
	set := &Set{}
	var mistakes strict.Mistakes
	known := map[string]bool{}
	for _, f := range files {
		var config fileConfig
		_, wrong := strict.Read(f, &config)
		mistakes = append(mistakes, wrong...)
		for _, c := range config.Facts {
			if known[c.ID.Value] {
				mistakes = append(mistakes, c.ID.Mistake(0, "a second kind of fact "+strconv.Quote(c.ID.Value), ""))
			}
			known[c.ID.Value] = true
			k := &kind{config: c}
			l := loader{kind: k, vocabulary: vocabulary}
			l.load()
			mistakes = append(mistakes, l.mistakes...)
			set.kinds = append(set.kinds, k)
		}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return set, nil
}

// IDs lists the kinds in the order of the files.
func (s *Set) IDs() []string {
	ids := make([]string, len(s.kinds))
	for i, k := range s.kinds {
		ids[i] = k.config.ID.Value
	}
	return ids
}

// loader compiles one kind.
type loader struct {
	kind       *kind
	vocabulary *rules.Set
	mistakes   strict.Mistakes
}

func (l *loader) wrong(m strict.Mistake) { l.mistakes = append(l.mistakes, m) }

func (l *loader) load() {
	k, c := l.kind, l.kind.config
	l.shape(c)
	l.ladder()
	l.instruments()
	l.words()
	k.numbers, k.months = namesOf(c.Period.Names), namesOf(c.Date.Names)
	k.numbers["month"] = k.months["month"]
	k.periods, k.dates = l.forms(c.Period), l.forms(c.Date)
	l.tests()
}

// shape tells what a kind cannot be without.
func (l *loader) shape(c kindConfig) {
	switch {
	case !c.ID.IsSet():
		l.wrong(strict.Mistake{Line: 1, Column: 1, Message: "a kind of fact has no id", Hint: "id: cooperation"})
	case len(c.Instrument.Values) == 0:
		l.wrong(c.ID.Mistake(0, "the fact has no instrument", "instrument: {values: [{is: plan, match: …}]}"))
	case len(c.Ladder) == 0:
		l.wrong(c.ID.Mistake(0, "the fact has no ladder", "ladder: [proposed, signed]: what its status may be, lowest first"))
	case !c.Status.Otherwise.IsSet():
		l.wrong(c.ID.Mistake(0, "the fact does not say which status goes without saying", "status: {otherwise: …}"))
	}
	slots := map[string][]valueConfig{"parties": c.Parties.Values, "domain": c.Domain.Values, "place": c.Place.Values, "signatories": c.Signatories.Values}
	for name, values := range slots {
		for _, v := range values {
			if !v.Is.IsSet() || !v.Match.IsSet() {
				l.wrong(c.ID.Mistake(0, "a value of "+name+" lacks is or match", "{is: value, match: query}"))
			}
		}
	}
}

// ladder holds every status that is named against the ladder.
func (l *loader) ladder() {
	c := l.kind.config
	for _, rung := range c.Ladder {
		l.kind.ladder = append(l.kind.ladder, rung.Value)
	}
	if len(c.Ladder) == 0 {
		return // told already
	}
	named := append(slices.Clone(c.Status.Wins), c.Status.Otherwise, c.Status.Ahead)
	for _, p := range c.Status.Patterns {
		named = append(named, p.Is)
	}
	for _, s := range named {
		if s.IsSet() && !slices.Contains(l.kind.ladder, s.Value) {
			hint := "the ladder has " + strings.Join(l.kind.ladder, ", ")
			if near := strict.Nearest(s.Value, l.kind.ladder); near != "" {
				hint = "did you mean " + near + "?"
			}
			l.wrong(s.Mistake(0, "the ladder has no "+strconv.Quote(s.Value), hint))
		}
	}
}

// What a place is that names no class of instrument.
const (
	never = -1 - iota // none
	again             // the one named last
)

// instruments compiles what makes a mention.
func (l *loader) instruments() {
	var queries []strict.Scalar
	for i, v := range l.kind.config.Instrument.Values {
		queries = append(queries, v.Match)
		l.kind.instrumentOf = append(l.kind.instrumentOf, i)
	}
	for _, q := range l.kind.config.Instrument.Again {
		queries = append(queries, q)
		l.kind.instrumentOf = append(l.kind.instrumentOf, again)
	}
	for _, q := range l.kind.config.Instrument.Never {
		queries = append(queries, q)
		l.kind.instrumentOf = append(l.kind.instrumentOf, never)
	}
	l.kind.named, l.kind.instruments = queries, l.finder(queries, "")
}

// words compiles all other queries.
func (l *loader) words() {
	c := l.kind.config
	var queries []strict.Scalar
	ask := func(of slot, index int, q strict.Scalar) {
		queries = append(queries, q)
		l.kind.uses = append(l.kind.uses, use{of, index})
	}
	for of, values := range [][]valueConfig{parties: c.Parties.Values, domain: c.Domain.Values, place: c.Place.Values, signatories: c.Signatories.Values} {
		for i, v := range values {
			ask(slot(of), i, v.Match)
		}
	}
	for i, q := range c.Period.Never {
		ask(notPeriod, i, q)
	}
	for i, q := range c.Date.Never {
		ask(notDate, i, q)
	}
	for i, q := range c.Status.Recalls {
		ask(recalls, i, q)
	}
	for i, p := range c.Status.Patterns {
		ask(status, i, p.When)
	}
	if len(queries) > 0 {
		l.kind.words = l.finder(queries, l.mention())
	}
}

// mention is a query for every instrument: what <instrument> stands for.
func (l *loader) mention() string {
	var all []string
	for _, v := range l.kind.config.Instrument.Values {
		all = append(all, "("+v.Match.Value+")")
	}
	for _, q := range l.kind.config.Instrument.Again {
		all = append(all, "("+q.Value+")")
	}
	return "(" + strings.Join(all, " OR ") + ")"
}

// captureMark is how a pattern of status captures the mention.
const captureMark = "<instrument>"

// finder compiles queries, with what the capture stands for.
func (l *loader) finder(queries []strict.Scalar, mention string) *rules.Finder {
	texts := make([]string, len(queries))
	for i, q := range queries {
		texts[i] = strings.ReplaceAll(q.Value, captureMark, mention)
	}
	finder, wrong := l.vocabulary.Finder(texts)
	for i, mistakes := range wrong {
		for _, m := range mistakes {
			at := m.Start
			if capture := strings.Index(queries[i].Value, captureMark); capture >= 0 && at > capture {
				at = capture
			}
			l.wrong(queries[i].Mistake(at, m.Message, m.Hint))
		}
	}
	return finder
}

func (l *loader) forms(c periodConfig) (out []form) {
	for _, f := range c.Forms {
		is, wrong := meaningOf(f.Is)
		l.mistakes = append(l.mistakes, wrong...)
		for _, at := range f.Forms {
			compiled, wrong := formOf(at, is)
			compiled.attach = f.Attach
			l.mistakes = append(l.mistakes, wrong...)
			out = append(out, compiled)
		}
	}
	return out
}

// tests holds what tests name against what the kind knows.
func (l *loader) tests() {
	for _, t := range l.kind.config.Tests {
		for _, e := range t.Expect {
			known := slices.ContainsFunc(l.kind.config.Instrument.Values, func(v valueConfig) bool { return v.Is.Value == e.Instrument.Value })
			if !known {
				l.wrong(e.Instrument.Mistake(0, fmt.Sprintf("no instrument %q", e.Instrument.Value), "as under instrument: values: is"))
			}
		}
	}
}

// namesOf folds the numbers that captures take in words.
func namesOf(config map[string]map[string][]string) numbers {
	out := numbers{}
	for capture, byNumber := range config {
		out[capture] = map[string]int{}
		for number, words := range byNumber {
			n, err := strconv.Atoi(number)
			if err != nil {
				continue
			}
			for _, w := range words {
				out[capture][text.Fold(w)] = n
			}
		}
	}
	return out
}
