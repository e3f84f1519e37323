package strict

import (
	"strings"
	"unicode"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"
)

// Scalar is a text value that remembers where each of its bytes stands in the
// file, in whatever style it was written: plain, quoted, literal or folded.
type Scalar struct {
	Value string

	// Where it stands; not the node: that would keep all that the parser knew of it
	// for as long as the value.
	file         *sourceText
	line, column int
	style        yaml.Style
}

// verbatim is the value of a node, where it stands in the file letter for letter as a
// part of the file's text: of a vocabulary almost all does, and the parser's copies
// can go with the rest of what it made.
func (t *sourceText) verbatim(n *yaml.Node) string {
	if n.Line < 1 || n.Line > len(t.lines) {
		return n.Value
	}
	rest, skip := t.lines[n.Line-1], n.Column-1
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		skip++
	}
	for range skip {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	if !strings.HasPrefix(rest, n.Value) {
		return n.Value
	}
	return rest[:len(n.Value)]
}

// String is the value.
func (s Scalar) String() string { return s.Value }

// IsSet reports whether the file gave the value.
func (s Scalar) IsSet() bool { return s.file != nil }

// Mistake tells of something wrong at a byte offset of Value. On a Scalar that
// comes from no file it has no place.
func (s Scalar) Mistake(offset int, message, hint string) Mistake {
	if s.file == nil {
		return Mistake{Line: 1, Column: 1, Message: message, Hint: hint}
	}
	line, column := s.place(offset)
	return s.file.mistake(line, column, message, hint)
}

// place walks value and source side by side up to an offset. Where they differ,
// the source has something that the value has not (quotes, escapes,
// indentation) or a fold: a run of white space for one space or newline.
func (s Scalar) place(offset int) (line, column int) {
	src := source{lines: s.file.lines, line: s.line, column: s.column}
	src.open(s.style)
	double := s.style&yaml.DoubleQuotedStyle != 0
	rest := s.Value[:min(max(offset, 0), len(s.Value))]
	for rest != "" && !src.end() {
		want, size := utf8.DecodeRuneInString(rest)
		got := src.rune()
		switch {
		case double && got == '\\':
			if src.escape() {
				rest = rest[size:]
			}
		case got == want && got == '\'' && s.style&yaml.SingleQuotedStyle != 0:
			src.next()
			src.next()
			rest = rest[size:]
		case got == want && got != '\n':
			src.next()
			rest = rest[size:]
		case unicode.IsSpace(want):
			src.spaces()
			rest = strings.TrimLeft(rest[size:], " \n") // always on: the source may have another kind of space
		default:
			src.next()
		}
	}
	if !src.end() && (unicode.IsSpace(src.rune()) || src.rune() == '\'') {
		src.settle(s.Value[min(max(offset, 0), len(s.Value)):])
	}
	return src.line, src.column
}

// source is a cursor in the lines of a file.
type source struct {
	lines        []string
	line, column int // from 1, column in characters
}

// open moves past what introduces a value: a quote, or a block's header line.
func (s *source) open(style yaml.Style) {
	switch {
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		s.line, s.column = s.line+1, 1
		s.spaces()
	case style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		s.next()
	}
}

func (s *source) end() bool { return s.line > len(s.lines) }

// rune is the character at the cursor; the end of a line reads as '\n'.
func (s *source) rune() rune {
	rest := s.lines[s.line-1]
	for range s.column - 1 {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	if rest == "" {
		return '\n'
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return r
}

func (s *source) next() {
	if s.rune() == '\n' {
		s.line, s.column = s.line+1, 1
		return
	}
	s.column++
}

func (s *source) spaces() {
	for !s.end() && unicode.IsSpace(s.rune()) {
		s.next()
	}
}

// settle moves over white space when what follows in the value is none.
func (s *source) settle(follows string) {
	if r, _ := utf8.DecodeRuneInString(follows); follows != "" && !unicode.IsSpace(r) {
		s.spaces()
	}
}

// escape moves over a backslash sequence of a double-quoted value and reports
// whether it stands for a character (an escaped line end stands for none).
func (s *source) escape() bool {
	s.next()
	digits := map[rune]int{'x': 2, 'u': 4, 'U': 8}[s.rune()]
	if s.rune() == '\n' {
		s.spaces()
		return false
	}
	for range 1 + digits {
		s.next()
	}
	return true
}
