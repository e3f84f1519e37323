package digest

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/slack-go/slack"
)

// pageHead is the frame of a page of messages. The looks are Slack's in broad
// strokes: its fonts, widths and colours, not its every pixel.
const pageHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><style>
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46668 Lato, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0; padding: 12px 20px; border-bottom: 1px solid #ddd; font-size: 18px; }
article { position: relative; max-width: 640px; margin: 12px 20px; padding-left: 44px; }
article::before { content: "PW"; position: absolute; left: 0; top: 2px; width: 36px; height: 36px; border-radius: 6px; background: #1264a3; color: #fff; font: bold 14px/36px sans-serif; text-align: center; }
.who { font-weight: 900; } .who small { font-weight: 400; color: #616061; margin-left: 6px; }
h2 { margin: 4px 0; font-size: 18px; line-height: 1.33; } .context { color: #616061; font-size: 13px; margin: 4px 0; }
.rich, .plain { margin: 4px 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; } .rich p { margin: 0; }
blockquote { margin: 4px 0; padding: 0 0 0 12px; border-left: 4px solid #ddd; } a { color: #1264a3; text-decoration: none; }
hr { border: 0; border-top: 1px solid #ddd; margin: 12px 0; } details { color: #616061; font-size: 13px; margin: 4px 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.5 monospace; }
</style></head><body><h1>%s</h1>
`

// HTML writes a page of messages about as Slack shows them in a channel, each with
// the text that stands beside its blocks. It is for looking at a message before it
// is sent, and for tests. Whatever a message holds, it is shown and does nothing:
// all text is escaped, and an address that no message may link is not linked here
// either. The only error is that of w.
func HTML(w io.Writer, channel string, messages []Message) error {
	p := page{bufio.NewWriter(w)}
	name := html.EscapeString(clean(channel))
	p.say(pageHead, name, name)
	for _, m := range messages {
		p.message(m)
	}
	p.say("</body></html>\n")
	return p.out.Flush()
}

type page struct{ out *bufio.Writer }

// say writes markup of ours; what comes from elsewhere is escaped before.
func (p page) say(markup string, args ...any) { fmt.Fprintf(p.out, markup, args...) }

// text writes what comes from elsewhere.
func (p page) text(s string) { p.out.WriteString(html.EscapeString(strings.ToValidUTF8(s, "\ufffd"))) }

// within writes a text inside of an element of ours.
func (p page) within(open, text, close string) {
	p.say("%s", open)
	p.text(text)
	p.say("%s", close)
}

func (p page) message(m Message) {
	p.say("<article><div class=who>presswatch<small>APP</small></div>\n")
	if len(m.Blocks.BlockSet) == 0 {
		p.within("<div class=plain>", unescape(m.Text), "</div>\n")
	}
	for _, b := range m.Blocks.BlockSet {
		p.block(b)
	}
	if len(m.Blocks.BlockSet) > 0 {
		p.within("<details><summary>as text</summary><pre>", m.Text, "</pre></details>")
	}
	p.say("</article>\n")
}

func (p page) block(b slack.Block) {
	switch b := b.(type) {
	case *slack.HeaderBlock:
		p.within("<h2>", textOf(b.Text), "</h2>\n")
	case *slack.SectionBlock:
		p.within("<div class=plain>", textOf(b.Text), "</div>\n")
	case *slack.DividerBlock:
		p.say("<hr>\n")
	case *slack.ContextBlock:
		for _, e := range b.ContextElements.Elements {
			if t, ok := e.(*slack.TextBlockObject); ok {
				p.within("<div class=context>", textOf(t), "</div>\n")
			}
		}
	case *slack.RichTextBlock:
		p.say("<div class=rich>")
		for _, e := range b.Elements {
			p.rich(e)
		}
		p.say("</div>\n")
	}
}

// rich writes a section or a quotation.
func (p page) rich(e slack.RichTextElement) {
	spans, ok := inside(e)
	if !ok {
		return
	}
	tag := "p"
	if e.RichTextElementType() == slack.RTEQuote {
		tag = "blockquote"
	}
	p.say("<%s>", tag)
	for _, s := range spans {
		p.span(s)
	}
	p.say("</%s>", tag)
}

func (p page) span(s slack.RichTextSectionElement) {
	switch s := s.(type) {
	case *slack.RichTextSectionTextElement:
		open, end := weightOf(s.Style)
		p.within(open, s.Text, end)
	case *slack.RichTextSectionLinkElement:
		open, end := weightOf(s.Style)
		if url, _ := address(s.URL); url != "" && url == s.URL {
			p.say(`<a href="%s" rel="noreferrer">`, html.EscapeString(url))
			end += "</a>"
		}
		p.within(open, s.Text, end)
	}
}

// weightOf is how a style is begun and ended.
func weightOf(style *slack.RichTextSectionTextStyle) (open, end string) {
	if style == nil {
		return "", ""
	}
	if style.Bold {
		open, end = "<b>", "</b>"
	}
	if style.Italic {
		open, end = open+"<i>", "</i>"+end
	}
	return open, end
}
