package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
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

const demoHead = `database: presswatch.db
contact: mailto:demo@example.org
rules: [rules/*.yaml]
network: {allow: [127.0.0.0/8], interval: 1ms}
slack: {token: {file: token}, api_url: "http://%s/api/"}
%s
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
	text.WriteString(topLevel(string(shipped), "timezone"))
	fmt.Fprintf(&text, demoHead, slack, topLevel(string(shipped), "zones"), topLevel(string(shipped), "digests"))
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

var channelName = regexp.MustCompile(`channel:\s*"?#([^"\s]+)`)

// demoChannels are the channels of the shipped digests, for the stand-in for
// Slack: it has to be there before the configuration can name its address.
func demoChannels() ([]slacktest.Channel, error) {
	shipped, err := configs.Shipped.ReadFile("presswatch.yaml")
	if err != nil {
		return nil, err
	}
	var channels []slacktest.Channel
	for i, name := range channelName.FindAllStringSubmatch(topLevel(string(shipped), "digests"), -1) {
		channels = append(channels, slacktest.Channel{ID: fmt.Sprintf("C0DEMO%d", i), Name: name[1]})
	}
	return channels, nil
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
