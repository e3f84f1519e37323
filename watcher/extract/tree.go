package extract

import (
	"iter"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements yields the elements below root with one of these names, in the order
// of the page. Removing one of them from the tree while iterating is safe; what
// was in it is not visited then.
func elements(root *html.Node, names ...atom.Atom) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		var walk func(n *html.Node) bool
		walk = func(n *html.Node) bool {
			for c := n.FirstChild; c != nil; {
				next := c.NextSibling
				if c.Type == html.ElementNode && slices.Contains(names, c.DataAtom) && !yield(c) {
					return false
				}
				if c.Parent == n && !walk(c) {
					return false
				}
				c = next
			}
			return true
		}
		walk(root)
	}
}

// remove takes a node out of its tree.
func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// inside reports whether n is outer, or in it.
func inside(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// attribute is the value of an attribute, "" if there is none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// before reports whether a stands before b on the page, neither in the other.
func before(a, b *html.Node) bool {
	for p := a; p != nil; p = p.Parent {
		if inside(b, p) { // the nearest node that has both
			if p == a {
				return false
			}
			for c := p.FirstChild; c != nil; c = c.NextSibling {
				if inside(a, c) {
					return !inside(b, c)
				}
				if inside(b, c) {
					return false
				}
			}
		}
	}
	return false
}

// removeAll takes everything that a selector finds below root out of the tree.
func removeAll(root *html.Node, sel Selector) {
	for _, n := range sel.all(root) {
		if n != root {
			remove(n)
		}
	}
}
