package slacktest_test

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

func TestAnInspectionTellsWhatAMessageWouldMeet(t *testing.T) {
	channels := []slacktest.Channel{
		{ID: "C0000000001", Name: "desk"}, {ID: "C0000000002", Name: "other", Outside: true},
		{ID: "C0000000003", Name: "inner", Private: true}, {ID: "C0000000004", Name: "hidden", Private: true, Outside: true},
	}
	for name, test := range map[string]struct {
		scopes  []string
		token   string
		channel string
		subject string // of what is not well; "" when all is
		says    string
		do      string
	}{
		"a channel with the app in it":         {channel: "#desk"},
		"by its id":                            {channel: "C0000000001"},
		"a private one":                        {channel: "#inner"},
		"a channel without the app":            {channel: "#other", subject: "#other", says: "not_in_channel", do: "invite"},
		"a private one without the app":        {channel: "#hidden", subject: "#hidden", says: "channel_not_found", do: "invite"},
		"a channel that is not there":          {channel: "#nowhere", subject: "#nowhere", says: "channel_not_found", do: "invite"},
		"another token":                        {token: "xoxb-other", channel: "#desk", subject: "token", says: "invalid_auth", do: "Token"},
		"a token that may not post":            {scopes: []string{"channels:read", "channels:history"}, channel: "#desk", subject: "scopes", says: "missing: chat:write", do: "OAuth & Permissions"},
		"a token that may not read":            {scopes: []string{"chat:write", "channels:read"}, channel: "#desk", subject: "#desk", says: "needed channels:history", do: "add the scope"},
		"a token that may not list":            {scopes: []string{"chat:write", "channels:history"}, channel: "#desk", subject: "#desk", says: "without the scope channels:read", do: "when_unclear"},
		"a private one, without its own scope": {scopes: []string{"chat:write", "channels:read", "channels:history", "groups:read"}, channel: "#inner", subject: "#inner", says: "needed groups:history", do: "add the scope"},
	} {
		t.Run(name, func(t *testing.T) {
			s := slacktest.New(slacktest.Options{Channels: channels, Scopes: test.scopes})
			token := slacktest.Token
			if test.token != "" {
				token = test.token
			}
			c := slack.NewClient(slack.Config{Token: slack.Literal(token), APIURL: slacktest.APIURL}, &http.Client{Transport: s.Transport()})
			found := c.Inspect(t.Context(), []string{test.channel})
			well := true
			for _, i := range found {
				if i.Says == "" || strings.Contains(i.Says+i.Do, "xoxb-") {
					t.Errorf("%+v", i)
				}
				if i.OK {
					continue
				}
				if well = false; i.Subject == test.subject && (!strings.Contains(i.Says, test.says) || !strings.Contains(i.Do, test.do)) {
					t.Errorf("%+v", i)
				}
			}
			if well != (test.subject == "") {
				t.Errorf("%+v", found)
			}
			if n := len(s.Messages("desk")) + len(s.Messages("inner")); n > 0 || s.Calls("chat.postMessage") > 0 {
				t.Errorf("%d messages were posted", n)
			}
		})
	}
}

func TestAWebhookCannotBeInspected(t *testing.T) {
	s := slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C0000000001", Name: "desk"}}})
	found := hookClientOf(s).Inspect(t.Context(), []string{"#desk"})
	if len(found) != 1 || !found[0].OK || found[0].Subject != "webhook" || s.Calls("webhook") > 0 {
		t.Errorf("%+v", found)
	}
}

func TestASlackThatDoesNotAnswerIsNotWell(t *testing.T) {
	s := slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C0000000001", Name: "desk"}}})
	s.Script("auth.test", slacktest.Unreachable())
	found := clientOf(s).Inspect(t.Context(), []string{"#desk"})
	if len(found) != 1 || found[0].OK {
		t.Errorf("%+v", found)
	}
}

func TestTheShippedManifestAsksForWhatIsUsed(t *testing.T) {
	text, err := os.ReadFile("../../../configs/slack-app.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Config struct {
			Scopes struct {
				Bot []string `yaml:"bot"`
			} `yaml:"scopes"`
		} `yaml:"oauth_config"`
	}
	if err := yaml.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	got, want := manifest.Config.Scopes.Bot, slacktest.AllScopes()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the manifest asks for %q, used are %q", got, want)
	}
}
