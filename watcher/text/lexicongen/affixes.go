package main

import (
	"fmt"
	"regexp"
	"strings"
)

// affixes are the suffix rules of a Hunspell dictionary, by their flag of two
// characters. Prefixes are left out: what stands before a word with an apostrophe is a
// word of its own here.
type affixes map[string][]suffix

// suffix makes a form of a word for which the condition holds.
type suffix struct {
	off, on string
	holds   *regexp.Regexp
}

// The flags that every Hunspell dictionary of that kind gives words that are no form by
// themselves, and words that are none at all.
const (
	needsAffix = "()"
	forbidden  = "{}"
)

func readAffixes(file string) (affixes, error) {
	all := affixes{}
	for line := range strings.Lines(file) {
		fields := strings.Fields(line) // SFX FLAG OFF ON[/FLAGS] CONDITION …
		if len(fields) < 5 || fields[0] != "SFX" {
			continue
		}
		condition, err := regexp.Compile("(?:" + fields[4] + ")$")
		if err != nil {
			return nil, fmt.Errorf("%q: %w", strings.TrimSpace(line), err)
		}
		on, _, _ := strings.Cut(fields[3], "/")
		all[fields[1]] = append(all[fields[1]], suffix{strings.TrimPrefix(fields[2], "0"), strings.TrimPrefix(on, "0"), condition})
	}
	return all, nil
}

// forms are all forms of a dictionary's words.
func (a affixes) forms(file string) map[string]bool {
	forms := map[string]bool{}
	for line := range strings.Lines(file) {
		entry, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		entry, _, _ = strings.Cut(entry, "\t")
		word, flags, _ := strings.Cut(entry, "/")
		if word == "" || hasFlag(flags, forbidden) {
			continue
		}
		if !hasFlag(flags, needsAffix) {
			forms[word] = true
		}
		for i := 0; i+2 <= len(flags); i += 2 {
			for _, s := range a[flags[i:i+2]] {
				if s.holds.MatchString(word) && strings.HasSuffix(word, s.off) {
					forms[strings.TrimSuffix(word, s.off)+s.on] = true
				}
			}
		}
	}
	return forms
}

func hasFlag(flags, flag string) bool {
	for i := 0; i+2 <= len(flags); i += 2 {
		if flags[i:i+2] == flag {
			return true
		}
	}
	return false
}
