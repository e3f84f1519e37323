package main

import (
	"errors"
	"fmt"
	"time"

	"presswatch/store/sqlite"
	"presswatch/watcher/ledger"
)

type ledgerMerge struct {
	Key  string `arg:"" help:"The key of the item that is none of its own, as ledger --evidence shows it."`
	Into string `arg:"" help:"The key of the item that it is."`
}

type ledgerSplit struct {
	Key      string  `arg:"" help:"The key of the item, as ledger --evidence shows it."`
	Articles []int64 `arg:"" help:"The numbers of the articles that speak of something else."`
}

type ledgerDrop struct {
	Key string `arg:"" help:"The key of the item, as ledger --evidence shows it."`
}

// Run takes two items for one.
func (k ledgerMerge) Run(p *program) error {
	return correct(p, ledger.Merge, k.Key, k.Into, nil)
}

// Run parts an item in two.
func (k ledgerSplit) Run(p *program) error {
	return correct(p, ledger.Split, k.Key, "", k.Articles)
}

// Run takes an item out.
func (k ledgerDrop) Run(p *program) error { return correct(p, ledger.Drop, k.Key, "", nil) }

// correct keeps a correction of the ledger. It is kept for good, and holds for what
// is read later.
func correct(p *program, deed ledger.Deed, key, into string, articles []int64) (err error) {
	c, err := p.load()
	if err != nil {
		return err
	}
	s, err := sqlite.Open(p.ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	kept, err := s.Ledger(p.ctx, nil)
	if err != nil {
		return err
	}
	book := ledger.Build(c.Facts.Ladders(), kept.Entries(), kept.Corrections)
	correction, err := book.Correct(deed, key, into, articles, time.Now())
	if err != nil {
		return exit{exitWrong, "presswatch: " + err.Error()}
	}
	id, err := s.Correct(p.ctx, correction)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "correction %d is kept: %s %s\n", id, deed, key)
	return err
}
