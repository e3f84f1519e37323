package watcher_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/store"
	"presswatch/watcher"
	"presswatch/watcher/slack"
	"presswatch/watcher/slack/slacktest"
)

// oneTreaty is a paper with one alert.
func oneTreaty() *paper {
	return &paper{stories: []story{{number: 1, title: "A treaty of two cities", lead: "Signed.", body: "The mayors signed it.", published: time.Now()}}}
}

func TestEveryAnswerOfSlackEndsWithOneMessage(t *testing.T) {
	for _, tt := range []struct {
		name   string
		faults []slacktest.Fault
		within time.Duration
		log    string
	}{
		{"a plain answer", nil, time.Minute, "delivered"},
		{"no connection", []slacktest.Fault{slacktest.Unreachable()}, 2 * time.Minute, "not sent"},
		{"too often", []slacktest.Fault{slacktest.Limit(90 * time.Second)}, 3 * time.Minute, "not sent"},
		{"lost before it acted", []slacktest.Fault{slacktest.LostBefore()}, 6 * time.Minute, "sending again"},
		{"lost after it acted", []slacktest.Fault{slacktest.LostAfter()}, 2 * time.Minute, "delivery found where it was in doubt"},
		{"a 502 after it acted", []slacktest.Fault{slacktest.BreakAfter(502)}, 2 * time.Minute, "delivery found"},
		{"an internal error before", []slacktest.Fault{slacktest.Refuse("internal_error")}, 6 * time.Minute, "in doubt"},
		{"later than the client waits", []slacktest.Fault{slacktest.Slow(40 * time.Second)}, 3 * time.Minute, "delivery found"},
		{"twice unclear", []slacktest.Fault{slacktest.LostBefore(), slacktest.LostAfter()}, 9 * time.Minute, "delivery found"},
		{"no place, then mended", []slacktest.Fault{slacktest.Refuse("not_in_channel")}, 20 * time.Minute, "the channel or the token refuses"},
		{"blocks refused, text taken", []slacktest.Fault{slacktest.Refuse("invalid_blocks")}, 2 * time.Minute, "sending plain text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				d.slack.Script("chat.postMessage", tt.faults...)
				d.runFor(tt.within)
				if n := len(d.told("#desk")); n != 1 {
					t.Errorf("%d messages: %s\n%s", n, indented(d.told("#desk")), d.log)
				}
				if !strings.Contains(d.log.String(), tt.log) {
					t.Errorf("the log does not say %q:\n%s", tt.log, d.log)
				}
				if sum := d.summary(); sum.Outbox[store.Sent] != 1 || len(sum.Outbox) != 1 {
					t.Errorf("outbox: %v", sum.Outbox)
				}
			})
		})
	}
}

func TestHistoryThatLagsDoublesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}}, Lag: 100 * time.Second})
		d.slack.Script("chat.postMessage", slacktest.LostAfter())
		d.runFor(10 * time.Minute)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("%d messages\n%s", n, d.log)
		}
	})
}

func TestAHistoryThatFailsIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.slack.Script("chat.postMessage", slacktest.LostAfter())
		d.slack.Script("conversations.history", slacktest.Break(503), slacktest.Limit(30*time.Second))
		d.runFor(5 * time.Minute)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("%d messages\n%s", n, d.log)
		}
	})
}

func TestWhatSlackRefusesEvenAsTextIsParkedAndTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.slack.Script("chat.postMessage", slacktest.Refuse("invalid_blocks"), slacktest.Refuse("msg_too_long"))
		d.runFor(time.Hour)
		if n := len(d.told("#desk")); n != 0 {
			t.Errorf("%d messages", n)
		}
		sum := d.summary()
		if len(sum.Parked) != 1 || !strings.Contains(sum.Parked[0].Error, "msg_too_long") || !strings.Contains(d.log.String(), "set aside") {
			t.Errorf("parked: %s\n%s", indented(sum.Parked), d.log)
		}
	})
}

func TestWhereSlackCannotBeAskedTheConfigurationDecides(t *testing.T) {
	for _, tt := range []struct {
		choice       slack.WhenUnclear
		told, marked int
		parked       int
	}{
		{slack.Resend, 2, 1, 0},
		{slack.Drop, 1, 0, 1},
	} {
		t.Run(string(tt.choice), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				d.config = slack.Config{Webhook: slack.Literal(slacktest.HookURL)}
				d.unclear = tt.choice
				d.slack.Script("webhook", slacktest.LostAfter())
				d.runFor(10 * time.Minute)
				marked := d.tally("#desk", "Sent again")["Sent again"]
				if n := len(d.told("#desk")); n != tt.told || marked != tt.marked {
					t.Errorf("%d messages, %d marked\n%s", n, marked, d.log)
				}
				if n := len(d.summary().Parked); n != tt.parked {
					t.Errorf("%d parked", n)
				}
			})
		})
	}
}

