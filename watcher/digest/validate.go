package digest

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// entity is all that an ampersand may begin in escaped text.
var entity = regexp.MustCompile(`^&(amp|lt|gt);`)

// Validate reports everything in a message that breaks a limit, or could act in
// Slack: nil for every message composed here. It is for the last look before the
// outbox, and for tests.
func Validate(m Message) error {
	faults := []error{validText(m.Text)}
	if n := len(m.Blocks.BlockSet); n > maxBlocks {
		faults = append(faults, fmt.Errorf("%d blocks: at most %d", n, maxBlocks))
	}
	for i, b := range m.Blocks.BlockSet {
		if err := validBlock(b); err != nil {
			faults = append(faults, fmt.Errorf("block %d: %w", i+1, err))
		}
	}
	data, err := json.Marshal(m.Blocks)
	if err != nil {
		faults = append(faults, fmt.Errorf("blocks: %w", err))
	}
	if n := size(string(data)); n > maxAll {
		faults = append(faults, fmt.Errorf("%d characters in all blocks: at most %d", n, maxAll))
	}
	return errors.Join(faults...)
}

// validText checks the text beside the blocks, which Slack reads as mrkdwn.
func validText(text string) error {
	if err := validShown(text, maxText); err != nil {
		return fmt.Errorf("text: %w", err)
	}
	if strings.ContainsAny(text, "<>") {
		return errors.New("text: a bare < or > could begin a control sequence")
	}
	for i := range len(text) {
		if text[i] == '&' && !entity.MatchString(text[i:]) {
			return errors.New("text: a bare & is not escaped")
		}
	}
	return nil
}

// validShown checks what any shown text must keep.
func validShown(text string, most int) error {
	switch {
	case text == "":
		return errors.New("empty")
	case !utf8.ValidString(text):
		return errors.New("not valid UTF-8")
	case size(text) > most:
		return fmt.Errorf("%d characters: at most %d", size(text), most)
	case strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && invisible(r) }):
		return errors.New("a control character")
	}
	return nil
}

func validBlock(b slack.Block) error {
	switch b := b.(type) {
	case *slack.HeaderBlock:
		return validPlain(b.Text, maxHeader)
	case *slack.SectionBlock:
		return validPlain(b.Text, maxSection)
	case *slack.DividerBlock:
		return nil
	case *slack.ContextBlock:
		return validContext(b.ContextElements.Elements)
	case *slack.RichTextBlock:
		return validRich(b.Elements)
	}
	return fmt.Errorf("a %s is not made here", b.BlockType())
}

func validPlain(t *slack.TextBlockObject, most int) error {
	if t == nil || t.Type != slack.PlainTextType {
		return errors.New("its text is not plain_text")
	}
	return validShown(t.Text, most)
}

func validContext(elements []slack.MixedElement) error {
	if len(elements) == 0 || len(elements) > maxContext {
		return fmt.Errorf("%d elements: 1 to %d", len(elements), maxContext)
	}
	for _, e := range elements {
		text, ok := e.(*slack.TextBlockObject)
		if !ok {
			return errors.New("an element that is no text")
		}
		if err := validPlain(text, maxSection); err != nil {
			return err
		}
	}
	return nil
}

func validRich(elements []slack.RichTextElement) error {
	if len(elements) == 0 {
		return errors.New("empty")
	}
	shown := 0
	for _, e := range elements {
		inner, ok := inside(e)
		if !ok || len(inner) == 0 {
			return fmt.Errorf("a %s that is unknown or empty", e.RichTextElementType())
		}
		for _, s := range inner {
			n, err := validSpan(s)
			if err != nil {
				return err
			}
			shown += n
		}
	}
	if shown > maxSection {
		return fmt.Errorf("%d characters: at most %d", shown, maxSection)
	}
	return nil
}

// inside is what a section or quotation of rich text holds.
func inside(e slack.RichTextElement) ([]slack.RichTextSectionElement, bool) {
	switch e := e.(type) {
	case *slack.RichTextSection:
		return e.Elements, true
	case *slack.RichTextQuote:
		return e.Elements, true
	}
	return nil, false
}

// validSpan checks one stretch of rich text and returns how long it is.
func validSpan(s slack.RichTextSectionElement) (int, error) {
	switch s := s.(type) {
	case *slack.RichTextSectionTextElement:
		return size(s.Text), validShown(s.Text, maxSection)
	case *slack.RichTextSectionLinkElement:
		if url, _ := address(s.URL); url != s.URL || url == "" {
			return 0, fmt.Errorf("an address that may not be linked: %q", s.URL)
		}
		return size(s.Text), validShown(s.Text, maxSection)
	}
	return 0, fmt.Errorf("a %s is not made here", s.RichTextSectionElementType())
}
