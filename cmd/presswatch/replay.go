package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/store/sqlite"
	"presswatch/watcher"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
)

type replayCommand struct {
	Since  string `help:"How far back, by the articles' dates: a duration such as 90d or 48h, or a date." default:"90d" placeholder:"TIME"`
	Rules  string `help:"A folder of rule files to try in place of the configuration's." placeholder:"DIR"`
	Ledger bool   `help:"Fill the ledger anew instead, with what those articles state; nobody is told."`
	JSON   bool   `help:"Print JSON." name:"json"`
}

// Help is the rest of what --help says.
func (replayCommand) Help() string {
	return "Nothing is stored and nothing is sent: the verdicts of the rules on stored articles are only compared with those on record. With --ledger the facts that articles state are read anew and kept; no other presswatch may write the store meanwhile."
}

// replayReport is what a replay found, as --json prints it.
type replayReport struct {
	Since    time.Time                `json:"since,omitzero"`
	Articles int                      `json:"articles"` // that were read and lie within
	Rules    map[string]*eval.Turnout `json:"rules"`
	Changes  []replayed               `json:"changes"` // newest article first
}

// replayed is a changed verdict and its article.
type replayed struct {
	Article article.Article `json:"article"`
	eval.Change
}

// Run says what the rules, or changed ones, would have said of stored articles.
func (k replayCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	since, err := parseSince(k.Since, time.Now(), c.Zone())
	if err != nil {
		return err
	}
	if k.Ledger {
		return k.fill(p, c, since)
	}
	set, err := k.rules(c)
	if err != nil {
		return err
	}
	report, err := k.replay(p, c, set, since)
	if err != nil {
		return err
	}
	if k.JSON {
		return p.json(report)
	}
	return report.print(p, slices.Concat(set.IDs(), vanished(set, report)), c.Zone())
}

// fill reads anew what stored articles state.
func (k replayCommand) fill(p *program, c *configs.Config, since time.Time) error {
	if k.Rules != "" {
		return exit{exitUsage, "presswatch: --ledger keeps what the configuration's own rules read: leave --rules out"}
	}
	s, err := sqlite.Open(p.ctx, c.Database)
	if err != nil {
		return err
	}
	done, err := watcher.Restate(p.ctx, s, c.Setup(), since)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if k.JSON {
		return p.json(map[string]int{"articles": done.Articles, "facts": done.Facts})
	}
	fmt.Fprintf(p.stdout, "%s read anew: they state %s\n", counted(done.Articles, "article"), counted(done.Facts, "fact"))
	return nil
}

func (k replayCommand) rules(c *configs.Config) (*rules.Set, error) {
	if k.Rules == "" {
		return c.Rules, nil
	}
	set, mistakes := c.OtherRules(k.Rules)
	if len(mistakes) > 0 {
		return nil, exit{exitWrong, mistakes.Report() + "\n" + counted(len(mistakes), "mistake") + ": nothing was replayed"}
	}
	return set, nil
}

func (k replayCommand) replay(p *program, c *configs.Config, set *rules.Set, since time.Time) (replayReport, error) {
	s, err := sqlite.OpenReader(p.ctx, c.Database)
	if err != nil {
		return replayReport{}, err
	}
	defer s.Close()
	replay := eval.NewReplay(set)
	report := replayReport{Since: since, Rules: replay.Rules, Changes: []replayed{}}
	for stored, err := range s.Articles(p.ctx, since) {
		if err != nil {
			return report, err
		}
		document := set.Document(aboutStored(c, stored.Article), stored.Revision.Zones)
		for _, change := range replay.Add(document, stored.Matches) {
			report.Changes = append(report.Changes, replayed{stored.Article, change})
		}
	}
	report.Articles = replay.Articles
	return report, nil
}

// vanished lists the rules that said something and are not in the set.
func vanished(set *rules.Set, r replayReport) []string {
	known := set.IDs()
	ids := slices.Sorted(maps.Keys(r.Rules))
	return slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(known, id) })
}

func (r replayReport) print(p *program, ids []string, zone *time.Location) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tALERT\tDIGEST\tNEW\tGONE\tRAISED\tLOWERED")
	for _, id := range ids {
		t := r.Rules[id]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\n", id, t.Alert, t.Digest, t.New, t.Gone, t.Raised, t.Lowered)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	back := ""
	if !r.Since.IsZero() {
		back = " since " + r.Since.In(zone).Format("2 Jan 2006 15:04")
	}
	fmt.Fprintf(p.stdout, "\n%s%s: ", counted(r.Articles, "article"), back)
	if len(r.Changes) == 0 {
		fmt.Fprintln(p.stdout, "no verdict differs from what was said")
		return nil
	}
	fmt.Fprintf(p.stdout, "%s from what was said\n", differ(len(r.Changes)))
	pen := newPen(p.style())
	for _, c := range r.Changes {
		c.print(p.stdout, pen, zone)
	}
	return nil
}

func differ(n int) string {
	if n == 1 {
		return "1 verdict differs"
	}
	return fmt.Sprintf("%d verdicts differ", n)
}

// print shows a change with the evidence of what would be said, or of what was
// and why it would be no more.
func (c replayed) print(out io.Writer, pen pen, zone *time.Location) {
	fmt.Fprintf(out, "\n%s  %s: %s → %s\n%s\n", pen.bold(string(c.Movement)), c.Rule, pen.level(c.Was), pen.level(c.Now), pen.heading(c.Article, zone))
	if c.Match != nil {
		pen.passages(out, c.Match.Evidence)
	}
	if c.Now > c.Was {
		return
	}
	if c.Match == nil && c.Said != nil {
		fmt.Fprintln(out, "  was said for:")
		pen.passages(out, c.Said.Evidence)
	}
	pen.missed(out, c.Missed)
	if c.Now == article.None && len(c.Missed) == 0 {
		fmt.Fprintf(out, "  there is no rule %s, or it has no query for this level\n", c.Rule)
	}
}
