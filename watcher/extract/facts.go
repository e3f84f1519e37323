package extract

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"presswatch/watcher/dates"
)

// lead is the description that a page gives of itself, if the article's text has
// it among its first paragraphs, or the page elsewhere: many sites describe
// themselves, not the article. Text is the body, root the page without what is
// no part of the article.
func (h head) lead(text string, root *html.Node) string {
	key := letters(strings.TrimRight(h.description, ".… "))
	if key == "" {
		return ""
	}
	cut := strings.HasSuffix(h.description, "…") || strings.HasSuffix(h.description, "...")
	for i, p := range strings.SplitN(text, "\n\n", headLines+1) {
		if i == headLines {
			break
		}
		if is := letters(p); is == key || cut && len(key) >= longTitle && strings.HasPrefix(is, key) {
			return p
		}
	}
	if !cut && len(key) >= 2*longTitle && !strings.Contains(letters(text), key) && strings.Contains(letters(plain(root)), key) {
		return h.description
	}
	return ""
}

// author finds who wrote the article.
func (h head) author(root *html.Node, sel Selector) string {
	var all []string
	for _, n := range sel.first(root) {
		all = appendNew(all, foldSpace(plain(n)))
	}
	if len(all) > 0 {
		return clip(strings.Join(all, ", "), maxName)
	}
	for _, name := range []string{"author", "article:author", "dc.creator", "parsely-author"} {
		if v := h.meta[name]; v != "" && !strings.Contains(v, "://") {
			return clip(v, maxName)
		}
	}
	return ""
}

// sections are the parts of the site in which the article stands.
func (h head) sections(root *html.Node, sel Selector) []string {
	var all []string
	for _, n := range sel.first(root) {
		all = appendNew(all, clip(foldSpace(plain(n)), maxName))
	}
	if len(all) == 0 {
		all = appendText(all, clip(h.first("article:section", "og:section", "articlesection"), maxName))
	}
	return all[:min(len(all), maxSections)]
}

// published finds the date of publication: by the selector, else the meta
// elements, JSON-LD, and the first time element; zero if none can be read.
func (h head) published(root *html.Node, sel Selector, zone *time.Location) time.Time {
	var candidates []string
	for _, n := range sel.all(root) {
		candidates = append(candidates, attribute(n, "datetime"), attribute(n, "content"), foldSpace(plain(n)))
	}
	for _, name := range []string{"article:published_time", "datepublished", "pubdate", "publishdate", "dc.date.issued",
		"dc.date", "parsely-pub-date", "date"} {
		candidates = append(candidates, h.meta[name])
	}
	candidates = append(candidates, h.linkedDate)
	for n := range elements(root, atom.Time) {
		candidates = append(candidates, attribute(n, "datetime"))
	}
	for _, c := range slices.DeleteFunc(candidates, func(c string) bool { return c == "" }) {
		if t, err := dates.Parse(c, zone); err == nil {
			return t
		}
	}
	return time.Time{}
}

// maxLinkedDepth is how deep a date is looked for in JSON-LD: an article in the
// main entity of a page in a graph.
const maxLinkedDepth = 6

// linkedDate is the first datePublished in JSON-LD.
func linkedDate(script string) string {
	var data any
	if json.Unmarshal([]byte(script), &data) != nil {
		return ""
	}
	return findDate(data, maxLinkedDepth)
}

func findDate(data any, depth int) string {
	if depth == 0 {
		return ""
	}
	var inner []any
	switch d := data.(type) {
	case map[string]any:
		if date, ok := d["datePublished"].(string); ok {
			return date
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			inner = append(inner, d[key])
		}
	case []any:
		inner = d
	}
	for _, in := range inner {
		if date := findDate(in, depth-1); date != "" {
			return date
		}
	}
	return ""
}
