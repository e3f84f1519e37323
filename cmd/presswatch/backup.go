package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"presswatch/store/sqlite"
)

type backupCommand struct {
	File string `arg:"" help:"Where the copy is written; nothing may be there yet." placeholder:"FILE"`
}

// Run copies the store, beside a daemon that may be writing it.
func (k backupCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	s, err := sqlite.OpenReader(p.ctx, c.Database)
	if err != nil {
		return err
	}
	if err := errors.Join(s.Backup(p.ctx, k.File), s.Close()); err != nil {
		return err
	}
	info, err := os.Stat(k.File)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %s, read through and sound\n", k.File, size(info.Size()))
	return err
}

type restoreCommand struct {
	File string `arg:"" help:"A copy made by presswatch backup, by a schedule, or before an upgrade." placeholder:"FILE"`
}

// Run puts a copy in the place of the store. The daemon has to be stopped.
func (k restoreCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	kept, err := sqlite.Restore(p.ctx, k.File, c.Database, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s is now what %s holds; what was told after that copy was made may be told again\n", c.Database, k.File)
	if kept != "" {
		fmt.Fprintf(p.stdout, "what was there before is kept as %s\n", kept)
	}
	return nil
}
