package extract

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxReadable is how many elements a page may have for general extraction, whose
// time grows faster than the page.
const maxReadable = 20_000

// general finds the article on a page that no selector is known for. What every
// site marks as not the article (navigation, related articles, share boxes) is
// removed first: the readability algorithm alone keeps lists of teasers, since
// they are prose.
func general(root *html.Node, base *url.URL, sel Selectors) (text string, captions []string) {
	removeAll(root, pageFurniture)
	removeAll(root, siteFurniture)
	removeNamed(root)
	node, err := readable(root, base)
	if err != nil || plain(node) == "" {
		node = root
		if main := mainPart.first(root); main != nil {
			node = main[0]
		}
	}
	captions = takeCaptions(node, []*html.Node{node}, sel.Caption)
	return plain(node), captions
}

// readable is the part of the page that the readability algorithm takes for the
// article.
func readable(root *html.Node, base *url.URL) (node *html.Node, err error) {
	defer func() { // a page is hostile until proven dull, and the algorithm is not ours
		if r := recover(); r != nil {
			err = fmt.Errorf("readability: %v", r)
		}
	}()
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxReadable
	parser.KeepClasses = true // the source's caption selector may ask for them
	parser.DisableJSONLD = true
	found, err := parser.ParseDocument(root, base)
	if err != nil {
		return nil, err
	}
	if found.Node == nil {
		return nil, fmt.Errorf("readability: no article")
	}
	return found.Node, nil
}

var (
	// mainPart is where an article is looked for if the algorithm finds none.
	mainPart = mustSelector("[itemprop=articleBody], article, main")

	// pageFurniture is never part of an article, wherever it stands.
	pageFurniture = mustSelector("script, style, noscript, template, nav, aside, form, iframe, button, [hidden]")

	// siteFurniture is no part of an article, by what it is called.
	siteFurniture = mustSelector("footer, [role=navigation], [role=complementary], [role=banner], [role=contentinfo], " +
		"[role=search], [role=menu], [role=dialog], [aria-hidden=true]")
)

// furnitureNames are the words in classes and ids of boxes that hold no text of
// the article. They are the vocabulary of web designers, not of a source.
var furnitureNames = names(`related relate relates relation recommend recommended recommendation mostread popular trending
	latest share sharing social socials breadcrumb breadcrumbs comment comments newsletter subscribe sidebar widget
	advert advertisement advertising ads banner promo sponsor sponsored menu navbar navigation footer copyright cookie
	popup modal tag tags toolbar pagination pager byline-related readmore seemore more`)

func names(list string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(list) {
		set[name] = true
	}
	return set
}

// removeNamed removes boxes by their names, unless one holds the page's main
// heading or most of its paragraphs: a class such as has-sidebar says something
// of what is around it.
func removeNamed(root *html.Node) {
	weights := map[*html.Node]weight{}
	total := weigh(root, weights).prose
	for _, n := range cascadia.QueryAll(root, namedBox) {
		if w := weights[n]; inside(n, root) && furniture(n) && !w.heading && 2*w.prose <= total {
			remove(n)
		}
	}
}

var namedBox = cascadia.MustCompile("div[class], div[id], section[class], section[id], ul[class], ul[id], ol[class], " +
	"ol[id], p[class], table[class], header[class], article[class]")

// A weight is what an element holds of an article.
type weight struct {
	prose   int  // bytes of text in paragraphs
	text    int  // bytes of text
	heading bool // an h1
}

// weigh weighs every element below n, and n, in one pass.
func weigh(n *html.Node, weights map[*html.Node]weight) weight {
	var w weight
	if n.Type == html.TextNode {
		w.text = len(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in := weigh(c, weights)
		w.prose, w.text, w.heading = w.prose+in.prose, w.text+in.text, w.heading || in.heading
	}
	switch n.DataAtom {
	case atom.P:
		w.prose = w.text
	case atom.H1:
		w.heading = true
	}
	if n.Type == html.ElementNode {
		weights[n] = w
	}
	return w
}

// furniture reports whether a class or the id has a word of furnitureNames in
// it: words are parted by hyphens, underscores and capitals.
func furniture(n *html.Node) bool {
	words := strings.FieldsFunc(camel(attribute(n, "class")+" "+attribute(n, "id")), func(r rune) bool {
		return !unicode.IsLetter(r)
	})
	for _, w := range words {
		if furnitureNames[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

// camel parts relatedNews into related News.
func camel(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if lower && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}
