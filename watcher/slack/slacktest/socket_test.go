package slacktest_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

// On a socket the faults are real: connections break, answers come too late.
func TestFaultsOnASocket(t *testing.T) {
	for name, tt := range map[string]struct {
		fault slacktest.Fault
		class slack.Class
		there int
	}{
		"lost before": {slacktest.LostBefore(), slack.Unclear, 0},
		"lost after":  {slacktest.LostAfter(), slack.Unclear, 1},
		"503 after":   {slacktest.BreakAfter(503), slack.Unclear, 1},
		"too slow":    {slacktest.Slow(3 * time.Second), slack.Unclear, 0}, // it comes later
		"none":        {slacktest.Fault{}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := workspace(nil)
			server := httptest.NewServer(s)
			defer server.Close()
			c := slack.NewClient(slack.Config{
				Token: slack.Literal(slacktest.Token), APIURL: server.URL + "/api", Timeout: time.Second,
			}, nil)
			defer c.Close()
			s.Script("chat.postMessage", tt.fault)
			_, err := c.Send(t.Context(), message("d-1", "#desk"))
			if classOf(err) != tt.class || len(s.Messages("desk")) != tt.there {
				t.Errorf("error %v, %d messages", err, len(s.Messages("desk")))
			}
		})
	}
}
