package probe

import (
	"bytes"
	"io"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// mostLinked bounds how many links of a page are taken for feeds.
const mostLinked = 10

// page is what a page of HTML says of its site.
type page struct {
	title    string
	language string   // as served
	declared []string // feeds, by <link rel="alternate">; absolute
	linked   []string // addresses that look like feeds; absolute
}

// readPage reads it from the tags alone: no tree is built.
func readPage(body []byte, contentType, address string) page {
	var p page
	base, err := url.Parse(address)
	if err != nil {
		return p
	}
	var text io.Reader = bytes.NewReader(body)
	if decoded, err := charset.NewReader(text, contentType); err == nil {
		text = decoded
	}
	z := html.NewTokenizer(text)
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.DataAtom == atom.Base {
				if u, err := base.Parse(attribute(token, "href")); err == nil {
					base = u
				}
			}
			if token.DataAtom == atom.Title && p.title == "" && z.Next() == html.TextToken {
				p.title = strings.Join(strings.Fields(string(z.Text())), " ")
			}
			p.tag(token, base)
		}
	}
}

func (p *page) tag(token html.Token, base *url.URL) {
	href := attribute(token, "href")
	address := ""
	if u, err := base.Parse(strings.TrimSpace(href)); err == nil && href != "" && (u.Scheme == "http" || u.Scheme == "https") {
		u.Fragment = ""
		address = u.String()
	}
	switch {
	case token.DataAtom == atom.Html:
		p.language = attribute(token, "lang")
	case address == "":
	case token.DataAtom == atom.Link && declaresFeed(token) && len(p.declared) < mostLinked:
		p.declared = append(p.declared, address)
	case token.DataAtom == atom.A && looksLikeFeed(address) && len(p.linked) < mostLinked:
		p.linked = append(p.linked, address)
	}
}

// declaresFeed is autodiscovery: a feed that the page says is its own.
func declaresFeed(token html.Token) bool {
	alternate := false
	for rel := range strings.FieldsSeq(strings.ToLower(attribute(token, "rel"))) {
		alternate = alternate || rel == "alternate" || rel == "feed"
	}
	kind, _, _ := strings.Cut(strings.ToLower(attribute(token, "type")), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/xml", "text/xml":
		return alternate
	}
	return false
}

func looksLikeFeed(address string) bool {
	return regexp.MustCompile(`(?i)(\.rss|\.atom|\.rdf|/rss|/feed|/atom|(rss|atom|feed|sitemap)[^/]*\.xml)/?(\?.*)?$`).MatchString(address)
}

func attribute(token html.Token, key string) string {
	for _, a := range token.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
