package digest

import (
	"strings"

	"presswatch/watcher/article"
)

// withdrawnSince is said of an article that stands no more.
const withdrawnSince = "withdrawn by its publisher"

// remarks says, each behind a dot, what readers should know of an article beside
// what it says itself: that it was told before at a lower level, stands no more,
// or stands elsewhere too. At most so many units.
func (e entry) remarks(names Names, most int) string {
	var all []string
	if e.was > article.None && e.was < e.level {
		all = append(all, "raised from "+levelWord(e.was))
	}
	if !e.article.Withdrawn.IsZero() {
		all = append(all, withdrawnSince)
	}
	all = append(all, names.also(e.article, e.also)...)
	if len(all) == 0 {
		return ""
	}
	return cut(" · "+strings.Join(all, " · "), most)
}
