package watcher

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

// lookedUp bounds how many entries of a list without dates are looked up.
const lookedUp = 500

// archive is where articles are listed that a feed shows no more.
type archive struct {
	parts []poll    // what has to be asked for
	since time.Time // of months: when the first begins; zero where the dates have to tell
}

// archives lists where a source's articles can be sought: what the configuration
// names, then its other feeds that list for long.
func (w *Watcher) archives(ctx context.Context, p poll) ([]archive, error) {
	cursors, err := w.known(ctx)
	var feeds []Feed
	for _, a := range p.source.Archives {
		feeds = append(feeds, a.feed())
	}
	for _, f := range p.source.Feeds {
		if f.URL != p.feed.URL && lists(f, cursors[[2]string{p.source.ID, f.URL}].Kind) {
			feeds = append(feeds, f)
		}
	}
	var all []archive
	for _, f := range feeds {
		all = append(all, p.archive(f))
	}
	return all, err
}

// archive makes one of a feed: of an address with places for a month, those of
// the months that are missing.
func (p poll) archive(f Feed) archive {
	if !f.monthly() {
		return archive{parts: []poll{{source: p.source, feed: f, parent: &p.cursor}}}
	}
	var a archive
	missing, zone := p.cursor.Missing, p.source.zone()
	for _, address := range feed.Months(f.URL, missing.From.Add(-overlap), missing.To, zone) {
		part := poll{source: p.source, feed: f, parent: &p.cursor}
		part.feed.URL = address
		a.parts = append(a.parts, part)
	}
	to := missing.To.In(zone)
	a.since = time.Date(to.Year(), to.Month()-time.Month(len(a.parts)-1), 1, 0, 0, 0, 0, zone)
	return a
}

// find is what archives gave of a time that is missing.
type find struct {
	entries []article.Entry
	// since is the time from which on the archives are known to list everything; the
	// zero time while none is.
	since time.Time
	err   error // why the last one that could not be read could not
}

// search asks archives, one after the other, until one covers what is missing.
func (w *Watcher) search(ctx context.Context, p poll, archives []archive) (find, error) {
	var all find
	for _, a := range archives {
		found := w.ask(ctx, a)
		if ctx.Err() != nil {
			return all, nil
		}
		if err := w.reach(ctx, p, &found); err != nil {
			return all, err
		}
		all.entries = append(all.entries, found.entries...)
		if found.err != nil {
			all.err = found.err
		}
		if !found.since.IsZero() && (all.since.IsZero() || found.since.Before(all.since)) {
			all.since = found.since
		}
		if all.covers(p.cursor.Missing.Stretch) {
			break
		}
	}
	return all, nil
}

// ask fetches the parts of an archive, without validators: what they list is
// wanted whether it changed or not.
func (w *Watcher) ask(ctx context.Context, a archive) find {
	var found find
	whole := true
	for _, part := range a.parts {
		w.heart.beat(stepPoll)
		f := w.fetchFeed(ctx, part)
		if f.err != nil {
			found.err, whole = f.err, false
			continue
		}
		found.entries = append(found.entries, f.parsed.Entries...)
		whole = whole && !f.parsed.Cut
		if len(f.parsed.Children) > 0 {
			inner := w.ask(ctx, part.childArchive(f.parsed.Children))
			found.entries, found.err = append(found.entries, inner.entries...), inner.err
			whole = whole && inner.err == nil
		}
	}
	if whole {
		found.since = a.since
	}
	return found
}

// childArchive are the sitemaps of an index that may list what is missing.
func (p poll) childArchive(children []feed.Child) archive {
	var a archive
	for _, c := range children {
		if len(a.parts) == childrenAtOnce {
			break
		}
		if c.Modified.IsZero() || !c.Modified.Before(p.parent.Missing.From) {
			part := poll{source: p.source, feed: p.feed, parent: p.parent}
			part.feed.URL = c.URL
			a.parts = append(a.parts, part)
		}
	}
	return a
}

// reach finds out how far back a find is whole, where its months do not tell: to
// its oldest date, or, without dates, to an entry that was known before.
func (w *Watcher) reach(ctx context.Context, p poll, found *find) error {
	old := p.cursor.Missing.From.Add(-overlap)
	oldest := time.Time{}
	for i, e := range found.entries {
		found.entries[i].OldBefore = old
		if !e.Published.IsZero() && (oldest.IsZero() || e.Published.Before(oldest)) {
			oldest = e.Published
		}
	}
	if !found.since.IsZero() {
		return nil
	}
	if found.since = oldest; !oldest.IsZero() {
		return nil
	}
	return w.reachUndated(ctx, p, found)
}

// reachUndated finds an entry that was known before the missing time. A page of
// headlines has the newest on top: what stands above that entry is news, though
// neither the page nor the article may say when it appeared.
func (w *Watcher) reachUndated(ctx context.Context, p poll, found *find) error {
	for i, e := range found.entries[:min(len(found.entries), lookedUp)] {
		known, err := w.Store.Lookup(ctx, p.source.ID+"/"+e.Identity)
		switch {
		case errors.Is(err, store.ErrNotFound):
			continue
		case err != nil:
			return fmt.Errorf("archive of %s: %w", p.source.ID, err)
		case known.Article.Seen.After(p.cursor.Missing.From):
			continue
		}
		found.since = p.cursor.Missing.From
		for above := range i {
			found.entries[above].OldBefore = time.Time{}
		}
		return nil
	}
	return nil
}

// covers reports whether what was found reaches back over all that is missing.
func (f find) covers(missing article.Stretch) bool {
	return !f.since.IsZero() && !f.since.After(missing.From)
}

// left is what of a missing time the archives do not reach.
func (f find) left(missing article.Stretch) article.Stretch {
	switch {
	case f.covers(missing):
		return article.Stretch{}
	case f.since.IsZero() || f.since.After(missing.To):
		return missing
	}
	return article.Stretch{From: missing.From, To: f.since}
}

// news are the entries that may have been missed, to be saved as such. What was
// published well before is left out; where only a change has a date, the page will
// tell what is old.
func (f find) news() []article.Entry {
	return slices.DeleteFunc(slices.Clone(f.entries), func(e article.Entry) bool {
		return !e.Published.IsZero() && e.Published.Before(e.OldBefore)
	})
}
