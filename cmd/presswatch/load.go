package main

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"presswatch/configs"
	"presswatch/store"
	"presswatch/systemd"
	"presswatch/watcher"
	"presswatch/watcher/feed"
	"presswatch/watcher/slack"
)

// load reads the configuration; its mistakes become the error's text.
func (p *program) load() (*configs.Config, error) {
	c, mistakes := configs.Load(p.config)
	if len(mistakes) > 0 {
		return nil, exit{exitWrong, mistakes.Report() + "\n" + counted(len(mistakes), "mistake")}
	}
	return c, nil
}

// watcher composes a Watcher from a configuration and an open store.
func (p *program) watcher(c *configs.Config, s store.Store, log *slog.Logger) (*watcher.Watcher, error) {
	sender, err := p.sender(c, log)
	if err != nil {
		return nil, err
	}
	return watcher.New(watcher.Options{
		Store:   s,
		Client:  feed.NewClient(c.Network, c.UserAgent(version()), nil),
		Sender:  sender,
		Log:     log,
		Notify:  systemd.NewNotifier(p.getenv),
		Unclear: c.Slack.WhenUnclear,
		Rest:    debug.FreeOSMemory,
	}, c.Setup()), nil
}

// sender is Slack, or a printer where there is no token: none is configured, or
// it is a credential and nobody gave this process any, as in a terminal. A
// service whose credential is missing does not start.
func (p *program) sender(c *configs.Config, log *slog.Logger) (watcher.Sender, error) {
	printer := &watcher.Printer{Out: p.stdout, Style: p.style()}
	if !c.Slack.Configured() {
		log.Warn("no Slack token is configured: messages are printed")
		return printer, nil
	}
	resolved, err := c.Slack.Resolve(p.getenv, c.Dir)
	switch {
	case errors.Is(err, slack.ErrNoCredentials) && p.getenv("INVOCATION_ID") == "":
		log.Warn("no Slack token: messages are printed", "reason", err)
		return printer, nil
	case err != nil:
		return nil, err
	}
	return slack.NewClient(resolved, nil), nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
