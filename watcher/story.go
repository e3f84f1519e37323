package watcher

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/same"
)

// CopyWindow is how far apart copies may be published: papers take a text within
// days, and repeat one of the season before with other dates.
const CopyWindow = 14 * 24 * time.Hour

// stories knows the articles of the last days, so that a new one is put among
// them when it arrives. It is memory alone: what it told is in the store, and it
// is read from there when it is first asked. What it holds is bounded by the
// windows, whatever the store holds.
type stories struct {
	mu     sync.Mutex
	copies *same.Copies // nil: to be read from the store
	events *same.Events
}

// seen is what an article is compared by. It is made before the stories are
// locked, because it takes the time.
type seen struct {
	print  same.Print
	report same.Report
	when   same.Span
	worth  int
}

func look(setup *Setup, language string, a article.Article, zones []article.Zone) seen {
	when := spanOf(a)
	return seen{
		print:  same.PrintOf(zones).In(a.Source),
		report: same.ReportOf(setup.Words, language, when, zones),
		when:   when,
		worth:  same.Worth(language, zones),
	}
}

func spanOf(a article.Article) same.Span { return same.Span{From: dated(a), To: dated(a)} }

// recordPlaced places an article and records its reading, TX2, before another is
// placed: the two must not come apart. Where the store fails, all that is
// remembered is given up, since the article is placed there and not stored.
func (w *Watcher) recordPlaced(ctx context.Context, setup *Setup, language string, r store.Reading) (store.Reading, error) {
	s := look(setup, language, r.Article, r.Revision.Zones)
	w.stories.mu.Lock()
	defer w.stories.mu.Unlock()
	if w.stories.copies == nil {
		if err := w.stories.read(ctx, w.Store, setup); err != nil {
			return r, fmt.Errorf("the stories of the last days: %w", err)
		}
	}
	if r.Earlier > 0 {
		r.Place, r.Merged = w.stories.replace(r.Article.ID, s, r.Place)
	} else {
		r.Place, r.Merged = w.stories.place(r.Article.ID, s)
	}
	err := w.Store.Record(ctx, r)
	if err != nil {
		w.stories.copies, w.stories.events = nil, nil
	}
	return r, err
}

// replace puts a later text in the place of an article. It may turn out to be a
// copy, but leaves its event alone: readers were told of that.
func (s *stories) replace(id int64, of seen, was article.Place) (article.Place, []int64) {
	was.Worth = of.worth
	if _, known := s.copies.Of(id); !known { // its first text lies before the window
		s.copies.Put(id, of.when.From, of.print, was.Copies)
		return was, nil
	}
	copied := s.copies.Place(id, of.when.From, of.print)
	was.Copies = copied.Group
	return was, copied.Merged
}

// place puts an article among the others. A copy is of the event of its origin.
func (s *stories) place(id int64, of seen) (article.Place, []int64) {
	copied := s.copies.Place(id, of.when.From, of.print)
	place := article.Place{Copies: copied.Group, Worth: of.worth}
	if len(copied.Found) > 0 && copied.Found[0].Kind == same.Copy {
		if event, known := s.events.Of(copied.Found[0].ID); known {
			s.events.Put(id, of.when, of.report, event)
			place.Event = event
			return place, copied.Merged
		}
	}
	place.Event = s.events.Place(id, of.when, of.report).Event
	return place, copied.Merged
}

// placed is an article that was placed before.
type placed struct {
	id     int64
	when   same.Span
	print  same.Print
	report same.Report // zero beyond the events' window
	place  article.Place
}

// read takes the articles of the last days in again, as they were placed.
func (s *stories) read(ctx context.Context, from store.Store, setup *Setup) error {
	bounds := same.DefaultBounds()
	var all []placed
	for stored, err := range from.Articles(ctx, time.Now().Add(-CopyWindow)) {
		if err != nil {
			return err
		}
		p := placed{id: stored.Article.ID, when: spanOf(stored.Article), print: same.PrintOf(stored.Revision.Zones).In(stored.Article.Source), place: stored.Place}
		if source, known := setup.source(stored.Article.Source); known && time.Since(p.when.To) <= bounds.Window {
			p.report = same.ReportOf(setup.Words, source.Language, p.when, stored.Revision.Zones)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.id, b.id) })
	s.copies, s.events = same.NewCopies(same.DefaultLimits(), CopyWindow), same.NewEvents(bounds)
	for _, p := range all {
		s.copies.Put(p.id, p.when.From, p.print, p.place.Copies)
		if time.Since(p.when.To) <= bounds.Window {
			s.events.Put(p.id, p.when, p.report, p.place.Event)
		}
	}
	return nil
}
