package sqlite_test

import (
	"cmp"
	"slices"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

// model is the contract of package store in memory and without care for speed:
// what the store must answer after any sequence of calls.
type model struct {
	articles   []*modelArticle
	findings   []*modelFinding
	deliveries []*modelDelivery
	batches    int
	pauses     map[string]time.Time
	slots      map[string]string
	silences   []silence.Silence
}

type modelArticle struct {
	article.Article
	due       time.Time
	read      bool
	revisions int
	visit     time.Time // zero: none is due
	matches   []article.Match
}

type modelFinding struct {
	article.Finding
	of      *modelArticle
	told    bool
	held    int64           // the silence that holds it
	telling article.Telling // the first message that told it and follows no other
	batch   int             // that told it
}

type modelDelivery struct {
	store.Delivery
	parked time.Time
}

func newModel() *model { return &model{pauses: map[string]time.Time{}, slots: map[string]string{}} }

func (m *model) saveFeed(c article.Cursor, entries []article.Entry) int {
	unseen := 0
	for _, e := range entries {
		seen := slices.ContainsFunc(m.articles, func(a *modelArticle) bool {
			return a.Source == c.Source && a.Identity == e.Identity
		})
		if !seen {
			a := article.Article{ID: int64(len(m.articles) + 1), Source: c.Source, Feed: c.URL, Entry: e, Seen: c.Checked}
			m.articles = append(m.articles, &modelArticle{Article: a, due: c.Checked})
			unseen++
		}
	}
	return unseen
}

func (m *model) unread(now time.Time, perSource int) []article.Article {
	var all []article.Article
	taken := map[string]int{}
	for _, a := range m.articles {
		if !a.read && !a.due.After(now) && taken[a.Source] < perSource {
			all = append(all, a.Article)
			taken[a.Source]++
		}
	}
	return all
}

func (m *model) postponeRead(a *modelArticle, due time.Time) {
	if !a.read {
		a.Attempts, a.due = a.Attempts+1, due
	}
}

func (m *model) record(a *modelArticle, r store.Reading) {
	if r.Earlier != a.revisions {
		return
	}
	a.read, a.matches, a.Title = true, r.Matches, r.Article.Title
	a.revisions++
	a.visit = r.Visit.Due
	for _, d := range r.Owed {
		m.owe(a, article.Finding{Digest: d.Digest, Level: d.Level, From: r.Revision.From, Match: r.Matches[d.Match], Found: r.At})
	}
}

// owe holds a debt against what the article has owed to the digest by the rule.
func (m *model) owe(a *modelArticle, f article.Finding) {
	held := article.None
	for _, e := range m.findings {
		if e.of != a || e.Digest != f.Digest || e.Match.Rule != f.Match.Rule {
			continue
		}
		if e.held > 0 {
			held = max(held, e.Match.Level)
			continue
		}
		if e.told {
			f.Was = max(f.Was, e.Match.Level)
			continue
		}
		if f.Match.Level >= e.Match.Level {
			e.Level, e.Match, e.From = f.Level, f.Match, f.From
		}
		return
	}
	if f.Match.Level > max(f.Was, held) {
		f.ID = int64(len(m.findings) + 1)
		m.findings = append(m.findings, &modelFinding{Finding: f, of: a})
	}
}

func (m *model) owed(digest string, level article.Level) []article.Finding {
	var all []article.Finding
	for _, f := range m.findings {
		if f.told || f.held > 0 || f.Digest != digest || f.Level != level {
			continue
		}
		f.Article = f.of.Article
		f.First = article.Telling{}
		batch := m.batches + 1
		for _, e := range m.findings {
			if e.of == f.of && e.held == 0 && e.Digest == digest && e.telling.Delivery != "" && e.batch < batch {
				f.First, batch = e.telling, e.batch
			}
		}
		all = append(all, f.Finding)
	}
	return all
}

func (m *model) enqueue(b store.Batch) bool {
	for _, id := range b.Findings {
		if m.findings[id-1].told {
			return false
		}
	}
	for _, d := range b.Deliveries {
		if m.delivery(d.ID) != nil {
			return false
		}
	}
	m.batches++
	for _, id := range b.Findings {
		f := m.findings[id-1]
		f.told, f.batch = true, m.batches
		for _, d := range slices.Backward(b.Deliveries) {
			if d.Thread+d.Edits == "" {
				f.telling = article.Telling{Delivery: d.ID, Channel: d.Channel}
			}
		}
	}
	for _, d := range b.Deliveries {
		m.deliveries = append(m.deliveries, &modelDelivery{Delivery: d})
	}
	if b.Slot != "" {
		m.slots[b.Digest] = b.Slot
	}
	return true
}

func (m *model) delivery(id string) *modelDelivery {
	for _, d := range m.deliveries {
		if d.ID == id {
			return d
		}
	}
	return nil
}

func follows(d *modelDelivery) string { return d.Thread + d.Edits }

func open(d *modelDelivery) bool { return d.State == store.Ready || d.State == store.Attempted }

// from is when a delivery can be worked on; never for what is settled or held.
func (m *model) from(d *modelDelivery) (time.Time, bool) {
	if !open(d) {
		return time.Time{}, false
	}
	earlier := true
	for _, e := range m.deliveries {
		earlier = earlier && e != d
		if e.Group == d.Group && e.Part < d.Part && open(e) {
			return time.Time{}, false
		}
		if p := follows(d); p != "" && earlier && open(e) && (e.ID == p || follows(e) == p) {
			return time.Time{}, false
		}
	}
	if until := m.pauses[d.Channel]; until.After(d.Due) {
		return until, true
	}
	return d.Due, true
}

func (m *model) due(now time.Time) []store.Delivery {
	var all []store.Delivery
	for _, d := range m.deliveries {
		if from, ok := m.from(d); ok && !from.After(now) {
			shown := d.Delivery
			if p := m.delivery(follows(d)); p != nil && p.Channel == d.Channel {
				shown.Parent = p.Receipt
			}
			all = append(all, shown)
		}
	}
	slices.SortStableFunc(all, func(a, b store.Delivery) int { return a.Created.Compare(b.Created) })
	return all
}

func (m *model) next() (read, delivery time.Time) {
	earlier := func(have *time.Time, t time.Time) {
		if have.IsZero() || t.Before(*have) {
			*have = t
		}
	}
	for _, a := range m.articles {
		if !a.read {
			earlier(&read, a.due)
		}
		if !a.visit.IsZero() {
			earlier(&read, a.visit)
		}
	}
	for _, d := range m.deliveries {
		if from, ok := m.from(d); ok {
			earlier(&delivery, from)
		}
	}
	return read, delivery
}

func (m *model) attempt(d *modelDelivery, at, due time.Time) bool {
	if !open(d) {
		return false
	}
	if d.FirstAttempt.IsZero() {
		d.FirstAttempt = at
	}
	d.State, d.Attempts, d.LastAttempt, d.Due = store.Attempted, d.Attempts+1, at, due
	return true
}

func (m *model) confirm(d *modelDelivery, r store.Receipt) {
	if d.State != store.Sent {
		d.State, d.Receipt, d.Error = store.Sent, r, ""
		delete(m.pauses, d.Channel)
	}
}

func (m *model) postpone(d *modelDelivery, p store.Postponement) bool {
	if !open(d) || p.State == store.Attempted && d.State == store.Ready {
		return false
	}
	d.State, d.Due, d.Error, d.Plain = p.State, p.Due, p.Reason, d.Plain || p.Plain
	return true
}

func (m *model) park(d *modelDelivery, reason string, at time.Time) bool {
	if d.State == store.Sent || d.State == store.Dropped {
		return false
	}
	if d.State != store.Parked {
		d.State, d.Error, d.parked = store.Parked, reason, at
	}
	return true
}

func (m *model) drop(d *modelDelivery, reason string) bool {
	if d.State != store.Sent && d.State != store.Dropped {
		d.State, d.Error = store.Dropped, reason
	}
	return d.State != store.Sent
}

func (m *model) retry(d *modelDelivery, due time.Time) bool {
	if d.State == store.Sent {
		return false
	}
	if !open(d) {
		d.State, d.Plain = store.Ready, false
	}
	d.Due = due
	return true
}

// outbox is what is in a state, newest first.
func (m *model) outbox(most int, state store.State) []store.Delivery {
	var all []store.Delivery
	for _, d := range slices.Backward(m.deliveries) {
		if d.State == state {
			shown := d.Delivery
			shown.Payload = nil
			all = append(all, shown)
		}
	}
	slices.SortStableFunc(all, func(a, b store.Delivery) int { return b.Created.Compare(a.Created) })
	return all[:min(most, len(all))]
}

// summary leaves out what is not of the model: the size.
func (m *model) summary() store.Summary {
	sum := store.Summary{Articles: len(m.articles), Owed: map[string]int{}, Silenced: map[string]int{}, Outbox: map[store.State]int{}}
	for _, a := range m.articles {
		if !a.read {
			sum.Unread++
		}
	}
	for _, f := range m.findings {
		switch {
		case f.told:
		case f.held > 0:
			sum.Silenced[f.Digest]++
		default:
			sum.Owed[f.Digest]++
		}
	}
	parked := slices.Clone(m.deliveries)
	slices.Reverse(parked)
	slices.SortStableFunc(parked, func(a, b *modelDelivery) int { return cmp.Compare(b.parked.UnixMilli(), a.parked.UnixMilli()) })
	for _, d := range parked {
		sum.Outbox[d.State]++
		if open(d) && (sum.Oldest.IsZero() || d.Created.Before(sum.Oldest)) {
			sum.Oldest = d.Created
		}
		if d.State == store.Parked && len(sum.Parked) < 20 {
			shown := d.Delivery
			shown.Payload = nil
			sum.Parked = append(sum.Parked, shown)
		}
	}
	return sum
}
