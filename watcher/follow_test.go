package watcher_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher"
	"presswatch/watcher/digest"
	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

// outboxOf makes a delivery as a composer would, for the desk's channel.
func outboxOf(t *testing.T, id string, change func(*store.Delivery)) store.Delivery {
	t.Helper()
	payload, err := json.Marshal(digest.Message{Text: "news of " + id})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	d := store.Delivery{ID: id, Group: id, Part: 1, Parts: 1, Kind: "alert", Channel: "#desk", Payload: payload, State: store.Ready, Created: now, Due: now}
	if change != nil {
		change(&d)
	}
	return d
}

// thread is a first message, and what comes to be said of it.
func thread(t *testing.T) []store.Delivery {
	reply := func(d *store.Delivery) { d.Thread = "first" }
	edit := func(d *store.Delivery) { d.Edits = "first" }
	return []store.Delivery{
		outboxOf(t, "first", nil), outboxOf(t, "edit-1", edit), outboxOf(t, "reply-1", reply),
		outboxOf(t, "edit-2", edit), outboxOf(t, "reply-2", reply),
	}
}

// enqueue puts deliveries into the desk's outbox.
func (d *desk) enqueue(all ...store.Delivery) {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	if _, err := w.Store.Enqueue(context.Background(), store.Batch{Deliveries: all, At: time.Now()}); err != nil {
		d.t.Fatal(err)
	}
}

// threadTold is what a reader of the desk's channel sees: each message, and what
// stands under it after a ">".
func (d *desk) threadTold() (lines []string) {
	under := map[string]string{}
	for _, m := range d.slack.Messages("#desk") {
		if m.ThreadTS == "" {
			under[m.TS] = m.Text
			lines = append(lines, m.Text)
			continue
		}
		lines = append(lines, under[m.ThreadTS]+" > "+m.Text)
	}
	return lines
}

func TestFollowUpsStandUnderTheirFirstMessageWhateverSlackAnswers(t *testing.T) {
	want := []string{"news of edit-2", "news of edit-2 > news of reply-1", "news of edit-2 > news of reply-2"}
	for name, fault := range map[string]slacktest.Fault{
		"a plain answer": {}, "no connection": slacktest.Unreachable(), "too often": slacktest.Limit(90 * time.Second),
		"lost before": slacktest.LostBefore(), "lost after": slacktest.LostAfter(), "a 502 after": slacktest.BreakAfter(502),
		"an internal error": slacktest.Refuse("internal_error"), "slow": slacktest.Slow(15 * time.Second),
		"later than the client waits": slacktest.Slow(40 * time.Second), "no place": slacktest.Refuse("not_in_channel"),
		"blocks refused": slacktest.Refuse("invalid_blocks"),
	} {
		for call := range 5 {
			method, nth, fault := "chat.postMessage", []int{0, 0, 1, 1, 2}[call], fault
			if call%2 == 1 {
				method = "chat.update"
				fault.Delay *= 2 // late enough to undo a later edit, if one were let go
			}
			t.Run(fmt.Sprintf("%s to %s %d", name, method, nth+1), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					d := newDesk(t)
					d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}}, Lag: 100 * time.Second})
					d.slack.Script(method, append(make([]slacktest.Fault, nth), fault)...)
					d.enqueue(thread(t)...)
					d.runFor(40 * time.Minute)
					got := d.threadTold()
					if name == "blocks refused" && method == "chat.postMessage" && nth > 0 {
						got = withoutThreads(got) // sent as plain text, in the channel
						if !slices.Equal(got, withoutThreads(want)) {
							t.Errorf("told %q\n%s", got, d.log)
						}
						return
					}
					if !slices.Equal(got, want) {
						t.Errorf("told %q\n%s", got, d.log)
					}
					if sum := d.summary(); sum.Outbox[store.Sent] != 5 {
						t.Errorf("outbox: %v", sum.Outbox)
					}
				})
			})
		}
	}
}

func withoutThreads(lines []string) (out []string) {
	for _, line := range lines {
		out = append(out, line[strings.LastIndex(line, "news"):])
	}
	return out
}

