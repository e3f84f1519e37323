package slacktest_test

import (
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

// posted sends a message and waits until the next may follow.
func posted(t *testing.T, c *slack.Client, p slack.Post) store.Receipt {
	t.Helper()
	receipt, err := c.Send(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(slack.Pace)
	return receipt
}

func replyTo(r store.Receipt, id string) slack.Post {
	p := message(id, r.Channel)
	p.Thread = r.TS
	return p
}

func TestAReplyIsFoundInItsThreadAndNotInTheChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(func(o *slacktest.Options) { o.PageSize = 2 })
		c := clientOf(s)
		first := posted(t, c, message("d-1", "#desk"))
		other := posted(t, c, message("d-2", "#desk"))
		var replies []store.Receipt
		for _, id := range []string{"r-1", "r-2", "r-3", "r-4"} {
			replies = append(replies, posted(t, c, replyTo(first, id)))
		}
		for _, tt := range []struct {
			name string
			s    slack.Sought
			want bool
		}{
			{"in its thread", slack.Sought{Thread: first.TS, ID: "r-4"}, true},
			{"in its thread since then", slack.Sought{Thread: first.TS, ID: "r-3", Since: replies[2].At}, true},
			{"before that", slack.Sought{Thread: first.TS, ID: "r-2", Since: replies[2].At}, false},
			{"in another thread", slack.Sought{Thread: other.TS, ID: "r-4"}, false},
			{"in a thread that is not there", slack.Sought{Thread: "1.000000", ID: "r-4"}, false},
			{"under a reply", slack.Sought{Thread: replies[0].TS, ID: "r-4"}, false},
			{"in the channel", slack.Sought{ID: "r-4"}, false},
			{"the first, in the channel", slack.Sought{ID: "d-1"}, true},
		} {
			tt.s.Channel = "#desk"
			if _, found, err := c.Find(t.Context(), tt.s); found != tt.want || err != nil {
				t.Errorf("%s: found %v, %v", tt.name, found, err)
			}
		}
	})
}

func TestAReplyThatIsNotSeenYetIsNotFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(func(o *slacktest.Options) { o.Lag = time.Minute })
		c := clientOf(s)
		first := posted(t, c, message("d-1", "#desk"))
		posted(t, c, replyTo(first, "r-1"))
		for _, want := range []bool{false, true} {
			if _, found, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", Thread: first.TS, ID: "r-1"}); found != want || err != nil {
				t.Errorf("found %v, %v, want %v", found, err, want)
			}
			time.Sleep(time.Minute)
		}
	})
}

func TestAReplyToWhatIsNotThereIsRefused(t *testing.T) {
	s := workspace(nil)
	_, err := clientOf(s).Send(t.Context(), replyTo(store.Receipt{Channel: "C0000000001", TS: "1.000000"}, "r-1"))
	if classOf(err) != slack.Payload || len(s.Messages("desk")) != 0 {
		t.Errorf("error %v, %d messages", err, len(s.Messages("desk")))
	}
}

func TestAnUpdateTakesThePlaceAndKeepsTheID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(nil)
		c := clientOf(s)
		at := posted(t, c, message("d-1", "#desk"))
		if err := c.Update(t.Context(), at, slack.Post{ID: "e-1", Text: "More &amp; more", Blocks: json.RawMessage(`[{"type":"divider"}]`)}); err != nil {
			t.Fatal(err)
		}
		m := s.Messages("desk")[0]
		if len(s.Messages("desk")) != 1 || m.Text != "More &amp; more" || string(m.Blocks) != `[{"type":"divider"}]` || m.Edits != 1 || m.TS != at.TS {
			t.Errorf("stands there as %+v", m)
		}
		if found, ok, err := c.Find(t.Context(), slack.Sought{Channel: "#desk", ID: "d-1"}); !ok || err != nil || found != at {
			t.Errorf("found %v %+v, %v", ok, found, err)
		}
		if err := c.Update(t.Context(), at, slack.Post{ID: "e-2", Text: "Text alone"}); err != nil {
			t.Fatal(err)
		}
		if m := s.Messages("desk")[0]; m.Text != "Text alone" || m.Blocks != nil {
			t.Errorf("stands there as %+v", m)
		}
	})
}

func TestAnUpdateThatIsLateTakesEffectLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := workspace(nil)
		c := clientOf(s)
		at := posted(t, c, message("d-1", "#desk"))
		s.Script("chat.update", slacktest.Slow(time.Minute))
		if err := c.Update(t.Context(), at, slack.Post{ID: "e-1", Text: "late"}); classOf(err) != slack.Unclear {
			t.Errorf("error %v, want unclear", err)
		}
		if err := c.Update(t.Context(), at, slack.Post{ID: "e-2", Text: "soon"}); err != nil {
			t.Error(err)
		}
		for _, want := range []string{"soon", "late"} {
			if m := s.Messages("desk")[0]; m.Text != want {
				t.Errorf("it says %q, want %q", m.Text, want)
			}
			time.Sleep(time.Minute)
		}
	})
}

func TestAnUpdateSaysWhatItMeans(t *testing.T) {
	stands := func(s *slacktest.Server) store.Receipt {
		r, err := clientOf(s).Send(t.Context(), message("d-1", "#desk"))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, tt := range []struct {
		name  string
		fault slacktest.Fault
		at    func(store.Receipt) store.Receipt
		text  string
		class slack.Class
		fixed bool
	}{
		{name: "a deleted message", fault: slacktest.Refuse("message_not_found"), class: slack.Payload, fixed: true},
		{name: "somebody else's", fault: slacktest.Refuse("cant_update_message"), class: slack.Payload, fixed: true},
		{name: "too old", fault: slacktest.Refuse("edit_window_closed"), class: slack.Payload, fixed: true},
		{name: "a message of a webhook", at: func(store.Receipt) store.Receipt { return store.Receipt{Channel: slack.HookChannel} }, class: slack.Payload, fixed: true},
		{name: "too often", fault: slacktest.Limit(time.Minute), class: slack.Unsent},
		{name: "unreachable", fault: slacktest.Unreachable(), class: slack.Unsent},
		{name: "lost", fault: slacktest.LostAfter(), class: slack.Unclear},
		{name: "a 502", fault: slacktest.Break(502), class: slack.Unclear},
		{name: "a revoked token", fault: slacktest.Refuse("token_revoked"), class: slack.Place},
		{name: "no text", text: "-", class: slack.Payload},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := workspace(nil)
			at := stands(s)
			if tt.at != nil {
				at = tt.at(at)
			}
			s.Script("chat.update", tt.fault)
			p := slack.Post{ID: "e-1", Text: "More"}
			if tt.text != "" {
				p.Text = ""
			}
			err := clientOf(s).Update(t.Context(), at, p)
			if classOf(err) != tt.class || errors.Is(err, slack.ErrFixed) != tt.fixed {
				t.Errorf("error %v, want class %q, fixed %v", err, tt.class, tt.fixed)
			}
		})
	}
}

func TestWhatCameThroughTheWebhookCannotBeUpdated(t *testing.T) {
	s := workspace(nil)
	if _, err := hookClientOf(s).Send(t.Context(), message("d-1", "#desk")); err != nil {
		t.Fatal(err)
	}
	m := s.Messages("desk")[0]
	err := clientOf(s).Update(t.Context(), store.Receipt{Channel: m.Channel, TS: m.TS}, slack.Post{ID: "e-1", Text: "More"})
	if !errors.Is(err, slack.ErrFixed) {
		t.Errorf("error %v, want ErrFixed", err)
	}
}
