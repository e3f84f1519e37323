package digest

import (
	"fmt"
	"strings"

	"presswatch/watcher/article"
)

// Storm composes what stands for the alerts of one round beyond a channel's limit:
// a count, and one line each with its link, oldest find first. The findings are
// owed to one channel. More than one message comes where one would be too long,
// none where there is nothing to tell.
func Storm(findings []article.Finding, names Names) []Message {
	if len(findings) == 0 {
		return nil
	}
	all := entries(findings, nil)
	items := make([]item, len(all))
	for i, e := range all {
		items[i] = stormItem(e, names)
	}
	top := sheet{
		title: plural(len(all), "more alert", "more alerts"),
		note:  "beyond what this channel takes one by one in an hour · times in " + names.zone(findings[0].Found),
	}
	return number(groupID(kindStorm, "", "", findings), lay(top, items))
}

func stormItem(e entry, names Names) item {
	_, rules := levelWords(e)
	about := names.source(e.article.Source) + " · " + names.when(e.article, shortTime) + e.remarks(names, maxRules)
	if e.fromFeed {
		about += " · " + feedOnly
	}
	about += " · " + rules
	b := rich(section(link(e.url, e.title(maxTitle)), plain(" — "+about)))
	return item{block: b, weight: weight(b), line: entryLine(e, "", about)}
}

// entryLine is an entry as one line of text, escaped, its address below.
func entryLine(e entry, level, about string) string {
	var b strings.Builder
	b.WriteString("• ")
	b.WriteString(escape(level+e.title(maxTitle), maxLine))
	b.WriteString(" — ")
	b.WriteString(escape(about, maxLine))
	if e.url != "" {
		b.WriteString("\n  ")
		b.WriteString(escapeAll(e.url))
	}
	return b.String()
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
