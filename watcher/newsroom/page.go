package newsroom

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// teasers is how many of the publisher's newest stories stand below an article.
const teasers = 4

// page is what a layout of pages/ is given.
type page struct {
	Language, Publisher      string
	Link, Section            string
	Title, Lead, Author      string
	Published, PublishedText string // for machines; for readers
	Modified                 string
	Blocks                   []block
	Related                  []link
	More                     string
	Teasers                  []link
	Imprint                  []string
}

// block is a paragraph, or a picture.
type block struct {
	Text    string
	Picture *Picture
}

// link is a headline that leads elsewhere.
type link struct{ URL, Title, Lead string }

// writePage lays an article out, with the newest of its publisher's other
// stories below it, as they stand now.
func writePage(p press, base string, s story, newest []story) ([]byte, error) {
	view := page{
		Language: p.Language, Publisher: p.Name,
		Link: base + p.path(s.Slug, s.Number), Section: s.Section,
		Title: s.Title, Lead: s.Lead, Author: s.Author,
		Published:     s.published.In(p.zone).Format(time.RFC3339),
		PublishedText: s.published.In(p.zone).Format("02/01/2006 15:04"),
		Modified:      s.edited.In(p.zone).Format(time.RFC3339),
		Blocks:        blocks(s.Article),
		More:          p.More, Imprint: p.Imprint,
	}
	for i, headline := range s.Related {
		view.Related = append(view.Related, link{URL: relatedLink(p, base, s, i), Title: headline})
	}
	for _, other := range newest {
		if other.Number != s.Number && len(view.Teasers) < teasers {
			view.Teasers = append(view.Teasers, link{base + p.path(other.Slug, other.Number), other.Title, other.Lead})
		}
	}
	var out bytes.Buffer
	if err := p.layout.Execute(&out, view); err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Page, err)
	}
	return out.Bytes(), nil
}

// blocks sets the pictures between the paragraphs.
func blocks(a Article) []block {
	var all []block
	pictures := a.Pictures
	for paragraph := range strings.SplitSeq(strings.TrimSpace(a.Body), "\n\n") {
		all = append(all, block{Text: strings.Join(strings.Fields(paragraph), " ")})
		if len(pictures) > 0 {
			all = append(all, block{Picture: &pictures[0]})
			pictures = pictures[1:]
		}
	}
	return all
}
