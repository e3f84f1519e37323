package digest

import (
	"strings"

	"github.com/slack-go/slack"

	"presswatch/watcher/article"
)

// Alert composes the message that tells of one article at once. The findings are
// all of that article, owed to one channel, perhaps by several rules; without any
// there is nothing to tell and the Message is zero.
func Alert(findings []article.Finding, names Names) Message {
	if len(findings) == 0 {
		return Message{}
	}
	e := gather(findings, nil)
	m := Message{Text: alertText(e, names)}
	for most := maxAlert; ; most /= 2 {
		m.Blocks.BlockSet = alertBlocks(e, names, most)
		if fits(m.Blocks.BlockSet) || most < maxMarks {
			break
		}
	}
	return number(groupID(kindAlert, "", "", findings), []Message{m})[0]
}

func alertBlocks(e entry, names Names, most int) []slack.Block {
	body := []slack.RichTextElement{section(ruleLine(e)...)}
	for _, line := range e.ledger() {
		body = append(body, section(plain(line)))
	}
	for i, p := range e.passages[:min(len(e.passages), maxOther)] {
		body = append(body, quoted(quote(p, most/min(i+1, 2)).elements()))
	}
	if clause := e.clause(); clause != "" {
		body = append(body, section(italic("Matched by "+cut(clause, maxTitle))))
	}
	body = append(body, section(whereFrom(e, names)...))
	blocks := []slack.Block{header(e.title(maxHeader)), rich(body...)}
	if e.fromFeed {
		blocks = append(blocks, footnote(sentence(feedOnly)))
	}
	return blocks
}

// ruleLine says how urgent the article is, and by which rules.
func ruleLine(e entry) []slack.RichTextSectionElement {
	level, names := levelWords(e)
	return []slack.RichTextSectionElement{bold(level), plain(" · " + names)}
}

// levelWords is the entry's level, and its rules, those of a lower level apart.
func levelWords(e entry) (level, names string) {
	lower := len(e.rules)
	for lower > 0 && e.rules[lower-1].Level < e.level {
		lower--
	}
	names = ruleNames(e.rules[:lower], maxRules/2)
	if rest := e.rules[lower:]; len(rest) > 0 {
		names += " · " + levelWord(rest[0].Level) + ": " + ruleNames(rest, maxRules/2)
	}
	return levelWord(e.level), names
}

func levelWord(l article.Level) string {
	if l == article.Alert {
		return "ALERT"
	}
	return "digest"
}

// whereFrom says source, time and link, and where else the story stands, with links.
func whereFrom(e entry, names Names) []slack.RichTextSectionElement {
	said := append([]string{names.source(e.article.Source), names.when(e.article, longTime)}, e.changes()...)
	out := []slack.RichTextSectionElement{plain(strings.Join(said, " · "))}
	if e.url != "" {
		out = append(out, plain(" · "), link(e.url, e.host))
	}
	for _, m := range e.elsewhere(names) {
		out = append(append(out, plain(" · ")), m.linked()...)
	}
	return out
}

// alertText says the same as the blocks, line by line.
func alertText(e entry, names Names) string {
	level, rules := levelWords(e)
	lines := []string{
		escape(level+" · "+rules, maxLine),
		escape(e.title(maxTitle), maxLine),
	}
	for _, line := range e.ledger() {
		lines = append(lines, escape(line, maxLine))
	}
	if p, ok := e.best(); ok {
		lines = append(lines, "“"+escape(quote(p, maxAlert).String(), maxAlert)+"”")
	}
	if clause := e.clause(); clause != "" {
		lines = append(lines, escape("Matched by "+clause, maxLine))
	}
	lines = append(lines, escape(names.source(e.article.Source)+" · "+names.when(e.article, longTime)+e.remarks(names, maxRules), maxLine))
	if e.url != "" {
		lines = append(lines, escapeAll(e.url))
	}
	if e.fromFeed {
		lines = append(lines, sentence(feedOnly))
	}
	return strings.Join(lines, "\n")
}

// sentence begins a phrase of ours with a capital and ends it with a full stop.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// fits reports whether blocks keep the limit on all of them together.
func fits(blocks []slack.Block) bool {
	total := len("[]")
	for _, b := range blocks {
		total += weight(b)
	}
	return total <= maxAll
}
