package watcher

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

const (
	// childrenAtOnce bounds how many sitemaps of an index one poll fetches: they
	// stand on one host, and each waits for its turn.
	childrenAtOnce = 5

	// overlap is how far back before the last good poll something may have been
	// published and not been seen: publishers list late, and dates lack hours.
	overlap = 48 * time.Hour
)

// pollChildren polls the sitemaps that a feed consists of, each with a cursor of
// its own, which has their validators; the configuration does not list them, and
// they are never due by themselves. The feed's own validators are kept only when
// they prove that no child changed: all could be read, and the index names the
// minute of their changes.
func (w *Watcher) pollChildren(ctx context.Context, p poll, f fetched) (fetched, error) {
	if f.err != nil || len(f.parsed.Children) == 0 {
		return f, nil
	}
	if p.parent != nil {
		f.err = errors.New("it is a sitemap index inside an index: list it as a feed of its own")
		return f, nil
	}
	children, err := w.children(ctx, p, f)
	if err != nil {
		return f, err
	}
	var t toll
	for _, child := range children {
		g, err := w.pollChild(ctx, child)
		if err != nil || ctx.Err() != nil {
			return f, err
		}
		t.take(child, g)
	}
	if !t.proof() {
		f.hash, f.response.ETag, f.response.LastModified = "", "", ""
	}
	f.err = t.verdict(p.feed.monthly())
	return f, nil
}

// pollChild is pollFeed for a part of a feed.
func (w *Watcher) pollChild(ctx context.Context, p poll) (fetched, error) {
	w.heart.beat(stepPoll)
	f, err := w.pollChildren(ctx, p, w.fetchFeed(ctx, p))
	if err == nil && ctx.Err() == nil {
		_, _, err = w.saveFeed(ctx, p, f)
	}
	return f, err
}

// toll is what came of polling a feed's children.
type toll struct {
	fruitful  int   // that list articles
	fruitless error // why the first that lists none does not
	failure   error // why the first that could not be read could not
	inexact   int   // whose changes the index does not show
}

func (t *toll) take(p poll, f fetched) {
	if !p.exact {
		t.inexact++
	}
	switch {
	case errors.As(f.err, new(*barren)):
		t.fruitless = cmp.Or(t.fruitless, fmt.Errorf("%s: %w", p.feed.URL, f.err))
	case f.err != nil:
		t.failure = cmp.Or(t.failure, named(p.feed.URL, f.err))
	case f.empty():
		t.fruitless = cmp.Or(t.fruitless, fmt.Errorf("%s: it is empty", p.feed.URL))
	default: // also where nothing changed: the validators of one without articles are not kept
		t.fruitful++
	}
}

// named says which sitemap an error is about; those of the network do already.
func named(address string, err error) error {
	if errors.As(err, new(*feed.Error)) {
		return err
	}
	return fmt.Errorf("%s: %w", address, err)
}

// proof reports whether the feed's own validators prove that nothing changed.
func (t *toll) proof() bool { return t.inexact == 0 && t.failure == nil }

// verdict is what is wrong with the whole. A sitemap without articles may stand
// beside others, as those of sections do; a month may not have begun at the
// publisher's, and the one before is asked for until it must have.
func (t *toll) verdict(monthly bool) error {
	switch {
	case t.failure != nil && !(monthly && t.fruitful > 0):
		return fmt.Errorf("of the sitemaps that it names: %w", t.failure)
	case t.fruitful == 0 && t.fruitless != nil:
		return &barren{"none of the sitemaps that it names lists an article; " + t.fruitless.Error()}
	case t.fruitful == 0:
		return errors.New("all of the sitemaps that it names are gone for good (410)")
	}
	return nil
}

// children makes the polls of those children that may hold something new, in
// the order in which the feed has them: the newest first.
func (w *Watcher) children(ctx context.Context, p poll, f fetched) ([]poll, error) {
	cursors, err := w.known(ctx)
	var children []poll
	since := p.since(f.at)
	for i, c := range f.parsed.Children {
		if i > 0 && !c.Modified.IsZero() && c.Modified.Before(since) || i == childrenAtOnce {
			break
		}
		child := poll{source: p.source, feed: p.feed, parent: &p.cursor, exact: c.Exact}
		child.feed.URL = c.URL
		var found bool
		if child.cursor, found = cursors[[2]string{p.source.ID, c.URL}]; !found {
			child.cursor = article.Cursor{Source: p.source.ID, URL: c.URL}
		}
		if !child.cursor.Gone {
			children = append(children, child)
		}
	}
	return children, err
}

// since is the time from which on something may not have been seen.
func (p poll) since(now time.Time) time.Time {
	if p.cursor.OK.IsZero() {
		return now.Add(-overlap)
	}
	return p.cursor.OK.Add(-overlap)
}

// months are the sitemaps of the months from then to now.
func (p poll) months(now time.Time) (children []feed.Child) {
	for _, address := range feed.Months(p.feed.URL, p.since(now), now, p.source.zone()) {
		children = append(children, feed.Child{URL: address})
	}
	return children
}

// oldBefore is the baseline of a feed's first poll. A sitemap that turns up
// beneath a feed that is known, as a new month does, has news of what was
// published since that was polled last; the rest of it was moved there.
func (p poll) oldBefore(now time.Time) time.Time {
	if p.parent == nil || p.parent.Since.IsZero() {
		return p.source.Baseline.OldBefore(now)
	}
	return p.parent.OK.Add(-overlap)
}
