package slacktest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	slackgo "github.com/slack-go/slack"

	"presswatch/watcher/slack/slacktest"
)

// call puts one form to the stand-in and decodes the answer.
func call(t *testing.T, s *slacktest.Server, method string, form url.Values) (status int, body map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, slacktest.APIURL+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if !form.Has("token") {
		req.Header.Set("Authorization", "Bearer "+slacktest.Token)
	}
	resp, err := s.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := io.ReadAll(resp.Body)
	if err := json.Unmarshal(raw, &body); err != nil {
		t.Fatalf("%s: %v: %s", method, err, raw)
	}
	return resp.StatusCode, body
}

func workspace(change func(*slacktest.Options)) *slacktest.Server {
	opts := slacktest.Options{Channels: []slacktest.Channel{
		{ID: "C0000000001", Name: "desk"},
		{ID: "C0000000002", Name: "old", Archived: true},
		{ID: "C0000000003", Name: "closed", Private: true},
		{ID: "C0000000004", Name: "elsewhere", Outside: true},
		{ID: "C0000000005", Name: "secret", Private: true, Outside: true},
	}}
	if change != nil {
		change(&opts)
	}
	return slacktest.New(opts)
}

func TestPostMessageRefusesWhatSlackRefuses(t *testing.T) {
	long := strings.Repeat("x", 501)
	tests := []struct {
		name string
		form url.Values
		opts func(*slacktest.Options)
		want string
	}{
		{name: "no token", form: url.Values{"token": {""}}, want: "not_authed"},
		{name: "a wrong token", form: url.Values{"token": {"xoxb-wrong"}}, want: "invalid_auth"},
		{name: "no scope", opts: func(o *slacktest.Options) { o.Scopes = []string{"channels:read"} }, want: "missing_scope"},
		{name: "an unknown channel", form: url.Values{"channel": {"#nowhere"}}, want: "channel_not_found"},
		{name: "a name where ids are wanted", opts: func(o *slacktest.Options) { o.IDsOnly = true }, want: "channel_not_found"},
		{name: "an archived channel", form: url.Values{"channel": {"#old"}}, want: "is_archived"},
		{name: "a public channel without the app", form: url.Values{"channel": {"#elsewhere"}}, want: "not_in_channel"},
		{name: "a private channel without the app", form: url.Values{"channel": {"#secret"}}, want: "channel_not_found"},
		{name: "neither text nor blocks", form: url.Values{"text": {""}}, want: "no_text"},
		{name: "metadata that is no JSON", form: url.Values{"metadata": {"{"}}, want: "invalid_metadata_format"},
		{name: "metadata without a payload", form: url.Values{"metadata": {`{"event_type":"x"}`}}, want: "invalid_metadata_schema"},
		{name: "large metadata", form: url.Values{"metadata": {`{"event_type":"x","event_payload":{"a":"` + long + `"}}`}}, want: "metadata_too_large"},
		{name: "blocks that are no JSON", form: url.Values{"blocks": {"[{"}}, want: "invalid_blocks_format"},
		{name: "a reply to nothing", form: url.Values{"thread_ts": {"1.000000"}}, want: "cannot_reply_to_message"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := workspace(tt.opts)
			form := url.Values{"channel": {"#desk"}, "text": {"hello"}}
			for key, value := range tt.form {
				form[key] = value
			}
			if _, body := call(t, s, "chat.postMessage", form); body["ok"] != false || body["error"] != tt.want {
				t.Errorf("answer %v, want error %q", body, tt.want)
			}
			for _, channel := range []string{"desk", "old", "elsewhere", "secret"} {
				if got := s.Messages(channel); len(got) > 0 {
					t.Errorf("a refused message stands in %s: %v", channel, got)
				}
			}
		})
	}
}

func TestChannelsGetOneMessageASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(nil)
		post := func(channel string) int {
			status, body := call(t, s, "chat.postMessage", url.Values{"channel": {channel}, "text": {"hello"}})
			if (status == http.StatusOK) != (body["ok"] == true) {
				t.Fatalf("status %d with %v", status, body)
			}
			return status
		}
		first, second, other := post("#desk"), post("#desk"), post("#closed")
		time.Sleep(time.Second)
		third := post("#desk")
		if got, want := fmt.Sprint(first, second, other, third), "200 429 200 200"; got != want {
			t.Errorf("statuses %s, want %s", got, want)
		}
		if n := len(s.Messages("desk")); n != 2 {
			t.Errorf("%d messages stand in the channel, want 2", n)
		}
	})
}

func TestLongTextWithoutBlocksIsSplitAndOnlyTheFirstKeepsTheMetadata(t *testing.T) {
	s := workspace(nil)
	call(t, s, "chat.postMessage", url.Values{
		"channel": {"#desk"}, "text": {strings.Repeat("é", 9000)},
		"metadata": {`{"event_type":"x","event_payload":{"id":"d1"}}`},
	})
	got := s.Messages("#desk")
	if len(got) != 3 || got[0].Metadata.EventType != "x" || got[1].Metadata.EventType != "" {
		t.Errorf("%d messages, want 3 with metadata on the first alone", len(got))
	}
}

