package feed

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"presswatch/watcher/article"
	"presswatch/watcher/extract"
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
	// Links says where the articles are linked on a page of headlines; Date where
	// the date of each stands, as extract.Links has it. Without Links the
	// document says by itself what it is.
	Links, Date extract.Selector
	// Window is that of the last Parsed of this feed, or "". Entries that it saw
	// byte for byte are left out of this one.
	Window string
}

// What a feed can be: Parsed.Kind.
const (
	KindRSS     = "rss"
	KindAtom    = "atom"
	KindJSON    = "json"
	KindNews    = "news sitemap"
	KindSitemap = "sitemap"
	KindIndex   = "sitemap index"
	KindList    = "list page"
)

// Parsed is what a feed says.
type Parsed struct {
	Entries []article.Entry // in the feed's order, of a sitemap the newest first; each identity once
	TTL     time.Duration   // the feed's wish between two polls, at most 24 h; 0: none
	Kind    string          // one of those above
	// Named is how many entries, addresses, links or sitemaps the document names,
	// those that were dropped included.
	Named int
	// Cut: a sitemap had more addresses than are taken, and the older are left out.
	Cut bool
	// Known is how many entries were left out because About.Window saw them.
	Known int
	// Window is for the next poll; it marks every entry that is in Entries or Known.
	// Overlap: it shares one with About.Window.
	Window  string
	Overlap bool
	// Title and Language are the feed's own words on itself, as far as it has any.
	Title, Language string
	// Children are what a sitemap index names in place of entries, the newest
	// first.
	Children []Child
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
	r := reader{about: about, last: newWindow(about.Window)}
	if !about.Links.IsZero() {
		err := r.list(body, contentType)
		return r.finish(), err
	}
	doc, err := r.intake(body, contentType)
	if err != nil {
		return Parsed{}, err
	}
	if root := tagName(doc); root == "urlset" || root == "sitemapindex" {
		err := r.sitemap(doc, root)
		return r.finish(), err
	}
	return r.feed(doc)
}

// feed reads a document of the dialects that gofeed knows.
func (r *reader) feed(doc []byte) (Parsed, error) {
	raw, shape, err := r.measured(doc)
	if err != nil {
		return Parsed{}, err
	}
	r.parsed.Named = r.parsed.Known + max(len(raw.Items), len(shape.entries))
	r.parsed.Overlap = r.parsed.Known > 0
	r.aligned(len(raw.Items))
	r.entries(raw.Items)
	r.parsed.TTL = ttl(raw)
	r.parsed.Kind = cmp.Or(raw.FeedType, kindOf(shape))
	r.parsed.Title, r.parsed.Language = plainText(raw.Title), raw.Language
	return r.finish(), nil
}

// measured holds a document against the limits before gofeed sees it.
func (r *reader) measured(doc []byte) (*gofeed.Feed, shape, error) {
	s, err := scan(doc)
	if err != nil {
		return nil, s, fmt.Errorf("read feed: %w", err)
	}
	doc, s = r.passOver(doc, s)
	raw, err := r.read(doc, s)
	return raw, s, err
}

// intake brings the bytes into the form that parsers can be trusted with.
func (r *reader) intake(body []byte, contentType string) (doc []byte, err error) {
	text, note := toUTF8(body, contentType)
	r.note(note)
	text, dropped := dropIllegal(text)
	if dropped > 0 {
		r.note(fmt.Sprintf("characters that XML forbids were dropped: %d", dropped))
	}
	doc, note, err = cutHead(text)
	r.note(note)
	return doc, err
}

func kindOf(s shape) string {
	switch s.root {
	case "{":
		return KindJSON
	case "feed":
		return KindAtom
	}
	return KindRSS
}

// reader gathers what one call of Parse finds.
type reader struct {
	about  About
	parsed Parsed
	silent int // notes beyond maxNotes
	last   window
	window strings.Builder // of this document
	served []half          // of the entries that are read, by their place
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
	r.parsed.Window = r.window.String()
	return r.parsed
}
