package watcher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

// Pass is what one pass of a step did. A step's error is the store's: what could
// not be kept is undone, and the step finds it again.
type Pass struct {
	Done   int // units of work that went well: feeds, articles, digests, deliveries
	Failed int // units that went wrong and will be tried again; each is logged
}

// result is what became of one unit of work.
type result int

const (
	done result = iota
	failed
	interrupted // the program is stopping: the unit is as due as before
)

// Poll fetches the feeds that are due, and saves what they bring.
func (w *Watcher) Poll(ctx context.Context) (Pass, error) {
	return w.pollWhere(ctx, func(c article.Cursor) bool { return !c.Due.After(time.Now()) })
}

// pollFeed is the way of one feed: fetch → parse → save. One that consists of
// others, as a sitemap index does, is saved after them.
func (w *Watcher) pollFeed(ctx context.Context, p poll) (article.Cursor, result, error) {
	w.heart.beat(stepPoll)
	f, err := w.pollChildren(ctx, p, w.fetchFeed(ctx, p))
	if err != nil || ctx.Err() != nil {
		return p.cursor, interrupted, err
	}
	cursor, r, err := w.saveFeed(ctx, p, f)
	if err != nil {
		return cursor, r, err
	}
	return cursor, r, w.tend(ctx, p, cursor, f.err)
}

// Read reads the articles that are due, and those that are due again: page,
// zones, matches, and what is owed.
func (w *Watcher) Read(ctx context.Context) (Pass, error) {
	now := time.Now()
	unread, err := w.Store.Unread(ctx, now, articlesPerRound)
	if err != nil {
		return Pass{}, err
	}
	again, err := w.Store.Revisits(ctx, now, articlesPerRound)
	if err != nil {
		return Pass{}, err
	}
	setup, round := w.Setup(), newRound()
	pass, err := eachSource(ctx, bySource(unread, sourceOf), func(ctx context.Context, a article.Article) (result, error) {
		return w.readArticle(ctx, setup, round, a)
	})
	if err == nil {
		var more Pass
		more, err = eachSource(ctx, bySource(again, sourceOfRevisit), func(ctx context.Context, r store.Revisit) (result, error) {
			return w.revisitArticle(ctx, setup, round, r)
		})
		pass.Done, pass.Failed = pass.Done+more.Done, pass.Failed+more.Failed
	}
	return pass, errors.Join(err, w.tellStorm(ctx, setup, round))
}

// readArticle is the way of one article: fetch → extract → words → match →
// place → record → tell.
func (w *Watcher) readArticle(ctx context.Context, setup *Setup, round *round, a article.Article) (result, error) {
	w.heart.beat(stepRead)
	source, known := setup.source(a.Source)
	if !known {
		return failed, w.postponeRead(ctx, a, errSourceGone)
	}
	had, pageErr := w.fetchPage(ctx, setup, source, a.URL, store.Visit{})
	if ctx.Err() != nil {
		return interrupted, nil
	}
	if worthAnotherTry(pageErr, a.Attempts) {
		return failed, w.postponeRead(ctx, a, pageErr)
	}
	a, revision := revise(a, had.page, pageErr, setup.Marks.With(source.Zones))
	visit := store.Visit{ETag: had.etag, LastModified: had.lastModified}
	err := w.record(ctx, setup, round, source, store.Reading{Article: a, Revision: revision, Visit: visit})
	return resultOf(err == nil && pageErr == nil), err
}

// record is how the way of every text ends: words → match → facts → place →
// record → tell.
func (w *Watcher) record(ctx context.Context, setup *Setup, round *round, source Source, r store.Reading) error {
	document := setup.Rules.Document(aboutDocument(source, r.Article), r.Revision.Zones)
	r.Matches, r.At = setup.Rules.Match(document), time.Now()
	settled, err := w.consult(ctx, setup, document, &r)
	if err == nil {
		if !r.Article.Old() {
			r.Owed = setup.debts(r.Matches)
		}
		r.Visit = nextVisit(r.Visit, r.Matches, r.Article.Old(), r.At)
		r, err = w.recordPlaced(ctx, setup, source.Language, r) // TX2
	}
	settled()
	if err != nil {
		return fmt.Errorf("article %s: %w", r.Article.URL, err)
	}
	w.logReading(r)
	w.rouseEarly(setup)
	return w.tellAlerts(ctx, setup, round)
}

