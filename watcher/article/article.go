// Package article holds the nouns of presswatch: what is read, what was found
// in it, and what a reader is owed. It knows no network, no file and no rule;
// it imports nothing but the standard library, and everything may import it.
//
// The way of one article, in these nouns:
//
//	Cursor   where the poller stands with one feed
//	Entry    an item of a feed, as the feed tells it
//	Article  what the entry leads to: an entry with an identity in the store
//	Revision one text of an article, split into Zones
//	Match    a rule's verdict on a revision, with its evidence as Passages
//	Finding  a match that a digest's readers are owed
package article

import "time"

// Entry is an item of a feed: all that the feed alone says of an article.
type Entry struct {
	// Identity names the article within its source: the publisher's number
	// ("number:881287") where the source knows one, else the canonical address
	// ("url:gazette.example/a-b"). Two entries of one source with the same
	// identity are one article.
	Identity string `json:"identity"`
	// Address is the canonical address ("url:gazette.example/a-b"), whatever the
	// identity is: it recognises an article when the source's pattern has changed.
	// It says nothing that URL does not, and is not kept.
	Address string `json:"-"`
	URL     string `json:"url"`            // absolute, http or https, without fragment
	GUID    string `json:"guid,omitempty"` // as served
	Title   string `json:"title"`          // plain text, NFC
	Lead    string `json:"lead,omitempty"` // plain text, without related headlines
	// Teasers are the related headlines found in the description. They belong
	// to other articles: no rule reads them.
	Teasers  []string `json:"teasers,omitempty"`
	Author   string   `json:"author,omitempty"`
	Sections []string `json:"sections,omitempty"`
	// Published is the publisher's date; zero when the feed gives none that can
	// be read. It is never later than the time of the poll: see DateNote.
	Published time.Time `json:"published,omitzero"`
	// DateNote says what was done to the date: "" (as served), "clamped" (it lay
	// in the future), "missing".
	DateNote string `json:"date_note,omitempty"`
	// OldBefore is set at a feed's first poll, its baseline: an article
	// published before it is stored and never told. Zero: told in any case.
	OldBefore time.Time `json:"old_before,omitzero"`
}

// Article is what an entry leads to, once the store knows it.
type Article struct {
	ID     int64  `json:"id"`
	Source string `json:"source"` // the source's id
	Feed   string `json:"feed"`   // address of the feed that brought it first
	Entry
	Seen     time.Time `json:"seen"`               // when the poller first saw it
	Attempts int       `json:"attempts,omitempty"` // vain attempts to read its page
	// Withdrawn is when its page was found to be gone; zero while it stands.
	Withdrawn time.Time `json:"withdrawn,omitzero"`
}

// Old reports whether the article is part of the source's baseline: published
// before the poller knew the feed. The date decides; an article without one
// that came with a baseline is old.
func (a Article) Old() bool {
	return !a.OldBefore.IsZero() && a.Published.Before(a.OldBefore)
}

// ZoneKind names a part of a page by what readers and rules use it for.
type ZoneKind string

// The zones of an article. Rules read title, lead and body, captions where they
// ask for them, and teasers never.
const (
	Title   ZoneKind = "title"
	Lead    ZoneKind = "lead"
	Body    ZoneKind = "body"
	Caption ZoneKind = "caption"
	Teaser  ZoneKind = "teaser"
)

// Zone is one run of plain text of a page. Paragraphs are separated by an empty
// line ("\n\n"). A revision has at most one title, lead and body, and any number
// of captions and teasers.
type Zone struct {
	Kind ZoneKind `json:"kind"`
	Text string   `json:"text"`
}

// Where a revision's text comes from.
const (
	FromPage = "page" // the article's own page
	FromFeed = "feed" // the page could not be had: the feed's title and lead stand in

	Forgotten = "forgotten" // it was dropped by age or size: only the title is left
)

// Revision is one text of an article.
type Revision struct {
	Fetched time.Time `json:"fetched"`
	From    string    `json:"from"`           // FromPage, FromFeed or Forgotten
	Note    string    `json:"note,omitempty"` // why the page could not be had
	Zones   []Zone    `json:"zones"`
}

// Text is the text of the first zone of that kind, or "".
func (r Revision) Text(kind ZoneKind) string {
	for _, z := range r.Zones {
		if z.Kind == kind {
			return z.Text
		}
	}
	return ""
}

// Cursor is where the poller stands with one feed. Its key is (Source, URL): a
// feed whose address changes starts anew.
type Cursor struct {
	Source string `json:"source"`
	URL    string `json:"url"`

	ETag         string `json:"etag,omitempty"`          // byte for byte as served
	LastModified string `json:"last_modified,omitempty"` // the same string as served
	BodyHash     string `json:"body_hash,omitempty"`     // of the last body that was parsed

	Since    time.Time `json:"since,omitzero"`     // first good poll; zero: none yet
	Checked  time.Time `json:"checked,omitzero"`   // last poll, whatever came of it
	OK       time.Time `json:"ok,omitzero"`        // last good poll (200 with something in it, or 304)
	Due      time.Time `json:"due,omitzero"`       // next poll not before this
	Why      string    `json:"why,omitempty"`      // why it is due then
	Failures int       `json:"failures,omitempty"` // polls in a row that went wrong
	Error    string    `json:"error,omitempty"`    // what went wrong at the last poll; "" when it was good
	Gone     bool      `json:"gone,omitempty"`     // 410: polled no more

	Kind   string        `json:"kind,omitempty"`  // what it was read as last: see package feed
	TTL    time.Duration `json:"ttl,omitempty"`   // the wish between two polls that it was read with last
	Newest time.Time     `json:"newest,omitzero"` // the newest of its dates ever; without dates, when it had news last
	Empty  int           `json:"empty,omitempty"` // good polls in a row that found nothing in it
	// Window is what the last body that was read held: 16 bytes an entry, as
	// package feed makes them. Two windows that share nothing are a gap.
	Window  string  `json:"-"`
	Missing Missing `json:"missing,omitzero"`
	Move    Move    `json:"move,omitzero"`
}
