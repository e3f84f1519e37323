package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/slack"
)

const token = "xoxb-12345-very-secret"

// wire is a Slack of one answer.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// says answers every call with a status, headers ("Key: value") and a body.
func says(status int, body string, headers ...string) wire {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{}
		for _, line := range headers {
			key, value, _ := strings.Cut(line, ": ")
			h.Add(key, value)
		}
		return &http.Response{StatusCode: status, Status: http.StatusText(status), Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

func client(w http.RoundTripper) *slack.Client {
	return slack.NewClient(slack.Config{Token: slack.Literal(token)}, &http.Client{Transport: w})
}

func post() slack.Post {
	return slack.Post{ID: "d-1", Part: 1, Parts: 1, Channel: "C0000000001", Text: "A line"}
}

// send posts once and returns the error as what it must be.
func send(t *testing.T, c *slack.Client, p slack.Post) *slack.Error {
	t.Helper()
	_, err := c.Send(t.Context(), p)
	if err == nil {
		return nil
	}
	var e *slack.Error
	if !errors.As(err, &e) {
		t.Fatalf("an error of another kind: %v", err)
	}
	return e
}

// The names of the delivery rules, written out: the table must hold them all.
var documented = map[slack.Class]string{
	slack.Unsent:  "ratelimited rate_limited message_limit_exceeded team_added_to_org org_login_required",
	slack.Unclear: "internal_error fatal_error service_unavailable request_timeout duplicate_message_not_found duplicate_channel_not_found rollup_error",
	slack.Place: "channel_not_found not_in_channel is_archived invalid_auth not_authed token_revoked token_expired account_inactive missing_scope " +
		"not_allowed_token_type no_permission access_denied accesslimited ekm_access_denied restricted_action restricted_action_read_only_channel " +
		"restricted_action_thread_only_channel messages_tab_disabled team_not_found team_access_not_granted two_factor_setup_required " +
		"enterprise_is_restricted method_deprecated deprecated_endpoint as_user_not_supported " +
		"no_service no_service_id no_active_hooks no_team team_disabled invalid_token user_not_found channel_is_archived action_prohibited posting_to_general_channel_denied",
	slack.Payload: "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text too_many_attachments attachment_payload_limit_exceeded " +
		"markdown_text_conflict metadata_too_large invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app invalid_arguments " +
		"invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type cannot_reply_to_message " +
		"thread_not_found message_not_found cant_update_message edit_window_closed " +
		"invalid_payload missing_text_or_fallback_or_attachments",
}

func TestEveryErrorNameHasItsClass(t *testing.T) {
	for class, names := range documented {
		for _, name := range strings.Fields(names) {
			t.Run(name, func(t *testing.T) {
				e := send(t, client(says(200, `{"ok":false,"error":"`+name+`"}`)), post())
				if e == nil || e.Class != class || e.Code != name {
					t.Errorf("error %v, want class %q", e, class)
				}
				if e != nil && class == slack.Place && e.Hint() == "" {
					t.Error("no advice for the operator")
				}
			})
		}
	}
}

func TestEveryRowOfTheTableIsDocumentedAndReachedOnce(t *testing.T) {
	rows := map[string]int{}
	for _, class := range []slack.Class{slack.Unsent, slack.Unclear, slack.Place, slack.Payload} {
		for _, row := range slack.Codes(class) {
			rows[row]++
			stem := strings.TrimSuffix(row, "*")
			if got, known := slack.ClassOf(stem); !known || got != class {
				t.Errorf("%s is in class %q, but found in %q", row, class, got)
			}
			if !strings.Contains(" "+documented[class]+" ", " "+stem) {
				t.Errorf("%s is in the table but not in this test", row)
			}
		}
	}
	for row, n := range rows {
		if n != 1 {
			t.Errorf("%s stands in the table %d times", row, n)
		}
	}
}

func TestAnswersOtherThanNames(t *testing.T) {
	tests := []struct {
		name  string
		wire  wire
		class slack.Class
		code  string
	}{
		{"a name that nobody documented", says(200, `{"ok":false,"error":"brand_new_error"}`), slack.Unclear, "brand_new_error"},
		{"a refusal without a name", says(200, `{"ok":false}`), slack.Unclear, ""},
		{"an answer of another service", says(200, `{}`), slack.Unclear, ""},
		{"ok without a timestamp", says(200, `{"ok":true,"channel":"C0000000001"}`), slack.Unclear, ""},
		{"a page instead of JSON", says(200, `<html>`), slack.Unclear, ""},
		{"an answer cut off", says(200, `{"ok":true,"channel":"C0000000001","ts":"17`), slack.Unclear, ""},
		{"an endless answer", says(200, `{"ok":true,"x":"`+strings.Repeat("x", 9<<20)+`"}`), slack.Unclear, ""},
		{"status 500", says(500, ""), slack.Unclear, "http_500"},
		{"status 503", says(503, "<html>"), slack.Unclear, "http_503"},
		{"status 408", says(408, ""), slack.Unclear, "http_408"},
		{"status 202", says(202, ""), slack.Unclear, "http_202"},
		{"status 404: a wrong api_url", says(404, ""), slack.Place, "http_404"},
		{"status 403: a proxy", says(403, ""), slack.Place, "http_403"},
		{"a redirect", says(307, "", "Location: https://example.org/"), slack.Place, "http_307"},
		{"status 413", says(413, ""), slack.Payload, "http_413"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := send(t, client(tt.wire), post())
			if e == nil || e.Class != tt.class || e.Code != tt.code {
				t.Errorf("error %v, want class %q and code %q", e, tt.class, tt.code)
			}
		})
	}
}

// slack-go has three types for "too often", and a fourth for a header it cannot read.
func TestRateLimitsAreUnsentAndSayHowLong(t *testing.T) {
	tests := []struct {
		name string
		wire wire
		wait time.Duration
	}{
		{"429 with seconds", says(429, "", "Retry-After: 7"), 7 * time.Second},
		{"429 without", says(429, ""), slack.DefaultRetryAfter},
		{"429 with nonsense", says(429, "", "Retry-After: soon"), slack.DefaultRetryAfter},
		{"429 with a date", says(429, "", "Retry-After: Mon, 02 Jan 2006 15:04:15 GMT", "Date: Mon, 02 Jan 2006 15:04:05 GMT"), 10 * time.Second},
		{"429 with zero", says(429, "", "Retry-After: 0"), slack.MinRetryAfter},
		{"429 with a day", says(429, "", "Retry-After: 86400"), slack.MaxRetryAfter},
		{"429 with more than a number holds", says(429, "", "Retry-After: 99999999999999999999"), slack.MaxRetryAfter},
		{"ok:false ratelimited", says(200, `{"ok":false,"error":"ratelimited"}`), slack.DefaultRetryAfter},
		{"ok:false rate_limited with a header", says(200, `{"ok":false,"error":"rate_limited"}`, "Retry-After: 3"), 3 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := send(t, client(tt.wire), post())
			if e == nil || e.Class != slack.Unsent || e.RetryAfter != tt.wait {
				t.Errorf("error %+v, want not sent and a wait of %s", e, tt.wait)
			}
		})
	}
}

