package extract

import (
	"cmp"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"presswatch/watcher/dates"
)

// maxLinks bounds what is taken from one list.
const maxLinks = 2000

// A Link is an article as a page of headlines shows it.
type Link struct {
	URL   string // absolute; whether it may be followed is the caller's question
	Title string // plain text in one line; "" when only a picture is linked
	// Published is the zero time when no date stands beside the link, or none
	// that can be read.
	Published time.Time
}

// Links reads a page of headlines: the elements that links selects, or the first
// link inside one that is none itself, in the order of the page, each address
// once. A link's date is what date selects in the innermost element that holds
// both and no other article's link; its attributes datetime and content go before its
// text. The error says why the page cannot be read.
func Links(page []byte, contentType, pageURL string, links, date Selector, zone *time.Location) ([]Link, error) {
	base, err := url.Parse(pageURL)
	if err != nil {
		return nil, fmt.Errorf("the address of the page: %w", err)
	}
	root, err := parsePage(decode(page, contentType))
	if err != nil {
		return nil, err
	}
	l := list{base: baseOf(root, base), index: map[string]int{}, sole: map[*html.Node]int{}}
	for _, n := range links.all(root) {
		if a := anchor(n); a != nil && len(l.links) < maxLinks {
			l.add(a)
		}
	}
	for _, n := range date.all(root) {
		l.dated(n, zone)
	}
	return l.links, nil
}

// list gathers the links of a page.
type list struct {
	base  *url.URL
	links []Link
	index map[string]int // of links, by address
	// sole says which link an element holds, by its number; several where it
	// holds more than one.
	sole map[*html.Node]int
}

const several = -1

// anchor is the link that a selected element is, or the first that it holds.
func anchor(n *html.Node) *html.Node {
	if n.DataAtom == atom.A {
		return n
	}
	for a := range elements(n, atom.A) {
		if attribute(a, "href") != "" {
			return a
		}
	}
	return nil
}

// add takes a link; one whose address is known adds a title that was missing: a
// picture and its headline lead to one article.
func (l *list) add(a *html.Node) {
	address := absolute(l.base, attribute(a, "href"))
	if address == "" {
		return
	}
	title := clip(foldSpace(cmp.Or(plain(a), attribute(a, "title"))), maxTitle)
	number, known := l.index[address]
	if !known {
		number = len(l.links)
		l.index[address] = number
		l.links = append(l.links, Link{URL: address})
	}
	l.links[number].Title = cmp.Or(l.links[number].Title, title)
	for n := a; n != nil; n = n.Parent {
		switch held, seen := l.sole[n]; {
		case !seen:
			l.sole[n] = number
		case held == several:
			return // and so do all elements around it
		case held != number:
			l.sole[n] = several
		}
	}
}

// dated gives a date to the link beside which it stands.
func (l *list) dated(n *html.Node, zone *time.Location) {
	for around := n; around != nil; around = around.Parent {
		number, holds := l.sole[around]
		if !holds {
			continue
		}
		if number == several || !l.links[number].Published.IsZero() {
			return
		}
		for _, text := range []string{attribute(n, "datetime"), attribute(n, "content"), foldSpace(plain(n))} {
			if at, err := dates.Parse(text, zone); err == nil {
				l.links[number].Published = at
				return
			}
		}
		return
	}
}

// baseOf is the address that relative links start from.
func baseOf(root *html.Node, page *url.URL) *url.URL {
	for n := range elements(root, atom.Base) {
		if u, err := page.Parse(attribute(n, "href")); err == nil && attribute(n, "href") != "" {
			return u
		}
	}
	return page
}
