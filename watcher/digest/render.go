package digest

import (
	"bufio"
	"io"
	"strings"

	"github.com/slack-go/slack"
)

// Ink is how a rendering shows weight.
type Ink int

// The inks: for files and pipes, and for terminals.
const (
	NoColour Ink = iota // *marked* words in quotations, no escape sequences
	Colour              // ANSI sequences
)

// Style is how a message is rendered.
type Style struct {
	Ink   Ink
	Width int // columns; 0 means 80
}

// Render writes a message as its reader sees it: the blocks, or the text where
// there are none. Nothing in a message can reach the terminal as a control
// sequence. The only error is that of w.
func Render(w io.Writer, m Message, style Style) error {
	p := &printer{out: bufio.NewWriter(w), style: style}
	if p.style.Width <= 0 {
		p.style.Width = 80
	}
	if len(m.Blocks.BlockSet) == 0 {
		p.paragraph("", []stretch{{text: unescape(m.Text)}})
	}
	before := slack.MBTHeader
	for _, b := range m.Blocks.BlockSet {
		if b.BlockType() == slack.MBTRichText && before == slack.MBTRichText {
			p.line("", nil, "") // Slack leaves room between entries
		}
		p.block(b)
		before = b.BlockType()
	}
	return p.out.Flush()
}

func unescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

func (p *printer) block(b slack.Block) {
	switch b := b.(type) {
	case *slack.HeaderBlock:
		p.paragraph("", []stretch{{text: textOf(b.Text), look: strong}})
	case *slack.SectionBlock:
		p.paragraph("", []stretch{{text: textOf(b.Text)}})
	case *slack.ContextBlock:
		for _, e := range b.ContextElements.Elements {
			if t, ok := e.(*slack.TextBlockObject); ok {
				p.paragraph("", []stretch{{text: textOf(t), look: faint}})
			}
		}
	case *slack.DividerBlock:
		p.paragraph("", []stretch{{text: strings.Repeat("─", p.style.Width), look: faint}})
	case *slack.RichTextBlock:
		for _, e := range b.Elements {
			p.rich(e)
		}
	}
}

func textOf(t *slack.TextBlockObject) string {
	if t == nil {
		return ""
	}
	return t.Text
}

// rich prints a section or quotation; the addresses of its links stand below it,
// each on a line of its own, to be copied.
func (p *printer) rich(e slack.RichTextElement) {
	elements, ok := inside(e)
	if !ok {
		return
	}
	prefix, marked := "", strong
	if e.RichTextElementType() == slack.RTEQuote {
		prefix, marked = "│ ", mark
	}
	var line []stretch
	var links []string
	for _, s := range elements {
		switch s := s.(type) {
		case *slack.RichTextSectionTextElement:
			line = append(line, stretch{text: s.Text, look: lookOf(s.Style, marked)})
		case *slack.RichTextSectionLinkElement:
			line = append(line, stretch{text: s.Text, look: lookOf(s.Style, marked)})
			links = append(links, s.URL)
		}
	}
	p.paragraph(prefix, line)
	for _, url := range links {
		p.line("  ", nil, url)
	}
}

func lookOf(style *slack.RichTextSectionTextStyle, bold look) look {
	switch {
	case style == nil:
		return usual
	case style.Bold:
		return bold
	case style.Italic:
		return faint
	}
	return usual
}
