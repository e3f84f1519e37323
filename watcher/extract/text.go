package extract

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// PlainText reads a fragment of HTML as plain text: paragraphs separated by an
// empty line, a br as a line break. It is for what is known to be HTML, such as
// a feed's content; what the limits of this package refuse is read as "".
func PlainText(fragment string) string {
	root, err := parseFragment(fragment)
	if err != nil {
		return ""
	}
	return plain(root)
}

// Line reads a fragment of HTML as one line of plain text: a title, a name. What
// was escaped twice (&amp;amp;, &lt;em&gt;) is mended.
func Line(fragment string) string {
	text := PlainText(fragment)
	if tagLike.MatchString(text) {
		text = PlainText(text)
	}
	return foldSpace(text)
}

// tagLike finds markup that was escaped once too often.
var tagLike = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>`)

// tidy brings plain text into the form of zones: see writer.
func tidy(text string) string {
	var w writer
	w.lines(text)
	return w.String()
}

// foldSpace makes one line of a text: one space between words.
func foldSpace(text string) string { return strings.Join(strings.Fields(text), " ") }

// plain is the text of nodes, in order, each a paragraph of its own.
func plain(nodes ...*html.Node) string {
	var w writer
	for _, n := range nodes {
		w.paragraph()
		w.node(n)
	}
	return w.String()
}

// A gap is what stands between two pieces of text; the greater one wins.
type gap int

const (
	none gap = iota
	space
	line
	paragraph
)

var gaps = [...]string{none: "", space: " ", line: "\n", paragraph: "\n\n"}

// A writer collects text in the form that zones have: valid UTF-8 in NFC; one
// space between words, no white space at the ends of lines; paragraphs separated
// by one empty line; no control, zero-width or direction characters. Gaps are
// written only when text follows.
type writer struct {
	b    strings.Builder
	gap  gap
	kept bool // inside pre: line feeds of the text are kept
}

// String is the text so far.
func (w *writer) String() string { return norm.NFC.String(w.b.String()) }

func (w *writer) paragraph() { w.gap = paragraph }

// lineBreak: a second one ends the paragraph.
func (w *writer) lineBreak() {
	if w.gap >= line {
		w.gap = paragraph
		return
	}
	w.gap = line
}

// newLine begins a line, without ending a paragraph.
func (w *writer) newLine() { w.gap = max(w.gap, line) }

// text writes text in which white space only separates words.
func (w *writer) text(s string) {
	for _, r := range s {
		if r > ' ' && r < 0x7f { // most of all text
			w.write(r)
			continue
		}
		if unicode.IsSpace(r) || unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp) {
			w.gap = max(w.gap, space)
			continue
		}
		// Control characters are dropped, and those without width: they stand inside
		// the words of some publishers, and no search finds such a word.
		if !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) {
			w.write(r)
		}
	}
}

// lines writes text whose line feeds mean something.
func (w *writer) lines(s string) {
	for i, l := range strings.Split(lineFeeds.Replace(s), "\n") {
		if i > 0 {
			w.lineBreak()
		}
		w.text(l)
	}
}

// lineFeeds writes all the characters that end a line as one.
var lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n", "\v", "\n", "\f", "\n")

// write writes one character, and the gap before it.
func (w *writer) write(r rune) {
	if w.gap != none {
		if w.b.Len() > 0 {
			w.b.WriteString(gaps[w.gap])
		}
		w.gap = none
	}
	w.b.WriteRune(r)
}

// node writes a node and what is in it. The depth of the recursion is bounded by
// the parser: see maxDepth.
func (w *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if w.kept {
			w.lines(mend(n.Data))
			return
		}
		w.text(mend(n.Data))
	case html.ElementNode:
		w.element(n)
	case html.DocumentNode:
		w.children(n)
	}
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *writer) element(n *html.Node) {
	switch {
	case inert[n.DataAtom] || hidden(n):
	case n.DataAtom == atom.Br:
		w.lineBreak()
	case n.DataAtom == atom.Tr || n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		// A table of one picture and its caption is one paragraph, its cells are
		// lines; the paragraphs of a cell that holds text stay paragraphs.
		w.newLine()
		w.children(n)
		w.newLine()
	case n.DataAtom == atom.Pre:
		w.paragraph()
		outer := w.kept
		w.kept = true
		w.children(n)
		w.kept = outer
		w.paragraph()
	case block[n.DataAtom]:
		w.paragraph()
		w.children(n)
		w.paragraph()
	default:
		w.children(n)
	}
}

// hidden reports whether a browser would not show the element.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if displayNone.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

var displayNone = regexp.MustCompile(`(?i)(?:^|;)\s*display\s*:\s*none\b`)

// mend decodes the entities of text that was escaped twice. Only whole entities
// are: "AT&T" and "R&D;" stay.
func mend(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entity.ReplaceAllStringFunc(s, html.UnescapeString)
}

var entity = regexp.MustCompile(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// inert elements hold no text of the article.
var inert = atoms(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Title,
	atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed, atom.Audio, atom.Video, atom.Canvas,
	atom.Button, atom.Select, atom.Option, atom.Textarea, atom.Input, atom.Datalist)

// block elements begin and end a paragraph. All others are inline: they neither
// join words nor part them.
var block = atoms(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
	atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
	atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
	atom.Hgroup, atom.Hr, atom.Html, atom.Li, atom.Legend, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P,
	atom.Section, atom.Summary, atom.Table, atom.Ul)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := map[atom.Atom]bool{}
	for _, a := range list {
		set[a] = true
	}
	return set
}

func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '−' }
