package slacktest_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

func clientOf(s *slacktest.Server) *slack.Client {
	cfg := slack.Config{Token: slack.Literal(slacktest.Token), APIURL: slacktest.APIURL}
	return slack.NewClient(cfg, &http.Client{Transport: s.Transport()})
}

func hookClientOf(s *slacktest.Server) *slack.Client {
	return slack.NewClient(slack.Config{Webhook: slack.Literal(slacktest.HookURL)}, &http.Client{Transport: s.Transport()})
}

func message(id, channel string) slack.Post {
	return slack.Post{
		ID: id, Part: 2, Parts: 3, Channel: channel, Text: "A line &amp; more",
		Blocks: json.RawMessage(`[{"type":"section","text":{"type":"plain_text","text":"A <line>"}}]`),
	}
}

func classOf(err error) slack.Class {
	var e *slack.Error
	if errors.As(err, &e) {
		return e.Class
	}
	return 0
}

func TestAMessageArrivesAsItWasComposed(t *testing.T) {
	s := workspace(nil)
	p := message("d-1", "#desk")
	receipt, err := clientOf(s).Send(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Messages("desk")
	if len(got) != 1 {
		t.Fatalf("%d messages", len(got))
	}
	m := got[0]
	if receipt.Channel != "C0000000001" || receipt.TS != m.TS || !receipt.At.Equal(m.At) {
		t.Errorf("receipt %+v for %+v", receipt, m)
	}
	var sent, want any
	if json.Unmarshal(m.Blocks, &sent) != nil || json.Unmarshal(p.Blocks, &want) != nil || !equal(sent, want) || m.Text != p.Text {
		t.Errorf("stands there as %s, %s", m.Text, m.Blocks)
	}
	if m.Unfurls {
		t.Error("links would be unfurled")
	}
	if m.Metadata.EventType != "presswatch" || !equal(m.Metadata.EventPayload, map[string]any{"id": "d-1", "part": 2, "v": 1}) {
		t.Errorf("metadata %+v", m.Metadata)
	}
}

func TestAMessageWithoutBlocksIsItsText(t *testing.T) {
	for _, blocks := range []string{"", "null", "[]"} {
		s := workspace(func(o *slacktest.Options) { o.Pace = -1 })
		p := message("d-1", "#desk")
		p.Blocks = json.RawMessage(blocks)
		for _, c := range []*slack.Client{clientOf(s), hookClientOf(s)} {
			if _, err := c.Send(t.Context(), p); err != nil {
				t.Errorf("blocks %q: %v", blocks, err)
			}
		}
		for _, m := range s.Messages("desk") {
			if m.Blocks != nil || m.Text != p.Text {
				t.Errorf("blocks %q: stands there as %q, %s", blocks, m.Text, m.Blocks)
			}
		}
	}
}

func equal(a, b any) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

func TestMetadataStaysSmall(t *testing.T) {
	s := workspace(nil)
	if _, err := clientOf(s).Send(t.Context(), message(strings.Repeat("x", 64), "#desk")); err != nil {
		t.Fatalf("the longest id: %v", err)
	}
}

// faults are all the ways in which one call can go wrong.
func faults() map[string]slacktest.Fault {
	all := map[string]slacktest.Fault{
		"unreachable": slacktest.Unreachable(), "lost before": slacktest.LostBefore(), "lost after": slacktest.LostAfter(),
		"502": slacktest.Break(502), "502 after": slacktest.BreakAfter(502), "404": slacktest.Break(404),
		"429": slacktest.Limit(5 * time.Second), "429 bare": slacktest.Limit(0),
		"garbled": slacktest.Garble("<html>"), "empty": slacktest.Garble("{}"),
		"slow": slacktest.Slow(5 * time.Second), "too slow": slacktest.Slow(50 * time.Second),
		"internal_error after": slacktest.RefuseAfter("internal_error"), "unknown after": slacktest.RefuseAfter("brand_new"),
	}
	for _, class := range []slack.Class{slack.Unsent, slack.Unclear, slack.Place, slack.Payload} {
		for _, name := range slack.Codes(class) {
			name = strings.TrimSuffix(name, "*")
			all[name] = slacktest.Refuse(name)
		}
	}
	return all
}

// The classes are promises about the channel; the stand-in knows the truth. Every
// doubt ends in the truth when Find is asked after Settle.
func TestEveryClassKeepsItsPromise(t *testing.T) {
	for name, fault := range faults() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := workspace(func(o *slacktest.Options) { o.Lag = 45 * time.Second })
				c := clientOf(s)
				s.Script("chat.postMessage", fault)
				began := time.Now()
				receipt, err := c.Send(t.Context(), message("d-1", "#desk"))
				time.Sleep(slack.Settle)
				there := len(s.Messages("desk"))
				if err == nil && there != 1 || err != nil && classOf(err) != slack.Unclear && there != 0 {
					t.Errorf("error %v, and %d messages stand in the channel", err, there)
				}
				found, ok, err2 := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1", Since: began.Add(-slack.Lookback)})
				if err2 != nil || ok != (there == 1) {
					t.Errorf("found %v, %v; %d messages stand in the channel", ok, err2, there)
				}
				if err == nil && found != receipt {
					t.Errorf("found %+v, receipt %+v", found, receipt)
				}
			})
		})
	}
}

