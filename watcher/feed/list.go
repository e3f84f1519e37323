package feed

import (
	"fmt"

	"presswatch/watcher/extract"
)

// list reads a page of headlines by the source's selectors.
func (r *reader) list(body []byte, contentType string) error {
	links, err := extract.Links(body, contentType, r.about.URL, r.about.Links, r.about.Date, r.about.Zone)
	if err != nil {
		return fmt.Errorf("read list: %w", err)
	}
	base, err := parseURL(r.about.URL)
	if err != nil {
		base = nil
	}
	r.parsed.Kind, r.parsed.Named = KindList, len(links)
	allowed := r.allowed(base)
	numberless := 0
	seen := make(map[string]bool, len(links))
	for i, l := range links {
		e, err := r.located(l.URL, base, allowed)
		switch {
		case err != nil:
			r.note(fmt.Sprintf("link %d, %q, was dropped: %v", i+1, shorten(l.Title), err))
			continue
		case !r.isArticle(e):
			numberless++
			continue
		case seen[e.Identity]:
			continue
		}
		seen[e.Identity] = true
		e.Title = plainText(l.Title)
		e.Published, e.DateNote = r.clamped(l.Published)
		r.parsed.Entries = append(r.parsed.Entries, e)
		r.remember(e.Identity, i)
	}
	r.passedOver(numberless)
	if len(r.parsed.Entries) == 0 {
		return &NotFeed{fmt.Sprintf("of its links %d are where links: %q looks, and none of them leads to an article", len(links), r.about.Links)}
	}
	return nil
}
