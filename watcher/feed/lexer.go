package feed

import "bytes"

// tokenKind is what a lexer stands on.
type tokenKind int

const (
	textToken tokenKind = iota
	startTag
	endTag
	cdataToken
	otherToken // comments, processing instructions, document types
)

// lexer splits XML, also broken XML, into tokens. It never fails: what cannot be
// a tag is text. Every byte belongs to exactly one token, and a document of n
// bytes takes time in proportion to n.
type lexer struct {
	doc        []byte
	pos        int
	noQuote    [2]int // from these offsets, less one, no " and ' follows; 0: not known
	start, end int    // of the token
	kind       tokenKind
	name       []byte // of a tag, as written
	attrs      int    // of a start tag
	closed     bool   // a start tag that ends in "/>"
	cut        bool   // the document ended inside the token
	// odd: encoding/xml would refuse the token or read it otherwise than we do.
	odd bool
}

// next moves to the next token; false at the end.
func (l *lexer) next() bool {
	if l.pos >= len(l.doc) {
		return false
	}
	l.start, l.name, l.attrs, l.closed, l.cut, l.odd = l.pos, nil, 0, false, false, false
	rest := l.doc[l.pos:]
	switch {
	case rest[0] != '<':
		l.text(0)
	case bytes.HasPrefix(rest, []byte("<!--")):
		l.until(otherToken, 4, "-->")
		l.odd = l.cut || bytes.Contains(rest[4:max(4, l.end-l.start-3)], []byte("--"))
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		l.until(cdataToken, 9, "]]>")
	case bytes.HasPrefix(rest, []byte("<?")):
		l.until(otherToken, 2, "?>")
	case bytes.HasPrefix(rest, []byte("<!")):
		l.directive()
	case len(rest) > 2 && rest[1] == '/' && nameStart(rest[2]):
		l.endTag()
	case len(rest) > 1 && nameStart(rest[1]):
		l.startTag()
	default:
		l.text(1)
		l.odd = true
	}
	l.pos = l.end
	return true
}

// text takes all up to the next "<", from skip bytes on.
func (l *lexer) text(skip int) {
	l.kind = textToken
	l.end = len(l.doc)
	if i := bytes.IndexByte(l.doc[l.start+skip:], '<'); i >= 0 {
		l.end = l.start + skip + i
	}
	l.odd = bytes.Contains(l.doc[l.start:l.end], []byte("]]>"))
}

func (l *lexer) until(kind tokenKind, skip int, end string) {
	l.kind = kind
	if i := bytes.Index(l.doc[l.start+skip:], []byte(end)); i >= 0 {
		l.end = l.start + skip + i + len(end)
		return
	}
	l.end, l.cut, l.odd = len(l.doc), true, true
}

// directive takes a document type with its brackets and quotes.
func (l *lexer) directive() {
	l.kind = otherToken
	depth := 0
	var quote byte
	for i := l.start + 2; i < len(l.doc); i++ {
		switch b := l.doc[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '<' || b == '[':
			depth++
		case b == ']':
			depth--
		case b == '>' && depth > 0 && l.doc[i-1] != ']':
			depth--
		case b == '>':
			l.end = i + 1
			return
		}
	}
	l.end, l.cut, l.odd = len(l.doc), true, true
}

func (l *lexer) endTag() {
	l.kind = endTag
	i := l.start + 2
	for i < len(l.doc) && nameByte(l.doc[i]) {
		i++
	}
	l.name = l.doc[l.start+2 : i]
	gap := i
	for i < len(l.doc) && l.doc[i] != '>' && l.doc[i] != '<' {
		i++
	}
	l.odd = len(bytes.TrimSpace(l.doc[gap:i])) > 0 || i == len(l.doc) || l.doc[i] == '<' || bytes.Count(l.name, []byte(":")) > 1
	if i < len(l.doc) && l.doc[i] == '>' {
		i++
	}
	l.cut = i == len(l.doc) && l.doc[i-1] != '>'
	l.end = i
}

