package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"presswatch/store/sqlite"
	"presswatch/watcher"
	"presswatch/watcher/newsroom"
	"presswatch/watcher/slack/slacktest"
)

type demoCommand struct {
	Keep bool `help:"Leave everything running until it is interrupted."`
}

const demoIntroduction = `presswatch demo: the daemon itself, with the shipped rules, against a newsroom
and a stand-in for Slack on this machine. Nothing leaves it.

`

// Run shows the main job on embedded data: articles arrive, alerts are posted at
// once, and the digest at the end.
func (d demoCommand) Run(p *program) error {
	folder, err := os.MkdirTemp("", "presswatch-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	stage, err := p.stage(ctx, folder)
	if err != nil {
		return err
	}
	defer stage.close()
	fmt.Fprint(p.stdout, demoIntroduction)
	if d.Keep {
		fmt.Fprint(p.stdout, stage.addresses())
	}
	err = stage.play(ctx, d.Keep, stop)
	stage.screen.summary()
	return err
}

// stage is everything that a demo runs on.
type stage struct {
	servers []*http.Server
	serving errgroup.Group
	lasts   time.Duration
	press   []demoSource
	slack   *slacktest.Server
	hook    string // the stand-in's address
	store   *sqlite.Store
	watcher *watcher.Watcher
	screen  *screen
}

// stage serves the newsroom and Slack, writes a configuration as a desk would,
// and composes the daemon from it.
func (p *program) stage(ctx context.Context, folder string) (_ *stage, err error) {
	s := &stage{}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	start := time.Now()
	news, err := newsroom.New(start, time.Now)
	if err != nil {
		return nil, err
	}
	s.lasts = news.Lasts()
	for _, publisher := range news.Publishers() {
		host, err := s.serve(publisher.Handler)
		if err != nil {
			return nil, err
		}
		s.press = append(s.press, demoSource{publisher, host})
	}
	channels, err := demoChannels()
	if err != nil {
		return nil, err
	}
	s.slack = slacktest.New(slacktest.Options{Channels: channels, Pace: -1})
	if s.hook, err = s.serve(s.slack); err != nil {
		return nil, err
	}
	c, err := p.demoConfig(folder, s.press, s.hook)
	if err != nil {
		return nil, err
	}
	if s.store, err = sqlite.Open(ctx, c.Database); err != nil {
		return nil, err
	}
	s.screen = newScreen(p.stdout, p.style(), c, s.slack)
	if s.watcher, err = p.watcher(c, s.store, slog.New(s.screen)); err != nil {
		return nil, err
	}
	return s, nil
}

// serve gives a handler a port of its own on loopback and returns host:port.
func (s *stage) serve(h http.Handler) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	s.servers = append(s.servers, server)
	s.serving.Go(func() error { return server.Serve(listener) })
	return listener.Addr().String(), nil
}

func (s *stage) close() {
	if s.store != nil {
		_ = s.store.Close() // a temporary file
	}
	for _, server := range s.servers {
		_ = server.Close()
	}
	_ = s.serving.Wait() // http.ErrServerClosed, always
}

func (s *stage) addresses() string {
	text := "Feeds:\n"
	for _, source := range s.press {
		text += fmt.Sprintf("  %-28s http://%s%s\n", source.Name, source.host, source.Feed)
	}
	return text + "Press Ctrl-C to end.\n\n"
}

// play runs the daemon until the newsroom has told all it has, or until it is
// interrupted, and then composes the digest out of turn.
func (s *stage) play(ctx context.Context, keep bool, stop context.CancelFunc) error {
	g, running := errgroup.WithContext(ctx)
	g.Go(func() error { return s.watcher.Run(running) })
	g.Go(func() error { return s.screen.follow(running) })
	if !keep {
		g.Go(func() error {
			defer stop()
			return s.untilQuiet(running)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	s.screen.line("\nThe digest, as it would be posted when its time comes:\n")
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := s.watcher.Once(finish, watcher.OnceOptions{Poll: watcher.DueFeeds, Digests: watcher.AllDigests}); err != nil {
		return err
	}
	s.screen.show()
	return nil
}

// untilQuiet waits until all articles have appeared, are read, and their alerts
// are delivered; at most twelve seconds.
func (s *stage) untilQuiet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 12*time.Second)
	defer cancel()
	last := time.After(s.lasts + 2*time.Second)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-last:
			last = time.After(200 * time.Millisecond)
		}
		summary, err := s.store.Summary(ctx)
		if err != nil || summary.Unread == 0 && summary.Outbox["ready"]+summary.Outbox["attempted"] == 0 {
			return err
		}
	}
}