func TestAWebhookKeepsThePromisesToo(t *testing.T) {
	for name, fault := range faults() {
		if fault.Code != "" {
			continue // a webhook answers in words, not in JSON
		}
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := workspace(nil)
				s.Script("webhook", fault)
				_, err := hookClientOf(s).Send(t.Context(), message("d-1", "#desk"))
				time.Sleep(slack.Settle)
				there := len(s.Messages("desk"))
				if err == nil && there != 1 || err != nil && classOf(err) != slack.Unclear && there != 0 {
					t.Errorf("error %v, and %d messages stand in the channel", err, there)
				}
			})
		})
	}
}

func TestAWebhookCannotBeAskedAndMarksWhatItSaysAgain(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.Pace = -1 })
	c := hookClientOf(s)
	if _, _, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1", Since: time.Now()}); !errors.Is(err, slack.ErrCannotAsk) {
		t.Errorf("error %v, want ErrCannotAsk", err)
	}
	p := message("d-1", "#desk")
	p.Again = true
	receipt, err := c.Send(t.Context(), p)
	if err != nil || receipt.Channel != slack.HookChannel || receipt.At.IsZero() {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	p.Blocks = nil
	if _, err := c.Send(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Messages("desk") {
		if !strings.HasPrefix(m.Text, "Sent again:") || m.Blocks != nil && !strings.Contains(string(m.Blocks), "Sent again:") {
			t.Errorf("not marked: %s %s", m.Text, m.Blocks)
		}
	}
}

func TestChannelsAreResolvedOnceAndKept(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.PageSize, o.Pace, o.IDsOnly = 1, -1, true })
	c := clientOf(s)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, channel := range []string{"#Desk", "closed", "C0000000003"} {
				if _, err := c.Send(t.Context(), message("d-1", channel)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := s.Calls("conversations.list"); n != 3 { // one listing of three pages
		t.Errorf("channels were listed in %d calls, want 3", n)
	}
}

func TestWithoutTheScopeToListTheNameIsUsedAsGiven(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.Scopes, o.Pace = []string{"chat:write", "channels:history"}, -1 })
	c := clientOf(s)
	if _, _, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1"}); err == nil || errors.Is(err, slack.ErrCannotAsk) == false {
		t.Errorf("a channel whose id is unknown: %v, want ErrCannotAsk", err)
	}
	for range 2 {
		if _, err := c.Send(t.Context(), message("d-1", "#desk")); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Calls("conversations.list"); n != 2 {
		t.Errorf("listed in %d calls, want 2: with private channels, and without", n)
	}
	// The answer to the post told the id: now the channel can be asked.
	if _, ok, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1"}); !ok || err != nil {
		t.Errorf("found %v, %v", ok, err)
	}
}

func TestPublicChannelsAreListedWithoutTheScopeForPrivateOnes(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.Scopes, o.IDsOnly = []string{"chat:write", "channels:read"}, true })
	if _, err := clientOf(s).Send(t.Context(), message("d-1", "#desk")); err != nil {
		t.Error(err)
	}
}

func TestALostQuestionAboutTheChannelIsUnsent(t *testing.T) {
	for name, fault := range map[string]slacktest.Fault{
		"lost": slacktest.LostAfter(), "503": slacktest.Break(503), "too slow": slacktest.Slow(time.Hour),
		"an unknown name": slacktest.Refuse("brand_new"), "limited": slacktest.Limit(9 * time.Second),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := workspace(nil)
				c := clientOf(s)
				s.Script("conversations.list", fault)
				_, err := c.Send(t.Context(), message("d-1", "#desk"))
				if classOf(err) != slack.Unsent || s.Calls("chat.postMessage") != 0 {
					t.Errorf("error %v after %d posts", err, s.Calls("chat.postMessage"))
				}
				if _, err := c.Send(t.Context(), message("d-1", "#desk")); err != nil {
					t.Errorf("the next attempt: %v", err)
				}
			})
		})
	}
}

func TestAChannelThatVanishedIsLookedUpAnew(t *testing.T) {
	s := workspace(func(o *slacktest.Options) { o.Pace = -1 })
	c := clientOf(s)
	for _, fault := range []slacktest.Fault{{}, slacktest.Refuse("channel_not_found"), {}} {
		s.Script("chat.postMessage", fault)
		_, err := c.Send(t.Context(), message("d-1", "#desk"))
		if fault.Code != "" && classOf(err) != slack.Place {
			t.Errorf("error %v, want class %q", err, slack.Place)
		}
	}
	if n := s.Calls("conversations.list"); n != 2 {
		t.Errorf("listed %d times, want 2", n)
	}
}
