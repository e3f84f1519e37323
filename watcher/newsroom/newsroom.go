// Package newsroom is a small press of its own: several publishers with feeds
// and article pages, served as real publishers serve them, for the demo and for
// tests that want the whole way from a feed to a message without a network
// beyond loopback.
//
// What it imitates, because each point has cost some reader an article: feeds
// whose items carry their description as HTML with a picture, the lead and a
// list of related headlines; one article under two addresses; captions among
// the paragraphs; a block of the publisher's newest stories below every
// article, as they stand when the page is fetched; link lines and picture
// credits in plain paragraphs; a colon in the zone of a date; validators on
// feeds and none on pages; gzip.
//
// Everything that is said stands in files: articles/*.yaml (one article each),
// publishers.yaml (their addresses, dates, and the selectors that a reader
// needs), pages/*.html (how a publisher lays a page out). The Go code names no
// publisher, place or topic. The articles are inventions, and so are the
// persons in them.
//
// # Time
//
// The newsroom has a start and a clock, both handed in. An article appears in
// its publisher's feed, and its page exists, from start + after; it says that it
// was published age before that. So the same newsroom runs through its day in
// seconds in the demo, or in a month of fake time in a test, and holds no
// goroutine: what is visible is computed when somebody asks.
//
// Years in the texts are written {year}, {year+1}, {year-1}, counted from the
// start, and {day} is the start's day and month: "next year's plan" stays next
// year's on any day.
//
// # Alternatives considered
//
// Recorded pages: they age, they are somebody else's, and nothing in them can be
// told to happen in three seconds. One handler with a path per publisher: then
// all share a host, and neither the list of allowed hosts nor the one request at
// a time per host is exercised; so each publisher has its own handler and the
// caller gives it its own port. Its base address is taken from the request, so
// that no port needs to be known beforehand.
package newsroom

import (
	"embed"
	"fmt"
	"slices"
	"sync"
	"time"
)

//go:embed publishers.yaml articles/*.yaml pages/*.html
var files embed.FS

// Newsroom holds the articles of all its publishers. Safe for concurrent use.
type Newsroom struct {
	start time.Time
	now   func() time.Time
	press []press

	mu       sync.RWMutex
	articles map[key]story
}

// key names an article: numbers are counted by publisher.
type key struct {
	publisher string
	number    int
}

// story is an article with its times.
type story struct {
	Article
	appears   time.Time // from then on it is in the feed and has a page
	published time.Time // what the publisher says
	edited    time.Time // when its present text came; equal to appears at first
}

// New opens a newsroom with the embedded publishers and articles. Its clock is
// now; articles appear after start. An error means that the embedded files are
// at fault.
func New(start time.Time, now func() time.Time) (*Newsroom, error) {
	press, err := loadPress()
	if err != nil {
		return nil, fmt.Errorf("newsroom: %w", err)
	}
	articles, err := loadArticles(start)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %w", err)
	}
	n := &Newsroom{start: start, now: now, press: press, articles: make(map[key]story)}
	for _, a := range articles {
		if err := n.add(a, start.Add(a.After)); err != nil {
			return nil, fmt.Errorf("newsroom: %w", err)
		}
	}
	return n, nil
}

// Publishers returns the publishers in the order of publishers.yaml, each with
// its handler.
func (n *Newsroom) Publishers() []Publisher {
	all := make([]Publisher, len(n.press))
	for i, p := range n.press {
		all[i] = Publisher{
			ID: p.ID, Name: p.Name, Publisher: p.Publisher, Language: p.Language,
			Feed:    p.Feed.Path,
			Handler: house{newsroom: n, press: p},
			press:   p,
		}
	}
	return all
}

// Publish brings an article out now. One that its publisher already has under
// that number is replaced: it keeps the time of its first appearance and is
// thereafter an edited article. After is not looked at. Errors: an unknown
// publisher, or an article without a number, slug or title.
func (n *Newsroom) Publish(a Article) error {
	if err := n.add(a, n.now()); err != nil {
		return fmt.Errorf("newsroom: %w", err)
	}
	return nil
}

// Articles returns what has appeared by now, oldest first.
func (n *Newsroom) Articles() []Article {
	var all []Article
	for _, s := range n.visible(func(story) bool { return true }) {
		all = append(all, s.Article)
	}
	slices.Reverse(all)
	return all
}

// Lasts is how long after its start the newsroom's last embedded article
// appears.
func (n *Newsroom) Lasts() time.Duration {
	n.mu.RLock()
	defer n.mu.RUnlock()
	var last time.Duration
	for _, s := range n.articles {
		last = max(last, s.After)
	}
	return last
}

// add stores an article that appears, or is edited, at that time.
func (n *Newsroom) add(a Article, at time.Time) error {
	if err := a.check(n.press); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	k := key{a.Publisher, a.Number}
	s := story{Article: a, appears: at, published: at.Add(-a.Age), edited: at}
	if old, ok := n.articles[k]; ok && old.appears.Before(at) {
		s.appears, s.published = old.appears, old.published
	}
	n.articles[k] = s
	return nil
}

// visible returns the stories that have appeared by now and that are asked for,
// latest appearance first.
func (n *Newsroom) visible(wanted func(story) bool) []story {
	now := n.now()
	n.mu.RLock()
	defer n.mu.RUnlock()
	var found []story
	for _, s := range n.articles {
		if !s.appears.After(now) && wanted(s) {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, newerFirst)
	return found
}

// newerFirst orders by the published date, as feeds do; the number decides
// between equals, so that the order never changes from one request to the next.
func newerFirst(a, b story) int {
	if c := b.published.Compare(a.published); c != 0 {
		return c
	}
	if a.Publisher != b.Publisher {
		if a.Publisher < b.Publisher {
			return -1
		}
		return 1
	}
	return b.Number - a.Number
}
