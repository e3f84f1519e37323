package main

import (
	"errors"
	"fmt"

	"presswatch/store/sqlite"
	"presswatch/watcher"
)

type onceCommand struct {
	Force   bool `help:"Poll all feeds, whatever their schedule."`
	Deliver bool `help:"Compose and deliver every digest too, now."`
}

// Run does once what the daemon does all the time.
func (o onceCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	s, err := sqlite.Open(p.ctx, c.Database)
	if err != nil {
		return err
	}
	w, err := p.watcher(c, s, p.logger())
	if err != nil {
		return errors.Join(err, s.Close())
	}
	var options watcher.OnceOptions
	if o.Force {
		options.Poll = watcher.AllFeeds
	}
	if o.Deliver {
		options.Digests = watcher.AllDigests
	}
	pass, err := w.Once(p.ctx, options)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	if pass.Failed > 0 {
		return exit{exitPart, fmt.Sprintf("done in part: %s polled; of feeds and deliveries %d did not go well (see the log above, and presswatch status)", counted(pass.Done, "feed"), pass.Failed)}
	}
	return nil
}
