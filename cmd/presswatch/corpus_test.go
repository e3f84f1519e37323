package main

import (
	"os"
	"path/filepath"
	"testing"

	"presswatch/configs"
	"presswatch/watcher"
	"presswatch/watcher/eval"
	"presswatch/watcher/same"
)

// togetherness is what the shipped configuration owes on labelled articles: the
// least precision and recall of pairs of copies, 0 where they are not judged, and
// F1 of events.
var togetherness = []struct {
	set                           string
	copyPrecision, copyRecall, ev float64
}{
	{"long", 0.99, 0.97, 0.96},
	{"short-fr", 0, 0, 0.91},
	{"short-en-vi", 0, 0, 0.89},
}

func TestCopiesAndEventsOfLabelledArticlesAreFound(t *testing.T) {
	root := labelledRoot(t)
	c, mistakes := configs.Load(filepath.Join("..", "..", "configs", "presswatch.yaml"))
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	for _, owed := range togetherness {
		t.Run(owed.set, func(t *testing.T) {
			path := filepath.Join(root, "corpus", owed.set)
			pairs, err := evalCommand{Articles: []string{path + ".articles.jsonl"}, Labels: []string{path + ".labels.jsonl"}}.read()
			if err != nil {
				t.Fatal(err)
			}
			copies, wrong := eval.Copies(press(c), pairs.Cases, same.DefaultLimits(), watcher.CopyWindow)
			if copies.Precision < owed.copyPrecision || copies.Recall < owed.copyRecall {
				t.Errorf("copies %+v: %+v", *copies, wrong)
			}
			events, apart := eval.Events(press(c), c.Words, pairs.Cases, same.DefaultBounds())
			t.Logf("copies %.3f %.3f, events %.3f %.3f %.3f", copies.Precision, copies.Recall, events.Precision, events.Recall, events.F1)
			if events.F1 < owed.ev {
				t.Errorf("events %+v: %+v", *events, apart)
			}
		})
	}
}

// statements is what the shipped facts owe on labelled articles: F1, and the share
// of those found whose status is right. What stands in the short sets is often known
// to their labels alone, from the pages they are taken from.
var statements = []struct {
	set        string
	f1, status float64
}{
	{"long", 0.93, 0.97},
	{"short-fr", 0.83, 0.94},
	{"short-en-vi", 0.85, 0.93},
}

func TestFactsOfLabelledArticlesAreRead(t *testing.T) {
	root := labelledRoot(t)
	c, mistakes := configs.Load(filepath.Join("..", "..", "configs", "presswatch.yaml"))
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	for _, owed := range statements {
		t.Run(owed.set, func(t *testing.T) {
			path := filepath.Join(root, "corpus", owed.set)
			pairs, err := evalCommand{Articles: []string{path + ".articles.jsonl"}, Labels: []string{path + ".labels.jsonl"}}.read()
			if err != nil {
				t.Fatal(err)
			}
			score, _ := eval.Facts(c.Rules, c.Facts, press(c), pairs.Cases)
			t.Logf("facts %.3f %.3f %.3f, status %.3f", score.Precision, score.Recall, score.F1, score.Status)
			if score.F1 < owed.f1 || score.Status < owed.status {
				t.Errorf("F1 %.3f of %.2f, status %.3f of %.2f", score.F1, owed.f1, score.Status, owed.status)
			}
		})
	}
}

// labelledRoot is the folder of the labelled articles; without it the test is
// skipped.
func labelledRoot(t *testing.T) string {
	t.Helper()
	root := os.Getenv("PRESSWATCH_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(root, "corpus")); err != nil {
		t.Skip("no labelled articles: set PRESSWATCH_SHARED to the folder that has corpus/*.articles.jsonl")
	}
	return root
}
