package slacktest_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

func TestFindReadsPageByPageAndOnlySinceThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(func(o *slacktest.Options) { o.PageSize = 2 })
		c := clientOf(s)
		var middle time.Time
		for _, id := range []string{"d-1", "d-2", "d-3", "d-4", "d-5", "d-6", "d-7"} {
			if id == "d-4" {
				middle = time.Now()
			}
			if _, err := c.Send(t.Context(), message(id, "#desk")); err != nil {
				t.Fatal(err)
			}
			time.Sleep(slack.Pace)
		}
		for id, want := range map[string]bool{"d-1": false, "d-3": false, "d-4": true, "d-7": true, "d-8": false} {
			_, found, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: id, Since: middle})
			if err != nil || found != want {
				t.Errorf("%s: found %v, %v; want %v", id, found, err, want)
			}
		}
		if _, found, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1"}); !found || err != nil {
			t.Errorf("from the beginning: found %v, %v", found, err)
		}
	})
}

func TestFindSaysWhenAskingCannotHelp(t *testing.T) {
	tests := []struct {
		name, channel string
		scopes        []string
		fault         slacktest.Fault
		class         slack.Class
		cannot        bool
	}{
		{name: "no scope for the history", channel: "#desk", scopes: []string{"chat:write", "channels:read"}, class: slack.Place, cannot: true},
		{name: "not a member", channel: "#elsewhere", class: slack.Place, cannot: true},
		{name: "no such channel", channel: "#nowhere", class: slack.Place},
		{name: "a token that was revoked", channel: "#desk", fault: slacktest.Refuse("token_revoked"), class: slack.Place},
		{name: "a channel that is gone", channel: "C0000000009", class: slack.Place},
		{name: "too often", channel: "#desk", fault: slacktest.Limit(time.Minute), class: slack.Unsent},
		{name: "a lost answer", channel: "#desk", fault: slacktest.LostAfter(), class: slack.Unsent},
		{name: "an answer that is no JSON", channel: "#desk", fault: slacktest.Garble("<html>"), class: slack.Unsent},
		{name: "an answer of other fields", channel: "#desk", fault: slacktest.Garble(`{"ok":true,"messages":{"a":1}}`), class: slack.Unsent},
		{name: "an error that nobody documented", channel: "#desk", fault: slacktest.Refuse("brand_new"), class: slack.Unsent},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := workspace(func(o *slacktest.Options) { o.Scopes = tt.scopes })
			if tt.fault != (slacktest.Fault{}) {
				s.Script("conversations.history", tt.fault)
			}
			_, found, err := clientOf(s).Find(t.Context(), slack.Sought{Channel: tt.channel, ID: "d-1"})
			if found || classOf(err) != tt.class || errors.Is(err, slack.ErrCannotAsk) != tt.cannot {
				t.Errorf("found %v, error %v; want class %q, cannot ask %v", found, err, tt.class, tt.cannot)
			}
		})
	}
}

func TestTheMissingScopeIsNamed(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.Scopes = []string{"channels:read"} })
	_, err := clientOf(s).Send(t.Context(), message("d-1", "C0000000001"))
	want := "slack chat.postMessage: missing_scope: needed chat:write, provided channels:read (place or rights)"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestAnEndlessHistoryEnds(t *testing.T) {
	s := workspace(nil)
	for range 300 {
		s.Script("conversations.history", slacktest.Garble(`{"ok":true,"messages":[],"response_metadata":{"next_cursor":"x"}}`))
	}
	_, found, err := clientOf(s).Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1"})
	if found || classOf(err) != slack.Unsent {
		t.Errorf("found %v, error %v", found, err)
	}
}

// What other people post must not stop the search: slack-go's types fail on each
// of these.
func TestMessagesOfOtherPeopleDoNotStopTheSearch(t *testing.T) {
	s := workspace(nil)
	s.Script("conversations.history", slacktest.Garble(`{"ok":true,"messages":[
		{"ts":"1.000001","attachments":[{"fields":[{"title":"a","value":5}],"color":7}]},
		{"ts":"1.000002","blocks":[{"type":"context","elements":[{"type":"brand_new"}]}]},
		{"ts":"1.000003","metadata":{"event_type":"x","event_payload":[]}},
		{"ts":1.000004}, "a bare word", null,
		{"ts":"1.000005","metadata":{"event_type":"elsewhere","event_payload":{"id":"d-1"}}},
		{"ts":"1.000006","metadata":{"event_type":"presswatch","event_payload":{"id":"d-1","part":1,"v":1}}}]}`))
	receipt, found, err := clientOf(s).Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1"})
	if !found || err != nil || receipt.TS != "1.000006" || !receipt.At.Equal(time.Unix(1, 6000)) {
		t.Errorf("receipt %+v, found %v, %v", receipt, found, err)
	}
}
