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
	entries, ids := stated(t, c, "long", func(string) bool { return true })
	byArticle := map[int64][]ledger.Entry{}
	order := []int64{}
	for _, e := range entries {
		if byArticle[e.Article] == nil {
			order = append(order, e.Article)
		}
		byArticle[e.Article] = append(byArticle[e.Article], e)
	}
	slices.SortStableFunc(order, func(a, b int64) int {
		return byArticle[a][0].Published.Compare(byArticle[b][0].Published)
	})
	told := map[string]string{}
	var known []ledger.Entry
	for _, id := range order {
		for _, v := range ledger.Judge(c.Facts.Ladders(), known, nil, byArticle[id]) {
			fresh := v.Novelty == ledger.New || v.Novelty == ledger.Advanced && v.Fact.Status == "signed"
			if !fresh || v.Fact.Status != "signed" {
				continue
			}
			if first, twice := told[v.Item.Key]; twice {
				t.Errorf("%s is told by %s and again by %s: %s", v.Item.Key, first, ids[id-1], v.Reason)
			}
			told[v.Item.Key] = ids[id-1]
		}
		known = append(known, byArticle[id]...)
	}
	t.Logf("%d told of %d articles: %v", len(told), len(order), told)
	book := ledger.Build(c.Facts.Ladders(), known, nil)
	if diff := cmp.Diff(book, ledger.Build(c.Facts.Ladders(), entries, nil)); diff != "" {
		t.Error(diff)
	}
}
