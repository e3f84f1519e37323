package strict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mistake is something wrong in a file, told so that it can be mended.
type Mistake struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1
	Column  int    `json:"column"` // from 1, in characters
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Source  string `json:"source,omitempty"` // the line itself
}

// Error is one line: file:line:column: message.
func (m Mistake) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Message)
}

// Report is the mistake with its line, a caret under the column, and the hint.
func (m Mistake) Report() string {
	var b strings.Builder
	b.WriteString(m.Error())
	if m.Source != "" {
		line, caret := window(m.Source, m.Column)
		fmt.Fprintf(&b, "\n    %s\n    %s^", line, caret)
	}
	if m.Hint != "" {
		fmt.Fprintf(&b, "\n    hint: %s", m.Hint)
	}
	return b.String()
}

// window cuts a long line around a column, and gives the blanks before the
// caret: tabs stay tabs so that the caret stands under its character.
func window(source string, column int) (line, blanks string) {
	const before, after = 60, 40
	runes := []rune(source)
	at := min(max(column-1, 0), len(runes))
	from, to := 0, len(runes)
	prefix := ""
	if at > before+20 {
		from, prefix = at-before, "…"
	}
	suffix := ""
	if to > at+after+20 {
		to, suffix = at+after, "…"
	}
	pad := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, prefix+string(runes[from:at]))
	return prefix + string(runes[from:to]) + suffix, pad
}

// Mistakes is what is wrong in all files that were read.
type Mistakes []Mistake

// Error is every mistake on its own line, without source lines.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.Error()
	}
	return strings.Join(lines, "\n")
}

// Report is every mistake with its line, caret and hint.
func (ms Mistakes) Report() string {
	parts := make([]string, len(ms))
	for i, m := range ms {
		parts[i] = m.Report()
	}
	return strings.Join(parts, "\n")
}

// Sort orders mistakes by file, line and column.
func (ms Mistakes) Sort() {
	slices.SortStableFunc(ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// sourceText is a file with its lines at hand.
type sourceText struct {
	name  string
	lines []string
}

func newText(f File) *sourceText {
	text := strings.TrimPrefix(string(f.Data), "\ufeff")
	return &sourceText{name: f.Name, lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
}

func (t *sourceText) mistake(line, column int, message, hint string) Mistake {
	m := Mistake{File: t.name, Line: max(line, 1), Column: max(column, 1), Message: message, Hint: hint}
	if m.Line <= len(t.lines) && utf8.ValidString(t.lines[m.Line-1]) {
		m.Source = t.lines[m.Line-1]
	}
	return m
}
