package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"presswatch/watcher/article"
)

// maxAlso is how many other articles of a story are named.
const maxAlso = 3

// also says where else a story stands: which sources have the same text, and how
// much later; and which report the same in their own words, each once.
func (n Names) also(a article.Article, relatives []article.Relative) (said []string) {
	var copies, reports []string
	for _, r := range relatives {
		name := n.bare(r.Source)
		switch {
		case r.Kinship == article.Copy:
			copies = append(copies, name+apart(a, r.Article))
		case !slices.Contains(reports, name):
			reports = append(reports, name)
		}
	}
	if len(copies) > 0 {
		said = append(said, "also in "+listed(copies))
	}
	if len(reports) > 0 {
		said = append(said, "also reported by "+listed(reports))
	}
	return said
}

// bare is a source as readers know it, without its language.
func (n Names) bare(id string) string {
	return cut(cmp.Or(clean(n.Sources[id].Name), clean(id), "an unknown source"), maxName)
}

func listed(names []string) string {
	if more := len(names) - maxAlso; more > 0 {
		return strings.Join(names[:maxAlso], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
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
