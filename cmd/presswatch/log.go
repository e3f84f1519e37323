package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"strings"

	"golang.org/x/term"

	"presswatch/watcher/digest"
)

// logger writes one line an event to standard error. Under the journal the line
// begins with its priority, and carries no time: the journal has one.
func (p *program) logger() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(p.level)) // the flag's enum holds nothing else
	if p.getenv("JOURNAL_STREAM") == "" {
		return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(&journal{level: level, out: p.stderr})
}

// journal is a slog.Handler for systemd's journal (sd-daemon(3), priorities).
type journal struct {
	level slog.Level
	out   io.Writer
	attrs []slog.Attr
}

// Enabled reports whether a level is logged.
func (j *journal) Enabled(_ context.Context, l slog.Level) bool { return l >= j.level }

// Handle writes one line: <priority>message key=value…
func (j *journal) Handle(ctx context.Context, r slog.Record) error {
	var line strings.Builder
	text := slog.NewTextHandler(&line, &slog.HandlerOptions{Level: j.level, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
			return slog.Attr{}
		}
		return a
	}})
	if err := text.WithAttrs(j.attrs).Handle(ctx, r); err != nil {
		return err
	}
	_, err := io.WriteString(j.out, priority(r.Level)+strings.TrimPrefix(line.String(), "msg="))
	return err
}

// WithAttrs keeps attributes for all lines.
func (j *journal) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &journal{level: j.level, out: j.out, attrs: append(j.attrs[:len(j.attrs):len(j.attrs)], attrs...)}
}

// WithGroup is not used by presswatch: groups would only lengthen its lines.
func (j *journal) WithGroup(string) slog.Handler { return j }

func priority(l slog.Level) string {
	switch {
	case l >= slog.LevelError:
		return "<3>"
	case l >= slog.LevelWarn:
		return "<4>"
	case l >= slog.LevelInfo:
		return "<6>"
	}
	return "<7>"
}

// style is how messages are shown: in colour on a terminal, unless NO_COLOR is
// set (no-color.org), else plain.
func (p *program) style() digest.Style {
	f, ok := p.stdout.(*os.File)
	if !ok || p.getenv("NO_COLOR") != "" || p.getenv("TERM") == "dumb" || !term.IsTerminal(int(f.Fd())) {
		return digest.Style{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	return digest.Style{Ink: digest.Colour, Width: width}
}
