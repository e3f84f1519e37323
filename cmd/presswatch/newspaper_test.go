package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"presswatch/watcher/slack/slacktest"
)

const newspaperConfig = `timezone: UTC
database: presswatch.db
contact: mailto:test@example.org
rules: [rules.yaml]
network: {allow: [127.0.0.0/8], interval: 1ms}
slack: {token: {env: SLACK_TOKEN}, api_url: "http://%[1]s/slack/api/"}
ops_channel: "#ops"
sources:
  - id: gazette
    name: The Gazette
    language: en
    hosts: ["%[1]s"]
    identity: '/(?P<number>\d+)\.html'
    feeds: [{url: "http://%[1]s/feed", schedule: "@every 1m"}, {url: "http://%[1]s/missing", schedule: "@every 1h"}]
    article: {body: .text}
digests:
  - {id: desk, channel: "#desk", schedule: "0 7 * * *", rules: [treaties], alerts: true}
`

const newspaperRules = `vocabulary:
  treaty: {en: [treaty, pact]}
rules:
  - {id: treaties, name: Treaties, match: '@treaty', alert: 'title:@treaty', tests: [{title: A treaty, expect: alert}, {title: None, text: The pact stands., expect: digest}, {title: None, expect: none}]}
`

// newspaper serves until the script ends.
func newspaper() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	host := listener.Addr().String()
	desk := slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C0DESK", Name: "desk"}, {ID: "C0OPS", Name: "ops"}}})
	mux := http.NewServeMux()
	published := time.Now().Add(-time.Hour).Format(time.RFC1123Z)
	var readers atomic.Int32 // of the first page: after the first of them it is edited, and the feed says so
	mux.Handle("/slack/", http.StripPrefix("/slack", desk))
	mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>G</title><item><title>A treaty is signed</title><link>http://%[1]s/a/1.html</link><pubDate>%[2]s</pubDate><description>%[3]s</description></item><item><title>Weather</title><link>http://%[1]s/a/2.html</link><pubDate>%[2]s</pubDate></item></channel></rss>`,
			host, published, []string{"Signed.", "Signed, and amended."}[min(readers.Load(), 1)])
	})
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<html lang=en-GB><title>The Gazette</title><a href="/help.html">Help</a><p>Welcome.`)
	})
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "User-agent: *\nDisallow: /rss.xml\nSitemap: http://%s/map.xml\n", host)
	})
	mux.HandleFunc("/map.xml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Last-Modified", "Mon, 20 Jul 2026 08:00:00 GMT")
		fmt.Fprintf(w, `<urlset><url><loc>http://%s/a/1.html</loc><lastmod>2026-07-20T15:00:00+07:00</lastmod></url></urlset>`, host)
	})
	mux.HandleFunc("/a/1.html", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<title>A treaty is signed</title><h1>A treaty is signed</h1><div class=text><p>The %s mayors put their names to the treaty on Monday.</p></div>`, []string{"two", "three"}[min(readers.Add(1)-1, 1)])
	})
	mux.HandleFunc("/a/2.html", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<title>Weather</title><h1>Weather</h1><div class=text><p>Rain, and after the rain a pact of clouds.</p></div>`)
	})
	mux.HandleFunc("/fault", func(_ http.ResponseWriter, r *http.Request) {
		desk.Script(r.FormValue("method"), slacktest.Refuse(r.FormValue("code")))
	})
	mux.HandleFunc("/messages", func(w http.ResponseWriter, _ *http.Request) {
		for _, channel := range []string{"#desk", "#ops"} {
			for _, m := range desk.Messages(channel) {
				fmt.Fprintln(w, channel, strings.ReplaceAll(m.Text, "\n", " | "))
			}
		}
	})
	for name, text := range map[string]string{"presswatch.yaml": fmt.Sprintf(newspaperConfig, host), "rules.yaml": newspaperRules, "host": host} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	fmt.Fprintln(os.Stderr, server.Serve(listener))
}

// messages lists what stands in the channels of the newspaper's Slack, a line each.
func messages() {
	text, err := inChannel()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(text)
}

// fault makes the next calls of a method be refused, each with a name of an error.
func fault() {
	for _, code := range os.Args[2:] {
		if _, err := ask("/fault?method=" + os.Args[1] + "&code=" + code); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func inChannel() (string, error) { return ask("/messages") }

// ask gets a page of the newspaper.
func ask(path string) (string, error) {
	host, err := os.ReadFile("host")
	if err != nil {
		return "", err
	}
	return fetched("http://" + string(host) + path)
}

func fetched(address string) (string, error) {
	response, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}

// await waits until a file, an address, or the channel when it is called
// messages, holds a text; half a minute at most.
func await() {
	look := func() (string, error) {
		data, err := os.ReadFile(os.Args[1])
		return string(data), err
	}
	switch {
	case os.Args[1] == "messages":
		look = inChannel
	case strings.HasPrefix(os.Args[1], "http://"):
		look = func() (string, error) { return fetched(os.Args[1]) }
	}
	deadline := time.After(30 * time.Second)
	for tick := time.Tick(10 * time.Millisecond); ; {
		select {
		case <-tick:
			if text, err := look(); err == nil && strings.Contains(text, os.Args[2]) {
				return
			}
		case <-deadline:
			text, err := look()
			fmt.Fprintf(os.Stderr, "%s does not come to hold %q: %v\n%s", os.Args[1], os.Args[2], err, text)
			os.Exit(1)
		}
	}
}
