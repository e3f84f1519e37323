package main

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"

	"presswatch/rules/facts"
)

// printStated shows a fact, for people: its slots with the words that filled them,
// and the sentences in which they stand.
func printStated(p *program, x facts.Explanation) error {
	pen := newPen(p.style())
	told := "told as news"
	if !x.Fact.News {
		told = "not told as news"
	}
	fmt.Fprintf(p.stdout, "\n%s  %s: %s\n", pen.bold("fact "+x.Fact.Kind), told, printable(facts.Line(x.Fact)))
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, s := range x.Slots {
		words := make([]string, len(s.Words))
		for i, word := range s.Words {
			words[i] = "“" + printable(word) + "”"
		}
		from := ""
		if s.From != "" {
			from = " (" + s.From + ")"
		}
		fmt.Fprintf(w, "  %s\t%s\t%s%s\n", s.Slot, printable(s.Value), cmp.Or(strings.Join(words, ", "), "goes without saying"), from)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	pen.passages(p.stdout, x.Fact.Evidence)
	return nil
}
