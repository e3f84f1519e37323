package configs_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
)

// paper is an article of the labelled ones.
type paper struct {
	ID, Lang, Title, Lead, Text string
	Clean                       string `json:"text_clean"`
}

// papers reads a file of the labelled articles; the test is skipped where they
// are not there.
func papers(t *testing.T, name string) (all []paper) {
	t.Helper()
	shared := os.Getenv("PRESSWATCH_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	f, err := os.Open(filepath.Join(shared, "corpus", name))
	if err != nil {
		t.Skipf("no labelled texts: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p paper
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// verdicts are what the shipped rules say of a paper with that text.
func verdicts(t *testing.T) (judge func(p paper, text string) map[string]article.Level, rulesOf []string) {
	t.Helper()
	c, mistakes := configs.Load("presswatch.yaml")
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	return func(p paper, text string) map[string]article.Level {
		out := map[string]article.Level{}
		zones := extract.FromText(p.Title, p.Lead, text, c.Zones)
		for _, m := range c.Rules.Match(c.Rules.Document(rules.About{Language: p.Lang}, zones)) {
			out[m.Rule] = m.Level
		}
		return out
	}, c.Rules.IDs()
}

// TestGluedAndCleanArticlesHaveTheSameVerdicts reads old pages that lost spaces,
// and the same articles as they should be.
func TestGluedAndCleanArticlesHaveTheSameVerdicts(t *testing.T) {
	judge, ids := verdicts(t)
	articles := map[string]paper{}
	for _, a := range papers(t, "long.articles.jsonl") {
		articles[a.ID] = a
	}
	same, all := 0, 0
	for _, truth := range papers(t, "long.glue-truth.jsonl") {
		a := articles[truth.ID]
		glued, clean := judge(a, a.Text), judge(a, truth.Clean)
		for _, rule := range ids {
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

// TestBrokenAndWholeArticlesHaveTheSameVerdicts drops the space at the end of each
// line of eighty letters, as old pages did, of every article in a language that
// has word lists.
func TestBrokenAndWholeArticlesHaveTheSameVerdicts(t *testing.T) {
	judge, ids := verdicts(t)
	whole := map[string]string{}
	for _, truth := range papers(t, "long.glue-truth.jsonl") {
		whole[truth.ID] = truth.Clean
	}
	same, all := map[string]int{}, map[string]int{}
	for _, set := range []string{"long", "short-fr", "short-en-vi"} {
		for _, a := range papers(t, set+".articles.jsonl") {
			if text, ok := whole[a.ID]; ok {
				a.Text = text
			}
			want := judge(a, a.Text)
			for seed := range uint64(3) {
				got := judge(a, broken(a.Text, rand.New(rand.NewPCG(seed, 99))))
				for _, rule := range ids {
					if all[a.Lang]++; got[rule] == want[rule] {
						same[a.Lang]++
					} else {
						t.Logf("%s: %s is %s when broken, %s when whole", a.ID, rule, got[rule], want[rule])
					}
				}
			}
		}
	}
	for _, lang := range []string{"fr", "en"} {
		t.Logf("%s: %d of %d verdicts are the same", lang, same[lang], all[lang])
		if all[lang] == 0 || same[lang]*100 < all[lang]*99 {
			t.Errorf("%s: %d of %d verdicts are the same", lang, same[lang], all[lang])
		}
	}
}

func broken(s string, r *rand.Rand) string {
	const width = 80
	var out strings.Builder
	column := r.IntN(width)
	for _, c := range s {
		column++
		switch {
		case c == '\n':
			column = r.IntN(width)
		case c == ' ' && column >= width:
			column = 0
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}
