package rules

import (
	"slices"
	"strings"

	"presswatch/watcher/strict"
	"presswatch/watcher/text"
)

// Known is what rules may name besides vocabularies. Publishers[i] and
// Languages[i], where given, belong to Sources[i].
type Known struct {
	Sources    []string // ids
	Publishers []string
	Languages  []string // ISO 639 codes
	// ReadFile reads the file of a test; nil where tests may have none.
	ReadFile func(path string) ([]byte, error)
}

// source resolves a source's id, or a publisher, as articles name it.
func (k Known) source(name string) (id, publisher, language string, ok bool) {
	at := func(list []string, i int) string {
		if i < len(list) {
			return list[i]
		}
		return ""
	}
	if i := slices.Index(k.Sources, name); i >= 0 {
		return name, at(k.Publishers, i), at(k.Languages, i), true
	}
	return "", name, "", slices.Contains(k.Publishers, name)
}

// exclusive reports whether two fields cannot both be true because they name
// different sources.
func (k Known) exclusive(a, b *Field) bool {
	if a.Name != "source" || b.Name != "source" || a.Value == b.Value {
		return false
	}
	_, _, _, knownA := k.source(a.Value)
	_, _, _, knownB := k.source(b.Value)
	if !knownA || !knownB {
		return false // told as unknown
	}
	for _, id := range k.Sources {
		_, publisher, _, _ := k.source(id)
		if (id == a.Value || publisher == a.Value) && (id == b.Value || publisher == b.Value) {
			return false
		}
	}
	return true
}

// mustKnow reports a field's value that nothing has.
func (c *compiler) mustKnow(f *Field, what string, known []string) {
	if slices.Contains(known, f.Value) {
		return
	}
	known = slices.DeleteFunc(known, func(s string) bool { return s == "" })
	slices.Sort(known)
	known = slices.Compact(known)
	hint := "known: " + strings.Join(known, ", ")
	if near := strict.Nearest(f.Value, known); near != "" {
		hint = "did you mean " + near + "?"
	}
	c.wrong(f, "unknown "+what+" "+quoted(f.Value), hint)
}

// named tells whether a name contains the words of a value, one after the
// other, whatever their case and accents.
func named(value string) func(name string) bool {
	want := " " + text.Fold(value) + " "
	return func(name string) bool { return strings.Contains(" "+text.Fold(name)+" ", want) }
}
