package feed

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"
)

// pickLink finds where an entry leads: the first of its addresses that is on an
// allowed host. The error says why the best of the others was refused.
func pickLink(item *gofeed.Item, base *url.URL, allowed hosts) (*url.URL, error) {
	var refused error
	for _, raw := range candidates(item) {
		u, err := resolve(base, raw)
		if err == nil && !allowed.allows(u) {
			err = fmt.Errorf("its link leads to %s, the source's hosts are %s", u.Host, allowed)
		}
		if err == nil {
			return u, nil
		}
		if refused == nil {
			refused = err
		}
	}
	if refused == nil {
		refused = errors.New("it has no link")
	}
	return nil, refused
}

// candidates lists an item's addresses, best first. Syndicators that count
// clicks keep the true address in an element of their own. A guid counts only
// when it is an address as a whole.
func candidates(item *gofeed.Item) []string {
	list := []string{extension(item.Extensions, "feedburner", "origLink"), item.Link}
	list = append(list, item.Links...)
	for _, prefix := range []string{"atom", "atom10", "atom03"} {
		for _, link := range item.Extensions[prefix]["link"] {
			if rel := link.Attrs["rel"]; rel == "" || rel == "alternate" {
				list = append(list, link.Attrs["href"])
			}
		}
	}
	if guid := strings.TrimSpace(item.GUID); strings.HasPrefix(guid, "http://") || strings.HasPrefix(guid, "https://") {
		list = append(list, guid)
	}
	kept := list[:0]
	for _, raw := range list {
		if raw = strings.TrimSpace(raw); raw != "" {
			kept = append(kept, raw)
		}
	}
	return kept
}

// resolve makes a link absolute. Line breaks inside come from templates that
// wrap their text.
func resolve(base *url.URL, raw string) (*url.URL, error) {
	raw = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, raw)
	raw = strings.ReplaceAll(raw, " ", "%20")
	if base == nil {
		return parseURL(raw)
	}
	u, err := base.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("its link %q is not an address", shorten(raw))
	}
	return parseURL(u.String())
}
