package digest

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestValidateNamesWhatIsWrong(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	mrkdwn := &slack.TextBlockObject{Type: slack.MarkdownType, Text: "x"}
	blocks := func(bs ...slack.Block) Message { return Message{Text: "x", Blocks: slack.Blocks{BlockSet: bs}} }
	elements := make([]slack.MixedElement, maxContext+1)
	for i := range elements {
		elements[i] = plainText("x")
	}
	bad := &slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: "https://a.example/<", Text: "x"}
	mention := &slack.RichTextSectionUserElement{Type: slack.RTSEUser, UserID: "U1"}
	for _, c := range []struct {
		name string
		m    Message
		want string
	}{
		{"no text", Message{}, "text: empty"},
		{"long text", Message{Text: long(maxText + 1)}, "text: 3001 characters: at most 3000"},
		{"long text of wide characters", Message{Text: strings.Repeat("👧", maxText/2+1)}, "text: 3002 characters"},
		{"a control sequence", Message{Text: "<!channel>"}, "a bare <"},
		{"a bare ampersand", Message{Text: "a & b"}, "a bare &"},
		{"invalid text", Message{Text: "\xff"}, "not valid UTF-8"},
		{"an escape", Message{Text: "\x1b[1m"}, "a control character"},
		{"many blocks", blocks(repeated(maxBlocks+1, footnote("x"))...), "46 blocks: at most 45"},
		{"much in all", blocks(repeated(10, rich(section(plain(long(1000)))))...), "in all blocks: at most 9000"},
		{"a long header", blocks(&slack.HeaderBlock{Type: slack.MBTHeader, Text: plainText(long(151))}), "block 1: 151 characters"},
		{"a header without text", blocks(&slack.HeaderBlock{Type: slack.MBTHeader}), "block 1: its text is not plain_text"},
		{"mrkdwn", blocks(&slack.SectionBlock{Type: slack.MBTSection, Text: mrkdwn}), "block 1: its text is not plain_text"},
		{"a long section", blocks(&slack.SectionBlock{Type: slack.MBTSection, Text: plainText(long(2901))}), "2901 characters: at most 2900"},
		{"many elements", blocks(&slack.ContextBlock{Type: slack.MBTContext, ContextElements: slack.ContextElements{Elements: elements}}), "11 elements: 1 to 10"},
		{"a picture", blocks(&slack.ContextBlock{Type: slack.MBTContext, ContextElements: slack.ContextElements{Elements: []slack.MixedElement{&slack.ImageBlockElement{}}}}), "an element that is no text"},
		{"a context of mrkdwn", blocks(&slack.ContextBlock{Type: slack.MBTContext, ContextElements: slack.ContextElements{Elements: []slack.MixedElement{mrkdwn}}}), "not plain_text"},
		{"a list", blocks(rich(&slack.RichTextList{Type: slack.RTEList})), "rich_text_list that is unknown"},
		{"much in one block", blocks(rich(section(plain(long(2000))), section(plain(long(901))))), "2901 characters: at most 2900"},
		{"an empty rich text", blocks(rich()), "block 1: empty"},
		{"an empty quotation", blocks(rich(quoted(nil))), "rich_text_quote that is unknown or empty"},
		{"an empty stretch", blocks(rich(section(plain("")))), "block 1: empty"},
		{"a bad link", blocks(rich(section(bad))), "an address that may not be linked"},
		{"a mention", blocks(rich(section(mention))), "a user is not made here"},
		{"an unknown block", blocks(&slack.MarkdownBlock{Type: slack.MBTMarkdown, Text: "x"}), "a markdown is not made here"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := Validate(c.m); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func repeated(n int, b slack.Block) []slack.Block {
	out := make([]slack.Block, n)
	for i := range out {
		out[i] = b
	}
	return out
}

func TestADividerAndAPlainSectionAreGoodAndPrinted(t *testing.T) {
	m := Message{Text: "x", Blocks: slack.Blocks{BlockSet: []slack.Block{
		&slack.SectionBlock{Type: slack.MBTSection, Text: plainText("words")}, &slack.DividerBlock{Type: slack.MBTDivider},
	}}}
	if err := Validate(m); err != nil {
		t.Error(err)
	}
	if got := string(rendered(t, Style{Width: 8}, m)); got != "words\n────────\n" {
		t.Errorf("%q", got)
	}
}
