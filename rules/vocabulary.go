package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"presswatch/watcher/strict"
)

// anyLanguage is the key of terms that are the same in all languages.
const anyLanguage = "any"

// vocabulary is a named group of terms, from whatever files define it.
type vocabulary struct {
	terms  []entry
	except []entry
	empty  strict.Mistake // to be told if no file gives it terms
	broken bool           // it has lists or terms that could not be read
}

// entry is a term of a vocabulary, or a reference to another one.
type entry struct {
	language string // "" any
	term     *Term  // nil for a reference
	ref      *Ref
	at       strict.Scalar
}

// key is the entry for a rule's hash.
func (e entry) key() string {
	if e.ref != nil {
		return e.language + " " + e.ref.String()
	}
	return e.language + " " + e.term.String()
}

var languageCode = regexp.MustCompile(`^[a-z]{2,3}$`)

// vocabularies collects the vocabulary of all files.
type vocabularies struct {
	byName   map[string]*vocabulary
	defined  map[string]strict.Mistake // where each name and language was first given
	mistakes strict.Mistakes
	circular bool // some vocabulary contains itself
}

func newVocabularies() *vocabularies {
	return &vocabularies{byName: map[string]*vocabulary{}, defined: map[string]strict.Mistake{}}
}

// add takes in what one file defines.
func (v *vocabularies) add(doc *strict.Document, file fileConfig) {
	for _, name := range slices.Sorted(maps.Keys(file.Vocabulary)) {
		path := "vocabulary." + name
		lists := file.Vocabulary[name]
		if !nameOK(name) {
			v.wrong(doc.Mistake(path, "bad name "+quoted(name)+" of a vocabulary", "letters, digits, - and _ make a name"))
		}
		if v.byName[name] == nil {
			v.byName[name] = &vocabulary{empty: doc.Mistake(path, "vocabulary "+quoted(name)+" has no terms", "harbour: {en: [seaport, quay]}")}
		}
		for _, key := range slices.Sorted(maps.Keys(lists)) {
			v.list(doc, name, key, lists[key])
		}
	}
}

func (v *vocabularies) wrong(m strict.Mistake) { v.mistakes = append(v.mistakes, m) }

// list takes in the terms of one name and key.
func (v *vocabularies) list(doc *strict.Document, name, key string, terms []strict.Scalar) {
	path := "vocabulary." + name + "." + key
	language, excepted := key, false
	if key == "except" {
		language, excepted = anyLanguage, true
	} else if rest, ok := strings.CutPrefix(key, "except-"); ok {
		language, excepted = rest, true
	}
	if language != anyLanguage && !languageCode.MatchString(language) {
		v.byName[name].broken = true
		v.wrong(doc.Mistake(path, "unknown language "+quoted(key), "a code such as fr or vi, any for all languages, except or except-vi for what does not count"))
		return
	}
	here := doc.Mistake(path, fmt.Sprintf("vocabulary %s has its terms for %s twice", quoted(name), key), "")
	if first, twice := v.defined[name+"/"+key]; twice {
		v.byName[name].broken = true
		here.Hint = fmt.Sprintf("the other place is %s:%d; terms of one name and language stand in one list", first.File, first.Line)
		v.wrong(here)
		return
	}
	v.defined[name+"/"+key] = here
	voc := v.byName[name]
	if language == anyLanguage {
		language = ""
	}
	for _, at := range terms {
		e, ok := v.entry(at, language, excepted)
		switch {
		case ok && excepted:
			voc.except = append(voc.except, e)
		case ok:
			voc.terms = append(voc.terms, e)
		default:
			voc.broken = true
		}
	}
}

// entry reads one term: words, =words, words with *, or @name.
func (v *vocabularies) entry(at strict.Scalar, language string, excepted bool) (entry, bool) {
	s := at.Value
	if name, ok := strings.CutPrefix(s, "@"); ok && !excepted {
		name, other, _ := strings.Cut(name, "/")
		if !nameOK(name) {
			v.wrong(at.Mistake(0, quoted(s)+" names no vocabulary", ""))
		}
		return entry{language: language, ref: &Ref{Name: name, Language: other}, at: at}, nameOK(name)
	}
	rest, exact := strings.CutPrefix(s, "=")
	offset := len(s) - len(rest)
	_, mistakes := patternsOf(rest)
	if operator := operatorIn(rest); operator != "" {
		mistakes = append(mistakes, Mistake{Place{strings.Index(rest, operator), len(rest)}, quoted(operator) + " is no operator in a vocabulary",
			"write each term by itself: [one, two]; what must stand together belongs into a query"})
	}
	for _, m := range mistakes {
		v.wrong(at.Mistake(offset+m.Start, m.Message, m.Hint))
	}
	return entry{language: language, term: &Term{Text: tidy(rest), Exact: exact}, at: at}, len(mistakes) == 0
}

// operatorIn finds an operator between the words of a term.
func operatorIn(term string) string {
	words := strings.Fields(term)
	for i, w := range words {
		_, plain := operators[w]
		m := operatorOf.FindStringSubmatch(w)
		if (plain || m != nil && numbered[m[1]] != tokenEnd) && i > 0 && i < len(words)-1 {
			return w
		}
	}
	return ""
}

// check looks for references that lead nowhere or in a circle.
func (v *vocabularies) check() {
	for _, name := range slices.Sorted(maps.Keys(v.byName)) {
		if voc := v.byName[name]; len(voc.terms) == 0 && !voc.broken {
			v.wrong(voc.empty)
		}
		for _, e := range v.byName[name].terms {
			switch {
			case e.ref == nil:
			case v.byName[e.ref.Name] == nil:
				v.wrong(e.at.Mistake(1, "unknown vocabulary "+quoted("@"+e.ref.Name), v.near(e.ref.Name)))
			case v.reaches(e.ref.Name, name, map[string]bool{}):
				v.circular = true
				v.wrong(e.at.Mistake(0, fmt.Sprintf("vocabulary %s contains itself by way of %s", quoted(name), quoted("@"+e.ref.Name)), ""))
			case e.ref.Language != "" && e.ref.Language != Own && !v.has(e.ref.Name, e.ref.Language):
				v.wrong(e.at.Mistake(1, fmt.Sprintf("vocabulary %s has no terms for %s", quoted(e.ref.Name), quoted(e.ref.Language)), ""))
			}
		}
	}
}

func (v *vocabularies) reaches(from, to string, seen map[string]bool) bool {
	if from == to {
		return true
	}
	if seen[from] || v.byName[from] == nil {
		return false
	}
	seen[from] = true
	for _, e := range v.byName[from].terms {
		if e.ref != nil && v.reaches(e.ref.Name, to, seen) {
			return true
		}
	}
	return false
}

// has reports whether a vocabulary has terms for a language.
func (v *vocabularies) has(name, language string) bool {
	for _, e := range v.byName[name].terms {
		if e.language == language || e.language == "" {
			return true
		}
	}
	return false
}

func (v *vocabularies) near(name string) string {
	if near := strict.Nearest(name, slices.Sorted(maps.Keys(v.byName))); near != "" {
		return "did you mean @" + near + "?"
	}
	return "vocabularies are defined under the key vocabulary of any rule file"
}

// languages lists the codes that have terms of their own.
func (v *vocabularies) languages() (codes []string) {
	for _, voc := range v.byName {
		for _, e := range voc.terms {
			codes = append(codes, e.language)
		}
	}
	return codes
}
