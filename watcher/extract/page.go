package extract

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/net/html"

	"presswatch/watcher/article"
)

// How a page's body was found.
const (
	BySelectors = "selectors"
	ByGeneral   = "general"
)

// A Page is what one page says.
type Page struct {
	// Zones in the order title, lead, body, captions, teasers; see article.Zone.
	Zones     []article.Zone
	Author    string   // "" if the page names none; several are separated by ", "
	Sections  []string // as the page names them, none twice
	Published time.Time
	Canonical string // absolute address, http or https, without fragment; "" if the page names none. Its host is not checked.
	How       string // BySelectors or ByGeneral
	Note      string // why it was ByGeneral although the source has a selector for the body; else ""
}

// FromHTML reads an article's page. ContentType is the answer's header, PageURL
// the address after redirects; zone applies to dates that name none.
//
// It is an error if the page exceeds a limit, which is named, or has no text
// that could be an article's.
func FromHTML(page []byte, contentType, pageURL string, sel Selectors, marks Marks, zone *time.Location) (Page, error) {
	base, err := url.Parse(pageURL)
	if err != nil {
		return Page{}, fmt.Errorf("the page's address: %w", err)
	}
	if len(page) > maxPage {
		return Page{}, fmt.Errorf("the page has more than %d bytes", maxPage)
	}
	root, err := parsePage(decode(page, contentType))
	if err != nil {
		return Page{}, err
	}
	head := readHead(root, base)
	for _, d := range sel.Drop {
		for _, n := range d.all(root) {
			remove(n)
		}
	}
	title := head.title(root, sel.Title)
	found := Page{
		Author:    head.author(root, sel.Author),
		Sections:  head.sections(root, sel.Section),
		Published: head.published(root, sel.Date, zone),
		Canonical: head.canonical,
	}
	lead := plain(sel.Lead.first(root)...)
	text, captions := found.readBody(root, base, sel)
	if lead == "" {
		lead = head.lead(text, root)
	}
	found.Zones = pageZones(title, lead, text, captions, marks)
	if text == "" && lead == "" {
		return Page{}, errors.New("the page has no text that could be an article's")
	}
	return found, nil
}

// readBody finds the body's text, and the captions in it, which are no part of
// the text any more.
func (p *Page) readBody(root *html.Node, base *url.URL, sel Selectors) (text string, captions []string) {
	p.How = BySelectors
	if text, captions = selected(root, sel); text != "" {
		return text, captions
	}
	p.How = ByGeneral
	if !sel.Body.IsZero() {
		p.Note = fmt.Sprintf("the selector %s finds no text", sel.Body)
	}
	return general(root, base, sel)
}

// selected is the body that the source's selector finds: the first node with a
// text, and those beside it in the same parent. Others of the page that look
// like it belong to other articles.
func selected(root *html.Node, sel Selectors) (text string, captions []string) {
	var nodes []*html.Node
	for _, n := range sel.Body.first(root) {
		if len(nodes) == 0 && plain(n) == "" || len(nodes) > 0 && n.Parent != nodes[0].Parent {
			continue
		}
		nodes = append(nodes, n)
	}
	if len(nodes) == 0 {
		return "", nil
	}
	for _, n := range nodes {
		removeAll(n, pageFurniture)
	}
	captions = takeCaptions(root, nodes, sel.Caption)
	return plain(nodes...), captions
}

// takeCaptions removes the captions from the body's nodes and returns them. The
// source's selector also speaks for what stands before the body, where the
// leading picture is; behind it stand the pictures of other articles.
func takeCaptions(root *html.Node, body []*html.Node, own Selector) []string {
	var captions []string
	take := func(n *html.Node) {
		captions = appendNew(captions, plain(n))
		remove(n)
	}
	for _, n := range own.all(root) {
		if inside(n, root) && before(n, body[0]) {
			take(n)
		}
	}
	for _, b := range body {
		for _, n := range append(own.all(b), captionElements.all(b)...) {
			if inside(n, b) {
				take(n)
			}
		}
	}
	return captions
}

// captionElements are captions on any page.
var captionElements = mustSelector("figcaption, td.caption")

func pageZones(title, lead, text string, captions []string, marks Marks) []article.Zone {
	parts := marks.forTitle(title).part(withoutHead(text, title, lead))
	for _, c := range parts.captions {
		captions = appendNew(captions, c)
	}
	parts.captions = captions
	return zones(title, lead, parts)
}

// appendNew appends a text that is not empty and not in the list yet.
func appendNew(list []string, text string) []string {
	for _, known := range list {
		if known == text {
			return list
		}
	}
	return appendText(list, text)
}
