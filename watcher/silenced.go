package watcher

import (
	"context"
	"fmt"
	"slices"
	"time"

	"presswatch/rules"
	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
	"presswatch/watcher/silence"
)

// hold is a finding that a silence holds.
type hold struct {
	by      silence.Silence
	finding article.Finding
}

// free is what of findings may be told now; the rest is held by silences, and that
// is kept.
func (w *Watcher) free(ctx context.Context, setup *Setup, owed []article.Finding) ([]article.Finding, error) {
	free, held, err := w.sift(ctx, setup, owed, time.Now())
	if err != nil || len(held) == 0 {
		return free, err
	}
	kept := make([]store.Held, len(held))
	for i, h := range held {
		kept[i] = store.Held{Finding: h.finding.ID, Silence: h.by.ID}
		w.Log.Info("not told", "url", h.finding.Article.URL, "rule", h.finding.Match.Rule, "digest", h.finding.Digest,
			"silence", h.by.ID, "reason", h.by.String()+" is silenced", "until", h.by.Until)
	}
	_, err = w.Store.Hush(ctx, kept)
	return free, err
}

// sift parts findings into those that may be told now and those that a silence
// holds. It writes nothing.
func (w *Watcher) sift(ctx context.Context, setup *Setup, owed []article.Finding, now time.Time) (free []article.Finding, held []hold, err error) {
	if len(owed) == 0 {
		return nil, nil, nil
	}
	all, err := w.Store.Silences(ctx, now)
	if err != nil || len(all) == 0 {
		return owed, nil, err
	}
	h := hearing{w: w, setup: setup, all: all, queries: map[string]*rules.Set{}, subjects: map[int64]silence.Subject{}}
	for _, f := range owed {
		subject, err := h.subject(ctx, f)
		if err != nil {
			return nil, nil, fmt.Errorf("silences: %w", err)
		}
		if verdict := silence.Judge(all, subject, now); verdict.Holds() {
			held = append(held, hold{verdict.By, f})
			continue
		}
		free = append(free, f)
	}
	return free, held, nil
}

// hearing is what is needed to judge findings by some silences: each article is
// looked up once, each query compiled once.
type hearing struct {
	w        *Watcher
	setup    *Setup
	all      []silence.Silence
	queries  map[string]*rules.Set
	subjects map[int64]silence.Subject // by article, without the rule
}

func (h *hearing) subject(ctx context.Context, f article.Finding) (silence.Subject, error) {
	subject, known := h.subjects[f.Article.ID]
	if !known {
		var err error
		if subject, err = h.about(ctx, f.Article); err != nil {
			return subject, err
		}
		h.subjects[f.Article.ID] = subject
	}
	subject.Rule = f.Match.Rule
	return subject, nil
}

// about is what silences see of an article; its text and its place are read only
// where one of them asks.
func (h *hearing) about(ctx context.Context, a article.Article) (silence.Subject, error) {
	subject := silence.Subject{Source: a.Source}
	asks := false
	for _, s := range h.all {
		asks = asks || s.Kind == silence.Event || s.Kind == silence.Query
	}
	if !asks {
		return subject, nil
	}
	stored, err := h.w.Store.Lookup(ctx, a.Source+"/"+a.Identity)
	if err != nil {
		return subject, fmt.Errorf("article %s: %w", a.URL, err)
	}
	source, known := h.setup.source(a.Source)
	if !known {
		source = Source{ID: a.Source}
	}
	subject.Event = stored.Place.Event
	subject.Asks = func(query string) bool {
		set := h.asked(query)
		return set != nil && len(set.Match(set.Document(aboutDocument(source, stored.Article), stored.Revision.Zones))) > 0
	}
	return subject, nil
}

// asked is a query compiled; nil where the rules that are in force do not let it:
// then it holds nothing, for to tell too much is the lesser mistake.
func (h *hearing) asked(query string) *rules.Set {
	set, known := h.queries[query]
	if !known {
		var mistakes []rules.Mistake
		if set, mistakes = h.setup.Rules.Ask(query); len(mistakes) > 0 {
			h.w.Log.Warn("a silence holds nothing: the rules in force do not know its query any more", "query", query, "mistake", mistakes[0].Message)
		}
		h.queries[query] = set
	}
	return set
}

// gather puts what a digest is owed into its input, and how much silences hold of
// it. It returns the findings that those hold.
func (w *Watcher) gather(ctx context.Context, setup *Setup, d digest.Config, in *digest.Input) (counted []int64, err error) {
	if in.Findings, err = w.owedTo(ctx, d); err != nil {
		return nil, err
	}
	if in.Findings, err = w.free(ctx, setup, in.Findings); err != nil {
		return nil, err
	}
	silenced, err := w.silenced(ctx, d, nil)
	in.Silenced = said(silenced)
	for _, s := range silenced {
		counted = append(counted, s.Findings...)
	}
	return counted, err
}

// silenced is what silences have held from a digest since it last said so: what the
// store knows of, and what is about to be held.
func (w *Watcher) silenced(ctx context.Context, d digest.Config, held []hold) ([]store.Silenced, error) {
	all, err := w.Store.Silenced(ctx, d.ID)
	for _, h := range held {
		i := slices.IndexFunc(all, func(s store.Silenced) bool { return s.ID == h.by.ID })
		if i < 0 {
			i, all = len(all), append(all, store.Silenced{Silence: h.by})
		}
		all[i].Findings = append(all[i].Findings, h.finding.ID)
		if !slices.Contains(all[i].Articles, h.finding.Article.ID) {
			all[i].Articles = append(all[i].Articles, h.finding.Article.ID)
		}
	}
	return all, err
}
