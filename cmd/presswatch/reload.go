package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"reflect"
	"sync/atomic"
	"syscall"

	"golang.org/x/sync/errgroup"

	"presswatch/configs"
	"presswatch/systemd"
	"presswatch/watcher"
)

// aboutConfiguration is the subject of what status and the operators' channel are
// told of a reload.
const aboutConfiguration = "configuration"

// reloader exchanges the configuration of a running watcher: everything is read,
// checked and tested first, and on any mistake the old stays in force.
type reloader struct {
	program *program
	watcher *watcher.Watcher
	notify  systemd.Notifier
	log     *slog.Logger
	first   *configs.Config // what was read at the start
	known   string          // the fingerprint of its files then
	current atomic.Pointer[configs.Config]
}

func newReloader(p *program, c *configs.Config, w *watcher.Watcher, notify systemd.Notifier, log *slog.Logger) *reloader {
	r := &reloader{program: p, watcher: w, notify: notify, log: log, first: c, known: c.Fingerprint()}
	r.current.Store(c)
	return r
}

// run reloads at SIGHUP and at every change of a file, until ctx ends.
func (r *reloader) run(ctx context.Context) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	changed := make(chan string, 1)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return configs.Follow(ctx, r.known, r.current.Load, func(fingerprint string) {
			select {
			case changed <- fingerprint:
			case <-ctx.Done():
			}
		})
	})
	g.Go(func() error {
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-hangup:
				r.reload(ctx, r.current.Load().Fingerprint())
			case fingerprint := <-changed:
				r.reload(ctx, fingerprint)
			}
		}
	})
	return g.Wait()
}

// reload takes the files as they are now, or says why not: in the log, in status
// and, once, in the operators' channel.
func (r *reloader) reload(ctx context.Context, fingerprint string) {
	if err := r.notify.Reloading(); err != nil {
		r.log.Warn("the service manager cannot be told", "error", err)
	}
	status := "watching"
	if next, err := r.program.loadTested(); err != nil {
		status = "watching with the old configuration: the new one has mistakes"
		r.log.Error("reload refused: the old configuration stays in force", "error", err)
		if err := r.watcher.Notice(ctx, aboutConfiguration, "The old configuration stays in force. "+err.Error(), fingerprint); err != nil {
			r.log.Error("the refusal is not kept for status", "error", err)
		}
	} else {
		r.tellFixed(next)
		r.current.Store(next)
		r.watcher.Swap(next.Setup())
		r.log.Info("reloaded", "sources", len(next.Sources), "digests", len(next.Digests))
		if err := r.watcher.Settled(ctx, aboutConfiguration); err != nil {
			r.log.Error("the remark on the old configuration stays in status", "error", err)
		}
	}
	if err := r.notify.Ready(status); err != nil {
		r.log.Warn("the service manager cannot be told", "error", err)
	}
}

// tellFixed says which changes a reload cannot make.
func (r *reloader) tellFixed(next *configs.Config) {
	if r.first.Database != next.Database || r.first.Contact != next.Contact ||
		!reflect.DeepEqual(r.first.Network, next.Network) || !reflect.DeepEqual(r.first.Slack, next.Slack) ||
		r.first.Metrics != next.Metrics {
		r.log.Warn("database, contact, network, slack and metrics are read at the start only: restart to change them")
	}
}

// loadTested reads the configuration and runs the tests of its rules; a test that
// fails is a mistake like any other.
func (p *program) loadTested() (*configs.Config, error) {
	c, err := p.load()
	if err != nil {
		return nil, err
	}
	if failures := checked(c).Failures; len(failures) > 0 {
		return nil, exit{exitWrong, failures.Report() + "\n" + counted(len(failures), "failed rule test")}
	}
	return c, nil
}
