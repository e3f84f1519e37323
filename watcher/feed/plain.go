package feed

import (
	"html"
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// plainText makes a title from what feeds put into titles: markup, and entities
// that were escaped twice. A "<" that begins no element of HTML is kept: "a < b".
func plainText(s string) string {
	if strings.Contains(s, "<") {
		s = dropTags(s)
	}
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return tidy(s)
}

func dropTags(s string) string {
	var out strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(s))
	hidden := false // the text that follows is a script's or a style's
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case nethtml.ErrorToken:
			out.WriteString(raw)
			return out.String()
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case a == 0:
				out.WriteString(raw)
			case separates(a):
				out.WriteByte(' ')
			}
			hidden = kind == nethtml.StartTagToken && (a == atom.Script || a == atom.Style)
		case nethtml.CommentToken, nethtml.DoctypeToken:
		default:
			if !hidden {
				out.WriteString(raw)
			}
		}
	}
}

// separates reports whether an element stands between words.
func separates(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Td, atom.Tr, atom.Hr:
		return true
	}
	return false
}

// tidy brings plain text to one form: NFC, single spaces of the plain kind,
// nothing invisible. Joiners are kept, some scripts spell with them.
func tidy(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = out.Len() > 0
		case invisible(r):
		default:
			if gap {
				out.WriteByte(' ')
				gap = false
			}
			out.WriteRune(r)
		}
	}
	return norm.NFC.String(out.String())
}

// invisible: zero-width space, word joiner, byte order mark, soft hyphen, marks
// of direction, and controls.
func invisible(r rune) bool {
	switch {
	case r == 0x200b, r == 0x2060, r == 0xfeff, r == 0xad, r == 0x200e, r == 0x200f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return unicode.IsControl(r)
}
