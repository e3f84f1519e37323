package digest

import (
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestARenderingIsWrappedAtItsWidth(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"between words", "one two three four five", "one two three\nfour five\n"},
		{"inside a word that is too long", strings.Repeat("x", 20), strings.Repeat("x", 14) + "\nxxxxxx\n"},
		{"wide characters take two columns", "國防部 國防部 國防", "國防部 國防部\n國防\n"},
		{"accents take none", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301\n"},
		{"lines of its own stay", "a\nb", "a\nb\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := Message{Blocks: slack.Blocks{BlockSet: []slack.Block{rich(section(plain(c.text)))}}}
			if got := string(rendered(t, Style{Width: 14}, m)); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestAStoredMessageCannotDriveTheTerminal(t *testing.T) {
	evil := "\x1b]0;owned\x07\u009b31m\u202e\r"
	link := &slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: "https://a.example/" + evil, Text: evil}
	m := Message{Text: evil, Blocks: slack.Blocks{BlockSet: []slack.Block{
		&slack.HeaderBlock{Type: slack.MBTHeader, Text: plainText(evil)}, footnote(evil), rich(section(plain(evil), link), quoted([]slack.RichTextSectionElement{bold(evil)})),
	}}}
	for _, m := range []Message{m, {Text: evil}} {
		out := string(rendered(t, Style{}, m))
		if i := strings.IndexFunc(out, func(r rune) bool { return r != '\n' && invisible(r) }); i >= 0 {
			t.Errorf("%q reaches the terminal", out[i:])
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestAnErrorOfTheWriterIsTold(t *testing.T) {
	if err := Render(full{}, Message{Text: "x"}, Style{}); err == nil || err.Error() != "full" {
		t.Error(err)
	}
}
