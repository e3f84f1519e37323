package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"presswatch/configs"
	"presswatch/watcher/digest"
	"presswatch/watcher/slack/slacktest"
)

// screen shows a demo: what the daemon logs of articles, and what stands in the
// channels of the stand-in for Slack.
type screen struct {
	out   io.Writer
	style digest.Style
	names map[string]string // source id → name
	zone  *time.Location
	slack *slacktest.Server
	rooms []string

	mu       sync.Mutex
	articles int
	shown    int // messages
}

func newScreen(out io.Writer, style digest.Style, c *configs.Config, s *slacktest.Server) *screen {
	screen := &screen{out: out, style: style, names: map[string]string{}, zone: c.Zone(), slack: s}
	for _, source := range c.Sources {
		screen.names[source.ID] = source.Name
	}
	for _, d := range c.Digests {
		screen.rooms = append(screen.rooms, d.Channel)
	}
	return screen
}

// Enabled makes the screen a slog.Handler: it looks at everything.
func (s *screen) Enabled(context.Context, slog.Level) bool { return true }

// Handle shows articles as they are read, and whatever is a warning.
func (s *screen) Handle(_ context.Context, r slog.Record) error {
	values := map[string]string{}
	r.Attrs(func(a slog.Attr) bool {
		values[a.Key] = a.Value.String()
		return true
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	switch {
	case r.Message == "read":
		s.articles++
		_, err = fmt.Fprintf(s.out, "%s  %s  %s\n", r.Time.In(s.zone).Format("15:04:05"), fit(s.names[values["source"]], 24), values["title"])
	case r.Level >= slog.LevelWarn:
		_, err = fmt.Fprintf(s.out, "%s  %s: %s %s\n", r.Time.In(s.zone).Format("15:04:05"), r.Level, r.Message, values["error"])
	}
	return err
}

// WithAttrs is not needed: the daemon gives all values with the line itself.
func (s *screen) WithAttrs(attrs []slog.Attr) slog.Handler { return &bound{s, attrs} }

// WithGroup is not needed.
func (s *screen) WithGroup(string) slog.Handler { return s }

// bound is a screen with attributes that every line carries.
type bound struct {
	*screen
	attrs []slog.Attr
}

// Handle adds the attributes.
func (b *bound) Handle(ctx context.Context, r slog.Record) error {
	r.AddAttrs(b.attrs...)
	return b.screen.Handle(ctx, r)
}

// follow shows messages as they arrive, until ctx ends.
func (s *screen) follow(ctx context.Context) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			s.show()
			return nil
		case <-tick.C:
			s.show()
		}
	}
}

// show prints the messages that stand in the channels and were not shown yet.
func (s *screen) show() {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := 0
	for _, room := range s.rooms {
		for _, m := range s.slack.Messages(room) {
			if seen++; seen > s.shown {
				s.message(room, m)
			}
		}
	}
	s.shown = max(s.shown, seen)
}

func (s *screen) message(room string, m slacktest.Message) {
	var shown digest.Message
	shown.Text = m.Text
	if len(m.Blocks) > 0 {
		if err := json.Unmarshal(m.Blocks, &shown.Blocks); err != nil {
			fmt.Fprintf(s.out, "a message in %s cannot be shown: %v\n", room, err)
			return
		}
	}
	fmt.Fprintf(s.out, "\n┌─ %s · %s\n", room, m.At.In(s.zone).Format("15:04:05"))
	if err := digest.Render(&bar{out: s.out, fresh: true}, shown, s.style); err != nil {
		fmt.Fprintf(s.out, "a message in %s cannot be shown: %v\n", room, err)
	}
	fmt.Fprint(s.out, "└─\n\n")
}

func (s *screen) line(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprint(s.out, text)
}

func (s *screen) summary() {
	s.line(fmt.Sprintf("%s read, %s in Slack.\n", counted(s.articles, "article"), counted(s.shown, "message")))
}

// bar puts a bar before each line: the edge of a message.
type bar struct {
	out   io.Writer
	fresh bool // at the beginning of a line
}

func (b *bar) Write(p []byte) (int, error) {
	for i, c := range p {
		if b.fresh {
			if _, err := io.WriteString(b.out, "│ "); err != nil {
				return i, err
			}
		}
		b.fresh = c == '\n'
		if _, err := b.out.Write([]byte{c}); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// fit pads or cuts a name to a width in characters.
func fit(name string, width int) string {
	runes := []rune(name)
	if len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return name + strings.Repeat(" ", width-len(runes))
}
