package watcher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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
	// parent is where the poller stands with the feed that this one is a part of;
	// nil for a feed of the configuration.
	parent *article.Cursor
	// incident is the feed's last, while it is open or may go on; else zero.
	incident article.Incident
	due      bool // it is to be polled; else only what it showed unseen is sought
	exact    bool // the parent names the minute of its last change
}

// fetched is what came of asking for a feed.
type fetched struct {
	at       time.Time
	response feed.Response
	hash     string // of the body; "" for one that proves nothing
	parsed   feed.Parsed
	err      error
}

// fetchFeed asks for a feed and reads it. An address with places for a month is
// not asked for: it stands for the sitemaps of the months.
func (w *Watcher) fetchFeed(ctx context.Context, p poll) (f fetched) {
	if p.feed.monthly() {
		now := time.Now()
		return fetched{at: now, response: feed.Response{Status: http.StatusOK}, parsed: feed.Parsed{Kind: feed.KindIndex, Children: p.months(now)}}
	}
	f.response, f.err = w.Client.Fetch(ctx, p.request())
	f.at = time.Now()
	if f.err != nil || f.response.Status != http.StatusOK {
		return f
	}
	if f.hash = hash(f.response.Body); f.hash == p.cursor.BodyHash {
		return f // there is nothing to parse
	}
	f.parsed, f.err = feed.Parse(f.response.Body, f.response.ContentType, p.about(f))
	if f.err == nil {
		f.err = judge(f.parsed)
	}
	return f
}

// pollWhere polls the configured feeds whose cursor passes, each source's one
// after the other, the sources side by side.
func (w *Watcher) pollWhere(ctx context.Context, due func(article.Cursor) bool) (Pass, error) {
	setup := w.Setup()
	polls, err := w.polls(ctx, setup)
	if err != nil {
		return Pass{}, err
	}
	if err := w.withIncidents(ctx, polls); err != nil {
		return Pass{}, err
	}
	work := map[string][]poll{}
	now := time.Now()
	for _, p := range polls {
		p.due = !p.cursor.Gone && due(p.cursor)
		if p.due || p.seeks(now) {
			work[p.source.ID] = append(work[p.source.ID], p)
		}
	}
	return eachSource(ctx, work, w.pollAndSeek)
}

// pollAndSeek polls a feed that is due, and seeks what it showed unseen.
func (w *Watcher) pollAndSeek(ctx context.Context, p poll) (r result, err error) {
	if p.due {
		if p.cursor, r, err = w.pollFeed(ctx, p); err != nil || ctx.Err() != nil {
			return r, err
		}
	}
	if p.seeks(time.Now()) {
		return r, w.seek(ctx, p)
	}
	return r, nil
}

// seeks reports whether it is time to seek what the feed showed unseen.
func (p poll) seeks(now time.Time) bool {
	return !p.cursor.Missing.IsZero() && !p.cursor.Missing.Due.After(now)
}

// polls pairs every configured feed with its cursor, in the order of the
// configuration.
func (w *Watcher) polls(ctx context.Context, setup *Setup) ([]poll, error) {
	known, err := w.known(ctx)
	if err != nil {
		return nil, err
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

// known are all cursors of the store, by source and address.
func (w *Watcher) known(ctx context.Context) (map[[2]string]article.Cursor, error) {
	cursors, err := w.Store.Cursors(ctx)
	known := make(map[[2]string]article.Cursor, len(cursors))
	for _, c := range cursors {
		known[[2]string{c.Source, c.URL}] = c
	}
	return known, err
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
	r := feed.Request{URL: p.address(), ETag: p.cursor.ETag, LastModified: p.cursor.LastModified, Jar: p.source.jar()}
	if !p.feed.Links.IsZero() {
		r.Accept = acceptPages
	}
	return r
}

func (p poll) about(f fetched) feed.About {
	return feed.About{
		URL: f.response.URL, Hosts: p.source.Hosts, Zone: p.source.zone(), Identity: p.source.Identity.Regexp, Now: f.at,
		Links: p.feed.Links, Date: p.feed.Date, Window: p.cursor.Window,
	}
}

// outcome is the cursor after a poll, and the entries to save with it. The
// validators change only together with the entries they stand for.
func (p poll) outcome(f fetched, jitter float64) (article.Cursor, []article.Entry) {
	c := p.cursor
	c.Checked = f.at
	next := feed.Outcome{Scheduled: p.feed.Schedule.Next(f.at, p.source.zone()), Jitter: jitter}
	if f.err != nil {
		if !held(f.err) { // else nothing was asked
			c.Failures++
			c.Error = f.err.Error()
		}
		next.Failures, next.Err = c.Failures, f.err
		if c.Gone = gone(f.err); c.Gone && c.Move.Taken { // the new address is, not the feed's own
			c.Gone, next.Err = false, errors.New("the address that it has moved to is gone")
		}
		c.Move = p.moveFailed(f.err)
		c.Due, c.Why = feed.NextPoll(f.at, next)
		return c, nil
	}
	c.Failures, c.Error = 0, ""
	if !f.empty() || c.Window == "" { // an empty answer shows nothing of the time since it had something
		c.OK = f.at
	}
	c.Move = p.moved(f)
	p.seen(&c, f)
	next.Fresh, next.TTL = f.response.Fresh, c.TTL
	c.Due, c.Why = feed.NextPoll(f.at, next)
	switch {
	case f.response.Status == http.StatusNotModified:
	case f.empty(): // proves nothing: it is read anew, until there is something in it
		c.ETag, c.LastModified, c.BodyHash = "", "", ""
	default:
		c.ETag, c.LastModified, c.BodyHash = f.response.ETag, f.response.LastModified, f.hash
	}
	entries := f.parsed.Entries
	if c.Since.IsZero() {
		c.Since = f.at
		old := p.oldBefore(f.at)
		for i := range entries {
			entries[i].OldBefore = old
		}
	}
	return c, entries
}

// saveFeed saves what came of a poll.
func (w *Watcher) saveFeed(ctx context.Context, p poll, f fetched) (article.Cursor, result, error) {
	cursor, entries := p.outcome(f, w.Jitter())
	unseen, err := w.Store.SaveFeed(ctx, cursor, entries) // TX1
	if err != nil {
		return cursor, failed, fmt.Errorf("feed %s %s: %w", p.source.ID, p.feed.URL, err)
	}
	w.logPoll(p, cursor, f.parsed, unseen)
	if unseen > 0 {
		w.rouse(stepRead)
	}
	return cursor, resultOf(cursor.Error == ""), nil
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
	case c.Move.Taken && !p.cursor.Move.Taken:
		log.Warn("feed has moved for good: it is asked at its new address; correct the configuration", "to", c.Move.To)
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
