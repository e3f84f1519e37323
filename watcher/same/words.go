package same

import (
	"strconv"
	"strings"

	"presswatch/watcher/text"
)

// Vocabularies maps a name to its terms by language: ISO 639 codes, or "any" for
// terms that hold in all of them. It is the shape of the key vocabulary of a rule
// file.
type Vocabularies map[string]map[string][]string

// The beginnings of the names of vocabularies that reports are compared by; the
// number of a month or an ordinal follows (month-3, ordinal-12). Others are none
// of this room's.
const (
	subjectPrefix = "event-"
	monthPrefix   = "month-"
	ordinalPrefix = "ordinal-"
)

// Words says what words mean that are written otherwise in each language:
// countries, offices and deeds, months, ordinals. The zero value knows none.
type Words struct {
	byLanguage map[string]map[string][]meaning // by folded phrase
	longest    int                             // words in a phrase
}

// meaning is what a phrase stands for.
type meaning struct {
	prefix string
	name   string // of a subject
	number int    // of a month or an ordinal
	exact  string // what the phrase must be with its accents, or ""
}

// WordsOf takes from vocabularies those that reports are compared by: event-NAME
// for what a report may be about, month-N and ordinal-N. A term is one or several
// words, folded for case and accents; =term must have its accents. Terms of other
// forms (references, beginnings) are left out.
func WordsOf(all Vocabularies) Words {
	w := Words{byLanguage: map[string]map[string][]meaning{}}
	for name, languages := range all {
		m, known := meaningOf(name)
		if !known {
			continue
		}
		for language, terms := range languages {
			for _, term := range terms {
				w.add(language, term, m)
			}
		}
	}
	return w
}

func meaningOf(name string) (meaning, bool) {
	for _, prefix := range []string{monthPrefix, ordinalPrefix} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			n, err := strconv.Atoi(rest)
			return meaning{prefix: prefix, number: n}, err == nil
		}
	}
	rest, ok := strings.CutPrefix(name, subjectPrefix)
	return meaning{prefix: subjectPrefix, name: rest}, ok
}

func (w *Words) add(language, term string, m meaning) {
	if strings.HasPrefix(term, "@") || strings.HasSuffix(term, "*") {
		return
	}
	if rest, exact := strings.CutPrefix(term, "="); exact {
		t := text.Analyse(rest, language)
		term, m.exact = rest, exactOf(t, 0, len(t.Words))
	}
	phrase := text.Fold(term)
	if phrase == "" {
		return
	}
	if w.byLanguage[language] == nil {
		w.byLanguage[language] = map[string][]meaning{}
	}
	w.byLanguage[language][phrase] = append(w.byLanguage[language][phrase], m)
	w.longest = max(w.longest, strings.Count(phrase, " ")+1)
}

// find calls found for every phrase of a text: what it stands for, and its words
// from and to.
func (w Words) find(t *text.Text, found func(m meaning, from, to int)) {
	var phrase []byte
	for from := range t.Words {
		phrase = phrase[:0]
		for to := from; to < len(t.Words) && to < from+w.longest; to++ {
			if to > from {
				phrase = append(phrase, ' ')
			}
			phrase = append(phrase, t.Form(to).Folded...)
			for _, language := range []string{t.Language, "any"} {
				for _, m := range w.byLanguage[language][string(phrase)] {
					if m.exact == "" || m.exact == exactOf(t, from, to+1) {
						found(m, from, to+1)
					}
				}
			}
		}
	}
}

func exactOf(t *text.Text, from, to int) string {
	all := make([]string, to-from)
	for i := range all {
		all[i] = t.Form(from + i).Exact
	}
	return strings.Join(all, " ")
}
