package main

import (
	"slices"
	"strings"
	"testing"
)

const (
	someAffixes = `SET UTF-8
PFX L' Y 1
PFX L' 0 l' .
SFX S. Y 2
SFX S. 0 s [^sx] is:pl
SFX S. al aux al is:pl
SFX a0 Y 1
SFX a0 er é/L' er ppas
`
	someWords = "6\njournal/S.L' po:nom\namiral/S.() po:nom\nmot/S.\npêcher/a0\nParis/L'\nfaute/{}\nd'\nl'\nau-delà\ndelà\ncœur/S.\nde\nla\nà"
)

func TestFormsAreMadeByTheRulesThatHold(t *testing.T) {
	rules, err := readAffixes(someAffixes)
	if err != nil {
		t.Fatal(err)
	}
	forms := rules.forms(someWords)
	for _, form := range []string{"journal", "journaux", "amiraux", "mots", "pêcher", "pêché", "Paris", "cœurs"} {
		if !forms[form] {
			t.Errorf("%s is missing", form)
		}
	}
	for _, form := range []string{"amiral", "mot/S.", "faute", "l'journal", "fautes"} {
		if forms[form] {
			t.Errorf("%s is no form", form)
		}
	}
}

func TestTheLongListIsFoldedAndSaysWhichWordsNeedTheirAccents(t *testing.T) {
	got := words(map[string]bool{"pêché": true, "mots": true, "cœur": true, "Paris": true, "de": true, "fête": true, "fete": true, "au-delà": true})
	if want := []string{"coeur", "fete", "mots", "peche^"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCommonWordsAreCountedOnceALine(t *testing.T) {
	var text strings.Builder
	for i := range commonFewest {
		text.WriteString(strings.Repeat("\nchapitre", 9) + "\n" + strings.Repeat("L’amiral de la mer, delà ", 1) + strings.Repeat(" la", i))
	}
	counts, err := count(strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	got := common(map[string]bool{"la": true, "de": true, "delà": true, "l'": true, "amiral": true, "chapitre": true, "mot": true}, counts)
	if want := []string{"la", "amiral", "de", "l'"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
