package digest

import (
	"encoding/json"

	"github.com/slack-go/slack"
)

// Only literals with keys are used of the Slack library, not its builders: these
// check nothing, and change.

func header(text string) slack.Block {
	return &slack.HeaderBlock{Type: slack.MBTHeader, Text: plainText(cut(text, maxHeader))}
}

// footnote is a line in small grey letters.
func footnote(text string) slack.Block {
	return &slack.ContextBlock{
		Type:            slack.MBTContext,
		ContextElements: slack.ContextElements{Elements: []slack.MixedElement{plainText(text)}},
	}
}

// plainText is shown letter by letter: not even :names: of emoji are read.
func plainText(text string) *slack.TextBlockObject {
	literally := false
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: text, Emoji: &literally}
}

func rich(elements ...slack.RichTextElement) slack.Block {
	return &slack.RichTextBlock{Type: slack.MBTRichText, Elements: elements}
}

func section(elements ...slack.RichTextSectionElement) slack.RichTextElement {
	return &slack.RichTextSection{Type: slack.RTESection, Elements: elements}
}

func quoted(elements []slack.RichTextSectionElement) slack.RichTextElement {
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: elements}
}

func plain(text string) slack.RichTextSectionElement {
	return &slack.RichTextSectionTextElement{Type: slack.RTSEText, Text: text}
}

func bold(text string) slack.RichTextSectionElement {
	return &slack.RichTextSectionTextElement{Type: slack.RTSEText, Text: text, Style: &slack.RichTextSectionTextStyle{Bold: true}}
}

func italic(text string) slack.RichTextSectionElement {
	return &slack.RichTextSectionTextElement{Type: slack.RTSEText, Text: text, Style: &slack.RichTextSectionTextStyle{Italic: true}}
}

// link leads to an address (see address); without one the text stands alone.
func link(url, text string) slack.RichTextSectionElement {
	if url == "" {
		return bold(text)
	}
	return &slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: url, Text: text, Style: &slack.RichTextSectionTextStyle{Bold: true}}
}

// weight is what a block takes of maxAll, with its comma.
func weight(b slack.Block) int {
	data, err := json.Marshal(b)
	if err != nil { // no block made here can fail; one that did must not be sent
		return maxAll + 1
	}
	return size(string(data)) + 1
}
