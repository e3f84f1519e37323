package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/watcher/article"
)

func TestAFinderSaysWhatStandsWhere(t *testing.T) {
	set := load(t, askedVocabulary)
	finder, wrong := set.Finder([]string{"@paper", "@paper NEAR/3 deux", "title:@paper", "absent"})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	d := set.Document(rules.About{Language: "fr"}, []article.Zone{
		{Kind: article.Title, Text: "Un journal"}, {Kind: article.Body, Text: "Les deux journaux paraissent."}, {Kind: article.Caption, Text: "Le journal"}})
	var got [][]string
	for _, hits := range finder.Find(d) {
		var words []string
		for _, h := range hits {
			word := d.Raw(h.Range) + " in " + string(d.KindOf(h.From)) + ":"
			for _, p := range h.Parts {
				word += " " + d.Raw(p)
			}
			words = append(words, word)
		}
		got = append(got, words)
	}
	want := [][]string{
		{"journal in title: journal", "journaux in body: journaux", "journal in caption: journal"},
		{"deux journaux in body: journaux deux"},
		{"journal in title: journal"},
		nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFinderWantsQueriesWithPlaces(t *testing.T) {
	set := load(t, askedVocabulary)
	_, wrong := set.Finder([]string{"@paper", "@paper AND deux", "@papr", "@paper OR lang:fr"})
	if len(wrong) != 3 || !strings.Contains(wrong[1][0].Message, "no place") || !strings.Contains(wrong[2][0].Message, "unknown vocabulary") || len(wrong[3]) == 0 {
		t.Errorf("%+v", wrong)
	}
}
