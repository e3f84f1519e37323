package configs_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
)

// TestGluedAndCleanArticlesHaveTheSameVerdicts reads old pages that lost spaces,
// and the same articles as they should be.
func TestGluedAndCleanArticlesHaveTheSameVerdicts(t *testing.T) {
	shared := os.Getenv("PRESSWATCH_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	type record struct {
		ID, Lang, Title, Lead, Text string
		Clean                       string `json:"text_clean"`
	}
	read := func(name string) (all []record) {
		f, err := os.Open(filepath.Join(shared, "corpus", name))
		if err != nil {
			t.Skipf("no labelled texts: %v", err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var r record
			if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
				t.Fatal(err)
			}
			all = append(all, r)
		}
		return all
	}
	c, mistakes := configs.Load("presswatch.yaml")
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	verdicts := func(r record, text string) map[string]article.Level {
		out := map[string]article.Level{}
		zones := extract.FromText(r.Title, r.Lead, text, c.Zones)
		for _, m := range c.Rules.Match(c.Rules.Document(rules.About{Language: r.Lang}, zones)) {
			out[m.Rule] = m.Level
		}
		return out
	}
	articles := map[string]record{}
	for _, a := range read("long.articles.jsonl") {
		articles[a.ID] = a
	}
	same, all := 0, 0
	for _, truth := range read("long.glue-truth.jsonl") {
		a := articles[truth.ID]
		glued, clean := verdicts(a, a.Text), verdicts(a, truth.Clean)
		for _, rule := range c.Rules.IDs() {
			all++
			if glued[rule] == clean[rule] {
				same++
			} else {
				t.Errorf("%s: %s is %s when glued, %s when clean", truth.ID, rule, glued[rule], clean[rule])
			}
		}
	}
	t.Logf("%d of %d verdicts are the same", same, all)
}
