package watcher

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"presswatch/rules"
	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
)

const (
	// articlesPerRound bounds how long a round may take: the articles of one
	// source are fetched one after the other, spaced by network.interval.
	articlesPerRound = 20

	// A page that cannot be had for a passing reason is asked for readTries times
	// in all; then the feed's title and lead stand in.
	readTries = 4

	acceptPages = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
)

// readWaits is how long to wait after each vain attempt. A reader must not wait
// for a broken page much longer than half an hour.
var readWaits = [readTries - 1]time.Duration{time.Minute, 5 * time.Minute, 20 * time.Minute}

var errSourceGone = errors.New("its source is not in the configuration any more: put it back, or let it be")

// fetchPage gets and splits an article's page, unless it is as at the last visit.
func (w *Watcher) fetchPage(ctx context.Context, setup *Setup, source Source, url string, last store.Visit) (had, error) {
	response, err := w.Client.Fetch(ctx, feed.Request{
		URL: url, ETag: last.ETag, LastModified: last.LastModified,
		Hosts: source.Hosts, Jar: source.jar(), Accept: acceptPages,
	})
	if err != nil {
		return had{}, err
	}
	h := had{unchanged: response.Status == http.StatusNotModified, etag: response.ETag, lastModified: response.LastModified}
	if h.unchanged {
		return h, nil
	}
	marks := setup.Marks.With(source.Zones)
	h.page, err = extract.FromHTML(response.Body, response.ContentType, response.URL, source.Article, marks, source.zone())
	if err != nil {
		return had{}, fmt.Errorf("page %s: %w", url, err)
	}
	return h, nil
}

// worthAnotherTry reports whether a page may still be had later.
func worthAnotherTry(err error, attempts int) bool {
	var fe *feed.Error
	switch {
	case !errors.As(err, &fe):
		return false
	case fe.Kind == feed.Held: // it was not asked for
		return true
	}
	return attempts+1 < readTries && fe.Temporary()
}

// postponeRead notes a vain attempt; the server's own word on when to come back
// counts if it asks for more.
func (w *Watcher) postponeRead(ctx context.Context, a article.Article, why error) error {
	wait := 24 * time.Hour
	if !errors.Is(why, errSourceGone) {
		wait = readWaits[min(a.Attempts, len(readWaits)-1)]
	}
	var fe *feed.Error
	if errors.As(why, &fe) {
		wait = max(wait, fe.RetryAfter)
	}
	due := time.Now().Add(wait)
	w.Log.Warn("page not read yet", "url", a.URL, "error", why, "attempt", a.Attempts+1, "next", due)
	return w.Store.PostponeRead(ctx, a.ID, due, why.Error())
}

// revise makes the revision from the page, or from the feed alone when the page
// could not be had, and lets the article know what the page knows better.
func revise(a article.Article, page extract.Page, pageErr error, marks extract.Marks) (article.Article, article.Revision) {
	now := time.Now()
	if pageErr != nil {
		zones := extract.FromText(a.Title, a.Lead, "", marks)
		return a, article.Revision{Fetched: now, From: article.FromFeed, Note: pageErr.Error(), Zones: zones}
	}
	revision := article.Revision{Fetched: now, From: article.FromPage, Zones: withFeed(page.Zones, a)}
	a.Title = cmp.Or(revision.Text(article.Title), a.Title)
	a.Lead = cmp.Or(revision.Text(article.Lead), a.Lead)
	a.Author = cmp.Or(a.Author, page.Author)
	if len(a.Sections) == 0 {
		a.Sections = page.Sections
	}
	if a.Published.IsZero() || a.DateNote != "" {
		if !page.Published.IsZero() && !page.Published.After(now) {
			a.Published, a.DateNote = page.Published, ""
		}
	}
	return a, revision
}

// withFeed adds the feed's title and lead where the page has none of its own.
func withFeed(zones []article.Zone, a article.Article) []article.Zone {
	r := article.Revision{Zones: zones}
	var missing []article.Zone
	if a.Title != "" && r.Text(article.Title) == "" {
		missing = append(missing, article.Zone{Kind: article.Title, Text: a.Title})
	}
	if a.Lead != "" && r.Text(article.Lead) == "" && !strings.Contains(r.Text(article.Body), a.Lead) {
		missing = append(missing, article.Zone{Kind: article.Lead, Text: a.Lead})
	}
	return append(missing, zones...)
}

// aboutDocument is what the fields of a query see of an article.
func aboutDocument(source Source, a article.Article) rules.About {
	return rules.About{
		Source: source.ID, Publisher: source.Publisher, Language: source.Language,
		Author: a.Author, URL: a.URL, Sections: a.Sections, Published: a.Published,
	}
}

// logReading logs what was read, once: a match or a missing page is worth a
// line in any log, the rest only when asked for.
func (w *Watcher) logReading(r store.Reading) {
	log := w.Log.With("source", r.Article.Source, "url", r.Article.URL, "title", r.Article.Title)
	log.Debug("read", "from", r.Revision.From)
	if r.Revision.From == article.FromFeed {
		log.Warn("page given up: the feed's title and lead stand in", "error", r.Revision.Note)
	}
	for _, m := range r.Matches {
		log.Info("match", "rule", m.Rule, "level", m.Level.String(), "old", r.Article.Old())
	}
}
