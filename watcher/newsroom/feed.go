package newsroom

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"time"
)

// feedSize is how many articles a feed holds.
const feedSize = 50

// feedKinds maps a kind of feed to its writer and media type.
var feedKinds = map[string]struct {
	write     func(p press, base string, newest []story) ([]byte, error)
	mediaType string
}{
	"rss":  {writeRSS, "application/rss+xml; charset=utf-8"},
	"atom": {writeAtom, "application/atom+xml; charset=utf-8"},
	"json": {writeJSON, "application/feed+json; charset=utf-8"},
}

// rssDate is the date of the agency's feeds: a colon in the zone, which
// time.RFC1123Z does not read.
const rssDate = "Mon, 02 Jan 2006 15:04:05 -07:00"

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title    string    `xml:"title"`
	Link     string    `xml:"link"`
	Language string    `xml:"language"`
	Items    []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"` // the link, as the agency has it
	PubDate     string `xml:"pubDate"`
	Description struct {
		HTML string `xml:",cdata"`
	} `xml:"description"`
}

func writeRSS(p press, base string, newest []story) ([]byte, error) {
	feed := rss{Version: "2.0", Channel: rssChannel{Title: p.Feed.Title, Link: base + "/", Language: p.Language}}
	for _, s := range newest {
		link := base + p.path(s.Slug, s.Number)
		item := rssItem{Title: s.Title, Link: link, GUID: link, PubDate: s.published.In(p.zone).Format(rssDate)}
		item.Description.HTML = description(p, base, s)
		feed.Channel.Items = append(feed.Channel.Items, item)
	}
	return marshalXML(feed)
}

// description is the HTML that the agency puts into an item: a picture, the
// lead, and related headlines, which are other articles.
func description(p press, base string, s story) string {
	var b strings.Builder
	link := html.EscapeString(base + p.path(s.Slug, s.Number))
	fmt.Fprintf(&b, `<a href="%s"><img src="%s/images/%d.jpg.avif" /></a><p>%s</p>`,
		link, base, s.Number, html.EscapeString(s.Lead))
	if len(s.Related) == 0 {
		return b.String()
	}
	b.WriteString(`<div style="clear: both;"><ul>`)
	for i, headline := range s.Related {
		fmt.Fprintf(&b, `<li><a href="%s">%s</a></li>`,
			html.EscapeString(relatedLink(p, base, s, i)), html.EscapeString(headline))
	}
	b.WriteString(`</ul></div>`)
	return b.String()
}

// relatedLink is the address of the i-th related article: one before the
// article itself, and not served.
func relatedLink(p press, base string, s story, i int) string {
	return base + p.path("related", s.Number-i-1)
}

type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID    string `xml:"id"`
	Title string `xml:"title"`
	Link  struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Published string `xml:"published"`
	Updated   string `xml:"updated"`
	Author    string `xml:"author>name,omitempty"`
	Summary   string `xml:"summary"`
}

func writeAtom(p press, base string, newest []story) ([]byte, error) {
	feed := atom{ID: base + p.Feed.Path, Title: p.Feed.Title, Updated: lastChange(newest).In(p.zone).Format(time.RFC3339)}
	for _, s := range newest {
		link := base + p.path(s.Slug, s.Number)
		entry := atomEntry{
			ID: link, Title: s.Title, Author: s.Author, Summary: s.Lead,
			Published: s.published.In(p.zone).Format(time.RFC3339),
			Updated:   s.edited.In(p.zone).Format(time.RFC3339),
		}
		entry.Link.Rel, entry.Link.Href = "alternate", link
		feed.Entries = append(feed.Entries, entry)
	}
	return marshalXML(feed)
}

func marshalXML(feed any) ([]byte, error) {
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), body...), nil
}

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	HomeURL string     `json:"home_page_url"`
	FeedURL string     `json:"feed_url"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Summary   string       `json:"summary,omitempty"`
	Published string       `json:"date_published"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

func writeJSON(p press, base string, newest []story) ([]byte, error) {
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: p.Feed.Title,
		HomeURL: base + "/", FeedURL: base + p.Feed.Path, Items: []jsonItem{},
	}
	for _, s := range newest {
		link := base + p.path(s.Slug, s.Number)
		item := jsonItem{ID: link, URL: link, Title: s.Title, Summary: s.Lead,
			Published: s.published.In(p.zone).Format(time.RFC3339)}
		if s.Author != "" {
			item.Authors = []jsonAuthor{{s.Author}}
		}
		if s.Section != "" {
			item.Tags = []string{s.Section}
		}
		feed.Items = append(feed.Items, item)
	}
	return json.MarshalIndent(feed, "", " ")
}

// lastChange is when the newest of these came out or was edited.
func lastChange(stories []story) time.Time {
	var last time.Time
	for _, s := range stories {
		if s.edited.After(last) {
			last = s.edited
		}
	}
	return last
}
