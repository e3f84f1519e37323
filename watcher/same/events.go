package same

import (
	"cmp"
	"slices"
	"time"
)

const (
	// leads is how many of a report's rarest features lead to it.
	leads = 24
	// candidates is how many reports are compared with a new one.
	candidates = 16
	// members is how many of an event's newest reports are compared.
	members = 8
)

// Bounds are what makes two reports tell of one happening.
type Bounds struct {
	// Alike is how alike a report must be to those of an event on average, 0 to 1.
	Alike float64
	// Words is the part of the words of one language in the likeness of two reports
	// in it; the rest is what survives translation.
	Words float64
	// Window is how far apart reports of one happening may be published.
	Window time.Duration
}

// DefaultBounds lie in the middle of the range where figures do not change.
func DefaultBounds() Bounds { return Bounds{Alike: 0.18, Words: 0.4, Window: 72 * time.Hour} }

// Events puts reports of one happening together as they arrive. It is not safe
// for concurrent use. The zero value is of no use: see NewEvents.
type Events struct {
	bounds Bounds
	rarity rarity
	index  postings
	kept   []*told
	events names[*event]
	first  uint32 // number of kept[0]
	newest time.Time
	shared map[uint32]float64
}

// told is a report within the window, and its event.
type told struct {
	id        int64
	published Span
	report    Report
	postings  int
	event     *event
}

type event struct {
	id      int64
	reports []*told // the newest
}

// Joining says to which event a report was put, and why.
type Joining struct {
	// Event is the id of the first report of the happening: the report's own where
	// it is the first.
	Event int64
	// Alike is how alike the report is to those of the event, or to those of the
	// nearest event, on average.
	Alike float64
	// Nearest is the event that came nearest, 0 where none came near; Apart that it
	// tells of another day.
	Nearest int64
	Apart   bool
	// Shared are the strongest things that the report and the nearest event's
	// report have in common, strongest first.
	Shared []string
}

// NewEvents makes an empty index.
func NewEvents(bounds Bounds) *Events {
	return &Events{bounds: bounds, rarity: newRarity(), events: names[*event]{}, shared: map[uint32]float64{}}
}

// Put takes in a report whose event is known: one that was placed before a
// restart, or whose text is a copy of one that was.
func (e *Events) Put(id int64, published Span, r Report, name int64) {
	e.forget(published.From)
	e.rarity.count(r)
	ev, known := e.events.get(name)
	if !known {
		ev = &event{id: name}
	}
	e.keep(id, published, r, e.rarity.weigh(r), ev)
}

// Of is the event of a report that is kept.
func (e *Events) Of(id int64) (name int64, known bool) {
	ev, known := e.events.get(id)
	if !known {
		return 0, false
	}
	return ev.id, true
}

// Place takes in a report. What was said of earlier ones stays: events are never
// joined or parted later, so that nothing is told again. Reports are best placed
// in order of publication.
func (e *Events) Place(id int64, published Span, r Report) Joining {
	e.forget(published.From)
	e.rarity.count(r)
	weights := e.rarity.weigh(r)
	j := Joining{Event: id}
	var best *event
	near, found := 0.0, 0.0
	for _, ev := range e.near(published, r, weights) {
		alike, apart, shared := e.against(ev, published, r, weights)
		if alike > near {
			near = alike
			j.Nearest, j.Alike, j.Apart, j.Shared = ev.id, alike, apart, shared
		}
		if !apart && alike >= e.bounds.Alike && alike > found {
			best, found = ev, alike
		}
	}
	if best == nil {
		best = &event{id: id}
	}
	j.Event = best.id
	e.keep(id, published, r, weights, best)
	return j
}

// near are the events of the reports that share the rarest features, in order of
// how much they share.
func (e *Events) near(published Span, r Report, weights []float64) (events []*event) {
	clear(e.shared)
	for _, i := range rarest(r, weights) {
		e.index.each(r.features[i].hash, func(holder uint32) { e.shared[holder] += weights[i] })
	}
	type near struct {
		of     *told
		number uint32
		shared float64
	}
	holders := make([]near, 0, len(e.shared))
	for h, shared := range e.shared {
		if k := e.kept[h-e.first]; k.published.apart(published) <= e.bounds.Window {
			holders = append(holders, near{k, h, shared})
		}
	}
	slices.SortFunc(holders, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(b.number, a.number))
	})
	for _, h := range holders[:min(len(holders), candidates)] {
		if !slices.Contains(events, h.of.event) {
			events = append(events, h.of.event)
		}
	}
	return events
}

// against compares a report with those of an event. It is apart from the event
// when one of these tells of another day.
func (e *Events) against(ev *event, published Span, r Report, weights []float64) (alike float64, apart bool, shared []string) {
	n, closest := 0, 0.0
	for _, other := range ev.reports {
		if other.published.apart(published) > e.bounds.Window {
			continue
		}
		apart = apart || r.another(published, other)
		a, hashes := e.alike(r, weights, other.report)
		alike += a
		n++
		if a > closest {
			closest, shared = a, r.inWords(hashes)
		}
	}
	if n == 0 {
		return 0, apart, nil
	}
	return alike / float64(n), apart, shared
}

// silent is how far apart reports may be published of which one does not say its
// day: further apart, the later is held for news. Below 30 hours reports are lost
// that other papers bring on the next morning.
const silent = 30 * time.Hour

// another reports whether a report tells of another day than one that is kept.
func (r Report) another(published Span, other *told) bool {
	if r.day != 0 && other.report.day != 0 {
		return r.day != other.report.day
	}
	return other.published.apart(published) > silent
}

func (e *Events) keep(id int64, published Span, r Report, weights []float64, ev *event) {
	r.names = nil
	t := &told{id: id, published: published, report: r, event: ev}
	for _, i := range rarest(r, weights) {
		e.index.add(r.features[i].hash, e.first+uint32(len(e.kept)))
		t.postings++
	}
	e.events.hold(id, ev)
	e.events.hold(ev.id, ev)
	e.kept = append(e.kept, t)
	ev.reports = append(ev.reports[max(0, len(ev.reports)+1-members):], t)
	if published.From.After(e.newest) {
		e.newest = published.From
	}
}

// mostReports bounds the memory of the reports within the window: about 60
// megabytes.
const mostReports = 12_000

func (e *Events) forget(at time.Time) {
	if at.Before(e.newest) {
		at = e.newest
	}
	old := 0
	for old < len(e.kept) && (at.Sub(e.kept[old].published.To) > e.bounds.Window || len(e.kept)-old >= mostReports) {
		e.index.forget(e.kept[old].postings)
		e.events.drop(e.kept[old].id)
		e.events.drop(e.kept[old].event.id)
		e.kept[old] = nil // so that it can be freed
		old++
	}
	e.first += uint32(old)
	e.kept = e.kept[old:]
}

// Len is how many reports are kept.
func (e *Events) Len() int { return len(e.kept) }
