package text_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"presswatch/watcher/text"
)

// TestBrokenLinesAreMended breaks clean articles as old pages did, where the space
// at the end of a line was lost, and counts the spaces that are found again.
func TestBrokenLinesAreMended(t *testing.T) {
	clean := map[string]string{}
	eachLine(t, sharedFile(t, "corpus/long.glue-truth.jsonl"), func(a glueTruth) { clean[a.ID] = a.Clean })
	lost, found, wrong := map[string]int{}, map[string]int{}, map[string]int{}
	eachLine(t, sharedFile(t, "corpus/long.articles.jsonl"), func(a glueTruth) {
		if c, ok := clean[a.ID]; ok {
			a.Text = c
		}
		for seed := range uint64(5) {
			raw, gaps := breakLines(a.Text, rand.New(rand.NewPCG(seed, 7)))
			before := text.Analyse(raw, a.Lang)
			after := text.Mend([]*text.Text{before, text.Analyse(a.Title, a.Lang), text.Analyse(a.Lead, a.Lang)}, nil)[0]
			starts := map[int]bool{}
			for _, w := range after.Words {
				starts[int(w.Start)] = true
			}
			for _, w := range before.Words {
				for at := int(w.Start) + 1; at < int(w.End); at++ {
					switch {
					case gaps[at]:
						lost[a.Lang]++
						if starts[at] {
							found[a.Lang]++
						}
					case starts[at]:
						wrong[a.Lang]++
					}
				}
			}
		}
	})
	for lang, least := range map[string]float64{"fr": 0.95, "en": 0.94} {
		share := float64(found[lang]) / float64(lost[lang])
		t.Logf("%s: %d of %d lost spaces are found again: %.4f; %d cuts elsewhere", lang, found[lang], lost[lang], share, wrong[lang])
		if share < least || 50*wrong[lang] > found[lang] {
			t.Errorf("%s: %.4f of the lost spaces are found again, and %d others", lang, share, wrong[lang])
		}
	}
}

// breakLines drops the space at the end of each line of eighty characters, and
// says where in the result they were.
func breakLines(s string, r *rand.Rand) (string, map[int]bool) {
	const width = 80
	var out strings.Builder
	gaps := map[int]bool{}
	column := r.IntN(width)
	for _, c := range s {
		column++
		switch {
		case c == '\n':
			column = r.IntN(width)
		case c == ' ' && column >= width:
			column = 0
			gaps[out.Len()] = true
			continue
		}
		out.WriteRune(c)
	}
	return out.String(), gaps
}
