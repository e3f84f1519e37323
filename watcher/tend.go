package watcher

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
	"presswatch/watcher/health"
)

const (
	// A rhythm is learnt anew after rhythmAge, and only where the newest article is
	// older than quiet: a feed that had news lately is not silent.
	rhythmAge = 6 * time.Hour
	quiet     = time.Hour

	incidentClock = "Mon 2 Jan 2006, 15:04 MST"
)

// rhythms remembers what was learnt of each feed. It may be lost at any time.
type rhythms struct {
	mu   sync.Mutex
	seen map[[2]string]learnt
}

type learnt struct {
	health.Rhythm
	at time.Time
}

// tend holds a poll against what is known of the feed's health, keeps what comes
// of it, and tells it.
func (w *Watcher) tend(ctx context.Context, p poll, c article.Cursor, pollErr error) error {
	now := time.Now()
	rhythm, err := w.rhythm(ctx, p, c, now)
	if err != nil {
		return err
	}
	incident, step := health.Judge(p.incident, health.Poll{Cursor: c, Err: pollErr, Rhythm: rhythm, Now: now})
	if step == health.Nothing {
		return nil
	}
	told := store.Batch{At: now}
	if step != health.Noted {
		w.logIncident(incident, step)
		if told.Deliveries, err = w.incidentMessage(ctx, p, c, &incident, step); err != nil {
			return err
		}
	}
	if err := w.Store.SaveIncident(ctx, incident, told); err != nil {
		return fmt.Errorf("feed %s %s: %w", p.source.ID, p.feed.URL, err)
	}
	if len(told.Deliveries) > 0 {
		w.rouse(stepDeliver)
	}
	return nil
}

// rhythm is a feed's rhythm as stored articles tell it; not known while it does
// not matter.
func (w *Watcher) rhythm(ctx context.Context, p poll, c article.Cursor, now time.Time) (health.Rhythm, error) {
	if c.Newest.IsZero() || now.Sub(c.Newest) < quiet {
		return health.Rhythm{}, nil
	}
	key := [2]string{c.Source, c.URL}
	w.rhythms.mu.Lock()
	known := w.rhythms.seen[key]
	w.rhythms.mu.Unlock()
	if !known.at.IsZero() && now.Sub(known.at) < rhythmAge {
		return known.Rhythm, nil
	}
	times, err := w.Store.Published(ctx, c.Source, c.URL, now.Add(-health.Weeks*7*24*time.Hour))
	if err != nil {
		return health.Rhythm{}, fmt.Errorf("feed %s %s: %w", c.Source, c.URL, err)
	}
	known = learnt{health.Learn(times, p.source.zone()), now}
	w.rhythms.mu.Lock()
	defer w.rhythms.mu.Unlock()
	if w.rhythms.seen == nil {
		w.rhythms.seen = map[[2]string]learnt{}
	}
	w.rhythms.seen[key] = known
	return known.Rhythm, nil
}

// incidentMessage composes what operators are told, and names the message in the
// incident when it is the first. Feeds of one source with the same trouble share
// its thread: a server that is down is one piece of news.
func (w *Watcher) incidentMessage(ctx context.Context, p poll, c article.Cursor, i *article.Incident, step health.Step) ([]store.Delivery, error) {
	setup := w.Setup()
	if setup.OpsChannel == "" {
		return nil, nil
	}
	if step == health.Opened {
		shared, err := w.sharedThread(ctx, *i)
		if err != nil {
			return nil, err
		}
		i.Delivery = shared
	}
	name := cmp.Or(p.source.Name, p.source.ID)
	subject, text := "feed in trouble: "+name, incidentText(*i, c, setup.Zone)
	if step == health.Closed {
		subject, text = "feed is well again: "+name, fmt.Sprintf("%s: after %v of trouble (%s).", i.Feed, i.Closed.Sub(i.Opened).Round(time.Minute), i.Kind)
	}
	message := digest.Notice(subject, text, i.Feed+i.Opened.String()+i.Told.String())
	out, err := deliveries(kindNotice, setup.OpsChannel, []digest.Message{message}, i.Told)
	if err != nil {
		return nil, err
	}
	if i.Delivery == "" {
		i.Delivery = out[0].ID
	} else {
		out[0].Thread = i.Delivery
	}
	return out, nil
}

// sharedThread is the message on an open incident of the same source and kind, ""
// when there is none.
func (w *Watcher) sharedThread(ctx context.Context, i article.Incident) (string, error) {
	incidents, err := w.Store.Incidents(ctx, i.Opened)
	for _, other := range incidents {
		if other.Source == i.Source && other.Kind == i.Kind && other.Closed.IsZero() && other.Delivery != "" {
			return other.Delivery, err
		}
	}
	return "", err
}

// incidentText says what is wrong, since when, and what comes next.
func incidentText(i article.Incident, c article.Cursor, zone *time.Location) string {
	next := "It is asked again at " + c.Due.In(zone).Format(incidentClock) + ", and never given up."
	if i.Kind == article.GoneAway {
		next = "It is asked no more: correct or remove its address."
	}
	return fmt.Sprintf("%s, since %s.\n%s\n%s", i.Kind, i.Began.In(zone).Format(incidentClock), i.Text, next)
}

func (w *Watcher) logIncident(i article.Incident, step health.Step) {
	log := w.Log.With("source", i.Source, "feed", i.Feed, "kind", string(i.Kind))
	if step == health.Closed {
		log.Info("incident closed: the feed is well again", "lasted", i.Closed.Sub(i.Opened).Round(time.Second))
		return
	}
	log.Warn("incident", "since", i.Began, "trouble", i.Text)
}

// withIncidents pairs feeds with the last incident of each that is open, or was
// closed so lately that it may go on.
func (w *Watcher) withIncidents(ctx context.Context, polls []poll) error {
	incidents, err := w.Store.Incidents(ctx, time.Now().Add(-health.Again))
	last := map[[2]string]article.Incident{}
	for _, i := range incidents {
		last[[2]string{i.Source, i.Feed}] = i
	}
	for n, p := range polls {
		polls[n].incident = last[[2]string{p.source.ID, p.feed.URL}]
	}
	return err
}
