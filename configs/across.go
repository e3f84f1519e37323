package configs

import (
	"fmt"
	"slices"
	"strings"

	"presswatch/watcher/strict"
)

// across finds the mistakes that no room can see alone.
func (c *Config) across(doc *strict.Document) (mistakes strict.Mistakes) {
	tell := func(path, message, hint string) {
		mistakes = append(mistakes, doc.Mistake(path, message, hint))
	}
	c.acrossContact(tell)
	c.acrossSources(tell)
	if c.OpsChannel != "" && !strings.HasPrefix(c.OpsChannel, "#") && !strings.HasPrefix(c.OpsChannel, "C") {
		tell("ops_channel", fmt.Sprintf("bad channel %q", c.OpsChannel), `a name such as "#presswatch-ops", or an id of Slack such as C0123456789`)
	}
	if c.Rules != nil {
		c.acrossDigests(tell, c.Rules.IDs())
	}
	return mistakes
}

type teller func(path, message, hint string)

func (c *Config) acrossContact(tell teller) {
	if !strings.HasPrefix(c.Contact, "mailto:") && !strings.HasPrefix(c.Contact, "https://") {
		tell("contact", "a contact is needed: publishers block robots that nobody answers for", "such as contact: mailto:desk@example.org")
	}
	if strings.ContainsAny(c.Contact, "()\r\n") {
		tell("contact", "the contact goes into a header: no brackets and no line breaks", "")
	}
}

func (c *Config) acrossSources(tell teller) {
	if len(c.Sources) == 0 {
		tell("sources", "no sources: there is nothing to watch", "")
	}
	ids, feeds := map[string]bool{}, map[string]bool{}
	for i, s := range c.Sources {
		if ids[s.ID] {
			tell(fmt.Sprintf("sources.%d.id", i), fmt.Sprintf("a second source %q", s.ID), "each source needs an id of its own")
		}
		ids[s.ID] = true
		for j, f := range s.Feeds {
			if feeds[f.URL] {
				tell(fmt.Sprintf("sources.%d.feeds.%d.url", i, j), "this feed is listed already", "poll a feed once: two polls would be two visits")
			}
			feeds[f.URL] = true
		}
	}
}

func (c *Config) acrossDigests(tell teller, names []string) {
	ids := map[string]bool{}
	for i, d := range c.Digests {
		if ids[d.ID] {
			tell(fmt.Sprintf("digests.%d.id", i), fmt.Sprintf("a second digest %q", d.ID), "each digest needs an id of its own")
		}
		ids[d.ID] = true
		for j, rule := range d.Rules {
			if !slices.Contains(names, rule) {
				hint := "known rules: " + strings.Join(names, ", ")
				if near := strict.Nearest(rule, names); near != "" {
					hint = fmt.Sprintf("did you mean %q? %s", near, hint)
				}
				tell(fmt.Sprintf("digests.%d.rules.%d", i, j), fmt.Sprintf("no rule has the id %q", rule), hint)
			}
		}
	}
	if len(c.Digests) == 0 {
		tell("digests", "no digests: matches would reach no one", "")
	}
}
