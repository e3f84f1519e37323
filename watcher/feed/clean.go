package feed

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// dropIllegal removes the characters that XML forbids, raw or as numeric
// references: one of them makes a parser refuse all of a feed. n is how many
// there were.
func dropIllegal(text []byte) (clean []byte, n int) {
	next := illegal(text, 0)
	if next < 0 {
		return text, 0
	}
	clean = make([]byte, 0, len(text))
	from := 0
	for next >= 0 {
		clean = append(clean, text[from:next]...)
		from = next + illegalLen(text[next:])
		n++
		next = illegal(text, from)
	}
	return append(clean, text[from:]...), n
}

// illegal finds the next illegal character or reference, or -1.
func illegal(text []byte, from int) int {
	for i := from; i < len(text); i++ {
		switch b := text[i]; {
		case b >= 0x20 && b != '&' && b != 0xef:
		case illegalLen(text[i:]) > 0:
			return i
		}
	}
	return -1
}

// illegalLen is the length of the illegal character or reference at the start of
// s, in bytes; 0 when there is none.
func illegalLen(s []byte) int {
	switch {
	case s[0] == '&':
		return illegalReference(s)
	case s[0] < 0x20 && s[0] != '\t' && s[0] != '\n' && s[0] != '\r':
		return 1
	case s[0] == 0xef && len(s) > 2 && s[1] == 0xbf && s[2] >= 0xbe: // U+FFFE, U+FFFF
		return 3
	}
	return 0
}

func illegalReference(s []byte) int {
	if len(s) < 4 || s[1] != '#' {
		return 0
	}
	end := bytes.IndexByte(s[:min(len(s), 16)], ';')
	if end < 3 {
		return 0
	}
	digits, base := string(s[2:end]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || legal(rune(n)) {
		return 0
	}
	return end + 1
}

func legal(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || (r >= 0x20 && r != 0xfffe && r != 0xffff && utf8.ValidRune(r))
}

// cutHead drops what stands before the root element or the JSON object: the XML
// declaration (the charset is settled), comments, a document type, and the
// messages that broken scripts print. An error is a *NotFeed.
func cutHead(text []byte) (doc []byte, note string, err error) {
	trimmed := bytes.TrimSpace(text)
	if len(trimmed) == 0 {
		return nil, "", &NotFeed{"the answer is empty"}
	}
	if trimmed[0] == '{' {
		return trimmed, "", nil
	}
	first := firstTag(trimmed)
	if isRoot(first) {
		return first, "", nil
	}
	if name := tagName(first); name == "html" || name == "head" || name == "body" {
		return nil, "", &NotFeed{describeHTML(first)}
	}
	for i := 1; i < len(first); i++ {
		if first[i] == '<' && isRoot(first[i:]) {
			return first[i:], fmt.Sprintf("%d bytes before the feed were dropped", i), nil
		}
	}
	return nil, "", &NotFeed{describe(first, trimmed)}
}

// isRoot reports whether a feed begins at s.
func isRoot(s []byte) bool {
	name := tagName(s)
	return name == "rss" || name == "rdf" || name == "feed" || name == "urlset" || name == "sitemapindex"
}

// firstTag skips to the first start tag of an XML document; empty without one.
func firstTag(text []byte) []byte {
	lex := lexer{doc: text}
	for lex.next() {
		if lex.kind == startTag {
			return text[lex.start:]
		}
	}
	return nil
}

// tagName is the local name of the tag at the start of s, in lower case; "" when
// there is none.
func tagName(s []byte) string {
	if len(s) < 2 || s[0] != '<' || !nameStart(s[1]) {
		return ""
	}
	end := 1
	for end < min(len(s), 128) && nameByte(s[end]) {
		end++
	}
	return string(bytes.ToLower(local(s[1:end])))
}

func describeHTML(page []byte) string {
	title := regexp.MustCompile(`(?is)<title[^>]*>(.{0,200}?)</title`).FindSubmatch(page)
	if title == nil || len(bytes.TrimSpace(title[1])) == 0 {
		return "the answer is an HTML page without a title, perhaps a check against robots"
	}
	return fmt.Sprintf("the answer is an HTML page, titled %q", plainText(string(title[1])))
}

func describe(first, text []byte) string {
	if name := tagName(first); name != "" {
		return fmt.Sprintf("the root element is <%s>, not rss, rdf, feed, urlset or sitemapindex", name)
	}
	return fmt.Sprintf("the answer begins with %q", shorten(string(text[:min(len(text), 60)])))
}