// startTag takes a tag with its attributes. A "<" outside quotes ends it: it is
// the next tag, and this one was left open.
func (l *lexer) startTag() {
	l.kind = startTag
	i := l.start + 1
	for i < len(l.doc) && nameByte(l.doc[i]) {
		i++
	}
	l.name = l.doc[l.start+1 : i]
	l.odd = bytes.Count(l.name, []byte(":")) > 1
	for i < len(l.doc) {
		switch b := l.doc[i]; {
		case b == '>':
			l.closed = l.doc[i-1] == '/'
			l.end = i + 1
			return
		case b == '<':
			l.end, l.odd = i, true
			return
		case space(b) || b == '/':
			l.odd = l.odd || (b == '/' && i+1 < len(l.doc) && l.doc[i+1] != '>')
			i++
		default:
			i = l.attribute(i)
		}
	}
	l.end, l.cut, l.odd = len(l.doc), true, true
}

// attribute takes a name and, after "=", a value; it returns where they end.
func (l *lexer) attribute(i int) int {
	l.attrs++
	from := i
	for i < len(l.doc) && nameByte(l.doc[i]) {
		i++
	}
	if i == from { // a stray quote or sign
		l.odd = true
		return i + 1
	}
	equals := i
	for equals < len(l.doc) && space(l.doc[equals]) {
		equals++
	}
	if equals == len(l.doc) || l.doc[equals] != '=' {
		return i
	}
	i = equals + 1
	for i < len(l.doc) && space(l.doc[i]) {
		i++
	}
	if i < len(l.doc) && (l.doc[i] == '"' || l.doc[i] == '\'') {
		return l.quoted(i)
	}
	return l.unquoted(i)
}

// maxQuoted is how far a closing quote may be away, in bytes: beyond it the
// quote was forgotten, and must not swallow the rest of the feed.
const maxQuoted = 64 << 10

func (l *lexer) quoted(i int) int {
	quote := l.doc[i]
	which := 0
	if quote == '\'' {
		which = 1
	}
	if known := l.noQuote[which]; known == 0 || i < known-1 {
		end := bytes.IndexByte(l.doc[i+1:min(len(l.doc), i+1+maxQuoted)], quote)
		if end >= 0 && forgotten(l.doc[i+1:i+1+end]) {
			l.odd = true
			return l.unquoted(i + 1)
		}
		if end >= 0 {
			l.odd = l.odd || bytes.IndexByte(l.doc[i+1:i+1+end], '<') >= 0
			after := i + 2 + end
			l.odd = l.odd || (after < len(l.doc) && !space(l.doc[after]) && l.doc[after] != '>' && l.doc[after] != '/')
			return after
		}
	}
	l.odd = true
	if len(l.doc)-i <= maxQuoted {
		l.noQuote[which] = i + 1
	}
	return l.unquoted(i + 1)
}

// forgotten reports whether what stands between two quotes is rather the end of
// a tag whose quote was forgotten, and the beginning of another tag.
func forgotten(value []byte) bool {
	open := bytes.IndexByte(value, '<')
	return open >= 0 && bytes.IndexByte(value[:open], '>') >= 0
}

// unquoted takes a value up to a space or the tag's end.
func (l *lexer) unquoted(i int) int {
	from := i
	for i < len(l.doc) && !space(l.doc[i]) && l.doc[i] != '>' && l.doc[i] != '<' {
		if b := l.doc[i]; b >= 0x80 || (!nameByte(b) || b == '.') {
			l.odd = true
		}
		i++
	}
	l.odd = l.odd || i == from
	return i
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func nameStart(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == ':' || b >= 0x80
}

func nameByte(b byte) bool { return nameStart(b) || b >= '0' && b <= '9' || b == '-' || b == '.' }

// local is a tag's name without its prefix.
func local(name []byte) []byte { return name[bytes.LastIndexByte(name, ':')+1:] }
