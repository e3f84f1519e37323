package slacktest_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"presswatch/watcher/slack/slacktest"
)

func TestTheWebhookRefusesInWordsAndStatuses(t *testing.T) {
	archived := func(o *slacktest.Options) { o.Channels = o.Channels[1:] }
	tests := []struct {
		name, method, path, body string
		opts                     func(*slacktest.Options)
		want                     string
	}{
		{name: "a message", body: `{"text":"a"}`, want: "200 ok"},
		{name: "another address", path: "/services/T/B/x", body: `{"text":"a"}`, want: "404 no_service"},
		{name: "a workspace without channels", body: `{"text":"a"}`, opts: func(o *slacktest.Options) { o.Channels = nil }, want: "404 no_service"},
		{name: "a question", method: http.MethodGet, want: "405 method_not_allowed"},
		{name: "no JSON", body: `text=a`, want: "400 invalid_payload"},
		{name: "nothing to say", body: `{}`, want: "400 no_text"},
		{name: "bad blocks", body: `{"text":"a","blocks":[{"type":"section"}]}`, want: "400 invalid_blocks"},
		{name: "an archived channel", body: `{"text":"a"}`, opts: archived, want: "410 channel_is_archived"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			method, path := tt.method, tt.path
			if method == "" {
				method = http.MethodPost
			}
			if path == "" {
				path = slacktest.HookPath
			}
			req, err := http.NewRequestWithContext(t.Context(), method, "http://slack.test"+path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := workspace(tt.opts).Transport().RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			if got := fmt.Sprint(resp.StatusCode, " ", string(body)); got != tt.want {
				t.Errorf("answer %s, want %s", got, tt.want)
			}
		})
	}
}
