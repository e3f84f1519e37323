package feed

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"presswatch/watcher/article"
	"presswatch/watcher/dates"
	"presswatch/watcher/extract"
)

// Dates of the future are mistakes of time zones, but for clocks that differ a
// little.
const clockSkew = 15 * time.Minute

const (
	maxSections = 20
	maxTeasers  = 20
)

// Notes on dates, see article.Entry.DateNote.
const (
	dateClamped = "clamped"
	dateMissing = "missing"
)

// entries turns gofeed's items into entries, in order, each identity once.
func (r *reader) entries(items []*gofeed.Item) {
	base, err := parseURL(r.about.URL)
	if err != nil {
		base = nil // then only absolute links to listed hosts can be allowed
	}
	allowed := r.allowed(base)
	seen := make(map[string]int, len(items))
	for i, item := range items {
		if item == nil {
			continue
		}
		e, err := r.entry(item, base, allowed)
		if err != nil {
			r.note(fmt.Sprintf("entry %d, %q, was dropped: %v", i+1, shorten(e.Title), err))
			continue
		}
		if first, twice := seen[e.Identity]; twice {
			r.note(fmt.Sprintf("entry %d was dropped: it is the article of entry %d again (%s)", i+1, first, e.Identity))
			continue
		}
		seen[e.Identity] = i + 1
		r.parsed.Entries = append(r.parsed.Entries, e)
		r.remember(e.Identity, i)
	}
}

// allowed is where entries may lead.
func (r *reader) allowed(base *url.URL) hosts {
	if len(r.about.Hosts) == 0 {
		return hosts{own: base}
	}
	return hosts{listed: r.about.Hosts}
}

func (r *reader) entry(item *gofeed.Item, base *url.URL, allowed hosts) (article.Entry, error) {
	e := article.Entry{GUID: item.GUID, Title: plainText(titleOf(item))}
	link, err := pickLink(item, base, allowed)
	if err != nil {
		return e, err
	}
	e.URL = link.String()
	if err := r.identify(&e); err != nil {
		return e, err
	}
	e.Published, e.DateNote = r.published(item)
	e.Lead, e.Teasers = extract.FromDescription(cmp.Or(item.Description, item.Content))
	e.Teasers = e.Teasers[:min(len(e.Teasers), maxTeasers)]
	e.Author = authors(item)
	e.Sections = sections(item.Categories)
	return e, nil
}

// identify names what an entry leads to, with the source's pattern and without.
func (r *reader) identify(e *article.Entry) (err error) {
	if e.Identity, err = Identify(e.URL, r.about.Identity); err != nil {
		return err
	}
	e.Address, err = Identify(e.URL, nil)
	return err
}

// published reads the entry's date: when it appeared, else when it was changed.
// We read the text ourselves: gofeed takes a date without a zone for UTC, which
// puts the morning's news into the afternoon.
func (r *reader) published(item *gofeed.Item) (at time.Time, note string) {
	for _, s := range datesOf(item) {
		if at, note := r.dated(s); note != dateMissing {
			return at, note
		}
	}
	return time.Time{}, dateMissing
}

// dated reads one date as served; what cannot be read is noted, and missing.
func (r *reader) dated(s string) (at time.Time, note string) {
	if strings.TrimSpace(s) == "" {
		return time.Time{}, dateMissing
	}
	t, err := dates.Parse(s, r.about.Zone)
	if err != nil {
		r.note(err.Error())
	}
	return r.clamped(t)
}

// clamped brings a date of the future back to the time of the poll.
func (r *reader) clamped(t time.Time) (at time.Time, note string) {
	switch {
	case t.IsZero():
		return t, dateMissing
	case t.After(r.about.Now.Add(clockSkew)):
		return r.about.Now, dateClamped
	case t.After(r.about.Now): // a clock a little ahead of ours
		return r.about.Now, ""
	}
	return t, ""
}

// datesOf lists an item's dates as served, the one of its appearance first.
func datesOf(item *gofeed.Item) []string {
	var served []string
	for _, s := range []string{
		item.Published, extension(item.Extensions, "dcterms", "issued"), extension(item.Extensions, "dcterms", "created"),
		item.Updated, extension(item.Extensions, "dcterms", "modified"),
	} {
		if strings.TrimSpace(s) != "" {
			served = append(served, s)
		}
	}
	return served
}

// titleOf is an item's title as served, also where it stands only beside its
// picture.
func titleOf(item *gofeed.Item) string {
	return cmp.Or(item.Title, extension(item.Extensions, "media", "title"))
}

func authors(item *gofeed.Item) string {
	var names []string
	for _, a := range item.Authors {
		if a == nil {
			continue
		}
		if name := plainText(cmp.Or(a.Name, a.Email)); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func sections(categories []string) []string {
	var kept []string
	seen := make(map[string]bool, len(categories))
	for _, c := range categories {
		if c = plainText(c); c != "" && !seen[c] && len(kept) < maxSections {
			seen[c] = true
			kept = append(kept, c)
		}
	}
	return kept
}
