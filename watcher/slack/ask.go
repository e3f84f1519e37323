package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	slackgo "github.com/slack-go/slack"
)

// envelope is what every answer of the Web API has around it.
type envelope struct {
	OK       bool   `json:"ok"`
	Error    string `json:"error"`
	Needed   string `json:"needed"`
	Provided string `json:"provided"`
	Meta     struct {
		Next     string   `json:"next_cursor"`
		Messages []string `json:"messages"`
	} `json:"response_metadata"`
}

// ask puts one question to the Web API and decodes the answer's own fields into
// into. It returns the cursor of the next page, "" at the end. Its errors are
// never Unclear.
func (c *Client) ask(ctx context.Context, method string, form url.Values, into any) (next string, failed *Error) {
	next, failed = c.call(ctx, method, form, into)
	if failed != nil {
		return "", failed.question()
	}
	return next, nil
}

// call calls a method of the Web API. The errors below are those of slack-go, so
// that one verdict judges them.
func (c *Client) call(ctx context.Context, method string, form url.Values, into any) (next string, failed *Error) {
	ctx, cancel, sight := c.watch(ctx)
	defer cancel()
	next, err := c.exchangeForm(ctx, method, form, into)
	if err != nil {
		return "", c.verdict(method, err, sight)
	}
	return next, nil
}

func (c *Client) exchangeForm(ctx context.Context, method string, form url.Values, into any) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+method, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+c.token.Reveal())
	status, body, err := c.exchange(req)
	if err != nil {
		return "", err
	}
	if status != http.StatusOK {
		return "", slackgo.StatusCodeError{Code: status, Status: http.StatusText(status)}
	}
	var e envelope
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		return "", errors.New("an answer that is not Slack's JSON")
	}
	if !e.OK {
		return "", slackgo.SlackErrorResponse{
			Err: e.Error, Needed: e.Needed, Provided: e.Provided,
			ResponseMetadata: slackgo.ResponseMetadata{Messages: e.Meta.Messages},
		}
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		return "", errors.New("an answer without the fields that were asked for")
	}
	return e.Meta.Next, nil
}
