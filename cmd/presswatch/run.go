package main

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"presswatch/configs"
	"presswatch/store/sqlite"
	"presswatch/systemd"
	"presswatch/watcher"
	"presswatch/watcher/metrics"
)

type runCommand struct{}

// How much garbage there may be, in percent of what is in use: much while starting,
// which takes a sixth of the time less; then little, because a daemon is idle most of
// its life, and what was garbage once it holds until it is busy again.
const (
	garbageAtStart = 400
	garbageAtWork  = 50
)

// mayHold sets how much garbage the program may hold, unless its user has.
func (p *program) mayHold(percent int) {
	if p.getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// Run is the daemon: it returns when it is told to stop.
func (runCommand) Run(p *program) error {
	p.mayHold(garbageAtStart)
	c, err := p.loadTested()
	if err != nil {
		return p.configError(err)
	}
	s, err := sqlite.Open(p.ctx, c.Database)
	if err != nil {
		return err
	}
	d := daemon{program: p, config: c, log: p.logger(), notify: systemd.NewNotifier(p.getenv)}
	return errors.Join(d.run(metrics.Count(s, time.Now)), s.Close())
}

// daemon is a run with its parts.
type daemon struct {
	*program
	config *configs.Config
	log    *slog.Logger
	notify systemd.Notifier
}

// run watches until it is told to stop.
func (d daemon) run(s *metrics.Counted) error {
	w, err := d.watcher(d.config, s, d.log)
	if err != nil {
		return d.configError(err)
	}
	if err := w.Settled(d.ctx, aboutConfiguration); err != nil { // what was refused before is what runs now
		return err
	}
	g, ctx := errgroup.WithContext(d.ctx)
	if err := d.serve(ctx, g, s, w); err != nil {
		return err
	}
	d.log.Info("started", "version", version(), "config", d.program.config, "database", d.config.Database,
		"sources", len(d.config.Sources), "digests", len(d.config.Digests))
	d.told(d.notify.Ready("watching"))
	d.mayHold(garbageAtWork)
	debug.FreeOSMemory() // what the rules' tests took is not needed again
	g.Go(func() error { return w.Run(ctx) })
	g.Go(func() error { return newReloader(d.program, d.config, w, d.notify, d.log).run(ctx) })
	<-ctx.Done()
	d.told(d.notify.Stopping())
	err = g.Wait()
	d.log.Info("stopped")
	return err
}

// serve answers for figures and health, where that is configured.
func (d daemon) serve(ctx context.Context, g *errgroup.Group, s *metrics.Counted, w *watcher.Watcher) error {
	if d.config.Metrics.Address == "" {
		return nil
	}
	listener, err := d.config.Metrics.Listen(ctx)
	if err != nil {
		return err
	}
	w.Pulse = watcher.Watched
	d.log.Info("figures and health are served", "address", listener.Addr())
	figures := metrics.Figures{Store: s, Version: version(), Cursors: w.Cursors}
	g.Go(func() error { return metrics.Serve(ctx, listener, metrics.Handler(figures, w.Health)) })
	return nil
}

// told logs that the service manager could not be told; the daemon does its work
// all the same.
func (d daemon) told(err error) {
	if err != nil {
		d.log.Warn("the service manager cannot be told", "error", err)
	}
}

// configError makes a configuration mistake final under a service manager.
func (p *program) configError(err error) error {
	if p.getenv("INVOCATION_ID") == "" {
		return err
	}
	return exit{exitConfig, err.Error()}
}
