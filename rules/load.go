package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"presswatch/watcher/strict"
)

// Load reads rule files and compiles them into a Set. Vocabulary defined in one
// file serves the rules of all. Every mistake of every file is returned; with a
// mistake there is no Set.
func Load(files []strict.File, known Known) (*Set, strict.Mistakes) {
	l := loader{known: known, vocabularies: newVocabularies(), ids: map[string]strict.Mistake{}}
	for _, f := range files {
		var config fileConfig
		doc, mistakes := strict.Read(f, &config)
		l.mistakes = append(l.mistakes, mistakes...)
		l.vocabularies.add(doc, config)
		l.rules = append(l.rules, config.Rules...)
	}
	l.vocabularies.check()
	l.vocabularies.defined = nil // all are known
	l.mistakes = append(l.mistakes, l.vocabularies.mistakes...)
	if l.vocabularies.circular {
		l.mistakes.Sort()
		return nil, l.mistakes // a circle cannot be compiled
	}
	set := l.compile()
	if len(l.mistakes) > 0 {
		l.mistakes.Sort()
		return nil, l.mistakes
	}
	for i, r := range set.rules {
		set.rules[i].hash = hashOf(r, l.vocabularies)
	}
	return set, nil
}

type loader struct {
	known        Known
	vocabularies *vocabularies
	rules        []ruleConfig
	ids          map[string]strict.Mistake // where each id was first given
	mistakes     strict.Mistakes
}

func (l *loader) compile() *Set {
	c := newCompiler(l.known, l.vocabularies)
	set := &Set{known: l.known, vocabularies: l.vocabularies}
	for _, config := range l.rules {
		l.unique(config.ID)
		r := rule{id: config.ID.Value, name: config.Name, config: config}
		if r.name == "" {
			r.name = r.id
		}
		r.match = l.query(c, config.Match)
		r.alert = l.query(c, config.Alert)
		l.tests(config)
		set.rules = append(set.rules, r)
	}
	set.index(c)
	return set
}

// unique reports an id that another rule has.
func (l *loader) unique(id strict.Scalar) {
	if !id.IsSet() {
		return
	}
	here := id.Mistake(0, "a second rule with the id "+quoted(id.Value), "")
	if first, twice := l.ids[id.Value]; twice {
		here.Hint = fmt.Sprintf("the first is at %s:%d", first.File, first.Line)
		l.mistakes = append(l.mistakes, here)
		return
	}
	l.ids[id.Value] = here
}

func (l *loader) query(c *compiler, s strict.Scalar) *clause {
	if !s.IsSet() {
		return nil
	}
	q, mistakes := c.query(s.Value)
	for _, m := range mistakes {
		l.mistakes = append(l.mistakes, s.Mistake(m.Start, m.Message, m.Hint))
	}
	return q
}

// tests holds what a rule's tests name against what is known.
func (l *loader) tests(config ruleConfig) {
	for i := range config.Tests {
		l.file(&config.Tests[i])
		t := config.Tests[i]
		if t.Source.IsSet() {
			if _, _, _, ok := l.known.source(t.Source.Value); !ok {
				l.mistakes = append(l.mistakes, t.Source.Mistake(0, "unknown source "+quoted(t.Source.Value), "a source's id or publisher, from the key sources of the configuration"))
			}
		}
		if t.Lang.IsSet() && !languageCode.MatchString(t.Lang.Value) {
			l.mistakes = append(l.mistakes, t.Lang.Mistake(0, "unknown language "+quoted(t.Lang.Value), "a code such as fr, en or vi"))
		}
	}
}

// file reads the text of a test that stands in a file of its own.
func (l *loader) file(t *testConfig) {
	if !t.File.IsSet() {
		return
	}
	if l.known.ReadFile == nil {
		l.mistakes = append(l.mistakes, t.File.Mistake(0, "files of tests are not read here", "write the text into the test"))
		return
	}
	path := t.File.Value
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(t.File.Mistake(0, "", "").File), path)
	}
	data, err := l.known.ReadFile(path)
	if err != nil {
		l.mistakes = append(l.mistakes, t.File.Mistake(0, "the file of the test cannot be read: "+err.Error(), "it is sought beside the rule file"))
		return
	}
	t.Text = strings.TrimPrefix(string(data), "\ufeff")
	if t.Title == "" {
		t.Title, t.Text, _ = strings.Cut(strings.TrimLeft(t.Text, "\n"), "\n")
	}
}

// languages lists every language in which an article may be read.
func (l *loader) languages() []string {
	all := append(l.vocabularies.languages(), l.known.Languages...)
	for _, r := range l.rules {
		for _, t := range r.Tests {
			all = append(all, t.Lang.Value)
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(code string) bool { return code == "" })
}

// hashOf tells this wording of a rule, and of the vocabulary it uses, from
// every other: 12 hexadecimal digits.
func hashOf(r rule, v *vocabularies) string {
	h := sha256.New()
	used := map[string]bool{}
	for _, c := range []*clause{r.match, r.alert} {
		if c != nil {
			io.WriteString(h, c.query.String())
			v.use(c.query, used)
		}
		io.WriteString(h, "\n")
	}
	if l := r.config.Ledger; l != nil {
		fmt.Fprintf(h, "%q %v\n", l.Fact.Value, l.Fires)
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(h, "%s\n", name)
		for _, list := range [][]entry{v.byName[name].terms, v.byName[name].except} {
			keys := make([]string, len(list))
			for i, e := range list {
				keys[i] = e.key()
			}
			slices.Sort(keys)
			fmt.Fprintf(h, "%q\n", keys)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// use notes the vocabularies that a query speaks of, also by way of others.
func (v *vocabularies) use(q Query, used map[string]bool) {
	if ref, ok := q.(*Ref); ok && !used[ref.Name] {
		used[ref.Name] = true
		for _, e := range v.byName[ref.Name].terms {
			if e.ref != nil {
				v.use(e.ref, used)
			}
		}
	}
	for _, m := range members(q) {
		v.use(m, used)
	}
}