// Digest composes the digests whose slot has come since the last one done. A
// slot missed while the process was down is made up once: only the newest
// counts.
func (w *Watcher) Digest(ctx context.Context) (Pass, error) {
	var pass Pass
	setup := w.Setup()
	for _, d := range setup.Digests {
		w.heart.beat(stepDigest)
		done, err := w.digestIfDue(ctx, setup, d)
		if err != nil {
			return pass, fmt.Errorf("digest %s: %w", d.ID, err)
		}
		pass.Done += done
	}
	return pass, nil
}

func (w *Watcher) digestIfDue(ctx context.Context, setup *Setup, d digest.Config) (int, error) {
	now, zone := time.Now(), setup.zoneOf(d)
	slot, _ := d.Schedule.Last(now, zone)
	last, err := w.Store.LastSlot(ctx, d.ID)
	switch {
	case err != nil:
		return 0, err
	case last == "": // never heard of before: it begins now, with the next slot
		_, err := w.Store.Enqueue(ctx, store.Batch{Digest: d.ID, Slot: slot, At: now})
		return 0, err
	case !d.HeldUntil(article.Digest, now, zone).IsZero():
		return 0, nil // the slot is made up when the quiet hours end
	case slot > last:
		return w.digestNow(ctx, setup, d, digest.Input{Slot: slot, Last: last})
	}
	return w.digestEarly(ctx, setup, d)
}

// digestNow composes what a digest is owed and puts it into the outbox: TX3. Of the
// input, the slots are given.
func (w *Watcher) digestNow(ctx context.Context, setup *Setup, d digest.Config, input digest.Input) (int, error) {
	now := time.Now()
	silenced, err := w.gather(ctx, setup, d, &input)
	if err != nil {
		return 0, err
	}
	if input, err = w.digestInput(ctx, setup, d, input, now); err != nil {
		return 0, err
	}
	said, err := w.lateFor(ctx, setup, d, &input)
	if err != nil {
		return 0, err
	}
	messages := digest.Digest(input)
	batch := store.Batch{Digest: d.ID, Slot: input.Slot, Findings: ids(input.Findings), Said: said, At: now}
	if len(messages) > 0 {
		batch.Findings = append(batch.Findings, silenced...) // counted
	}
	batch.Deliveries, err = deliveries(kindDigest, d.Channel, messages, now)
	if err != nil {
		return 0, err
	}
	enqueued, err := w.Store.Enqueue(ctx, batch) // TX3
	if err != nil || !enqueued {
		return 0, err
	}
	w.logDigest(d, input, messages)
	w.rouse(stepDeliver)
	return 1, nil
}

// Deliver works on the deliveries that are due, oldest first. A channel that
// does not take one is left alone for the rest of the pass.
func (w *Watcher) Deliver(ctx context.Context) (Pass, error) {
	var pass Pass
	due, err := w.Store.Due(ctx, time.Now())
	troubled := map[string]bool{}
	for _, d := range due {
		if ctx.Err() != nil || troubled[d.Channel] {
			continue
		}
		w.heart.beat(stepDeliver)
		r, err := w.deliverOne(ctx, d)
		if errors.Is(err, store.ErrSettled) { // by an operator, while it waited
			w.Log.Info("delivery settled meanwhile", "delivery", d.ID, "channel", d.Channel)
			continue
		}
		if err != nil {
			return pass, fmt.Errorf("delivery %s: %w", d.ID, err)
		}
		troubled[d.Channel] = r == failed
		pass.add(r)
	}
	return pass, err
}

// deliverOne is the way of one delivery: settle what is in doubt → attempt →
// send → confirm. What has begun may end though the program is stopping.
func (w *Watcher) deliverOne(ctx context.Context, d store.Delivery) (result, error) {
	if !w.pacing.wait(ctx, d.Channel) {
		return interrupted, nil
	}
	ctx, release := withGrace(ctx)
	defer release()
	if d.Edits != "" && d.Parent.TS == "" {
		return done, w.nothingToEdit(ctx, d, "what it edits was not posted where it could be changed")
	}
	fate, err := w.settleDoubt(ctx, d)
	if err != nil || fate == settled {
		return failed, err
	}
	post, err := postOf(d, fate)
	if err != nil {
		return failed, w.park(ctx, d, err)
	}
	now := time.Now()
	if err := w.Store.Attempt(ctx, d.ID, now, now.Add(Settle)); err != nil { // TX4
		return failed, err
	}
	receipt, err := w.send(ctx, d, post)
	if err != nil {
		return failed, w.settleFailure(ctx, d, err) // TX5: Postpone or Park
	}
	w.logDelivered(d, receipt)
	return done, w.Store.Confirm(ctx, d.ID, receipt) // TX5
}
