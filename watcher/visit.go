package watcher

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/edits"
	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
)

// Articles are edited minutes after they are published. A page of which a reader
// was told, or will be, is asked for twice more; any page when its feed changes
// its words.
const (
	// mostVisits ends a feed that keeps changing its mind.
	mostVisits = 8
	// missingWait is when a page that is not there is asked for once more before
	// its article counts as withdrawn: sites lose pages for a moment.
	missingWait = 15 * time.Minute
)

// visitWaits is how long after one visit comes the next.
var visitWaits = [...]time.Duration{20 * time.Minute, 4 * time.Hour}

// nextVisit plans what follows a visit, or the first reading.
func nextVisit(v store.Visit, matches []article.Match, old bool, now time.Time) store.Visit {
	v.Due = time.Time{}
	if len(matches) > 0 && !old && v.Count < len(visitWaits) {
		v.Due = now.Add(visitWaits[v.Count])
	}
	if v.Due.IsZero() && v.Count == 0 {
		return store.Visit{} // there was none, and there will be none
	}
	return v
}

// revisitArticle is the way of an article that was read before: fetch → extract
// → compare → words → match → record → tell.
func (w *Watcher) revisitArticle(ctx context.Context, setup *Setup, round *round, r store.Revisit) (result, error) {
	w.heart.beat(stepRead)
	source, known := setup.source(r.Article.Source)
	if !known || r.Visit.Count >= mostVisits {
		return done, w.Store.Visited(ctx, r.Article.ID, store.Visit{Count: r.Visit.Count}, r.Article.Withdrawn)
	}
	had, err := w.fetchPage(ctx, setup, source, r.Entry.URL, r.Visit)
	if ctx.Err() != nil {
		return interrupted, nil
	}
	r.Visit.Count++
	wasPage := r.Revision.From == article.FromPage
	switch {
	case wasPage && isMissing(err):
		return done, w.missing(ctx, setup, r, err)
	case wasPage && (err != nil || !had.unchanged && had.says(article.Body) == "" && r.Revision.Text(article.Body) != ""):
		w.Log.Warn("page not read again", "url", r.Entry.URL, "error", err)
		return failed, w.visited(ctx, r)
	case err == nil && had.unchanged:
		return done, w.visited(ctx, r)
	}
	r.Visit.ETag, r.Visit.LastModified, r.Visit.Missing = had.etag, had.lastModified, time.Time{}
	a := r.Article
	a.Title, a.Lead, a.Teasers = r.Entry.Title, r.Entry.Lead, r.Entry.Teasers
	a, revision := revise(a, had.page, err, setup.Marks.With(source.Zones))
	changes := edits.Between(r.Revision.Zones, revision.Zones)
	if len(changes) == 0 {
		return done, w.visited(ctx, r)
	}
	w.logEdits(r, changes)
	return done, w.record(ctx, setup, round, source, store.Reading{Article: a, Earlier: r.Revisions, Revision: revision, Visit: r.Visit, Place: r.Place})
}

// visited notes a visit that brought nothing new.
func (w *Watcher) visited(ctx context.Context, r store.Revisit) error {
	next := nextVisit(r.Visit, r.Matches, r.Article.Old(), time.Now())
	return w.Store.Visited(ctx, r.Article.ID, next, r.Article.Withdrawn)
}

// missing deals with a page that is not there: once it may be a slip of the
// site, twice, or said to be for good, the article is withdrawn.
func (w *Watcher) missing(ctx context.Context, setup *Setup, r store.Revisit, err error) error {
	now := time.Now()
	switch {
	case !r.Article.Withdrawn.IsZero():
		return w.Store.Visited(ctx, r.Article.ID, store.Visit{Count: r.Visit.Count}, r.Article.Withdrawn)
	case r.Visit.Missing.IsZero() && !gone(err):
		r.Visit.Missing, r.Visit.Due = now, now.Add(missingWait)
		return w.Store.Visited(ctx, r.Article.ID, r.Visit, time.Time{})
	}
	if err := w.tellWithdrawn(ctx, setup, r.Article); err != nil {
		return err
	}
	w.Log.Warn("article withdrawn", "url", r.Entry.URL, "title", r.Article.Title, "error", err)
	return w.Store.Visited(ctx, r.Article.ID, store.Visit{Count: r.Visit.Count}, now)
}

func isMissing(err error) bool {
	var fe *feed.Error
	return errors.As(err, &fe) && (fe.Status == http.StatusNotFound || fe.Status == http.StatusGone)
}

// logEdits logs what was changed in an article, in as many words.
func (w *Watcher) logEdits(r store.Revisit, changes []edits.Edit) {
	first := changes[0]
	w.Log.Info("edited", "source", r.Article.Source, "url", r.Entry.URL, "title", r.Article.Title,
		"edits", len(changes), "first", fmt.Sprintf("%s: %q → %q", first.Zone, shortened(first.Removed), shortened(first.Added)))
}

func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= 80 {
		return text
	}
	return string(runes[:80]) + "…"
}

// had is a page as it was fetched.
type had struct {
	page               extract.Page
	unchanged          bool // since the validators of the visit
	etag, lastModified string
}

// says is the text of a zone.
func (h had) says(kind article.ZoneKind) string {
	return article.Revision{Zones: h.page.Zones}.Text(kind)
}