func TestWithoutATokenMessagesArePrinted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		var out bytes.Buffer
		d.sender = func(watcher.Sender) watcher.Sender { return &watcher.Printer{Out: &out} }
		d.runFor(time.Minute)
		if text := out.String(); strings.Count(text, "A treaty of two cities") != 1 || !strings.Contains(text, "── #desk ──") {
			t.Errorf("printed: %s", text)
		}
	})
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, fmt.Errorf("broken pipe") }

func TestWhatCannotBePrintedStaysInTheOutbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.sender = func(watcher.Sender) watcher.Sender { return &watcher.Printer{Out: brokenPipe{}} }
		d.runFor(time.Minute)
		if sum := d.summary(); sum.Outbox[store.Ready] != 1 {
			t.Errorf("outbox: %v", sum.Outbox)
		}
	})
}

func TestAPrinterRefusesBlocksThatAreNone(t *testing.T) {
	p := &watcher.Printer{Out: &bytes.Buffer{}}
	_, err := p.Send(context.Background(), slack.Post{Text: "x", Blocks: []byte(`{"no": "list"}`)})
	var se *slack.Error
	if !errors.As(err, &se) || se.Class != slack.Payload {
		t.Errorf("refused with %v", err)
	}
}

func TestControlSequencesInATitleArriveAsText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = &paper{stories: []story{{number: 1, title: "&lt;!channel&gt; treaty for &lt;@U1&gt; &amp; all", lead: "Signed.", body: "…", published: time.Now()}}}
		d.runFor(2 * time.Minute)
		messages := d.slack.Messages("#desk")
		if len(messages) != 1 {
			t.Fatalf("%d messages\n%s", len(messages), d.log)
		}
		m := messages[0]
		if strings.Contains(m.Text, "<!channel>") || strings.Contains(m.Text, "<@U1>") || !strings.Contains(m.Text, "&lt;!channel&gt; treaty for &lt;@U1&gt; &amp; all") {
			t.Errorf("text: %s", m.Text)
		}
		if strings.Contains(string(m.Blocks), `"mrkdwn"`) || !strings.Contains(string(m.Blocks), `channel`) {
			t.Errorf("blocks: %s", m.Blocks)
		}
	})
}

func TestThreeHundredMatchesSplitIntoOneDigestWithinTheLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		now := time.Now()
		for i := range 300 {
			d.paper.stories = append(d.paper.stories, story{number: i + 1, title: fmt.Sprintf("Ship %03d.", i), lead: "In the harbour.", body: "It waits at the quay.", published: now})
		}
		d.runFor(2 * time.Hour)
		all := strings.Join(d.told("#desk"), "\n")
		for i := range 300 {
			if n := strings.Count(all, fmt.Sprintf("Ship %03d.", i)); n != 1 {
				t.Errorf("ship %d is told %d times", i, n)
			}
		}
		if sum := d.summary(); sum.Outbox[store.Sent] < 10 || len(sum.Outbox) != 1 {
			t.Errorf("outbox: %v", sum.Outbox)
		}
	})
}

func TestAStopDuringASendLetsItFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.slack.Script("chat.postMessage", slacktest.Slow(2*time.Second))
		ctx, cancel := context.WithCancel(t.Context())
		w, end := d.start(t.Context())
		defer end()
		done := make(chan error)
		go func() { done <- w.Run(ctx) }()
		time.Sleep(5 * time.Second) // two seconds before each request to a host: the alert is leaving
		stopped := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if took := time.Since(stopped); took > 5*time.Second {
			t.Errorf("it took %v to stop", took)
		}
		if sum, err := w.Store.Summary(t.Context()); err != nil || sum.Outbox[store.Sent] != 1 {
			t.Errorf("outbox: %v %v\n%s", sum.Outbox, err, d.log)
		}
	})
}

func TestAStopDuringASlowSendDoesNotWaitForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.slack.Script("chat.postMessage", slacktest.Slow(15*time.Second))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		w, end := d.start(t.Context())
		begun := time.Now()
		if err := w.Run(ctx); err != nil {
			t.Error(err)
		}
		if took := time.Since(begun); took > 8*time.Second {
			t.Errorf("it took %v to stop", took)
		}
		end()
		time.Sleep(time.Minute)
		d.runFor(10 * time.Minute)
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("%d messages\n%s", n, d.log)
		}
	})
}

