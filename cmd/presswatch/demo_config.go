package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"presswatch/configs"
	"presswatch/watcher/newsroom"
	"presswatch/watcher/schedule"
	"presswatch/watcher/slack/slacktest"
)

// demoSource is a publisher of the newsroom and where it is served.
type demoSource struct {
	newsroom.Publisher
	host string
}

const demoHead = `timezone: Asia/Ho_Chi_Minh
database: presswatch.db
contact: mailto:demo@example.org
rules: [rules/*.yaml]
network: {allow: [127.0.0.0/8], interval: 1ms}
slack: {token: {file: token}, api_url: "http://%s/api/"}
digests:
  - {id: laos-desk, channel: "#laos-desk", schedule: "0 7,17 * * 1-5", rules: [vietnam-laos-defence, new-cooperation-plans], alerts: true}
%s
sources:
`

// demoConfig writes a configuration into a folder and loads it as any other: the
// shipped rules and marks, with the newsroom's sources in place of the real ones.
func (p *program) demoConfig(folder string, press []demoSource, slack string) (*configs.Config, error) {
	if err := copyRules(folder); err != nil {
		return nil, err
	}
	shipped, err := configs.Shipped.ReadFile("presswatch.yaml")
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, demoHead, slack, topLevel(string(shipped), "zones"))
	for _, source := range press {
		entry, err := source.Source(source.host, "@every 1m")
		if err != nil {
			return nil, err
		}
		text.WriteString("  - " + strings.ReplaceAll(strings.TrimSpace(string(entry)), "\n", "\n    ") + "\n")
	}
	path := filepath.Join(folder, "presswatch.yaml")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, "token"), []byte(slacktest.Token), 0o600); err != nil {
		return nil, err
	}
	c, mistakes := configs.Load(path)
	if len(mistakes) > 0 {
		return nil, exit{exitWrong, mistakes.Report()}
	}
	for i := range c.Sources { // a demo has no minute to wait
		for j := range c.Sources[i].Feeds {
			c.Sources[i].Feeds[j].Schedule = schedule.Every(time.Second)
		}
	}
	return c, nil
}

func copyRules(folder string) error {
	names, err := fs.Glob(configs.Shipped, "rules/*.yaml")
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(folder, "rules"), 0o700); err != nil {
		return err
	}
	for _, name := range names {
		data, err := configs.Shipped.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, filepath.FromSlash(name)), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// topLevel cuts the text of one top-level key out of a YAML file.
func topLevel(file, key string) string {
	var kept []string
	inside := false
	for line := range strings.Lines(file) {
		if line != "\n" && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			inside = strings.HasPrefix(line, key+":")
		}
		if inside {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
