package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	slackgo "github.com/slack-go/slack"

	"presswatch/store"
)

// HookChannel is the channel in the receipt of a message that went through an
// incoming webhook, which tells neither channel nor timestamp.
const HookChannel = "webhook"

// hookMessage is what an incoming webhook takes. Its channel is the webhook's own.
type hookMessage struct {
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	UnfurlLinks bool            `json:"unfurl_links"`
	UnfurlMedia bool            `json:"unfurl_media"`
}

// sendHook posts through the webhook. slack-go's own function drops the body of a
// refusal, and the body is where the reason stands.
func (c *Client) sendHook(ctx context.Context, p Post) (store.Receipt, error) {
	const method = "webhook"
	body, err := json.Marshal(hookMessage{Text: p.Text, Blocks: p.Blocks})
	if err != nil {
		return store.Receipt{}, &Error{Class: Payload, Method: method, Code: "invalid_blocks", Err: errors.New("the blocks are not JSON")}
	}
	ctx, cancel, sight := c.watch(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.webhook.Reveal(), bytes.NewReader(body))
	if err != nil {
		return store.Receipt{}, &Error{Class: Place, Method: method, Code: "no_service", Err: errors.New("the webhook's address cannot be used")}
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	status, answer, err := c.exchange(req)
	if err != nil {
		return store.Receipt{}, c.verdict(method, err, sight)
	}
	if status == http.StatusOK && strings.TrimSpace(answer) == "ok" {
		return store.Receipt{Channel: HookChannel, At: sight.date}, nil
	}
	return store.Receipt{}, c.hookVerdict(status, answer, sight)
}

// hookVerdict judges a refusal: by its word where it is one that is known, else by
// the status.
func (c *Client) hookVerdict(status int, answer string, sight *sight) *Error {
	word := strings.TrimSpace(answer)
	if _, known := lookUp(word); known && status != http.StatusTooManyRequests {
		return c.verdict("webhook", slackgo.SlackErrorResponse{Err: word}, sight)
	}
	e := c.verdict("webhook", slackgo.StatusCodeError{Code: status, Status: http.StatusText(status)}, sight)
	if e.Err == nil && word != "" {
		e.Err = fmt.Errorf("%q", c.clean(word))
	}
	return e
}

// exchange makes one request and reads its answer whole.
func (c *Client) exchange(req *http.Request) (status int, body string, err error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, "", fmt.Errorf("reading the answer: %w", err)
	}
	return resp.StatusCode, string(raw), nil
}
