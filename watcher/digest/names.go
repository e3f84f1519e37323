package digest

import (
	"cmp"
	"time"

	"presswatch/watcher/article"
)

const feedOnly = "from the feed only: the page could not be read"

// The forms of times. Digests say their zone once, alerts beside the time.
const (
	longTime  = "Mon 2 Jan 2006, 15:04 MST"
	shortTime = "2 Jan 15:04"
	slotTime  = "Mon 2 Jan 2006, 15:04"
)

// in gives the names another zone where a digest has one of its own.
func (n Names) in(zone *time.Location) Names {
	if zone != nil {
		n.Zone = zone
	}
	return n
}

func (n Names) local(t time.Time) time.Time {
	if n.Zone == nil {
		return t.UTC()
	}
	return t.In(n.Zone)
}

// source is a source as readers know it, and its language.
func (n Names) source(id string) string {
	known := n.Sources[id]
	name := cut(cmp.Or(clean(known.Name), clean(id), "unknown source"), maxName)
	if language := cut(clean(known.Language), 8); language != "" {
		name += " · " + language
	}
	return name
}

// when is the time of an article in words; a publisher that gives none is not
// given one.
func (n Names) when(a article.Article, layout string) string {
	switch {
	case !a.Published.IsZero():
		return n.local(a.Published).Format(layout)
	case !a.Seen.IsZero():
		return "seen " + n.local(a.Seen).Format(layout)
	}
	return "without a date"
}

// slot is a digest's slot in words.
func (n Names) slot(slot string, now time.Time) string {
	if wall, err := time.Parse("2006-01-02T15:04", slot); err == nil {
		return wall.Format(slotTime)
	}
	if at, err := time.Parse(time.RFC3339, slot); err == nil {
		return n.local(at).Format(slotTime)
	}
	return n.local(now).Format(slotTime)
}

// zone names the zone that a digest's times are in.
func (n Names) zone(at time.Time) string {
	if n.Zone == nil {
		return "UTC"
	}
	if name := n.Zone.String(); name != "Local" && name != "" {
		return cut(clean(name), maxName)
	}
	return n.local(at).Format("MST")
}
