package watcher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

// poll is one feed about to be polled.
type poll struct {
	source Source
	feed   Feed
	cursor article.Cursor
}

// pollWhere polls the configured feeds whose cursor passes, each source's one
// after the other, the sources side by side.
func (w *Watcher) pollWhere(ctx context.Context, due func(article.Cursor) bool) (Pass, error) {
	setup := w.Setup()
	polls, err := w.polls(ctx, setup)
	if err != nil {
		return Pass{}, err
	}
	work := map[string][]poll{}
	for _, p := range polls {
		if !p.cursor.Gone && due(p.cursor) {
			work[p.source.ID] = append(work[p.source.ID], p)
		}
	}
	return eachSource(ctx, work, w.pollFeed)
}

// polls pairs every configured feed with its cursor, in the order of the
// configuration.
func (w *Watcher) polls(ctx context.Context, setup *Setup) ([]poll, error) {
	cursors, err := w.Store.Cursors(ctx)
	if err != nil {
		return nil, err
	}
	known := map[[2]string]article.Cursor{}
	for _, c := range cursors {
		known[[2]string{c.Source, c.URL}] = c
	}
	var polls []poll
	for _, source := range setup.Sources {
		for _, f := range source.Feeds {
			cursor, ok := known[[2]string{source.ID, f.URL}]
			if !ok {
				cursor = article.Cursor{Source: source.ID, URL: f.URL}
			}
			polls = append(polls, poll{source: source, feed: f, cursor: cursor})
		}
	}
	return polls, nil
}

// Cursors returns the cursor of every configured feed, polled or not yet, in
// the order of the configuration.
func (w *Watcher) Cursors(ctx context.Context) ([]article.Cursor, error) {
	polls, err := w.polls(ctx, w.Setup())
	cursors := make([]article.Cursor, len(polls))
	for i, p := range polls {
		cursors[i] = p.cursor
	}
	return cursors, err
}

func (p poll) request() feed.Request {
	return feed.Request{URL: p.feed.URL, ETag: p.cursor.ETag, LastModified: p.cursor.LastModified, Jar: p.source.jar()}
}

func (p poll) about(now time.Time) feed.About {
	return feed.About{URL: p.feed.URL, Hosts: p.source.Hosts, Zone: p.source.zone(), Identity: p.source.Identity.Regexp, Now: now}
}

// unchanged reports whether a server that answers 200 sent what it sent before:
// then there is nothing to parse.
func (p poll) unchanged(r feed.Response) bool {
	return p.cursor.BodyHash == hash(r.Body)
}

// outcome is the cursor after a poll, and the entries to save with it. The
// validators change only together with the entries they stand for.
func (p poll) outcome(now time.Time, r feed.Response, parsed feed.Parsed, err error, jitter float64) (article.Cursor, []article.Entry) {
	c := p.cursor
	c.Checked = now
	next := feed.Outcome{Scheduled: p.feed.Schedule.Next(now, p.source.zone()), Jitter: jitter}
	if err != nil {
		c.Failures++
		c.Error = err.Error()
		next.Failures, next.Err = c.Failures, err
		c.Gone = gone(err)
		c.Due, c.Why = feed.NextPoll(now, next)
		return c, nil
	}
	c.Failures, c.Error, c.OK = 0, "", now
	next.Fresh, next.TTL = r.Fresh, parsed.TTL
	c.Due, c.Why = feed.NextPoll(now, next)
	if r.Status != http.StatusNotModified {
		c.ETag, c.LastModified, c.BodyHash = r.ETag, r.LastModified, hash(r.Body)
	}
	entries := parsed.Entries
	if c.Since.IsZero() {
		c.Since = now
		old := p.source.Baseline.OldBefore(now)
		for i := range entries {
			entries[i].OldBefore = old
		}
	}
	return c, entries
}

// logPoll logs what a poll brought, once.
func (w *Watcher) logPoll(p poll, c article.Cursor, parsed feed.Parsed, unseen int) {
	log := w.Log.With("source", c.Source, "feed", c.URL)
	for _, note := range parsed.Notes {
		log.Warn("feed mended", "note", note)
	}
	switch {
	case c.Gone:
		log.Error("feed is gone: it is polled no more; correct or remove its address", "error", c.Error)
	case c.Error != "":
		log.Warn("poll failed", "error", c.Error, "failures", c.Failures, "next", c.Due)
	case p.cursor.Error != "":
		log.Info("feed is well again", "unseen", unseen, "next", c.Due)
	case unseen > 0:
		log.Info("polled", "unseen", unseen, "next", c.Due)
	default:
		log.Debug("polled, nothing new", "next", c.Due)
	}
}

func gone(err error) bool {
	var fe *feed.Error
	return errors.As(err, &fe) && fe.Status == http.StatusGone
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
