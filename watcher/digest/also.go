package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"presswatch/watcher/article"
)

// maxAlso is how many other articles of a story are named.
const maxAlso = 3

// mention is one other place of a story: "The Courier, 20 min later".
type mention struct{ name, url, tail string }

// elsewhere lists the places of a story under what is said of them: which sources
// have the same text, and how much later; and which report the same in their own
// words, each once, and when.
func (n Names) elsewhere(a article.Article, relatives []article.Relative) (copies, reports mentions) {
	copies.word, reports.word = "also in ", "also reported by "
	for _, r := range relatives {
		one := mention{name: n.bare(r.Source)}
		if url, _ := address(r.URL); len(url) <= maxBeside {
			one.url = url
		}
		switch {
		case r.Kinship == article.Copy:
			one.tail = apart(a, r.Article)
			copies.all = append(copies.all, one)
		case !slices.ContainsFunc(reports.all, func(m mention) bool { return m.name == one.name }):
			one.tail = n.clock(a, r.Article)
			reports.all = append(reports.all, one)
		}
	}
	return copies, reports
}

// mentions are places of one kind, behind the word for it.
type mentions struct {
	word string
	all  []mention
}

// String says them in a line: "also in a, b and 2 more"; "" for none.
func (m mentions) String() string {
	var b strings.Builder
	for _, part := range m.parts() {
		b.WriteString(part.name + part.tail)
	}
	return b.String()
}

// linked is String with each name leading to its article.
func (m mentions) linked() (out []slack.RichTextSectionElement) {
	for _, part := range m.parts() {
		if part.url != "" {
			out = append(out, link(part.url, part.name))
		} else if part.name != "" {
			out = append(out, plain(part.name))
		}
		if part.tail != "" {
			out = append(out, plain(part.tail))
		}
	}
	return out
}

// parts are the pieces of the line, those between the names without a name.
func (m mentions) parts() (parts []mention) {
	if len(m.all) == 0 {
		return nil
	}
	parts = append(parts, mention{tail: m.word})
	for i, one := range m.all[:min(len(m.all), maxAlso)] {
		if i > 0 {
			parts = append(parts, mention{tail: ", "})
		}
		parts = append(parts, one)
	}
	if more := len(m.all) - maxAlso; more > 0 {
		parts = append(parts, mention{tail: fmt.Sprintf(" and %d more", more)})
	}
	return parts
}

// clock is when a report was published, where it says so: the time of the day, and
// the day too if that is not the first article's.
func (n Names) clock(first, report article.Article) string {
	if report.Published.IsZero() {
		return ""
	}
	at := n.local(report.Published)
	if at.Format(time.DateOnly) == n.local(first.Published).Format(time.DateOnly) {
		return " " + at.Format("15:04")
	}
	return " " + at.Format(shortTime)
}

// bare is a source as readers know it, without its language.
func (n Names) bare(id string) string {
	return cut(cmp.Or(clean(n.Sources[id].Name), clean(id), "an unknown source"), maxName)
}

// apart says how much later than one article another was published, where both
// say when.
func apart(a, b article.Article) string {
	if a.Published.IsZero() || b.Published.IsZero() {
		return ""
	}
	later := b.Published.Sub(a.Published)
	word := "later"
	if later < 0 {
		later, word = -later, "earlier"
	}
	switch {
	case later < time.Minute:
		return ", at the same time"
	case later < 2*time.Hour:
		return fmt.Sprintf(", %d min %s", int(later.Minutes()), word)
	case later < 48*time.Hour:
		return fmt.Sprintf(", %d h %s", int(later.Hours()), word)
	}
	return fmt.Sprintf(", %d days %s", int(later.Hours()/24), word)
}
