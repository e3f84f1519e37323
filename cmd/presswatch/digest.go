package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"presswatch/configs"
	"presswatch/store/sqlite"
	"presswatch/watcher"
	"presswatch/watcher/digest"
)

type digestCommand struct {
	ID      string `arg:"" help:"The digest's id in the configuration."`
	Preview bool   `help:"Show also what a notification says, and how near each part is to the limits."`
	HTML    bool   `help:"Print a page for a browser, about as Slack would show it." name:"html" xor:"form"`
	JSON    bool   `help:"Print JSON: the messages as they would be posted." name:"json" xor:"form"`
}

// Run shows a digest as it would be sent now. Nothing is sent, and what is owed
// stays owed.
func (k digestCommand) Run(p *program) error {
	return p.inStore(sqlite.OpenReader, func(c *configs.Config, s *sqlite.Store) error {
		i := slices.IndexFunc(c.Digests, func(d digest.Config) bool { return d.ID == k.ID })
		if i < 0 {
			return exit{exitUsage, fmt.Sprintf("presswatch: there is no digest %q: the configuration has %s", k.ID, digestIDs(c))}
		}
		w := watcher.New(watcher.Options{Store: s, Log: p.logger()}, c.Setup())
		messages, err := w.Preview(p.ctx, c.Digests[i])
		if err != nil {
			return err
		}
		return k.show(p, c.Digests[i].Channel, messages)
	})
}

func (k digestCommand) show(p *program, channel string, messages []digest.Message) error {
	switch {
	case k.HTML:
		return digest.HTML(p.stdout, channel, messages)
	case k.JSON:
		return p.json(append([]digest.Message{}, messages...))
	case len(messages) == 0:
		_, err := fmt.Fprintf(p.stdout, "%s has nothing to tell %s: no message would be sent\n", k.ID, channel)
		return err
	}
	for _, m := range messages {
		fmt.Fprintf(p.stdout, "── %s ──\n", channel)
		if err := digest.Render(p.stdout, m, p.style()); err != nil {
			return err
		}
		if k.Preview {
			p.measure(m)
		}
		fmt.Fprintln(p.stdout)
	}
	return nil
}

// measure says what is not seen of a message in its channel.
func (p *program) measure(m digest.Message) {
	first, _, _ := strings.Cut(m.Text, "\n")
	size := 0
	if data, err := json.Marshal(m.Blocks); err == nil {
		size = len(data)
	}
	fmt.Fprintf(p.stdout, "\npart %d of %d: %d blocks of %d bytes, text of %d bytes; a notification says: %s\n",
		m.Part, m.Parts, len(m.Blocks.BlockSet), size, len(m.Text), printable(first))
}

func digestIDs(c *configs.Config) string {
	var ids []string
	for _, d := range c.Digests {
		ids = append(ids, d.ID)
	}
	return strings.Join(ids, ", ")
}
