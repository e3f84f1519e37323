package digest

import (
	"encoding/json"
	"strings"
	"testing"

	"presswatch/watcher/article"
)

func TestWhatIsLateIsSaidAlsoWhenNothingWasFound(t *testing.T) {
	late := []string{"no 2032 plan seen · <Northquay>–Saltholm"}
	for range 12 {
		late = append(late, "no 2032 pact seen")
	}
	m := Digest(Input{Digest: "desk", Channel: "#desk", Slot: "2032-02-01T07:00", Late: late})
	if len(m) != 1 || Validate(m[0]) != nil {
		t.Fatalf("%d messages", len(m))
	}
	for _, want := range []string{"Nothing new", "no 2032 plan seen · &lt;Northquay&gt;–Saltholm", "3 others"} {
		if !strings.Contains(m[0].Text, want) {
			t.Errorf("no %q in %s", want, m[0].Text)
		}
	}
}

func TestWhatTheLedgerSaysIsTold(t *testing.T) {
	line := "NEW · plan · Northquay–Saltholm · ropes · 2031 · signed 2 Dec 2030 in <Saltholm>"
	found := article.Finding{ID: 1, Digest: "desk", Level: article.Alert, Article: article.Article{ID: 1, Entry: article.Entry{Title: "Ink", URL: "https://a.example/1"}},
		Match: article.Match{Rule: "r", Name: "Pacts", Level: article.Alert, Ledger: []string{line, line}}}
	scheduled := Digest(Input{Digest: "desk", Channel: "#desk", Findings: []article.Finding{found}})
	for name, m := range map[string]Message{"alert": Alert([]article.Finding{found}, Names{}), "digest": scheduled[0]} {
		blocks, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(blocks), "signed 2 Dec 2030"); n != 1 {
			t.Errorf("%s: told %d times in %s", name, n, blocks)
		}
		if name == "alert" && !strings.Contains(m.Text, "signed 2 Dec 2030 in &lt;Saltholm&gt;") {
			t.Error(m.Text)
		}
	}
}
