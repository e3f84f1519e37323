package digest

import (
	"strings"

	"github.com/slack-go/slack"
)

const (
	kindNotice     = "notice"
	maxNoticeLines = 8 // a longer text ends with how many lines are left out
)

// Notice composes what operators are told: a subject, and what is wrong with it,
// line by line as given. Its id derives from all three; the occasion tells two
// rows of trouble with the same text apart.
func Notice(subject, text, occasion string) Message {
	var lines []string
	for line := range strings.Lines(text) {
		if line = cut(clean(line), maxTitle); line != "" {
			lines = append(lines, line)
		}
	}
	if more := len(lines) - maxNoticeLines; more > 0 {
		lines = append(lines[:maxNoticeLines], "and "+plural(more, "line", "lines")+" more: see presswatch status")
	}
	title := cut(clean("presswatch: "+subject), maxHeader)
	body := strings.Join(lines, "\n")
	m := Message{Text: escape(title, maxLine)}
	m.Blocks.BlockSet = []slack.Block{header(title)}
	if body != "" {
		m.Text += "\n" + escapeAll(body)
		m.Blocks.BlockSet = append(m.Blocks.BlockSet, rich(section(plain(body))))
	}
	return number(ID(kindNotice, subject, text, occasion), []Message{m})[0]
}
