package watcher

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

// seekWaits is how long to wait after each vain attempt to ask the archives; after
// the last one, what was found is all.
var seekWaits = [...]time.Duration{2 * time.Minute, 10 * time.Minute, 30 * time.Minute, 2 * time.Hour}

// seek looks in the source's archives for what a feed showed while nobody looked,
// stores it as news, and settles the gap. Where the process dies in between, it is
// done again; what is stored then is known.
func (w *Watcher) seek(ctx context.Context, p poll) error {
	archives, err := w.archives(ctx, p)
	if err != nil {
		return err
	}
	found, err := w.search(ctx, p, archives)
	if err != nil || ctx.Err() != nil {
		return err
	}
	missing := p.cursor.Missing
	later := found.err != nil && !found.covers(missing.Stretch) && missing.Tries < len(seekWaits)
	if later {
		p.cursor.Missing.Due = time.Now().Add(seekWaits[missing.Tries])
		p.cursor.Missing.Tries++
		w.Log.Warn("an archive cannot be read: what a feed showed meanwhile is sought later", "source", p.source.ID,
			"feed", p.feed.URL, "error", found.err, "next", p.cursor.Missing.Due)
	}
	filled, err := w.Store.SaveFeed(ctx, p.cursor, found.news()) // TX1
	if err != nil {
		return fmt.Errorf("feed %s %s: %w", p.source.ID, p.feed.URL, err)
	}
	if filled > 0 {
		w.rouse(stepRead)
	}
	if later {
		return nil
	}
	return w.settleGap(ctx, p, gapOf(p, found, len(archives), filled))
}

// gapOf is what came of a search.
func gapOf(p poll, found find, archives, filled int) article.Gap {
	missing := p.cursor.Missing
	g := article.Gap{
		Source: p.source.ID, Feed: p.feed.URL, Stretch: missing.Stretch, Found: missing.Found, Settled: time.Now(),
		Filled: filled, Left: found.left(missing.Stretch),
	}
	switch {
	case g.Left.IsZero():
	case archives == 0:
		g.Why = "the source has no archive, such as a sitemap, to look it up in"
	case found.err != nil:
		g.Why = "its archive cannot be read: " + found.err.Error()
	case found.since.IsZero():
		g.Why = "its archive does not tell how far back it reaches"
	default:
		g.Why = "its archive does not reach further back"
	}
	return g
}

// settleGap keeps a gap and, where something is left of it, tells it once.
func (w *Watcher) settleGap(ctx context.Context, p poll, g article.Gap) error {
	log := w.Log.With("source", g.Source, "feed", g.Feed, "from", g.From, "to", g.To, "filled", g.Filled)
	setup, told := w.Setup(), store.Batch{At: g.Settled}
	if g.Left.IsZero() {
		log.Info("a feed turned over unseen; its archive filled the gap")
	} else {
		log.Warn("a feed turned over unseen: articles may be missing", "left from", g.Left.From, "left to", g.Left.To, "reason", g.Why)
		if setup.OpsChannel != "" {
			message := digest.Notice("gap in "+cmp.Or(p.source.Name, p.source.ID), gapText(g, setup.Zone), g.Feed+g.From.String()+g.To.String())
			var err error
			if told.Deliveries, err = deliveries(kindNotice, setup.OpsChannel, []digest.Message{message}, g.Settled); err != nil {
				return err
			}
		}
	}
	if _, err := w.Store.SettleGap(ctx, g, told); err != nil {
		return fmt.Errorf("feed %s %s: %w", p.source.ID, p.feed.URL, err)
	}
	w.rouse(stepDeliver)
	return nil
}

// gapText says what may be missing, since when, and why.
func gapText(g article.Gap, zone *time.Location) string {
	const clock = "Mon 2 Jan 2006, 15:04 MST"
	text := fmt.Sprintf("What %s showed from %s to %s was not seen, because between two polls all of it changed.\n",
		g.Feed, g.Left.From.In(zone).Format(clock), g.Left.To.In(zone).Format(clock))
	text += fmt.Sprintf("Articles of that time may be missing: %s.", g.Why)
	if g.Filled > 0 {
		text += fmt.Sprintf("\nFound elsewhere: %d.", g.Filled)
	}
	return text
}
