package configs_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
)

// floors are what the shipped rules owe a desk on articles that people have
// labelled, as parts of one: the least precision and recall of a rule at a
// level. They stand a little under what is reached, so that a change for the
// worse shows.
var floors = []struct {
	rule              string
	level             article.Level
	precision, recall float64
}{
	{"vietnam-laos-defence", article.Alert, 0.97, 0.97},
	{"vietnam-laos-defence", article.Digest, 0.97, 0.95},
	{"new-cooperation-plans", article.Alert, 0.95, 0.92},
}

// labelled is an article with what is right to say of it.
type labelled struct {
	ID, Lang, Title, Lead, Text string
	Captions                    []string
	Rules                       map[string]article.Level
}

func TestShippedRulesAreRightOnLabelledArticles(t *testing.T) {
	config, all := shipped(t), corpus(t)
	for _, floor := range floors {
		var right, wrong, missed int
		for _, a := range all {
			got, want := level(config, a, floor.rule) >= floor.level, a.Rules[floor.rule] >= floor.level
			switch {
			case got && want:
				right++
			case got:
				wrong++
				t.Logf("%s at %s: wrong about %s %q", floor.rule, floor.level, a.ID, a.Title)
			case want:
				missed++
				t.Logf("%s at %s: missed %s %q", floor.rule, floor.level, a.ID, a.Title)
			}
		}
		precision, recall := part(right, right+wrong), part(right, right+missed)
		t.Logf("%s at %s: precision %.3f, recall %.3f (%d right)", floor.rule, floor.level, precision, recall, right)
		if precision < floor.precision || recall < floor.recall {
			t.Errorf("%s at %s: precision %.3f of %.2f, recall %.3f of %.2f",
				floor.rule, floor.level, precision, floor.precision, recall, floor.recall)
		}
	}
}

func TestShippedRulesAreRightOnTheGivenArticles(t *testing.T) {
	config := shipped(t)
	want := map[string]article.Level{
		"seed-000": article.Alert, "seed-001": article.Alert, "seed-002": article.Alert,
		"seed-003": article.None, "seed-004": article.Digest,
	}
	for _, a := range corpus(t) {
		expected, given := want[a.ID]
		if !given {
			continue
		}
		delete(want, a.ID)
		if got := level(config, a, "vietnam-laos-defence"); got != expected {
			t.Errorf("%s: %s, want %s", a.ID, got, expected)
		}
	}
	if len(want) > 0 {
		t.Errorf("not in the corpus: %v", want)
	}
}

// shipped is the configuration as it is installed.
func shipped(t *testing.T) *configs.Config {
	t.Helper()
	config, mistakes := configs.Load("presswatch.yaml")
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	return config
}

// level is what a rule says of an article that is read alone.
func level(config *configs.Config, a labelled, rule string) article.Level {
	zones := extract.FromText(a.Title, a.Lead, a.Text, config.Zones)
	for _, caption := range a.Captions {
		zones = append(zones, article.Zone{Kind: article.Caption, Text: caption})
	}
	for _, m := range config.Rules.Match(config.Rules.Document(rules.About{Language: a.Lang}, zones)) {
		if m.Rule == rule {
			return m.Level
		}
	}
	return article.None
}

// corpus reads the labelled articles; without them the test is skipped.
func corpus(t *testing.T) []labelled {
	t.Helper()
	root := os.Getenv("PRESSWATCH_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	paths, err := filepath.Glob(filepath.Join(root, "corpus", "*.articles.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Skip("no labelled articles: set PRESSWATCH_SHARED to the folder that has corpus/*.articles.jsonl")
	}
	var all []labelled
	for _, path := range paths {
		known := map[string]labelled{}
		for _, l := range read(t, path[:len(path)-len("articles.jsonl")]+"labels.jsonl") {
			known[l.ID] = l
		}
		for _, a := range read(t, path) {
			a.Rules = known[a.ID].Rules
			all = append(all, a)
		}
	}
	return all
}

// read decodes a file with one object a line.
func read(t *testing.T, path string) (all []labelled) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(fmt.Errorf("%s: %w", path, err))
		}
		all = append(all, l)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// part is k of n; all of nothing is everything.
func part(k, n int) float64 {
	if n == 0 {
		return 1
	}
	return float64(k) / float64(n)
}
