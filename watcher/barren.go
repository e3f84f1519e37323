package watcher

import (
	"fmt"
	"net/http"

	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

// barren is a document that is read well and of no use: what it names are no
// articles of the source. To take it for a feed with no news would hide a wrong
// identity pattern, wrong hosts, or a site that was built anew.
type barren struct{ why string }

func (b *barren) Error() string { return b.why }

// Trouble is its kind: it is no longer the feed that the configuration describes.
func (b *barren) Trouble() article.Trouble { return article.Changed }

// judge says why a document that could be read is no feed of the source; nil for
// one that is. A document that names nothing at all is one, and has no news.
func judge(p feed.Parsed) error {
	switch {
	case p.Kind == feed.KindIndex && len(p.Children) == 0:
		return &barren{"it is a sitemap index that names no sitemap on the source's hosts" + firstNote(p)}
	case p.Named > 0 && len(p.Entries)+len(p.Children)+p.Known == 0:
		return &barren{fmt.Sprintf("it is a feed (%s) that names %d, and none of them is an article of the source%s", p.Kind, p.Named, firstNote(p))}
	}
	return nil
}

func firstNote(p feed.Parsed) string {
	if len(p.Notes) == 0 {
		return ""
	}
	return ": " + p.Notes[0]
}

// empty reports whether the answer is new and holds nothing.
func (f fetched) empty() bool {
	switch f.response.Status {
	case http.StatusOK:
		return f.err == nil && f.parsed.Kind != "" && len(f.parsed.Entries)+len(f.parsed.Children)+f.parsed.Known == 0
	case http.StatusNoContent:
		return f.err == nil
	}
	return false
}
