package rules

import (
	"testing"

	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

// TestWhatIsRememberedIsGivenUpWhenNothingIsRead: between two articles of a busy day
// it is kept, and whatever is kept the verdict is the same.
func TestWhatIsRememberedIsGivenUpWhenNothingIsRead(t *testing.T) {
	set, mistakes := Load([]strict.File{{Name: "rules.yaml", Data: []byte("rules: [{id: bridge, match: bridge AND mayors}]")}}, Known{})
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	reads := func() {
		t.Helper()
		zones := []article.Zone{{Kind: article.Title, Text: "The mayors open the bridge"}}
		if got := set.Match(set.Document(About{Language: "en"}, zones)); len(got) != 1 {
			t.Fatalf("matches: %v", got)
		}
	}
	kept := func(want int, when string) {
		t.Helper()
		if len(set.desks) != want {
			t.Errorf("%s %d desks are kept, want %d", when, len(set.desks), want)
		}
	}
	reads()
	set.Rest()
	kept(1, "after the first rest")
	reads()
	set.Rest()
	kept(1, "after a rest since which something was read")
	set.Rest()
	kept(0, "after a rest since which nothing was read")
	reads()
	kept(1, "after reading again")
}
