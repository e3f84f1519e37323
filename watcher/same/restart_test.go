package same_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/same"
)

// grouping is what a desk knows of its articles' groups by what Place told it.
type grouping map[int64]int64

func (g grouping) note(id int64, p same.Placing) {
	g[id] = p.Group
	for other, name := range g {
		if slices.Contains(p.Merged, name) {
			g[other] = p.Group
		}
	}
}

// TestARestartChangesNoGroup places many texts of a few, in two ways: at one go,
// and with an index that is begun anew, from what was told, at each of them.
func TestARestartChangesNoGroup(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const articles = 60
	prints := make([]same.Print, articles)
	for i := range prints {
		paragraphs := slices.Clone(harbour)
		if random.IntN(2) == 0 {
			paragraphs = twin()
		}
		random.Shuffle(len(paragraphs), func(i, j int) { paragraphs[i], paragraphs[j] = paragraphs[j], paragraphs[i] })
		prints[i] = printOf(paragraphs[:2+random.IntN(5)]...) // parts of one text, some like each other, some not
	}
	at := func(i int) time.Time { return noon.Add(time.Duration(i) * time.Hour) }
	whole, always := grouping{}, same.NewCopies(same.DefaultLimits(), 14*day)
	known := grouping{}
	for i, p := range prints {
		id := int64(i + 1)
		whole.note(id, always.Place(id, at(i), p))
		again := same.NewCopies(same.DefaultLimits(), 14*day)
		for j := range i {
			again.Put(int64(j+1), at(j), prints[j], known[int64(j+1)])
		}
		known.note(id, again.Place(id, at(i), p))
		if known[id] != whole[id] {
			t.Fatalf("article %d is in group %d after a restart, and in %d without", id, known[id], whole[id])
		}
	}
	names := map[int64]bool{}
	for id, name := range known {
		names[name] = true
		if whole[id] != name {
			t.Errorf("article %d: group %d after restarts, %d without", id, name, whole[id])
		}
	}
	if len(names) < 2 || len(names) == articles {
		t.Errorf("%d groups of %d articles prove nothing", len(names), articles)
	}
}

func TestAGroupLivesOnWithoutTheArticleItIsNamedAfter(t *testing.T) {
	c := same.NewCopies(same.DefaultLimits(), 3*day)
	for i := range 10 {
		p := c.Place(int64(i+1), noon.Add(time.Duration(i)*2*day), printOf(harbour...))
		if p.Group != 1 {
			t.Errorf("copy %d is in group %d", i+1, p.Group)
		}
	}
}

func TestALaterTextStaysInItsGroupAndMayJoinAnother(t *testing.T) {
	c := same.NewCopies(same.DefaultLimits(), 14*day)
	c.Place(1, noon, printOf(harbour...))
	brief := c.Place(2, noon.Add(time.Hour), printOf("La rade attend.", "Plus de détails suivront."))
	if brief.Group != 2 {
		t.Fatalf("a brief is in group %d", brief.Group)
	}
	if p := c.Place(2, noon.Add(time.Hour), printOf("La rade attend toujours.")); p.Group != 2 || len(p.Merged) > 0 || len(p.Found) > 0 {
		t.Errorf("a later text: %+v", p)
	}
	full := c.Place(2, noon.Add(time.Hour), printOf(harbour...))
	if full.Group != 1 || !slices.Equal(full.Merged, []int64{2}) {
		t.Errorf("the whole text: %+v", full)
	}
}

func TestARestartChangesNoEvent(t *testing.T) {
	texts := []struct{ language, when, body string }{
		{"fr", "2031-05-06 09:00", fourthFR},
		{"en", "2031-05-06 10:00", fourthEN},
		{"fr", "2031-05-06 11:00", "Le marché de Grandlieu rouvre samedi. Pieter Wolff et Gudrun Halvorsen y vendront 300 fleurs."},
		{"vi", "2031-05-06 12:00", fourthVI},
		{"fr", "2031-05-07 09:00", strings.ReplaceAll(fourthFR, "mardi 6 mai", "mercredi 7 mai")},
	}
	report := func(i int) (same.Span, same.Report) {
		return at(texts[i].when), same.ReportOf(words(), texts[i].language, at(texts[i].when),
			[]article.Zone{{Kind: article.Body, Text: texts[i].body}})
	}
	var known []int64
	for i := range texts {
		e := same.NewEvents(same.DefaultBounds())
		for j := range i {
			span, r := report(j)
			e.Put(int64(j+1), span, r, known[j])
			if name, there := e.Of(int64(j + 1)); !there || name != known[j] {
				t.Errorf("article %d is of event %d, %v", j+1, name, there)
			}
		}
		span, r := report(i)
		known = append(known, e.Place(int64(i+1), span, r).Event)
	}
	if want := []int64{1, 1, 3, 1, 5}; !slices.Equal(known, want) {
		t.Errorf("events %v, want %v", known, want)
	}
	if _, there := same.NewEvents(same.DefaultBounds()).Of(1); there {
		t.Error("an empty index knows an event")
	}
}
