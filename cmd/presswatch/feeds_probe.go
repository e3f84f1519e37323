package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"

	"presswatch/watcher/feed"
	"presswatch/watcher/probe"
)

// robotName is what a robots.txt may call us.
const robotName = "presswatch"

type probeCommand struct {
	URL   string      `arg:"" help:"A page of the site, or a feed."`
	Save  string      `help:"Keep the answers there, with their headers." placeholder:"DIR"`
	Allow []feed.CIDR `help:"Reach these private addresses too, besides network.allow." placeholder:"CIDR"`
	JSON  bool        `help:"Print JSON." name:"json"`
}

// Help is the rest of what --help says.
func (probeCommand) Help() string {
	return "The site is asked at the pace of network.interval, and its robots.txt is obeyed. What is printed can be pasted below the key sources: as it is; run presswatch check then. Exit code 1 when nothing is found."
}

// Run probes a site.
func (k probeCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	network := c.Network
	network.Allow = append(append([]feed.CIDR{}, network.Allow...), k.Allow...)
	now := time.Now()
	prober := probe.Prober{Client: feed.NewClient(network, c.UserAgent(version()), nil), Agent: robotName, Now: now}
	if k.Save != "" {
		if err := os.MkdirAll(k.Save, 0o755); err != nil {
			return err
		}
		prober.Keep = keeper(k.Save)
	}
	address := k.URL
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	report, err := prober.Run(p.ctx, address)
	if err != nil {
		return err
	}
	if k.JSON {
		err = p.json(report)
	} else if len(report.Found) > 0 {
		err = printProbe(p.stdout, report, c.Zone(), now)
	}
	if err == nil && len(report.Found) == 0 {
		return exit{exitWrong, nothingFound(report)}
	}
	return err
}

// printProbe prints a report so that the whole of it can be pasted: all but the
// source is comments.
func printProbe(out io.Writer, r probe.Report, zone *time.Location, now time.Time) error {
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FEED\tKIND\tITEMS\tNEWEST\tVALIDATORS")
	for _, f := range r.Found {
		validators := "no"
		if f.Validators {
			validators = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\n", printable(f.URL), f.Kind, f.Items, moment(f.Newest, zone, now), validators)
	}
	w.Flush()
	for line := range strings.Lines(table.String()) {
		fmt.Fprint(out, "  # ", line)
	}
	for _, t := range r.Tried {
		if t.Forbidden {
			fmt.Fprintf(out, "  # not fetched: %s: %s\n", printable(t.URL), printable(t.Outcome))
		}
	}
	_, err := io.WriteString(out, r.Draft().YAML())
	return err
}

// nothingFound says what was tried in vain.
func nothingFound(r probe.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "nothing to poll was found at %s; tried:", printable(r.Site))
	for _, t := range r.Tried {
		fmt.Fprintf(&b, "\n    %s: %s", printable(t.URL), printable(t.Outcome))
	}
	return b.String()
}

// keeper writes each answer to a file of its own: the address, the status, the
// headers as served, and the body, decompressed.
func keeper(folder string) func(probe.Answer) error {
	n := 0
	return func(a probe.Answer) error {
		n++
		name := regexp.MustCompile(`[^A-Za-z0-9.-]+`).ReplaceAllString(a.URL, "-")
		var b bytes.Buffer
		fmt.Fprintf(&b, "GET %s\n", a.URL)
		if a.Err != nil {
			fmt.Fprintf(&b, "%v\n", a.Err)
		} else {
			fmt.Fprintf(&b, "HTTP %d\n", a.Response.Status)
			if err := a.Response.Header.Write(&b); err != nil {
				return err
			}
			b.WriteString("\n")
			b.Write(a.Response.Body)
		}
		return os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d-%.80s.http", n, name)), b.Bytes(), 0o644)
	}
}
