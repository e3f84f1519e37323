package digest

import (
	"bufio"
	"unicode"

	"golang.org/x/text/width"
)

// look is how a stretch of text stands out.
type look int

const (
	usual  look = iota
	strong      // headlines, links
	mark        // matched words of a quotation
	faint       // notes, addresses
)

// sequence is the ANSI sequence of a look.
func (l look) sequence() string {
	switch l {
	case strong:
		return "\x1b[1m"
	case mark:
		return "\x1b[1;33m"
	case faint:
		return "\x1b[2m"
	}
	return ""
}

// stretch is a piece of text of one look.
type stretch struct {
	text string
	look look
}

// cell is one character to be printed.
type cell struct {
	r    rune
	look look
}

// printer writes paragraphs, wrapped at the style's width.
type printer struct {
	out   *bufio.Writer
	style Style
}

// paragraph prints text, each of its lines wrapped between words and begun with a
// prefix.
func (p *printer) paragraph(prefix string, text []stretch) {
	var line []cell
	for _, c := range p.cells(text) {
		if c.r == '\n' {
			p.wrapped(prefix, line)
			line = nil
			continue
		}
		line = append(line, c)
	}
	p.wrapped(prefix, line)
}

// cells takes a text apart, without what could act on a terminal. Without colour,
// marked words stand between asterisks.
func (p *printer) cells(text []stretch) []cell {
	var out []cell
	for _, s := range text {
		if p.style.Ink == NoColour && s.look == mark {
			s.text = "*" + s.text + "*"
		}
		for _, r := range s.text {
			if r == '\n' || !invisible(r) && r != '\u2028' && r != '\u2029' {
				out = append(out, cell{r: r, look: s.look})
			}
		}
	}
	return out
}

// wrapped prints one line of text as as many lines as it needs.
func (p *printer) wrapped(prefix string, line []cell) {
	room := max(p.style.Width-columns(prefix), 8)
	for {
		end, next := breakAt(line, room)
		p.line(prefix, line[:end], "")
		if next >= len(line) {
			return
		}
		line = line[next:]
	}
}

// breakAt finds where a line ends and where the next begins: at the last space
// that fits, or within a word that is wider than the line.
func breakAt(line []cell, room int) (end, next int) {
	used, space := 0, -1
	for i, c := range line {
		used += columnsOf(c.r)
		if c.r == ' ' {
			space = i
		}
		if used <= room {
			continue
		}
		if space > 0 {
			return space, space + 1
		}
		return max(i, 1), max(i, 1)
	}
	return len(line), len(line)
}

// line prints one line; an address after it is faint and never broken.
func (p *printer) line(prefix string, cells []cell, address string) {
	for _, r := range address {
		if !invisible(r) {
			cells = append(cells, cell{r: r, look: faint})
		}
	}
	p.out.WriteString(prefix)
	now := usual
	for _, c := range cells {
		if p.style.Ink == Colour && c.look != now {
			p.change(now, c.look)
			now = c.look
		}
		p.out.WriteRune(c.r)
	}
	if now != usual {
		p.change(now, usual)
	}
	p.out.WriteByte('\n')
}

func (p *printer) change(from, to look) {
	if from != usual {
		p.out.WriteString("\x1b[0m")
	}
	p.out.WriteString(to.sequence())
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n += columnsOf(r)
	}
	return n
}

// columnsOf is how many columns of a terminal a character takes.
func columnsOf(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
