package extract

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// title finds the article's title: by the selector, else og:title, the first h1,
// or the element title without the site's name.
func (h head) title(root *html.Node, sel Selector) string {
	if t := lineOf(sel.first(root)); t != "" {
		return clip(t, maxTitle)
	}
	var headings []string
	for n := range elements(root, atom.H1) {
		headings = appendText(headings, lineOf([]*html.Node{n}))
	}
	for _, candidate := range []string{h.meta["og:title"], h.pageTitle} {
		for _, heading := range headings {
			// The heading on the page is the title without the site's name.
			if key := letters(heading); len(key) >= longTitle && strings.HasPrefix(letters(candidate), key) {
				return clip(heading, maxTitle)
			}
		}
	}
	if t := h.withoutSite(h.meta["og:title"]); t != "" {
		return clip(t, maxTitle)
	}
	if len(headings) > 0 {
		return clip(headings[0], maxTitle)
	}
	return clip(h.withoutSite(h.pageTitle), maxTitle)
}

// lineOf is the text of the first node that has one, in one line.
func lineOf(nodes []*html.Node) string {
	for _, n := range nodes {
		if t := foldSpace(plain(n)); t != "" {
			return t
		}
	}
	return ""
}

// separators stand between an article's title and its site's name.
var separators = []string{" | ", " :: ", " • ", " » ", " - ", " – ", " — "}

// certain separators part a site's name even if the name is not known.
var certain = separators[:2]

// withoutSite cuts the site's name, with what separates it, off the end of a
// title: "Ties prosper - The Coast | The Paper" loses "The Paper" alone.
func (h head) withoutSite(title string) string {
	for _, sep := range separators {
		i := strings.LastIndex(title, sep)
		if i <= 0 {
			continue
		}
		if slices.Contains(certain, sep) || h.isSite(title[i+len(sep):]) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// isSite reports whether a text is the site's name, or has it in it.
func (h head) isSite(text string) bool {
	key := siteKey(text)
	for _, name := range h.site {
		if strings.Contains(key, name) {
			return true
		}
	}
	return false
}

// shortName is the least length of a part of a host name that is taken for the
// site's name: shorter ones are com, org, vn.
const shortName = 5

// siteNames are the keys of what the site is called: by itself, and by its host.
func siteNames(base *url.URL, own string) []string {
	all := []string{}
	if key := siteKey(own); key != "" {
		all = append(all, key)
	}
	for _, label := range strings.Split(base.Hostname(), ".") {
		if len(label) >= shortName {
			all = append(all, siteKey(label))
		}
	}
	return all
}

// siteKey is a name's letters and digits without accents: sites write their
// names with them, and their addresses without.
func siteKey(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// clip shortens a text to some characters.
func clip(text string, characters int) string {
	for i := range text {
		if characters == 0 {
			return strings.TrimSpace(text[:i])
		}
		characters--
	}
	return text
}