func TestWebhookAnswers(t *testing.T) {
	tests := []struct {
		name  string
		wire  wire
		class slack.Class // 0: sent
	}{
		{"ok", says(200, "ok"), 0},
		{"something else than ok", says(200, "<html>"), slack.Unclear},
		{"400 invalid_payload", says(400, "invalid_payload"), slack.Payload},
		{"400 no_text", says(400, "no_text"), slack.Payload},
		{"400 invalid_blocks", says(400, "invalid_blocks\n"), slack.Payload},
		{"403 action_prohibited", says(403, "action_prohibited"), slack.Place},
		{"403 invalid_token", says(403, "invalid_token"), slack.Place},
		{"404 no_service", says(404, "no_service"), slack.Place},
		{"410 channel_is_archived", says(410, "channel_is_archived"), slack.Place},
		{"400 with a word that nobody documented", says(400, "brand_new"), slack.Place},
		{"429", says(429, "rate_limited", "Retry-After: 5"), slack.Unsent},
		{"500 rollup_error", says(500, "rollup_error"), slack.Unclear},
		{"502", says(502, "<html>"), slack.Unclear},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			hook := slack.Literal("https://hooks.example.org/services/T1/B1/very-secret")
			c := slack.NewClient(slack.Config{Webhook: hook}, &http.Client{Transport: tt.wire})
			e := send(t, c, post())
			if (e == nil) != (tt.class == 0) || e != nil && e.Class != tt.class {
				t.Errorf("error %v, want class %q", e, tt.class)
			}
			if e != nil && strings.Contains(e.Error(), "very-secret") {
				t.Errorf("the address is told: %v", e)
			}
		})
	}
}

func TestWhatCannotBePostedIsNotPosted(t *testing.T) {
	called := wire(func(*http.Request) (*http.Response, error) {
		t.Error("Slack was called")
		return nil, errors.New("called")
	})
	tests := map[string]func(*slack.Post){
		"no id":                              func(p *slack.Post) { p.ID = "" },
		"a long id":                          func(p *slack.Post) { p.ID = strings.Repeat("x", 65) },
		"a text that Slack would split":      func(p *slack.Post) { p.Text = strings.Repeat("é", slack.MaxText+1) },
		"blocks that are no JSON":            func(p *slack.Post) { p.Blocks = json.RawMessage(`[{`) },
		"blocks that are no list":            func(p *slack.Post) { p.Blocks = json.RawMessage(`{"type":"divider"}`) },
		"blocks that hold a bare word":       func(p *slack.Post) { p.Blocks = json.RawMessage(`["divider"]`) },
		"a marked text too long by its mark": func(p *slack.Post) { p.Text, p.Again = strings.Repeat("x", slack.MaxText), true },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			p := post()
			change(&p)
			if e := send(t, client(called), p); e == nil || e.Class != slack.Payload {
				t.Errorf("error %v, want class %q", e, slack.Payload)
			}
		})
	}
}

func TestACallThatNeverBeganIsUnsent(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client(says(200, "")).Send(ctx, post())
	var e *slack.Error
	if !errors.As(err, &e) || e.Class != slack.Unsent || !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want not sent, and context.Canceled inside", err)
	}
}
