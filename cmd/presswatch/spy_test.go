package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// spy is a newspaper, and a Slack that tells everybody the token it was shown: in
// names of errors, in details, headers, pages, redirects and receipts.
type spy struct {
	host  string
	calls atomic.Int64
	news  atomic.Int64 // articles in the feed
	hang  atomic.Bool  // the next calls are never answered
	hung  chan struct{}
}

func newSpy(t *testing.T) *spy {
	s := &spy{hung: make(chan struct{}, 100)}
	s.news.Store(1)
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.slack)
	mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<rss version="2.0"><channel><title>G</title>`)
		for n := range s.news.Load() {
			fmt.Fprintf(w, `<item><title>Treaty %[1]d is signed</title><link>http://%[2]s/a/%[1]d.html</link><pubDate>%[3]s</pubDate></item>`, n, s.host, time.Now().Format(time.RFC1123Z))
		}
		fmt.Fprint(w, `</channel></rss>`)
	})
	mux.HandleFunc("/a/{page}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<h1>Treaty %[1]s</h1><div class=text><p>The treaty of %[1]s.</p></div>`, r.PathValue("page"))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	s.host = strings.TrimPrefix(server.URL, "http://")
	return s
}

// slack answers each call in another way, and never without the token.
func (s *spy) slack(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // also, a server hears that its client has gone only once it has read all
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = r.FormValue("token")
	}
	if s.hang.Load() {
		s.hung <- struct{}{}
		<-r.Context().Done()
		return
	}
	w.Header().Set("X-OAuth-Scopes", "chat:write,"+token)
	w.Header().Set("Warning", token)
	good := fmt.Sprintf(`{"ok":true,"channel":"%[1]s","ts":"%[1]s","team":"%[1]s","user":"%[1]s","url":"%[1]s","warning":"%[1]s","message":{"text":"%[1]s"},`+
		`"channels":[{"id":"C0DESK","name":"desk"},{"id":"%[1]s","name":"%[1]s"}],"messages":[{"ts":"1.1","text":"%[1]s"}]}`, token)
	answers := []func(){
		func() { fmt.Fprintf(w, `{"ok":false,"error":"invalid_auth: %s"}`, token) },
		func() {
			fmt.Fprintf(w, `{"ok":false,"error":"invalid_blocks","errors":["%[1]s"],"response_metadata":{"messages":["[ERROR] %[1]s"],"warnings":["%[1]s"]}}`, token)
		},
		func() {
			fmt.Fprintf(w, `{"ok":false,"error":"missing_scope","needed":"%[1]s","provided":"%[1]s"}`, token)
		},
		func() { http.Error(w, "<html>no: "+token, http.StatusBadGateway) },
		func() { w.Header().Set("Retry-After", token); http.Error(w, token, http.StatusTooManyRequests) },
		func() {
			http.Redirect(w, r, "http://"+s.host+"/api/chat.postMessage?token="+token, http.StatusTemporaryRedirect)
		},
		func() { w.Header().Set("Location", "http://%zz/"+token); w.WriteHeader(http.StatusFound) },
		func() { fmt.Fprint(w, `{"ok":`+token) },
		func() { fmt.Fprintf(w, `{"ok":"%s"}`, token) },
		func() { w.Header().Set("Content-Length", "999"); fmt.Fprint(w, token) },
		func() { fmt.Fprint(w, good) },
	}
	answers[int(s.calls.Add(1)-1)%len(answers)]()
}

const spiedConfig = `timezone: UTC
database: presswatch.db
contact: mailto:test@example.org
rules: [rules.yaml]
metrics: {listen: "127.0.0.1:0"}
network: {allow: [127.0.0.0/8], interval: 1ms}
slack: {token: %[2]s, api_url: "%[3]s"}
ops_channel: "#ops"
sources:
  - id: gazette
    name: The Gazette
    language: en
    hosts: ["%[1]s"]
    identity: '/(?P<number>\d+)\.html'
    feeds: [{url: "http://%[1]s/feed?%[4]d", schedule: "@every 1m"}]
    article: {body: .text}
digests:
  - {id: desk, channel: C0DESK0001, schedule: "* * * * *", rules: [treaties], alerts: true}
`

// configure writes what a presswatch needs that posts to the spy, or elsewhere.
func (s *spy) configure(t *testing.T, folder, secret, api string) {
	t.Helper()
	for name, text := range map[string]string{
		"presswatch.yaml": fmt.Sprintf(spiedConfig, s.host, secret, api, s.news.Add(1)),
		"rules.yaml":      "rules:\n  - {id: treaties, name: Treaties, match: treaty, alert: 'title:treaty'}\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
