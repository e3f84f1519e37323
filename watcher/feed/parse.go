package feed

import (
	"cmp"
	"fmt"
	"regexp"
	"time"

	"github.com/mmcdole/gofeed"

	"presswatch/watcher/article"
)

// About is what a feed's reader knows of it beforehand.
type About struct {
	URL string // where the feed was fetched; relative links are resolved against it
	// Hosts lists where entries may lead ("host" or "host:port"); empty: the
	// feed's own host and its sub-domains.
	Hosts    []string
	Zone     *time.Location // for dates that name none; nil: UTC
	Identity *regexp.Regexp // the source's pattern, see Identify; nil: none
	Now      time.Time      // of the fetch: no entry is published later
}

// Parsed is what a feed says.
type Parsed struct {
	Entries []article.Entry // in the feed's order, each identity once
	TTL     time.Duration   // the feed's wish between two polls, at most 24 h; 0: none
	Kind    string          // "rss", "atom" or "json"
	// Notes tell what was dropped or mended, and why, for a log: at most
	// maxNotes lines.
	Notes []string
}

// maxNotes bounds Parsed.Notes: a feed of 2000 foreign links is one problem.
const maxNotes = 20

// NotFeed says that a document is no feed at all: an HTML page, a check against
// robots, an empty answer. Whoever gets it keeps the validators and all else
// that was known of the feed.
type NotFeed struct{ What string }

// Error is the whole message.
func (n *NotFeed) Error() string { return "not a feed: " + n.What }

// Parse reads a feed from the bytes that a server sent. It does not trust them:
// whatever they are, it ends soon, within memory in proportion to their number,
// and with as many whole entries as stand in them. The error is a *NotFeed, or
// names the limit that the document breaks.
func Parse(body []byte, contentType string, about About) (Parsed, error) {
	if len(body) > maxDocument {
		return Parsed{}, fmt.Errorf("read feed: a document of %d bytes: more than %v", len(body), Size(maxDocument))
	}
	r := reader{about: about}
	raw, kind, err := r.intake(body, contentType)
	if err != nil {
		return Parsed{}, err
	}
	r.entries(raw.Items)
	r.parsed.TTL = ttl(raw)
	r.parsed.Kind = cmp.Or(raw.FeedType, kind)
	return r.finish(), nil
}

// intake brings the bytes into a form that gofeed can be trusted with, and has
// it read them.
func (r *reader) intake(body []byte, contentType string) (raw *gofeed.Feed, kind string, err error) {
	text, note := toUTF8(body, contentType)
	r.note(note)
	text, dropped := dropIllegal(text)
	if dropped > 0 {
		r.note(fmt.Sprintf("characters that XML forbids were dropped: %d", dropped))
	}
	doc, note, err := cutHead(text)
	if err != nil {
		return nil, "", err
	}
	r.note(note)
	shape, err := scan(doc)
	if err != nil {
		return nil, "", fmt.Errorf("read feed: %w", err)
	}
	raw, err = r.read(doc, shape)
	return raw, kindOf(shape), err
}

func kindOf(s shape) string {
	switch s.root {
	case "{":
		return "json"
	case "feed":
		return "atom"
	}
	return "rss"
}

// reader gathers what one call of Parse finds.
type reader struct {
	about  About
	parsed Parsed
	silent int // notes beyond maxNotes
}

func (r *reader) note(s string) {
	switch {
	case s == "":
	case len(r.parsed.Notes) < maxNotes:
		r.parsed.Notes = append(r.parsed.Notes, s)
	default:
		r.silent++
	}
}

func (r *reader) finish() Parsed {
	if r.silent > 0 {
		r.parsed.Notes[maxNotes-1] = fmt.Sprintf("%s; and %d more", r.parsed.Notes[maxNotes-1], r.silent)
	}
	return r.parsed
}
