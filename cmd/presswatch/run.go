package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"reflect"
	"syscall"

	"golang.org/x/sync/errgroup"

	"presswatch/configs"
	"presswatch/store/sqlite"
	"presswatch/systemd"
	"presswatch/watcher"
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
	notify := systemd.NewNotifier(p.getenv)
	log.Info("started", "version", version(), "config", p.config, "database", c.Database, "sources", len(c.Sources), "digests", len(c.Digests))
	notify.Ready("watching")
	g, ctx := errgroup.WithContext(p.ctx)
	g.Go(func() error { return w.Run(ctx) })
	g.Go(func() error { return p.reloadOnHangup(ctx, c, w, notify, log) })
	<-ctx.Done()
	notify.Stopping()
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

// reloadOnHangup exchanges the configuration at SIGHUP: everything is read and
// checked first, and on any mistake the old stays in force.
func (p *program) reloadOnHangup(ctx context.Context, current *configs.Config, w *watcher.Watcher, notify systemd.Notifier, log *slog.Logger) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup:
		}
		notify.Reloading()
		status := "watching"
		if next, err := p.load(); err != nil {
			log.Error("reload refused: the old configuration stays in force", "error", err)
			status = "watching with the old configuration: the new one has mistakes"
		} else {
			p.tellFixed(current, next, log)
			w.Swap(next.Setup())
			log.Info("reloaded", "sources", len(next.Sources), "digests", len(next.Digests))
		}
		notify.Ready(status)
	}
}

// tellFixed says which changes a reload cannot make.
func (p *program) tellFixed(current, next *configs.Config, log *slog.Logger) {
	if current.Database != next.Database || current.Contact != next.Contact ||
		!reflect.DeepEqual(current.Network, next.Network) || !reflect.DeepEqual(current.Slack, next.Slack) {
		log.Warn("database, contact, network and slack are read at the start only: restart to change them")
	}
}
