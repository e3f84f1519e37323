package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromDescription splits the description of a feed's item, HTML or plain text,
// into the lead and the headlines of related articles. Publishers put a list of
// links below the lead; a seventh of the words that rules look for stood only
// there. A description cut off in the middle is read as far as it goes.
//
// Related are lists of links, and paragraphs that are nothing but links, if
// there is a text beside them. What the limits of this package refuse has
// neither.
func FromDescription(description string) (lead string, related []string) {
	lead, related = describe(description)
	if tagLike.MatchString(lead) { // escaped twice
		inner, more := describe(lead)
		return inner, append(related, more...)
	}
	return lead, related
}

func describe(description string) (lead string, related []string) {
	if !strings.ContainsAny(description, "<&") {
		return tidy(description), nil
	}
	root, err := parseFragment(unfinishedTag.ReplaceAllString(description, ""))
	if err != nil {
		return "", nil
	}
	for n := range elements(root, atom.Ul, atom.Ol) {
		if linksOnly(n) {
			related = append(related, headlines(n)...)
			remove(n)
		}
	}
	if linksOnly(root) { // the lead itself is a link
		return plain(root), related
	}
	for n := range elements(root, atom.P, atom.Div, atom.Li) {
		if linksOnly(n) && plain(n) != "" {
			related = append(related, headlines(n)...)
			remove(n)
		}
	}
	return plain(root), related
}

// unfinishedTag is what is left of a tag where a description was cut off. The
// parser drops most, and takes "<" and "</" for text.
var unfinishedTag = regexp.MustCompile(`<(?:[/!a-zA-Z][^<>]*)?$`)

// linksOnly reports whether all the text of a node is in links.
func linksOnly(n *html.Node) bool {
	switch {
	case n.Type == html.TextNode:
		return foldSpace(tidy(n.Data)) == ""
	case n.DataAtom == atom.A || inert[n.DataAtom]:
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !linksOnly(c) {
			return false
		}
	}
	return true
}

// headlines are the texts of the links in a node.
func headlines(n *html.Node) []string {
	var all []string
	for a := range elements(n, atom.A) {
		all = appendText(all, foldSpace(plain(a)))
	}
	return all
}
