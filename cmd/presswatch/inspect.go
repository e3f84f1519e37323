package main

import (
	"errors"
	"fmt"
	"slices"

	"presswatch/configs"
	"presswatch/watcher/slack"
)

// inspectSlack asks Slack about the token and every channel of the configuration.
func (p *program) inspectSlack(c *configs.Config) ([]slack.Inspection, error) {
	if !c.Slack.Configured() {
		return nil, exit{exitWrong, "check --slack: no token and no webhook is configured (key slack): messages are printed"}
	}
	resolved, err := c.Slack.Resolve(p.getenv, c.Dir)
	if errors.Is(err, slack.ErrNoCredentials) {
		return nil, exit{exitWrong, fmt.Sprintf("check --slack: %v; to try it by hand: CREDENTIALS_DIRECTORY=/etc/presswatch/credentials presswatch … check --slack", err)}
	}
	if err != nil {
		return nil, err
	}
	client := slack.NewClient(resolved, nil)
	defer client.Close()
	return client.Inspect(p.ctx, channelsOf(c)), nil
}

// channelsOf are the channels that are posted to, each once.
func channelsOf(c *configs.Config) (channels []string) {
	for _, d := range c.Digests {
		if !slices.Contains(channels, d.Channel) {
			channels = append(channels, d.Channel)
		}
	}
	if c.OpsChannel != "" && !slices.Contains(channels, c.OpsChannel) {
		channels = append(channels, c.OpsChannel)
	}
	return channels
}

// printSlack says what Slack answered, and what to do where that is not well.
func (r checkReport) printSlack(p *program) {
	for _, i := range r.Slack {
		verdict := "ok"
		if !i.OK {
			verdict = "NOT OK"
		}
		fmt.Fprintf(p.stdout, "slack %s: %s: %s\n", i.Subject, verdict, printable(i.Says))
		if i.Do != "" {
			fmt.Fprintf(p.stdout, "    hint: %s\n", i.Do)
		}
	}
}
