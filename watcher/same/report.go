package same

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"presswatch/watcher/article"
	"presswatch/watcher/text"
)

// Span is when something was published: a moment, or from the beginning to the
// end of the day, month or year that alone is known. The zero Span is not known.
type Span struct{ From, To time.Time }

// apart is how long lies between two spans.
func (s Span) apart(t Span) time.Duration {
	from, to := s.From, s.To
	if t.From.After(from) {
		from = t.From
	}
	if t.To.Before(to) {
		to = t.To
	}
	return max(0, from.Sub(to))
}

// sort is what a feature is.
type sort uint8

const (
	subject sort = iota // a word of the vocabulary
	dayOf               // a day and a month
	period              // 2031-2035
	year
	number
	ordinal
	name // by its sound
	pair // two names in a row
	word // of the language, compared within it alone
	sorts
)

// traits are, by sort, how much a feature counts and in what part of articles it
// is found by experience.
var traits = [sorts]struct{ weight, usual float64 }{
	subject: {1, 0.08}, dayOf: {1.5, 0.008}, period: {1.3, 0.01}, year: {0.5, 0.1}, number: {1, 0.01},
	ordinal: {1.2, 0.01}, name: {1.5, 0.006}, pair: {1.5, 0.003}, word: {0.5, 0.015},
}

// feature is something that a report says, and how often.
type feature struct {
	hash uint32
	sort sort
	n    uint8
}

// Report is what an article is compared by when it is asked whether it tells of
// the same happening as another. The zero Report tells of nothing.
type Report struct {
	features []feature // ascending by hash
	names    map[uint32]string
	language uint32
	day      int // of the happening, in days since 1970; 0: not said
}

// mostFeatures bounds what is kept of one article.
const mostFeatures = 1500

// ReportOf reads title, lead and body of an article in a language (ISO 639).
func ReportOf(words Words, language string, published Span, zones []article.Zone) Report {
	g := gatherer{words: words, published: published, counts: map[uint32]*feature{}, names: map[uint32]string{}, mostly: language}
	for _, kind := range []article.ZoneKind{article.Title, article.Lead, article.Body} {
		for _, z := range zones {
			if z.Kind == kind {
				g.read(text.Analyse(z.Text[:min(len(z.Text), mostLetters)], language))
			}
		}
	}
	r := Report{names: g.names, language: hash(language), day: g.day}
	for _, f := range g.counts {
		r.features = append(r.features, *f)
	}
	slices.SortFunc(r.features, func(a, b feature) int {
		if a.hash < b.hash {
			return -1
		}
		return 1
	})
	r.features = r.features[:min(len(r.features), mostFeatures)]
	return r
}

// gatherer collects the features of one report.
type gatherer struct {
	words     Words
	published Span
	mostly    string // the language
	counts    map[uint32]*feature
	names     map[uint32]string
	day       int
}

func (g *gatherer) add(s sort, what string) {
	key := string(rune('a'+s)) + what
	if s == word {
		key += " " + g.mostly
	}
	h := hash(key)
	if f := g.counts[h]; f != nil {
		f.n = min(f.n, 200) + 1
		return
	}
	g.counts[h] = &feature{hash: h, sort: s, n: 1}
	g.names[h] = what
}

func (g *gatherer) read(t *text.Text) {
	months := map[int]int{} // word → month
	g.words.find(t, func(m meaning, from, to int) {
		switch m.prefix {
		case subjectPrefix:
			g.add(subject, m.name)
		case ordinalPrefix:
			g.add(ordinal, strconv.Itoa(m.number))
		case monthPrefix:
			for i := from; i < to; i++ {
				months[i] = m.number
			}
		}
	})
	before := "" // the capitalised word before, in the same run
	for i, w := range t.Words {
		raw, folded := t.Raw[w.Start:w.End], t.Form(i).Folded
		first, _ := utf8.DecodeRuneInString(raw)
		gap := ""
		if i > 0 {
			gap = t.Raw[t.Words[i-1].End:w.Start]
		}
		switch {
		case unicode.IsDigit(first):
			g.digits(t, i, months)
			before = ""
		case unicode.IsUpper(first) && len(folded) > 1:
			if strings.Trim(gap, " ") != "" {
				before = ""
			}
			g.named(t, i, before)
			before = folded
		default:
			before = ""
		}
		if len(folded) >= 5 && !unicode.IsDigit(first) {
			g.add(word, folded[:min(len(folded), 7)])
		}
		if i > 0 && strings.Trim(gap, " ") == "" {
			g.syllables(t.Form(i-1), t.Form(i))
		}
	}
}

// syllables takes in two short words in a row: languages that write their words
// in syllables have no longer ones.
func (g *gatherer) syllables(a, b *text.Form) {
	if len(a.Folded) < 5 && len(b.Folded) < 5 && (a.Exact != a.Folded || b.Exact != b.Folded) {
		g.add(word, a.Folded+" "+b.Folded)
	}
}

// named takes in a capitalised word: by its sound, with the syllables that
// hyphens tie to it, and with the name before it.
func (g *gatherer) named(t *text.Text, i int, before string) {
	if i > 0 && t.Raw[t.Words[i-1].End:t.Words[i].Start] == "-" {
		return // a later syllable
	}
	whole := t.Form(i).Folded
	for j := i + 1; j < len(t.Words) && t.Raw[t.Words[j-1].End:t.Words[j].Start] == "-"; j++ {
		whole += t.Form(j).Folded
	}
	if s := sound(whole); len(whole) >= 5 && len(s) >= 3 {
		g.add(name, s)
	}
	if before != "" {
		g.add(pair, before+" "+t.Form(i).Folded)
	}
}
