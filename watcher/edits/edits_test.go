package edits_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/article"
	"presswatch/watcher/edits"
)

func body(text string) []article.Zone { return []article.Zone{{Kind: article.Body, Text: text}} }

func TestWhatAnEditorChangedIsTold(t *testing.T) {
	for name, test := range map[string]struct {
		old, new []article.Zone
		want     []edits.Edit
	}{
		"nothing":                           {body("The ferry sails."), body("The ferry sails."), nil},
		"nothing but paragraphs and spaces": {body("The ferry\n\nsails."), body("The  ferry sails."), nil},
		"a number": {body("It carries 450 passengers and 30 cars."), body("It carries 540 passengers and 30 cars."),
			[]edits.Edit{{article.Body, "450", "540"}}},
		"an accent": {body("Le bac a ete ouvert"), body("Le bac a été ouvert"), []edits.Edit{{article.Body, "ete", "été"}}},
		"words taken out": {body("The old grey ferry sails."), body("The ferry sails."),
			[]edits.Edit{{article.Body, "old grey", ""}}},
		"words put in at the end": {body("The ferry sails."), body("The ferry sails. On Monday."),
			[]edits.Edit{{article.Body, "", "On Monday."}}},
		"two places": {body("One two three four five six"), body("1 two three four 5 six"),
			[]edits.Edit{{article.Body, "One", "1"}, {article.Body, "five", "5"}}},
		"words that repeat": {body("a b a b a"), body("a b a"), []edits.Edit{{article.Body, "b a", ""}}},
		"title and captions": {
			[]article.Zone{{Kind: article.Title, Text: "Calm"}, {Kind: article.Caption, Text: "Left"}, {Kind: article.Caption, Text: "Right"}},
			[]article.Zone{{Kind: article.Title, Text: "Storm"}, {Kind: article.Caption, Text: "Left"}},
			[]edits.Edit{{article.Title, "Calm", "Storm"}, {article.Caption, "Right", ""}}},
		"other teasers are not compared": {
			[]article.Zone{{Kind: article.Teaser, Text: "Yesterday's news"}}, []article.Zone{{Kind: article.Teaser, Text: "Today's"}}, nil},
		"a zone that is new": {nil, body("All of it."), []edits.Edit{{article.Body, "", "All of it."}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, edits.Between(test.old, test.new)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextsTooLongToCompareAreOneEdit(t *testing.T) {
	long := strings.Repeat("a b ", 3000)
	got := edits.Between(body("1 "+long+"2"), body("3 "+long+"c "+long+"4"))
	if len(got) != 1 || !strings.HasPrefix(got[0].Removed, "1 a") || !strings.HasSuffix(got[0].Added, " 4") {
		t.Errorf("%d edits", len(got))
	}
}

// FuzzBetween makes the new text of the old one by its edits.
func FuzzBetween(f *testing.F) {
	f.Add("one two three", "one 2 three")
	f.Add("a b a b a", "b a b")
	f.Add("", "x")
	f.Add("é \xff 1", "e \xff 2")
	f.Fuzz(func(t *testing.T, old, new string) {
		got := edits.Between(body(old), body(new))
		have, want := strings.Fields(old), strings.Fields(new)
		if (len(got) == 0) != (strings.Join(have, " ") == strings.Join(want, " ")) {
			t.Fatalf("%q → %q: %d edits", old, new, len(got))
		}
		var removed, added int
		for _, e := range got {
			removed += len(strings.Fields(e.Removed))
			added += len(strings.Fields(e.Added))
		}
		if len(have)-removed != len(want)-added {
			t.Fatalf("%q → %q: %+v", old, new, got)
		}
		if stays, is := without(have, got, removedBy), without(want, got, addedBy); stays != is {
			t.Fatalf("%q → %q: %q stays and not %q", old, new, stays, is)
		}
	})
}

func removedBy(e edits.Edit) string { return e.Removed }
func addedBy(e edits.Edit) string   { return e.Added }

// without are the words of a text less those of its edits, sorted.
func without(words []string, all []edits.Edit, of func(edits.Edit) string) string {
	count := map[string]int{}
	for _, w := range words {
		count[w]++
	}
	for _, e := range all {
		for _, w := range strings.Fields(of(e)) {
			count[w]--
		}
	}
	var rest []string
	for _, w := range words {
		if count[w] > 0 {
			rest = append(rest, w)
			count[w]--
		}
	}
	slices.Sort(rest)
	return strings.Join(rest, " ")
}
