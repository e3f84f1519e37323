package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"presswatch/configs"
	"presswatch/watcher"
	"presswatch/watcher/feed"
	"presswatch/watcher/opml"
	"presswatch/watcher/probe"
)

type exportCommand struct{}

// Run prints the configured feeds as OPML. What only presswatch can read, by
// selectors or by months, is left out, and that is said.
func (exportCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	var outlines []opml.Outline
	for _, s := range c.Sources {
		for _, f := range s.Feeds {
			if monthly, _ := feed.Monthly(f.URL); monthly || !f.Links.IsZero() {
				fmt.Fprintf(p.stderr, "left out: %s: other readers cannot read list pages and month sitemaps\n", f.URL)
				continue
			}
			outlines = append(outlines, outlineOf(s, f))
		}
	}
	return opml.Write(p.stdout, "presswatch", outlines)
}

func outlineOf(s watcher.Source, f watcher.Feed) opml.Outline {
	scheme, _, _ := strings.Cut(f.URL, "://")
	o := opml.Outline{Text: s.Name, XMLURL: f.URL, HTMLURL: scheme + "://" + s.Hosts[0] + "/", Language: s.Language, Category: s.Publisher}
	if o.Text == "" {
		o.Text = s.ID
	}
	return o
}

type importCommand struct {
	File string `arg:"" help:"An OPML file, or - for standard input."`
}

// importSchedule is how often an imported feed is polled: nothing is known of
// its rhythm.
const importSchedule = "@every 30m"

// Run prints what of an OPML file is not configured yet, as sources to paste.
func (k importCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	in := p.stdin
	if k.File != "-" {
		file, err := os.Open(k.File)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	outlines, err := opml.Read(in)
	if err != nil {
		return err
	}
	drafts, skipped := newSources(c, outlines)
	for _, line := range skipped {
		fmt.Fprintln(p.stderr, printable(line))
	}
	for _, d := range drafts {
		if _, err := io.WriteString(p.stdout, d.YAML()); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.stderr, "%s to paste below sources: in the configuration; %s left out\n", counted(len(drafts), "source"), counted(len(skipped), "feed"))
	return nil
}

// newSources groups new subscriptions by site and language, each group a source,
// and says why the others are none.
func newSources(c *configs.Config, outlines []opml.Outline) (drafts []*probe.Draft, skipped []string) {
	feeds, ids, bySite := map[string]bool{}, map[string]bool{}, map[string]*probe.Draft{}
	for _, s := range c.Sources {
		ids[s.ID] = true
		for _, f := range s.Feeds {
			if name, err := feed.Identify(f.URL, nil); err == nil {
				feeds[name] = true
			}
		}
	}
	for _, o := range outlines {
		name, err := feed.Identify(o.XMLURL, nil)
		switch {
		case err != nil:
			skipped = append(skipped, fmt.Sprintf("left out: %q: %v", o.Text, err))
			continue
		case feeds[name]:
			skipped = append(skipped, fmt.Sprintf("left out: %q: configured already, or twice in the file: %s", o.Text, o.XMLURL))
			continue
		}
		feeds[name] = true
		draft := draftOf(o)
		site := draft.Hosts[0] + " " + draft.Language
		if known := bySite[site]; known != nil {
			known.Feeds = append(known.Feeds, draft.Feeds...)
			continue
		}
		draft.ID = unused(draft.ID, ids)
		bySite[site] = draft
		drafts = append(drafts, draft)
	}
	return drafts, skipped
}

// draftOf makes a source of one subscription. Its articles are on the site's
// host, which the feed's may not be.
func draftOf(o opml.Outline) *probe.Draft {
	at := o.XMLURL
	if u, err := url.Parse(o.HTMLURL); err == nil && u.Host != "" {
		at = o.HTMLURL
	}
	host := ""
	if u, err := url.Parse(at); err == nil {
		host = u.Host
	}
	language := probe.Language(o.Language)
	return &probe.Draft{
		ID: probe.ID(at, language), Name: o.Text, Language: language, Hosts: []string{host},
		Feeds: []probe.DraftFeed{{URL: o.XMLURL, Schedule: importSchedule}},
	}
}

// unused makes an id that no other source has.
func unused(id string, taken map[string]bool) string {
	name := id
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s-%d", id, n)
	}
	taken[name] = true
	return name
}
