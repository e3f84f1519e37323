package watcher

import (
	"context"
	"slices"
	"time"

	"presswatch/rules"
	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

// consult reads what a text states, compares it with the ledger, and holds back the
// matches of rules that ask the ledger and get no. Until settled is called, when the
// reading is recorded or given up, no other text is compared: of two reports that
// come at once one is the first.
func (w *Watcher) consult(ctx context.Context, setup *Setup, document *rules.Document, r *store.Reading) (settled func(), err error) {
	stated := setup.stated(document, r.Article)
	if len(stated) == 0 {
		return func() {}, nil
	}
	w.ledger.Lock()
	verdicts, err := compare(ctx, w.Store, setup, stated)
	if err != nil {
		return w.ledger.Unlock, err
	}
	r.Facts = recorded(verdicts, r.Article.Old())
	r.Matches = w.gated(setup, verdicts, r.Matches, r.Article.URL)
	return w.ledger.Unlock, nil
}

// stated is what a text states, as the ledger takes it.
func (s *Setup) stated(document *rules.Document, a article.Article) (entries []ledger.Entry) {
	if s.Facts == nil {
		return nil
	}
	for _, f := range s.Facts.Read(document) {
		entries = append(entries, ledger.Entry{Article: a.ID, Source: a.Source, Title: a.Title, URL: a.URL, Published: dated(a), Fact: f})
	}
	return entries
}

// dated is when an article was published, or where that is not known, seen.
func dated(a article.Article) time.Time {
	if a.Published.IsZero() {
		return a.Seen
	}
	return a.Published
}

// compare compares what one article states with what others did.
func compare(ctx context.Context, s store.Store, setup *Setup, stated []ledger.Entry) ([]ledger.Verdict, error) {
	var partitions []string
	for _, e := range stated {
		partitions = append(partitions, e.Partition())
	}
	slices.Sort(partitions)
	kept, err := s.Ledger(ctx, slices.Compact(partitions))
	if err != nil {
		return nil, err
	}
	known := slices.DeleteFunc(kept.Entries(), func(e ledger.Entry) bool { return e.Article == stated[0].Article })
	return ledger.Judge(setup.Facts.Ladders(), known, kept.Corrections, stated), nil
}

// recorded are verdicts as they are kept. What an article states that was published
// before its source was watched is no news of ours.
func recorded(verdicts []ledger.Verdict, old bool) []store.Stated {
	out := make([]store.Stated, len(verdicts))
	for i, v := range verdicts {
		out[i] = store.Stated{Fact: v.Fact, Novelty: v.Novelty, Reason: v.Reason}
		if old {
			out[i].Novelty, out[i].Reason = ledger.Recalled, "published before its source was watched"
		}
	}
	return out
}

// gated leaves out the matches that the ledger holds back, and notes on the others
// what it says.
func (w *Watcher) gated(setup *Setup, verdicts []ledger.Verdict, matches []article.Match, url string) (out []article.Match) {
	gates := setup.Rules.Gates()
	for _, m := range matches {
		if gate, asks := gates[m.Rule]; asks {
			tells, why := gate.Tells(verdicts)
			if !tells {
				w.Log.Info("held back by the ledger", "rule", m.Rule, "url", url, "why", why)
				continue
			}
			m.Ledger = gate.Lines(setup.Facts.Names(gate.Kind), verdicts)
		}
		out = append(out, m)
	}
	return out
}