func TestADeathAtAnyWriteLosesAndDoublesNothingOfAThread(t *testing.T) {
	acts := threadWithDeath(t, -1, false)
	if len(acts) != 15 {
		t.Fatalf("acts to die at: %q", acts)
	}
	for at, name := range acts {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("act %d %s, %v", at, name, after), func(t *testing.T) {
				t.Parallel()
				threadWithDeath(t, at, after)
			})
		}
	}
}

func threadWithDeath(t *testing.T, at int, after bool) (acts []string) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.setup = &watcher.Setup{Rules: d.setup.Rules, Zone: time.UTC}
		d.enqueue(thread(t)...)
		acts = d.lifetimes(20*time.Minute, at, after)
		want := []string{"news of edit-2", "news of edit-2 > news of reply-1", "news of edit-2 > news of reply-2"}
		if got := d.threadTold(); !slices.Equal(got, want) {
			t.Errorf("told %q\n%s", got, d.log)
		}
	})
	return acts
}

func TestWhatFollowsAMessageThatWasNotPostedStandsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.slack.Script("chat.postMessage", slacktest.Refuse("invalid_blocks"), slacktest.Refuse("msg_too_long"))
		d.enqueue(thread(t)...)
		d.runFor(10 * time.Minute)
		if got, want := d.threadTold(), []string{"news of reply-1", "news of reply-2"}; !slices.Equal(got, want) {
			t.Errorf("told %q\n%s", got, d.log)
		}
		if n := d.slack.Calls("chat.update"); n != 0 {
			t.Errorf("%d updates of what is not there", n)
		}
	})
}

func TestWhatCannotBeEditedAnyMoreStaysAsItIs(t *testing.T) {
	for _, code := range []string{"message_not_found", "cant_update_message", "edit_window_closed"} {
		t.Run(code, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.slack.Script("chat.update", slacktest.Refuse(code), slacktest.Refuse(code))
				d.enqueue(thread(t)...)
				d.runFor(10 * time.Minute)
				want := []string{"news of first", "news of first > news of reply-1", "news of first > news of reply-2"}
				if got := d.threadTold(); !slices.Equal(got, want) {
					t.Errorf("told %q\n%s", got, d.log)
				}
				if sum := d.summary(); sum.Outbox[store.Sent] != 5 {
					t.Errorf("outbox: %v", sum.Outbox)
				}
			})
		})
	}
}

func TestAWayWithoutThreadsTellsFollowUpsInTheChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.config = slack.Config{Webhook: slack.Literal(slacktest.HookURL)}
		d.enqueue(thread(t)...)
		d.runFor(10 * time.Minute)
		if got, want := d.threadTold(), []string{"news of first", "news of reply-1", "news of reply-2"}; !slices.Equal(got, want) {
			t.Errorf("told %q\n%s", got, d.log)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var out bytes.Buffer
		d.sender = func(watcher.Sender) watcher.Sender { return &watcher.Printer{Out: &out} }
		d.enqueue(thread(t)...)
		d.runFor(10 * time.Minute)
		if got := strings.Count(out.String(), "news of"); got != 3 || strings.Contains(out.String(), "edit") {
			t.Errorf("printed: %s", out.String())
		}
	})
}

// TestAReplyIsLookedForWhereverItMayBe: its first message was set aside when the
// reply was posted, and was sent after all before its answer was settled.
func TestAReplyIsLookedForWhereverItMayBe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		all := thread(t)
		w, end := d.start(t.Context())
		defer end()
		if _, err := w.Store.Enqueue(t.Context(), store.Batch{Deliveries: []store.Delivery{all[0], all[2]}, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
		if err := w.Store.Park(t.Context(), "first", "no_text", time.Now()); err != nil {
			t.Fatal(err)
		}
		d.slack.Script("chat.postMessage", slacktest.LostAfter())
		if _, err := w.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.Store.Confirm(t.Context(), "first", store.Receipt{Channel: "C1", TS: "1.000000", At: time.Now()}); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			time.Sleep(30 * time.Second)
			if _, err := w.Deliver(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := d.threadTold(); !slices.Equal(got, []string{"news of reply-1"}) {
			t.Errorf("told %q\n%s", got, d.log)
		}
	})
}