func TestHistoryLagsAndTellsMetadataOnlyWhenAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(func(o *slacktest.Options) { o.Lag = time.Minute })
		call(t, s, "chat.postMessage", url.Values{
			"channel": {"#desk"}, "text": {"hello"}, "metadata": {`{"event_type":"x","event_payload":{"id":"d1"}}`},
		})
		ask := func(all string) []any {
			_, body := call(t, s, "conversations.history", url.Values{"channel": {"C0000000001"}, "include_all_metadata": {all}})
			return body["messages"].([]any)
		}
		if got := ask("true"); len(got) != 0 {
			t.Fatalf("history shows %v at once", got)
		}
		time.Sleep(time.Minute)
		if got := ask("0")[0].(map[string]any); got["metadata"] != nil {
			t.Errorf("metadata told unasked: %v", got)
		}
		if got := ask("1")[0].(map[string]any); got["metadata"] == nil {
			t.Errorf("no metadata though asked: %v", got)
		}
	})
}

func TestHistoryRefusesWhatSlackRefuses(t *testing.T) {
	tests := []struct {
		name, channel string
		more          url.Values
		scopes        []string
		want          string
	}{
		{name: "a channel by name", channel: "#desk", want: "channel_not_found"},
		{name: "a channel without the app", channel: "C0000000004", want: "not_in_channel"},
		{name: "no scope", channel: "C0000000001", scopes: []string{"groups:history"}, want: "missing_scope"},
		{name: "no scope for private channels", channel: "C0000000003", scopes: []string{"channels:history"}, want: "missing_scope"},
		{name: "an endless page", channel: "C0000000001", more: url.Values{"limit": {"1000"}}, want: "invalid_limit"},
		{name: "a broken cursor", channel: "C0000000001", more: url.Values{"cursor": {"x"}}, want: "invalid_cursor"},
		{name: "a broken time", channel: "C0000000001", more: url.Values{"oldest": {"yesterday"}}, want: "invalid_ts_oldest"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := workspace(func(o *slacktest.Options) { o.Scopes = tt.scopes })
			form := url.Values{"channel": {tt.channel}}
			for key, value := range tt.more {
				form[key] = value
			}
			if _, body := call(t, s, "conversations.history", form); body["error"] != tt.want {
				t.Errorf("answer %v, want error %q", body, tt.want)
			}
		})
	}
}

// The stand-in must be Slack also to a client that knows nothing of it.
func TestSlackGoUnderstandsTheStandIn(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.PageSize, o.Pace = 2, -1 })
	server := httptest.NewServer(s)
	defer server.Close()
	api := slackgo.New(slacktest.Token, slackgo.OptionAPIURL(server.URL+"/api/"))
	ctx := t.Context()

	who, err := api.AuthTestContext(ctx)
	if err != nil || who.BotID == "" || !strings.Contains(who.Header.Get("X-OAuth-Scopes"), "chat:write") {
		t.Fatalf("auth.test: %+v, %v", who, err)
	}
	id := channelByName(t, api, "desk")
	block := slackgo.NewSectionBlock(slackgo.NewTextBlockObject(slackgo.PlainTextType, "A line", false, false), nil, nil)
	_, ts, err := api.PostMessageContext(ctx, id, slackgo.MsgOptionText("A line", false), slackgo.MsgOptionBlocks(block))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := api.PostMessageContext(ctx, id, slackgo.MsgOptionText("A reply", false), slackgo.MsgOptionTS(ts)); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := api.UpdateMessageContext(ctx, id, ts, slackgo.MsgOptionText("A better line", false)); err != nil {
		t.Fatal(err)
	}
	history, err := api.GetConversationHistoryContext(ctx, &slackgo.GetConversationHistoryParameters{ChannelID: id})
	if err != nil || len(history.Messages) != 1 || history.Messages[0].Text != "A better line" {
		t.Errorf("history: %+v, %v", history, err)
	}
	if got := s.Messages(id); len(got) != 2 || got[0].Edits != 1 || got[1].ThreadTS != ts {
		t.Errorf("messages: %+v", got)
	}
}

func channelByName(t *testing.T, api *slackgo.Client, name string) string {
	t.Helper()
	channels, err := api.GetAllConversationsContext(context.Background(), slackgo.GetConversationsOptionTypes([]string{"public_channel", "private_channel"}))
	if err != nil || len(channels) != 4 {
		t.Fatalf("conversations.list: %d channels, %v", len(channels), err)
	}
	for _, ch := range channels {
		if ch.Name == name {
			return ch.ID
		}
	}
	t.Fatalf("no channel %s", name)
	return ""
}

func TestUpdateRefusesWhatIsNotThere(t *testing.T) {
	s := workspace(nil)
	for _, tt := range []struct{ name, channel, text, want string }{
		{"a channel by name", "#desk", "x", "channel_not_found"},
		{"no such message", "C0000000001", "x", "message_not_found"},
		{"an empty message", "C0000000001", "", "no_text"},
	} {
		form := url.Values{"channel": {tt.channel}, "ts": {"1.000000"}, "text": {tt.text}}
		if _, body := call(t, s, "chat.update", form); body["error"] != tt.want {
			t.Errorf("%s: answer %v, want %q", tt.name, body, tt.want)
		}
	}
	if _, body := call(t, s, "chat.delete", nil); body["error"] != "unknown_method" {
		t.Errorf("an unknown method: %v", body)
	}
}

func TestRequestsMustBeForms(t *testing.T) {
	s := workspace(nil)
	for kind, want := range map[string]string{"": "missing_post_type", "text/xml": "invalid_post_type"} {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, slacktest.APIURL+"auth.test", strings.NewReader("x"))
		req.Header.Set("Content-Type", kind)
		resp, err := s.Transport().RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(resp.Body)
		if !strings.Contains(string(raw), want) {
			t.Errorf("content type %q: %s, want %s", kind, raw, want)
		}
	}
}
