package main

import (
	"fmt"
	"time"

	"presswatch/watcher/ledger"
)

type ledgerLate struct {
	Grace string `help:"How long after its usual days an instrument is late." default:"14d" placeholder:"TIME"`
	JSON  bool   `help:"Print JSON." name:"json"`
}

// Help is the rest of what --help says.
func (ledgerLate) Help() string {
	return "An instrument is yearly when it was told of for three years in a row. It is late when the day has passed by which all of the last ones, five at most, were."
}

// Run lists the yearly instruments of which none was told for a year that has come.
func (k ledgerLate) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	now := time.Now()
	since, err := parseSince(k.Grace, now, c.Zone())
	if err != nil {
		return err
	}
	book, err := readBook(p, c)
	if err != nil {
		return err
	}
	late := []ledger.Late{}
	for _, kind := range c.Facts.IDs() {
		late = append(late, book.Late(kind, now, now.Sub(since))...)
	}
	if k.JSON {
		return p.json(map[string]any{"late": late})
	}
	for _, l := range late {
		fmt.Fprintln(p.stdout, c.Facts.Names(l.Item.Kind).Late(l))
	}
	_, err = fmt.Fprintf(p.stdout, "%s late\n", counted(len(late), "instrument"))
	return err
}
