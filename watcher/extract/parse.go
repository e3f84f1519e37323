package extract

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of a page. They are far beyond what a newspaper's page needs, and near
// enough that no page costs much time or memory.
const (
	maxPage       = 8 << 20 // bytes, once decoded to UTF-8
	maxElements   = 50_000  // start tags
	maxAttributes = 256     // of one tag
	maxToken      = 4 << 20 // bytes of one tag, text or script
	// maxDepth is how deeply elements may stand in one another. The parser of
	// x/net/html stops at 512 open elements of itself, whatever the tags promise,
	// before any recursion of ours; ours is the lower limit, so that a change
	// there changes nothing here.
	maxDepth = 256
)

// parsePage parses a page in UTF-8 within the limits.
func parsePage(page string) (*html.Node, error) {
	if err := checkTokens(page); err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	return root, checkTree(root)
}

// parseFragment parses a piece of HTML, such as a feed item's description,
// within the limits. What it returns is a div that holds the fragment.
func parseFragment(fragment string) (*html.Node, error) {
	if err := checkTokens(fragment); err != nil {
		return nil, err
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), root)
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root, checkTree(root)
}

// checkTokens refuses a page that would be costly to parse. It builds no tree.
func checkTokens(page string) error {
	if len(page) > maxPage {
		return fmt.Errorf("the page has more than %d bytes", maxPage)
	}
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(maxToken)
	elements := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() == html.ErrBufferExceeded {
				return fmt.Errorf("the page has a tag, text or script of more than %d bytes", maxToken)
			}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			if elements++; elements > maxElements {
				return fmt.Errorf("the page has more than %d elements", maxElements)
			}
			if len(z.Raw()) > 2*maxAttributes && attributes(z) > maxAttributes {
				return fmt.Errorf("the page has a tag with more than %d attributes", maxAttributes)
			}
		}
	}
}

// attributes counts the attributes of the tag in hand, up to one too many.
func attributes(z *html.Tokenizer) int {
	n := 0
	for more := true; more && n <= maxAttributes; n++ {
		_, _, more = z.TagAttr()
	}
	return n
}

// checkTree refuses a tree that recursion should not walk.
func checkTree(root *html.Node) error {
	depth := 0
	for n := root; n != nil; {
		if n.FirstChild != nil {
			n = n.FirstChild
			if depth++; depth > maxDepth {
				return fmt.Errorf("the page has more than %d elements inside one another", maxDepth)
			}
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n == root {
			return nil
		}
		n = n.NextSibling
	}
	return nil
}
