package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"presswatch/configs"
	"presswatch/store/sqlite"
	"presswatch/watcher/ledger"
)

type ledgerCommand struct {
	Show  ledgerShow  `cmd:"" default:"withargs" help:"Show what articles have stated: each instrument, by parties and period (the default)."`
	Late  ledgerLate  `cmd:"" help:"Show the yearly instruments that are late."`
	Merge ledgerMerge `cmd:"" help:"Take two items for one."`
	Split ledgerSplit `cmd:"" help:"Take what some articles state for an item of its own."`
	Drop  ledgerDrop  `cmd:"" help:"Take an item out of the ledger."`
}

type ledgerShow struct {
	Kind       string `help:"Only this kind of fact." placeholder:"ID"`
	Party      string `help:"Only items between these parties, by their codes: LA or VN-LA." placeholder:"CODES"`
	Instrument string `help:"Only this class of instrument." placeholder:"NAME"`
	Domain     string `help:"Only this field." placeholder:"NAME"`
	Period     string `help:"Only what is for this year, or for years with it." placeholder:"YEAR"`
	Status     string `help:"Only what stands there." placeholder:"NAME"`
	Since      string `help:"Only what was spoken of since: a duration such as 90d, or a date." placeholder:"TIME"`
	Evidence   bool   `help:"Also show who said it, when, and in which words."`
	JSON       bool   `help:"Print JSON." name:"json" xor:"form"`
	CSV        bool   `help:"Print CSV." name:"csv" xor:"form"`
}

// Run prints the ledger.
func (k ledgerShow) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	since, err := parseSince(k.Since, time.Now(), c.Zone())
	if err != nil {
		return err
	}
	book, err := readBook(p, c)
	if err != nil {
		return err
	}
	items := slices.DeleteFunc(book.Items, func(i ledger.Item) bool { return !k.wants(i) || i.Last().Before(since) })
	slices.SortStableFunc(items, func(a, b ledger.Item) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), slices.Compare(a.Parties, b.Parties), cmp.Compare(a.Period, b.Period))
	})
	switch {
	case k.JSON:
		return p.json(map[string]any{"items": append([]ledger.Item{}, items...)})
	case k.CSV:
		return printCSV(p.stdout, items)
	}
	return k.print(p, items, c.Zone())
}

// readBook reads the ledger beside whoever writes it.
func readBook(p *program, c *configs.Config) (ledger.Book, error) {
	s, err := sqlite.OpenReader(p.ctx, c.Database)
	if err != nil {
		return ledger.Book{}, err
	}
	kept, err := s.Ledger(p.ctx, nil)
	if err := errors.Join(err, s.Close()); err != nil {
		return ledger.Book{}, err
	}
	return ledger.Build(c.Facts.Ladders(), kept.Entries(), kept.Corrections), nil
}

func (k ledgerShow) wants(i ledger.Item) bool {
	for _, f := range [][2]string{{k.Kind, i.Kind}, {k.Instrument, i.Instrument}, {k.Domain, i.Domain}, {k.Status, i.Status}} {
		if f[0] != "" && f[0] != f[1] {
			return false
		}
	}
	for party := range strings.SplitSeq(k.Party, "-") {
		if party != "" && !slices.Contains(i.Parties, strings.ToUpper(party)) {
			return false
		}
	}
	return k.Period == "" || i.Covers(k.Period)
}

func (k ledgerShow) print(p *program, items []ledger.Item, zone *time.Location) error {
	if k.Evidence {
		for _, i := range items {
			printItem(p, i, zone)
		}
	} else {
		w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "PARTIES\tPERIOD\tINSTRUMENT\tFIELD\tSTATUS\tDAY\tPLACE\tARTICLES\tLAST")
		for _, i := range items {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", strings.Join(i.Parties, "-"), cmp.Or(i.Period, "-"), i.Instrument, cmp.Or(i.Domain, "-"), i.Status,
				cmp.Or(i.Day, "-"), cmp.Or(printable(i.Place), "-"), len(i.Articles()), i.Last().In(zone).Format(time.DateOnly))
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(p.stdout, "\n%s\n", counted(len(items), "item"))
	return err
}

// printItem shows an item with its history.
func printItem(p *program, i ledger.Item, zone *time.Location) {
	pen := newPen(p.style())
	fmt.Fprintf(p.stdout, "%s  %s\n", pen.bold(i.Key), strings.TrimSpace(i.Status+" "+i.Day+" "+printable(i.Place)))
	if i.Against != "" {
		fmt.Fprintf(p.stdout, "  against %s\n", i.Against)
	}
	for _, e := range i.History {
		fmt.Fprintf(p.stdout, "  %s  %s  %s, %s: %s  (article %d)\n", e.Published.In(zone).Format(time.DateOnly), e.Novelty, e.Source, e.Fact.Status, printable(e.Title), e.Article)
		pen.passages(p.stdout, e.Fact.Evidence)
	}
	fmt.Fprintln(p.stdout)
}

func printCSV(out io.Writer, items []ledger.Item) error {
	w := csv.NewWriter(out)
	rows := [][]string{{"kind", "parties", "period", "instrument", "field", "status", "day", "place", "signatories", "first", "last", "articles", "key"}}
	for _, i := range items {
		rows = append(rows, []string{i.Kind, strings.Join(i.Parties, "-"), i.Period, i.Instrument, i.Domain, i.Status, i.Day, i.Place, strings.Join(i.Signatories, "; "),
			i.First().Format(time.RFC3339), i.Last().Format(time.RFC3339), strconv.Itoa(len(i.Articles())), i.Key})
	}
	return w.WriteAll(rows)
}
