package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of what is not prose, in characters: what is longer is a mistake of the
// page.
const (
	maxTitle    = 500
	maxName     = 200
	maxSections = 10
)

// A head is what a page says of itself in elements that no reader sees.
type head struct {
	meta        map[string]string // by property, name or itemprop, in lower case; the first wins
	canonical   string
	description string   // og:description or description, one line
	pageTitle   string   // of the element title
	site        []string // keys of the site's names: see siteKey
	linkedDate  string   // datePublished of JSON-LD
}

// readHead reads it, wherever in the page the elements stand.
func readHead(root *html.Node, base *url.URL) head {
	h := head{meta: map[string]string{}}
	for n := range elements(root, atom.Meta, atom.Link, atom.Title, atom.Script) {
		switch n.DataAtom {
		case atom.Meta:
			h.addMeta(n)
		case atom.Link:
			if h.canonical == "" && strings.EqualFold(attribute(n, "rel"), "canonical") {
				h.canonical = absolute(base, attribute(n, "href"))
			}
		case atom.Title:
			if h.pageTitle == "" && n.Namespace == "" && n.FirstChild != nil {
				h.pageTitle = clip(foldSpace(mend(tidy(n.FirstChild.Data))), maxTitle)
			}
		case atom.Script:
			if h.linkedDate == "" && strings.EqualFold(attribute(n, "type"), "application/ld+json") && n.FirstChild != nil {
				h.linkedDate = linkedDate(n.FirstChild.Data)
			}
		}
	}
	if h.canonical == "" {
		h.canonical = absolute(base, h.meta["og:url"])
	}
	h.description = h.first("og:description", "description", "twitter:description")
	h.site = siteNames(base, h.meta["og:site_name"])
	return h
}

func (h head) addMeta(n *html.Node) {
	for _, key := range []string{"property", "name", "itemprop"} {
		name := strings.ToLower(strings.TrimSpace(attribute(n, key)))
		if value := foldSpace(tidy(mend(attribute(n, "content")))); name != "" && value != "" && h.meta[name] == "" {
			h.meta[name] = value
		}
	}
}

// first is the value of the first of these meta elements that the page has.
func (h head) first(names ...string) string {
	for _, name := range names {
		if v := h.meta[name]; v != "" {
			return v
		}
	}
	return ""
}

// absolute resolves an address of the page; "" if it is none of the web.
func absolute(base *url.URL, ref string) string {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}
