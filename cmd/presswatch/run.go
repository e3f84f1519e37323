package main

import (
	"errors"

	"golang.org/x/sync/errgroup"

	"presswatch/store/sqlite"
	"presswatch/systemd"
)

type runCommand struct{}

// Run is the daemon: it returns when it is told to stop.
func (runCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return p.configError(err)
	}
	log := p.logger()
	s, err := sqlite.Open(p.ctx, c.Database)
	if err != nil {
		return err
	}
	w, err := p.watcher(c, s, log)
	if err != nil {
		return p.configError(errors.Join(err, s.Close()))
	}
	if err := w.Settled(p.ctx, aboutConfiguration); err != nil { // what was refused before is what runs now
		return errors.Join(err, s.Close())
	}
	notify := systemd.NewNotifier(p.getenv)
	log.Info("started", "version", version(), "config", p.config, "database", c.Database, "sources", len(c.Sources), "digests", len(c.Digests))
	if err := notify.Ready("watching"); err != nil {
		log.Warn("the service manager cannot be told", "error", err)
	}
	g, ctx := errgroup.WithContext(p.ctx)
	g.Go(func() error { return w.Run(ctx) })
	g.Go(func() error { return newReloader(p, c, w, notify, log).run(ctx) })
	<-ctx.Done()
	if err := notify.Stopping(); err != nil {
		log.Warn("the service manager cannot be told", "error", err)
	}
	err = g.Wait()
	log.Info("stopped")
	return errors.Join(err, s.Close())
}

// configError makes a configuration mistake final under a service manager.
func (p *program) configError(err error) error {
	if p.getenv("INVOCATION_ID") == "" {
		return err
	}
	return exit{exitConfig, err.Error()}
}