// TestAMessageThatCannotBeReadIsParked puts what no composer makes into the
// outbox, as a store that was damaged might hold it.
func TestAMessageThatCannotBeReadIsParked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		w, end := d.start(t.Context())
		bad := store.Delivery{ID: "bad-1", Group: "bad", Part: 1, Parts: 1, Kind: "alert", Channel: "#desk", Payload: []byte(`{"text": 7}`), State: store.Ready, Created: time.Now(), Due: time.Now()}
		if _, err := w.Store.Enqueue(t.Context(), store.Batch{Deliveries: []store.Delivery{bad}, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
		end()
		d.runFor(time.Minute)
		if sum := d.summary(); len(sum.Parked) != 1 || !strings.Contains(sum.Parked[0].Error, "cannot be read") {
			t.Errorf("parked: %s", indented(sum.Parked))
		}
	})
}

// TestAPrinterThatDiedInBetweenSaysItAgainMarked: what was printed cannot be
// looked for.
func TestAPrinterThatDiedInBetweenSaysItAgainMarked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		var out bytes.Buffer
		printer := &watcher.Printer{Out: &out}
		d.sender = func(watcher.Sender) watcher.Sender { return printer }
		full := &ailing{calls: map[string]int{}, only: "Confirm", until: time.Now().Add(time.Minute)}
		d.wrap = func(s store.Store) store.Store { return changes{s, full} }
		d.runFor(10 * time.Minute)
		if n := strings.Count(out.String(), "A treaty of two cities"); n != 2 || !strings.Contains(d.log.String(), "it may stand twice") {
			t.Errorf("printed %d times\n%s", n, d.log)
		}
	})
}

// TestTroubleIsToldToOperatorsOnceForEachReason: a channel that refuses us is tried
// every quarter of an hour, and a notice does not make another.
func TestTroubleIsToldToOperatorsOnceForEachReason(t *testing.T) {
	for name, tt := range map[string]struct {
		faults []slacktest.Fault
		said   map[string]int
	}{
		"a channel that refuses": {[]slacktest.Fault{slacktest.Refuse("not_in_channel"), {}, slacktest.Refuse("not_in_channel"), slacktest.Refuse("is_archived"), {}, slacktest.Refuse("is_archived")},
			map[string]int{"channel #desk refuses messages": 2, "not_in_channel": 1, "/invite": 1, "is_archived": 1}},
		"a message that cannot be sent": {[]slacktest.Fault{slacktest.Refuse("invalid_blocks"), slacktest.Refuse("no_text")},
			map[string]int{"a message was set aside": 1, "no_text": 1, "presswatch outbox show alert-": 1}},
		"a notice that cannot be sent": {[]slacktest.Fault{slacktest.Refuse("not_in_channel"), slacktest.Refuse("invalid_blocks"), slacktest.Refuse("no_text")},
			map[string]int{}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}, {ID: "C2", Name: "ops"}}})
				d.setup.OpsChannel = "#ops"
				d.paper = oneTreaty()
				d.slack.Script("chat.postMessage", tt.faults...)
				d.runFor(3 * time.Hour)
				phrases := []string{"channel #desk refuses messages", "a message was set aside", "not_in_channel", "is_archived", "no_text", "/invite", "presswatch outbox show alert-"}
				if diff := cmp.Diff(tt.said, d.tally("#ops", phrases...)); diff != "" {
					t.Errorf("operators were told (-want +got):\n%s\n%s\n%s", diff, indented(d.told("#ops")), d.log)
				}
				if sum := d.summary(); len(sum.Paused) != 0 {
					t.Errorf("still on hold: %v", sum.Paused)
				}
			})
		})
	}
}

// TestAnOperatorMayDropWhatIsAboutToLeave: the pass has begun, and holds the
// delivery in its hands.
func TestAnOperatorMayDropWhatIsAboutToLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.enqueue(outboxOf(t, "one", nil), outboxOf(t, "two", nil), outboxOf(t, "three", nil))
		w, end := d.start(t.Context())
		defer end()
		time.AfterFunc(500*time.Millisecond, func() {
			if err := w.Store.Drop(context.Background(), "two", "stale", time.Now()); err != nil {
				t.Error(err)
			}
		})
		if _, err := w.Deliver(t.Context()); err != nil {
			t.Error(err)
		}
		if got := strings.Join(d.told("#desk"), ", "); got != "news of one, news of three" {
			t.Errorf("told %s", got)
		}
	})
}
