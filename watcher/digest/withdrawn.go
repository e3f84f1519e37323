package digest

import (
	"github.com/slack-go/slack"

	"presswatch/watcher/article"
)

const kindWithdrawn = "withdrawn"

// Withdrawn composes what is told of an article whose page its publisher took
// down after it was told in the message that first names.
func Withdrawn(a article.Article, first article.Telling, names Names) Message {
	e := gather([]article.Finding{{Article: a}}, nil)
	about := names.source(a.Source) + " · " + names.when(a, longTime)
	said := sentence(withdrawnSince)
	m := Message{Text: said + "\n" + escape(e.title(maxTitle), maxLine) + "\n" + escape(about, maxLine)}
	m.Blocks.BlockSet = []slack.Block{rich(section(bold(said), plain("\n"+e.title(maxTitle)+"\n"+about)))}
	return number(ID(kindWithdrawn, first.Channel, first.Delivery, articleKey(a)), []Message{m})[0]
}
