// Command press is the outer world of the booted test: the newsroom's publishers,
// articles to order, and a strict stand-in for Slack, on addresses of loopback.
// It stands outside the machine under test, so that it remembers through a loss of
// power what was posted before it.
//
//	press CONFIGURATION    serves until it is killed, and writes the configuration
//	                       that a presswatch needs to read and post here
//
// On 127.0.0.9:8000, beside Slack's own addresses:
//
//	/publish?n=20   brings out so many articles that each deserve an alert
//	/messages       what was posted, a line each: time, text
//	/inside         how often somebody asked the address that nobody may reach
package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"presswatch/watcher/newsroom"
	"presswatch/watcher/slack/slacktest"
)

const (
	outside = "127.0.0.9" // what the unit under test may reach
	inside  = "127.0.0.1" // what it may not, though its own configuration would
	desk    = outside + ":8000"
	secret  = inside + ":8009"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: press CONFIGURATION")
		os.Exit(2)
	}
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "press:", err)
		os.Exit(1)
	}
}

func serve(configuration string) error {
	news, err := newsroom.New(time.Now(), time.Now)
	if err != nil {
		return err
	}
	var g errgroup.Group
	sources := ""
	for i, publisher := range news.Publishers() {
		host := fmt.Sprintf("%s:%d", outside, 8001+i)
		entry, err := publisher.Source(host, "@every 1m")
		if err != nil {
			return err
		}
		sources += "  - " + strings.ReplaceAll(strings.TrimSpace(string(entry)), "\n", "\n    ") + "\n"
		if err := listen(&g, host, publisher.Handler); err != nil {
			return err
		}
	}
	slack := slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C0DESK", Name: "desk"}, {ID: "C0OPS", Name: "ops"}}})
	var asked atomic.Int64
	if err := errors.Join(
		listen(&g, secret, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) })),
		listen(&g, desk, controls(news, slack, &asked)),
		os.WriteFile(configuration, []byte(fmt.Sprintf(configurationText, secret, sources, desk)), 0o644),
	); err != nil {
		return err
	}
	return g.Wait()
}

func listen(g *errgroup.Group, address string, handler http.Handler) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	g.Go(func() error { return server.Serve(listener) })
	return nil
}

const configurationText = `timezone: UTC
database: /var/lib/presswatch/presswatch.db
contact: mailto:test@example.org
rules: [rules/treaties.yaml]
network: {allow: [127.0.0.0/8], interval: 1ms}
slack: {token: {credential: slack-token}, api_url: "http://%[3]s/api/"}
ops_channel: "#ops"
sources:
  - id: inside
    name: Inside
    language: en
    hosts: ["%[1]s"]
    feeds: [{url: "http://%[1]s/feed", schedule: "@every 1m"}]
%[2]sdigests:
  - {id: desk, channel: "#desk", schedule: "0 7 * * *", rules: [treaties], alerts: true, most_alerts: 90}
`

// controls serves Slack and what the test asks and orders.
func controls(news *newsroom.Newsroom, slack *slacktest.Server, asked *atomic.Int64) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", slack)
	mux.HandleFunc("/messages", func(w http.ResponseWriter, _ *http.Request) {
		for _, channel := range []string{"C0DESK", "C0OPS"} {
			for _, m := range slack.Messages(channel) {
				fmt.Fprintf(w, "%s %s\n", m.At.UTC().Format("15:04:05"), strings.ReplaceAll(m.Text, "\n", " | "))
			}
		}
	})
	mux.HandleFunc("/inside", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, asked.Load()) })
	var number atomic.Int64
	mux.HandleFunc("/publish", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.FormValue("n"))
		for range n {
			err = errors.Join(err, news.Publish(article(int(number.Add(1)), news.Publishers()[1].ID)))
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})
	return mux
}

// article is one that the test's rule takes for an alert, and that has next to no
// word in common with any other: it is nobody's copy.
func article(number int, publisher string) newsroom.Article {
	dice := rand.New(rand.NewPCG(1, uint64(number)))
	words := func(n int) string {
		all := make([]string, n)
		for i := range all {
			word := make([]byte, 4+dice.IntN(6))
			for j := range word {
				word[j] = "aeioubdfgklmnprstvz"[dice.IntN(19)]
			}
			all[i] = string(word)
		}
		return strings.Join(all, " ")
	}
	return newsroom.Article{
		Publisher: publisher, Number: 900_000 + number, Slug: fmt.Sprint("treaty-", number), Section: "Politics", Author: "A. Writer",
		Title: fmt.Sprintf("Treaty number %03d on %s", number, words(3)), Lead: words(12) + ".",
		Body: words(60) + ".\n\n" + words(60) + ".", Age: time.Minute,
	}
}
