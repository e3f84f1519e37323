package main

import (
	"fmt"
	"time"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
	"presswatch/watcher/strict"
)

// press is what records (articles.jsonl) are read with.
func press(c *configs.Config) eval.Press {
	p := eval.Press{Marks: c.Zones}
	for _, s := range c.Sources {
		p.Sources = append(p.Sources, eval.Source{ID: s.ID, Publisher: s.Publisher, Language: s.Language, Hosts: s.Hosts, Marks: s.Zones})
	}
	return p
}

// aboutStored is what the fields of a query see of a stored article, as they saw
// it when it was read. A source that is configured no more leaves its id alone.
func aboutStored(c *configs.Config, a article.Article) rules.About {
	about := rules.About{Source: a.Source, Author: a.Author, URL: a.URL, Sections: a.Sections, Published: a.Published}
	for _, s := range c.Sources {
		if s.ID == a.Source {
			about.Publisher, about.Language = s.Publisher, s.Language
		}
	}
	return about
}

// parseSince reads how far back to go: a duration before now, or a date (of the
// zone) or moment. "" is the beginning.
func parseSince(text string, now time.Time, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, ok := parseDate(text, zone); ok {
		return t, nil
	}
	age, err := strict.Duration(text)
	if err != nil {
		return time.Time{}, exit{exitUsage, fmt.Sprintf("presswatch: bad --since %q: a duration such as 90d or 48h, or a date such as 2026-03-01", text)}
	}
	return now.Add(-age), nil
}

// parseDate reads a date or a moment of the zone.
func parseDate(text string, zone *time.Location) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, "2006-01"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// heading shows which stored article is spoken of.
func (n pen) heading(a article.Article, zone *time.Location) string {
	at := a.Published
	if at.IsZero() {
		at = a.Seen
	}
	return fmt.Sprintf("%s  %s  %s\n  %s", at.In(zone).Format("2006-01-02 15:04"), a.Source, n.bold(printable(a.Title)), printable(a.URL))
}
