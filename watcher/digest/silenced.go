package digest

import (
	"strings"
)

const (
	leftOut     = "Left out" // heading of what was silenced
	maxSilenced = 3          // silences named one by one
)

// silencedItem says, behind the findings, what of them was left out and why, a line
// a silence; ok is false where nothing was.
func silencedItem(all []Silenced, names Names) (it item, ok bool) {
	var lines []string
	rest := 0
	for _, s := range all {
		if len(lines) == maxSilenced {
			rest += s.Articles
			continue
		}
		lines = append(lines, silencedLine(s, names))
	}
	if len(lines) == 0 {
		return item{}, false
	}
	if rest > 0 {
		lines = append(lines, plural(rest, "article", "articles")+" by other silences")
	}
	said := strings.Join(lines, "\n")
	block := rich(section(plain(said)))
	it = item{heading: leftOut, block: block, weight: weight(block)}
	for i, line := range lines {
		lines[i] = escape(line, maxLine)
	}
	it.line = strings.Join(lines, "\n")
	return it, true
}

// silencedLine is "3 articles · rule Treaties silenced until 2 Mar 09:00 · summit week".
func silencedLine(s Silenced, names Names) string {
	line := plural(s.Articles, "article", "articles") + " · " + cut(clean(s.Silence.String()), maxTitle) +
		" silenced until " + names.local(s.Until).Format(shortTime)
	if reason := clean(s.Reason); reason != "" {
		line += " · " + cut(reason, maxName)
	}
	return line
}
