package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"presswatch/configs"
	"presswatch/watcher"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
	"presswatch/watcher/same"
	"presswatch/watcher/strict"
)

type evalCommand struct {
	Articles []string `help:"Articles, one JSON object a line; may be given several times." required:"" placeholder:"FILE" sep:"none"`
	Labels   []string `help:"What is right to say of them, one JSON object a line; may be given several times." required:"" placeholder:"FILE" sep:"none"`
	Errors   bool     `help:"Also list every false positive and negative, with its evidence, and what was wrongly held for a copy or an event, or not."`
	JSON     bool     `help:"Print JSON." name:"json"`
}

// Help is the rest of what --help says.
func (evalCommand) Help() string {
	return "Rules judge each article alone. Copies are judged by pairs: articles of one same_text belong together, those of null to nothing. Events are judged by B-cubed: an event of null stands alone. Level digest counts what is alert or digest. Intervals hold the ratio with 95 % confidence (Wilson)."
}

// Run holds what the rules say of labelled articles against their labels.
func (k evalCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	pairs, err := k.read()
	if err != nil {
		return err
	}
	notes(p.stderr, c, pairs)
	if len(pairs.Cases) == 0 {
		return exit{exitWrong, "presswatch: no article has a label: there is nothing to judge"}
	}
	report := k.judge(c, pairs.Cases)
	if k.JSON {
		return p.json(report)
	}
	return printScores(p, c.Rules.IDs(), report, len(pairs.Cases))
}

func (k evalCommand) judge(c *configs.Config, cases []eval.Case) eval.Report {
	scores, faults := eval.Rules(c.Rules, c.Facts, press(c), cases)
	copies, pairs := eval.Copies(press(c), cases, same.DefaultLimits(), watcher.CopyWindow)
	events, apart := eval.Events(press(c), c.Words, cases, same.DefaultBounds())
	stated, misread := eval.Facts(c.Rules, c.Facts, press(c), cases)
	report := eval.Report{Rules: scores, Facts: stated, Copies: copies, Events: events}
	if k.Errors {
		report.Errors = append([]eval.Fault{}, faults...)
		report.FactErrors = append([]eval.FactFault{}, misread...)
		report.CopyErrors = append([]eval.PairFault{}, pairs...)
		report.EventErrors = append([]eval.EventFault{}, apart...)
	}
	return report
}

// read reads and pairs the records of all files.
func (k evalCommand) read() (eval.Pairing, error) {
	articles, err := readAll(k.Articles, eval.ReadArticles)
	if err != nil {
		return eval.Pairing{}, err
	}
	labels, err := readAll(k.Labels, eval.ReadLabels)
	if err != nil {
		return eval.Pairing{}, err
	}
	return eval.Pair(articles, labels)
}

