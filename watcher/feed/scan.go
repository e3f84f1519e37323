package feed

import (
	"bytes"
	"fmt"
)

// The limits of a document. gofeed recurses with depth, and its process dies of
// 10 MB of nested elements, so they are checked before it sees a byte.
const (
	maxDocument = 64 << 20 // bytes
	maxDepth    = 128
	maxAttrs    = 256
	maxEntries  = 2000
	maxToken    = 1 << 20 // bytes
)

// span is where an entry stands in the document.
type span struct {
	start, end int
	cut        bool // the document ended inside it
	long       bool // a token of it is longer than maxToken
}

// shape is what one pass over a document tells without reading it.
type shape struct {
	head    int    // where the first entry begins, or the end
	root    string // the root's local name, in lower case; "{" for JSON
	channel []byte // the channel's start tag, when the document has one
	rootTag []byte // the root's start tag
	entries []span
	list    bool // JSON: there is an array "items"
	// broken: tags do not match, or something stands there that encoding/xml
	// refuses. gofeed then loses entries, or parts of them, and may not say so.
	broken string
}

// scan walks over a document that begins with its root element. An error names
// the limit that was broken.
func scan(doc []byte) (shape, error) {
	if doc[0] == '{' {
		return scanJSON(doc)
	}
	s := scanner{lexer: lexer{doc: doc}, shape: shape{head: len(doc)}}
	for s.lexer.next() {
		if err := s.token(); err != nil {
			return shape{}, err
		}
	}
	if s.open != nil {
		s.closeEntry(len(doc))
		s.shape.entries[len(s.shape.entries)-1].cut = true
	}
	if len(s.stack) > 0 {
		s.breaks("the document is cut off")
	}
	return s.shape, nil
}

type scanner struct {
	lexer lexer
	shape shape
	stack [][]byte // names of the open elements
	open  *span    // the entry that is open
	floor int      // depth of the stack below it
}

func (s *scanner) token() error {
	l := &s.lexer
	if l.end-l.start > maxToken {
		if s.open == nil {
			return fmt.Errorf("a piece of %d bytes outside the entries: more than %v", l.end-l.start, Size(maxToken))
		}
		s.open.long = true
		s.breaks("an entry with a piece of more than %v", Size(maxToken))
	}
	if l.odd && s.shape.broken == "" {
		s.breaks("markup that is not XML: %q", brief(l.doc[l.start:l.end]))
	}
	switch l.kind {
	case startTag:
		return s.startTag()
	case endTag:
		s.endTag()
	}
	return nil
}

func (s *scanner) startTag() error {
	l := &s.lexer
	if l.attrs > maxAttrs {
		return fmt.Errorf("an element <%s> with more than %d attributes", brief(l.name), maxAttrs)
	}
	name := string(bytes.ToLower(local(l.name)))
	switch {
	case len(s.stack) == 0 && s.shape.rootTag == nil:
		s.shape.root, s.shape.rootTag = name, l.doc[l.start:l.end]
	case name == "channel" && s.shape.channel == nil && len(s.shape.entries) == 0:
		s.shape.channel = l.doc[l.start:l.end]
	case (name == "item" || name == "entry") && s.native():
		if err := s.openEntry(); err != nil {
			return err
		}
	}
	if l.closed {
		if s.open != nil && len(s.stack) == s.floor {
			s.closeEntry(l.end)
		}
		return nil
	}
	if s.stack = append(s.stack, l.name); len(s.stack) > maxDepth {
		return fmt.Errorf("elements are nested deeper than %d (<%s>)", maxDepth, brief(l.name))
	}
	return nil
}

// native reports whether a tag belongs to the feed's own vocabulary: it has the
// root's prefix or none.
func (s *scanner) native() bool {
	prefix := bytes.TrimSuffix(s.lexer.name, local(s.lexer.name))
	rootName := s.shape.rootTag[1:]
	return len(prefix) == 0 || bytes.HasPrefix(rootName, prefix) || string(prefix) == "rss:"
}

// openEntry begins an entry. Entries do not nest: one that was left open ends
// where the next begins.
func (s *scanner) openEntry() error {
	if s.open != nil {
		s.breaks("an entry without an end")
		s.stack = s.stack[:s.floor]
		s.closeEntry(s.lexer.start)
	}
	if len(s.shape.entries) == maxEntries {
		return fmt.Errorf("more than %d entries", maxEntries)
	}
	s.shape.entries = append(s.shape.entries, span{start: s.lexer.start})
	s.open = &s.shape.entries[len(s.shape.entries)-1]
	s.floor = len(s.stack)
	s.shape.head = min(s.shape.head, s.lexer.start)
	return nil
}

func (s *scanner) closeEntry(end int) {
	s.open.end = end
	s.open = nil
}

// endTag closes the innermost element of that name, and all that were left open
// in it; one that closes nothing is passed over.
func (s *scanner) endTag() {
	l := &s.lexer
	for i := len(s.stack) - 1; i >= 0; i-- {
		if !bytes.Equal(s.stack[i], l.name) {
			continue
		}
		if i != len(s.stack)-1 {
			s.breaks("<%s> is not closed", s.stack[len(s.stack)-1])
		}
		s.stack = s.stack[:i]
		switch {
		case s.open == nil:
		case i == s.floor:
			s.closeEntry(l.end)
		case i < s.floor:
			s.closeEntry(l.start)
		}
		return
	}
	s.breaks("</%s> closes nothing", l.name)
}

// breaks notes the first thing that is wrong. The text is made only then: a
// document can be wrong in millions of places.
func (s *scanner) breaks(format string, a ...any) {
	if s.shape.broken == "" {
		s.shape.broken = shorten(fmt.Sprintf(format, a...))
	}
}

// brief is a piece of the document for a message.
func brief(piece []byte) string { return shorten(string(piece[:min(len(piece), 40)])) }
