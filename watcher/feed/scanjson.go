package feed

import (
	"bytes"
	"fmt"
)

// scanJSON is scan for JSON Feed: the entries are the objects in the array
// "items" of the outermost object.
func scanJSON(doc []byte) (shape, error) {
	s := jsonScanner{shape: shape{root: "{", head: len(doc)}}
	for i := 0; i < len(doc); {
		next, err := s.step(doc, i)
		if err != nil {
			return shape{}, err
		}
		i = next
	}
	if n := len(s.shape.entries); n > 0 && s.shape.entries[n-1].end == 0 {
		s.shape.entries[n-1].end, s.shape.entries[n-1].cut = len(doc), true
	}
	if s.depth > 0 {
		s.shape.broken = "the document is cut off"
	}
	return s.shape, nil
}

type jsonScanner struct {
	shape shape
	depth int
	last  []byte // the last string at depth 1: the key before a value
	items bool   // inside the array "items"
}

// step takes one token of JSON and returns where the next begins.
func (s *jsonScanner) step(doc []byte, i int) (int, error) {
	switch doc[i] {
	case '"':
		end := stringEnd(doc, i)
		if end-i > maxToken {
			return 0, fmt.Errorf("a string of %d bytes: more than %v", end-i, Size(maxToken))
		}
		if s.depth == 1 {
			s.last = doc[i:end]
		}
		return end, nil
	case '{', '[':
		return i + 1, s.down(doc[i], i)
	case '}', ']':
		s.up(i)
	}
	return i + 1, nil
}

func (s *jsonScanner) down(bracket byte, at int) error {
	if s.depth++; s.depth > maxDepth {
		return fmt.Errorf("values are nested deeper than %d", maxDepth)
	}
	switch {
	case s.depth == 2 && bracket == '[' && bytes.EqualFold(s.last, []byte(`"items"`)):
		s.items, s.shape.list = true, true
	case s.depth == 3 && bracket == '{' && s.items:
		if len(s.shape.entries) == maxEntries {
			return fmt.Errorf("more than %d entries", maxEntries)
		}
		s.shape.entries = append(s.shape.entries, span{start: at})
		s.shape.head = min(s.shape.head, at)
	}
	return nil
}

func (s *jsonScanner) up(at int) {
	switch {
	case s.depth == 3 && s.items && len(s.shape.entries) > 0:
		s.shape.entries[len(s.shape.entries)-1].end = at + 1
	case s.depth == 2:
		s.items = false
	}
	s.depth = max(s.depth-1, 0)
}

// stringEnd is the offset behind the string that begins at i.
func stringEnd(doc []byte, i int) int {
	for i++; i < len(doc); i++ {
		switch doc[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(doc)
}