func readAll[T any](names []string, read func(string, io.Reader) ([]T, error)) (all []T, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		some, err := read(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// notes says what of the records does not count, so that a figure over fewer
// articles than were meant does not pass unseen.
func notes(w io.Writer, c *configs.Config, p eval.Pairing) {
	if p.Unlabelled > 0 {
		fmt.Fprintf(w, "presswatch: without a label, and not judged: %s\n", counted(p.Unlabelled, "article"))
	}
	if p.Unfound > 0 {
		fmt.Fprintf(w, "presswatch: without an article: %s\n", counted(p.Unfound, "label"))
	}
	known := c.Rules.IDs()
	unknown := map[string]int{}
	for _, one := range p.Cases {
		for id := range one.Label.Rules {
			if !slices.Contains(known, id) {
				unknown[id]++
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(unknown)) {
		hint := ""
		if near := strict.Nearest(id, known); near != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", near)
		}
		fmt.Fprintf(w, "presswatch: not among the rules, and named by %s: %q%s\n", counted(unknown[id], "label"), id, hint)
	}
}

func printScores(p *program, ids []string, report eval.Report, articles int) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tLEVEL\tTP\tFP\tFN\tPRECISION\tRECALL\tF1")
	for _, id := range ids {
		levels, scored := report.Rules[id]
		if !scored {
			continue
		}
		for _, row := range []struct {
			level article.Level
			score eval.Score
		}{{article.Alert, levels.Alert}, {article.Digest, levels.Digest}} {
			printScore(w, id, row.level.String(), row.score)
		}
	}
	if f := report.Facts; f != nil {
		printScore(w, "facts", "found", f.Score)
		fmt.Fprintf(w, "facts\tstatus\t%d\t%d\t\t%.3f\t\t\n", f.StatusRight, f.TP-f.StatusRight, f.Status)
	}
	if report.Copies != nil {
		printScore(w, "copies", "pairs", *report.Copies)
	}
	if e := report.Events; e != nil {
		fmt.Fprintf(w, "events\tB-cubed\t\t\t\t%.3f\t%.3f\t%.3f\n", e.Precision, e.Recall, e.F1)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "\n%s judged\n", counted(articles, "article"))
	pen := newPen(p.style())
	for _, f := range report.Errors {
		printFault(p.stdout, pen, f)
	}
	for _, f := range report.FactErrors {
		printFact(p.stdout, pen, f)
	}
	for _, f := range report.CopyErrors {
		printPair(p.stdout, pen, f)
	}
	for _, f := range report.EventErrors {
		printEvent(p.stdout, pen, f)
	}
	return nil
}

func printScore(w io.Writer, what, level string, s eval.Score) {
	fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%s\t%s\t%.3f\n", what, level, s.TP, s.FP, s.FN,
		within(s.Precision, s.PrecisionInterval), within(s.Recall, s.RecallInterval), s.F1)
}

func within(ratio float64, i eval.Interval) string {
	return fmt.Sprintf("%.3f (%.3f–%.3f)", ratio, i[0], i[1])
}

func inWords(k eval.Kind) string {
	if k == eval.FalsePositive {
		return "false positive"
	}
	return "false negative"
}

// printFact tells what was expected and what was read, as one line each.
func printFact(out io.Writer, pen pen, f eval.FactFault) {
	fmt.Fprintf(out, "\nfacts  %s: %s\n", pen.bold(printable(f.ID)), printable(f.Title))
	if e := f.Expected; e != nil {
		fmt.Fprintf(out, "  expected %s %s %s %s %s\n", e.Instrument, strings.Join(e.Parties, "-"), e.Domain, cmp.Or(e.Period, "-"), e.Status)
	}
	if g := f.Got; g != nil {
		fmt.Fprintf(out, "  got      %s %s %s %s %s\n", g.Instrument, strings.Join(g.Parties, "-"), g.Domain, cmp.Or(g.Period, "-"), g.Status)
		pen.passages(out, g.Evidence)
	}
}

func printPair(out io.Writer, pen pen, f eval.PairFault) {
	fmt.Fprintf(out, "\ncopies  %s  %s and %s: %s\n  %s\n  %s\n  %s\n", inWords(f.Kind), pen.bold(printable(f.IDs[0])), pen.bold(printable(f.IDs[1])),
		f.Relation, printable(f.Titles[0]), printable(f.Titles[1]), f.Reason)
}

func printEvent(out io.Writer, pen pen, f eval.EventFault) {
	what, with := "put to the event of", printable(f.With)
	if f.Kind == eval.FalseNegative {
		what = "apart from its own; nearest was the event of"
	}
	if f.With == "" {
		with = "none"
	}
	why := fmt.Sprintf("alike by %.2f", f.Alike)
	if f.Apart {
		why += ", of another day"
	}
	if len(f.Shared) > 0 {
		why += "; in common: " + printable(strings.Join(f.Shared, ", "))
	}
	fmt.Fprintf(out, "\nevents  %s  %s: %s %s\n  %s\n  %s\n", inWords(f.Kind), pen.bold(printable(f.ID)), what, pen.bold(with), printable(f.Title), why)
}

func printFault(out io.Writer, pen pen, f eval.Fault) {
	var levels []string
	for _, l := range f.Levels {
		levels = append(levels, l.String())
	}
	fmt.Fprintf(out, "\n%s  %s at %s  %s: expected %s, got %s\n  %s\n", f.Rule, inWords(f.Kind), strings.Join(levels, " and "),
		pen.bold(printable(f.ID)), pen.level(f.Expected), pen.level(f.Got), printable(f.Title))
	if f.Match != nil && f.Kind == eval.FalsePositive {
		pen.passages(out, f.Match.Evidence)
	}
	pen.missed(out, f.Missed)
	if f.Ledger != "" {
		fmt.Fprintf(out, "  held back by the ledger: %s\n", printable(f.Ledger))
	}
}
