package main

import (
	"fmt"
	"slices"

	"presswatch/configs"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
	"presswatch/watcher/slack"
	"presswatch/watcher/strict"
)

type checkCommand struct {
	Slack bool `help:"Ask Slack too, without posting: token, scopes, and for each channel that it is found and its history can be read."`
	JSON  bool `help:"Print JSON." name:"json"`
}

// checkReport is what check found, as --json prints it.
type checkReport struct {
	Mistakes strict.Mistakes `json:"mistakes"`
	Sources  int             `json:"sources"`
	Rules    int             `json:"rules"`
	Digests  int             `json:"digests"`
	Tests    int             `json:"tests"`
	Failures strict.Mistakes `json:"failures"`
	Clauses  int             `json:"clauses"`
	Gaps     strict.Mistakes `json:"gaps"`
	Facts    factsReport     `json:"facts"`

	Slack []slack.Inspection `json:"slack,omitempty"` // with --slack
}

// factsReport is what the tests of facts gave.
type factsReport struct {
	Kinds    int             `json:"kinds"`
	Tests    int             `json:"tests"`
	Failures strict.Mistakes `json:"failures"`
	Parts    int             `json:"parts"`
	Gaps     strict.Mistakes `json:"gaps"`
}

// Run reads every file, tells every mistake, and runs the tests of the rules.
func (k checkCommand) Run(p *program) error {
	c, mistakes := configs.Load(p.config)
	report := checkReport{Mistakes: mistakes}
	if len(mistakes) == 0 {
		report = checked(c)
		if k.Slack {
			var err error
			if report.Slack, err = p.inspectSlack(c); err != nil {
				return err
			}
		}
	}
	if k.JSON {
		if err := p.json(report); err != nil {
			return err
		}
	} else {
		report.print(p)
	}
	refused := slices.ContainsFunc(report.Slack, func(i slack.Inspection) bool { return !i.OK })
	if refused || len(report.Mistakes)+len(report.Failures)+len(report.Facts.Failures) > 0 {
		return exit{code: exitWrong}
	}
	return nil
}

// checked runs the tests of a configuration's rules.
func checked(c *configs.Config) checkReport {
	tests := c.Rules.Test(splitter(c.Zones))
	report := checkReport{
		Mistakes: strict.Mistakes{}, Sources: len(c.Sources), Rules: len(c.Rules.IDs()), Digests: len(c.Digests),
		Tests: tests.Tests, Clauses: tests.Clauses, Failures: strict.Mistakes{}, Gaps: strict.Mistakes{},
	}
	for _, f := range tests.Failures {
		report.Failures = append(report.Failures, f.At)
	}
	for _, g := range tests.Gaps {
		report.Gaps = append(report.Gaps, g.At)
	}
	stated := c.Facts.Test(c.Rules, splitter(c.Zones))
	report.Facts = factsReport{Kinds: len(c.Facts.IDs()), Tests: stated.Tests, Parts: stated.Parts,
		Failures: append(strict.Mistakes{}, stated.Failures...), Gaps: append(strict.Mistakes{}, stated.Gaps...)}
	return report
}

func (r checkReport) print(p *program) {
	if len(r.Mistakes) > 0 {
		fmt.Fprintf(p.stdout, "%s\n%s\n", r.Mistakes.Report(), counted(len(r.Mistakes), "mistake"))
		return
	}
	if len(r.Failures) > 0 {
		fmt.Fprintln(p.stdout, r.Failures.Report())
	}
	for _, gap := range r.Gaps {
		fmt.Fprintln(p.stdout, gap.Error())
	}
	fmt.Fprintf(p.stdout, "%s, %s, %s: ", counted(r.Sources, "source"), counted(r.Rules, "rule"), counted(r.Digests, "digest"))
	if len(r.Failures) > 0 {
		fmt.Fprintf(p.stdout, "%d of %s failed\n", len(r.Failures), counted(r.Tests, "rule test"))
	} else {
		fmt.Fprintf(p.stdout, "no mistakes, %s passed\n", counted(r.Tests, "rule test"))
	}
	fmt.Fprintf(p.stdout, "%d of %s of queries were seen both true and false by the tests\n", r.Clauses-clausesOf(r.Gaps), counted(r.Clauses, "clause"))
	if r.Facts.Kinds > 0 {
		r.Facts.print(p)
	}
	r.printSlack(p)
}

func (r factsReport) print(p *program) {
	if len(r.Failures) > 0 {
		fmt.Fprintln(p.stdout, r.Failures.Report())
	}
	for _, gap := range r.Gaps {
		fmt.Fprintln(p.stdout, gap.Error())
	}
	said := fmt.Sprintf("%s passed", counted(r.Tests, "test"))
	if len(r.Failures) > 0 {
		said = fmt.Sprintf("%s, and %s", counted(r.Tests, "test"), counted(len(r.Failures), "failure"))
	}
	fmt.Fprintf(p.stdout, "%s of facts: %s, which made use of %d of %s\n", counted(r.Kinds, "kind"), said, r.Parts-len(r.Gaps), counted(r.Parts, "part"))
}

// clausesOf counts the clauses that gaps are about: one may lack both values.
func clausesOf(gaps strict.Mistakes) int {
	places := map[[3]any]bool{}
	for _, g := range gaps {
		places[[3]any{g.File, g.Line, g.Column}] = true
	}
	return len(places)
}

// splitter makes the zones of plain text by the marks that hold for every source.
func splitter(marks extract.Marks) func(title, lead, text string) []article.Zone {
	return func(title, lead, text string) []article.Zone { return extract.FromText(title, lead, text, marks) }
}
