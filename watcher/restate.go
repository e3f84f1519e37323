package watcher

import (
	"context"
	"fmt"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

// Restated is what Restate did.
type Restated struct {
	Articles int // that were read anew
	Facts    int // that they state
}

// Restate reads anew what stored articles state, back to since, and puts it in place
// of what the ledger has of them: after a change of what defines facts, or to fill a
// ledger from the past. Nobody is told. The ledger is the one that it would be had
// the articles been read in the order of publication.
func Restate(ctx context.Context, s store.Store, setup *Setup, since time.Time) (Restated, error) {
	var done Restated
	stated, articles, err := statedSince(ctx, s, setup, since)
	if err != nil {
		return done, err
	}
	kept, err := s.Ledger(ctx, nil)
	if err != nil {
		return done, err
	}
	all := stated
	for _, e := range kept.Entries() {
		if _, anew := articles[e.Article]; !anew {
			all = append(all, e)
		}
	}
	facts := map[int64][]store.Stated{}
	for _, item := range ledger.Build(setup.Facts.Ladders(), all, nil).Items {
		for _, e := range item.History {
			facts[e.Article] = append(facts[e.Article], store.Stated{Fact: e.Fact, Novelty: e.Novelty, Reason: e.Reason})
		}
	}
	for id, a := range articles {
		if err := s.Restate(ctx, store.Restatement{Article: a, Facts: facts[id], At: time.Now()}); err != nil {
			return done, fmt.Errorf("article %s: %w", a.URL, err)
		}
		done.Articles++
		done.Facts += len(facts[id])
	}
	return done, nil
}

// statedSince is what stored articles state, and the articles.
func statedSince(ctx context.Context, s store.Store, setup *Setup, since time.Time) (entries []ledger.Entry, articles map[int64]article.Article, err error) {
	articles = map[int64]article.Article{}
	for stored, err := range s.Articles(ctx, since) {
		if err != nil {
			return nil, nil, err
		}
		source, _ := setup.source(stored.Article.Source)
		document := setup.Rules.Document(aboutDocument(source, stored.Article), stored.Revision.Zones)
		entries = append(entries, setup.stated(document, stored.Article)...)
		articles[stored.Article.ID] = stored.Article
	}
	return entries, articles, nil
}
