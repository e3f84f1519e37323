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
	all := e.changes()
	for _, m := range e.elsewhere(names) {
		all = append(all, m.String())
	}
	if len(all) == 0 {
		return ""
	}
	return cut(" · "+strings.Join(all, " · "), most)
}

// elsewhere is where the story stands too.
func (e entry) elsewhere(names Names) (all []mentions) {
	copies, reports := names.elsewhere(e.article, e.also)
	for _, m := range []mentions{copies, reports} {
		if len(m.all) > 0 {
			all = append(all, m)
		}
	}
	return all
}

// changes says what became of an article since it was told.
func (e entry) changes() (all []string) {
	if e.was > article.None && e.was < e.level {
		all = append(all, "raised from "+levelWord(e.was))
	}
	if !e.article.Withdrawn.IsZero() {
		all = append(all, withdrawnSince)
	}
	return all
}
