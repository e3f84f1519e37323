package feed

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/dates"
)

// maxLocations is how many addresses a sitemap may hold, by its protocol.
const maxLocations = 50_000

// dateModified is a note on a date, see article.Entry.DateNote: a sitemap says
// when a page was changed, and the page itself knows better when it appeared.
const dateModified = "modified"

// Child is a sitemap that a sitemap index names.
type Child struct {
	URL string // on the source's hosts
	// Modified is when the index says that the child was changed; else the end
	// of the month that its address names; else zero.
	Modified time.Time
	// Exact: the index names the minute. Of another child a change may not show
	// in the index.
	Exact bool
}

// location is what a sitemap says of one address, as served.
type location struct {
	loc, modified              string
	news                       bool // it has the element news:news
	title, published, language string
	name                       string // of the publication
}

// sitemap reads a document whose root is urlset or sitemapindex.
func (r *reader) sitemap(doc []byte, root string) error {
	locations, err := r.locations(doc)
	if err != nil {
		return err
	}
	r.parsed.Named = len(locations)
	base, err := parseURL(r.about.URL)
	if err != nil {
		base = nil
	}
	if root == "sitemapindex" {
		r.parsed.Kind = KindIndex
		r.children(locations, base)
		return nil
	}
	r.parsed.Kind = KindSitemap
	r.addresses(locations, base)
	return nil
}

// addresses turns a sitemap's locations into entries, the newest first: a
// sitemap has no order of its own, and may hold a month.
func (r *reader) addresses(locations []location, base *url.URL) {
	allowed := r.allowed(base)
	var numberless int
	for i, l := range locations {
		if l.news {
			r.parsed.Kind = KindNews
			r.parsed.Language = cmp.Or(r.parsed.Language, l.language)
			r.parsed.Title = cmp.Or(r.parsed.Title, plainText(l.name))
		}
		e, err := r.located(l.loc, base, allowed)
		switch {
		case err != nil:
			r.note(fmt.Sprintf("address %d was dropped: %v", i+1, err))
			continue
		case !l.news && !r.isArticle(e):
			numberless++
			continue
		}
		e.Title = plainText(l.title)
		e.Published, e.DateNote = r.locationDate(l)
		r.parsed.Entries = append(r.parsed.Entries, e)
	}
	r.passedOver(numberless)
	r.newestFirst()
}

// newestFirst sorts the entries, keeps each identity once, and no more of them
// than of a feed.
func (r *reader) newestFirst() {
	entries := r.parsed.Entries
	slices.SortStableFunc(entries, func(a, b article.Entry) int { return b.Published.Compare(a.Published) })
	seen := make(map[string]bool, len(entries))
	entries = slices.DeleteFunc(entries, func(e article.Entry) bool {
		twice := seen[e.Identity]
		seen[e.Identity] = true
		return twice
	})
	if len(entries) > maxEntries {
		r.note(fmt.Sprintf("of %d addresses the newest %d are taken", len(entries), maxEntries))
		entries, r.parsed.Cut = entries[:maxEntries], true
	}
	r.parsed.Entries = entries
	for i, e := range entries {
		r.remember(e.Identity, i)
	}
}

// located begins an entry from a bare address.
func (r *reader) located(raw string, base *url.URL, allowed hosts) (article.Entry, error) {
	u, err := resolve(base, strings.TrimSpace(raw))
	if err != nil {
		return article.Entry{}, err
	}
	if !allowed.allows(u) {
		return article.Entry{}, fmt.Errorf("it leads to %s, the source's hosts are %s", u.Host, allowed)
	}
	e := article.Entry{URL: u.String()}
	return e, r.identify(&e)
}

// isArticle tells articles from the home page and the sections, which stand in
// sitemaps and lists too: where the source's articles have numbers, those
// without one are none.
func (r *reader) isArticle(e article.Entry) bool {
	if r.about.Identity != nil {
		return strings.HasPrefix(e.Identity, numberPrefix)
	}
	return strings.ContainsAny(strings.TrimPrefix(e.Identity, urlPrefix), "/?")
}

func (r *reader) passedOver(n int) {
	if n > 0 {
		r.note(fmt.Sprintf("addresses that are no article's, by the source's identity pattern or their path, were passed over: %d", n))
	}
}

// locationDate is when an address appeared, else when it was changed.
func (r *reader) locationDate(l location) (time.Time, string) {
	if at, note := r.dated(l.published); note != dateMissing {
		return at, note
	}
	at, note := r.dated(l.modified)
	return at, cmp.Or(note, dateModified)
}

// children keeps what a sitemap index names, the newest first.
func (r *reader) children(locations []location, base *url.URL) {
	allowed := hosts{listed: r.about.Hosts, own: base}
	for i, l := range locations {
		u, err := resolve(base, strings.TrimSpace(l.loc))
		if err == nil && !allowed.allows(u) {
			err = fmt.Errorf("it leads to %s, the source's hosts are %s", u.Host, allowed)
		}
		if err != nil {
			r.note(fmt.Sprintf("sitemap %d was dropped: %v", i+1, err))
			continue
		}
		child := Child{URL: u.String()}
		if at, err := dates.Parse(l.modified, r.about.Zone); err == nil {
			child.Modified, child.Exact = at, strings.Contains(l.modified, ":")
		} else {
			child.Modified = monthIn(child.URL, r.about.Zone)
		}
		r.parsed.Children = append(r.parsed.Children, child)
	}
	slices.SortStableFunc(r.parsed.Children, func(a, b Child) int { return b.Modified.Compare(a.Modified) })
}

// locations collects the addresses of a sitemap. What is cut off in the middle
// of one is dropped: it comes with the next poll.
func (r *reader) locations(doc []byte) ([]location, error) {
	var (
		all   []location
		open  *location
		field *string
		lex   = lexer{doc: doc}
	)
	for lex.next() {
		switch {
		case lex.kind == startTag && lex.attrs > maxAttrs:
			return nil, fmt.Errorf("read sitemap: an element <%s> with more than %d attributes", brief(lex.name), maxAttrs)
		case lex.kind == startTag:
			if name := string(bytes.ToLower(lex.name)); name == "url" || name == "sitemap" {
				open, field = &location{}, nil
			} else if open != nil {
				field = open.field(name)
			}
		case lex.kind == endTag:
			field = nil
			if name := string(bytes.ToLower(lex.name)); open != nil && (name == "url" || name == "sitemap") {
				if len(all) == maxLocations {
					return nil, fmt.Errorf("read sitemap: more than %d addresses", maxLocations)
				}
				all, open = append(all, *open), nil
			}
		case field != nil && lex.end-lex.start <= maxURL:
			*field += tokenText(lex.kind, doc[lex.start:lex.end])
		}
	}
	if open != nil {
		r.note("the sitemap is cut off: its last address was dropped")
	}
	return all, nil
}

// field is where the text of an element belongs; nil for one that is not read,
// such as those of pictures and videos. The first of its name counts.
func (l *location) field(name string) *string {
	fields := map[string]*string{
		"loc": &l.loc, "lastmod": &l.modified, "news:title": &l.title, "news:publication_date": &l.published,
		"news:language": &l.language, "news:name": &l.name,
	}
	l.news = l.news || name == "news:news"
	if f := fields[name]; f != nil && *f == "" {
		return f
	}
	return nil
}

// tokenText is the text of a token as its reader means it.
func tokenText(kind tokenKind, raw []byte) string {
	switch kind {
	case textToken:
		return html.UnescapeString(string(raw))
	case cdataToken:
		return string(bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte("<![CDATA[")), []byte("]]>")))
	}
	return ""
}
