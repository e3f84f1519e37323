package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/configs"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
	"presswatch/watcher/ledger"
)

// stated is what the articles of a labelled set state, in the order of the file.
func stated(t *testing.T, c *configs.Config, set string, wanted func(id string) bool) (entries []ledger.Entry, ids []string) {
	t.Helper()
	path := filepath.Join(labelledRoot(t), "corpus", set)
	pairs, err := evalCommand{Articles: []string{path + ".articles.jsonl"}, Labels: []string{path + ".labels.jsonl"}}.read()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range pairs.Cases {
		if !wanted(one.Article.ID) {
			continue
		}
		ids = append(ids, one.Article.ID)
		entries = append(entries, entriesOf(c, int64(len(ids)), one.Article)...)
	}
	return entries, ids
}

func entriesOf(c *configs.Config, id int64, a eval.Article) (entries []ledger.Entry) {
	for _, f := range c.Facts.Read(press(c).Document(c.Rules, a)) {
		entries = append(entries, ledger.Entry{Article: id, Source: a.Source, Title: a.Title, URL: a.URL, Published: a.Published.Time, Fact: f})
	}
	return entries
}

func shippedConfig(t *testing.T) *configs.Config {
	t.Helper()
	c, mistakes := configs.Load(filepath.Join("..", "..", "configs", "presswatch.yaml"))
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	return c
}

func TestTheGivenArticlesGiveTheLedger(t *testing.T) {
	c := shippedConfig(t)
	entries, _ := stated(t, c, "short-fr", func(id string) bool { return strings.HasPrefix(id, "seed-") })
	ladders := ledger.Ladders(c.Facts.Ladders())
	var got []string
	for _, i := range ledger.Build(ladders, entries, nil).Items {
		line := fmt.Sprintf("%s %s %s", i.Instrument, i.Period, i.Status)
		if i.Day != "" {
			line += " " + i.Day
		}
		got = append(got, line)
	}
	want := []string{"plan 2020 completed", "plan 2021 signed 2020-12-04", "plan 2022 implementing", "plan 2025 implementing", "protocol 2025-2029 implementing"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	random := rand.New(rand.NewPCG(5, 5))
	book := ledger.Build(ladders, entries, nil)
	for range 20 {
		random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		if diff := cmp.Diff(book, ledger.Build(ladders, entries, nil)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestEachNewPlanIsToldOnce(t *testing.T) {
	c := shippedConfig(t)
	path := filepath.Join(labelledRoot(t), "corpus", "long")
	pairs, err := evalCommand{Articles: []string{path + ".articles.jsonl"}, Labels: []string{path + ".labels.jsonl"}}.read()
	if err != nil {
		t.Fatal(err)
	}
	cases := pairs.Cases
	slices.SortStableFunc(cases, func(a, b eval.Case) int { return a.Article.Published.Compare(b.Article.Published.Time) })
	gate := c.Rules.Gates()["new-cooperation-plans"]
	told := map[string]string{} // by item and status, the article
	unstated := 0
	var known []ledger.Entry
	for n, one := range cases {
		read := entriesOf(c, int64(n+1), one.Article)
		verdicts := ledger.Judge(c.Facts.Ladders(), known, nil, read)
		known = append(known, read...)
		if tells, _ := gate.Tells(verdicts); !tells || !matches(c, one.Article, "new-cooperation-plans") {
			continue
		}
		lines := gate.Lines(ledger.Names{}, verdicts)
		if len(lines) == 0 {
			unstated++
		}
		for _, line := range lines {
			if first, twice := told[line]; twice {
				t.Errorf("%s: told by %s and again by %s", line, first, one.Article.ID)
			}
			told[line] = one.Article.ID
		}
	}
	t.Logf("%d articles: %d told with what is new, %d that state nothing", len(cases), len(told), unstated)
	if unstated > 3 {
		t.Errorf("%d are told that the ledger knows nothing of", unstated)
	}
	for i, v := range told {
		t.Log(v, i)
	}
}

// matches reports whether a rule's queries are true of an article.
func matches(c *configs.Config, a eval.Article, rule string) bool {
	return slices.ContainsFunc(c.Rules.Match(press(c).Document(c.Rules, a)), func(m article.Match) bool { return m.Rule == rule })
}
