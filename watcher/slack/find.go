package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"presswatch/store"
)

// historyPage is how many messages are asked for at once; Slack advises 200 at most.
const historyPage = "200"

const (
	historyMethod = "conversations.history"
	repliesMethod = "conversations.replies"
)

// Sought is what Find looks for: the message of one delivery.
type Sought struct {
	Channel string // as the message was posted to
	Thread  string // the timestamp of the message it replies to, as it was posted
	ID      string // the delivery's id
	Since   time.Time
}

// Find looks in a channel's history, or in a thread, from Since on, for the
// message of a delivery. found false means that it was not there when Slack was
// asked; history lags, so believe it only Settle after the last attempt, and look
// from Lookback before the first. An error leaves the question open; look for
// ErrCannotAsk in it before you look at its class: then asking again would not
// help.
func (c *Client) Find(ctx context.Context, s Sought) (r store.Receipt, found bool, err error) {
	if c.token.IsZero() {
		return r, false, &Error{Class: Place, Method: historyMethod, Err: fmt.Errorf("by webhook: %w", ErrCannotAsk)}
	}
	where, failed := c.resolve(ctx, s.Channel)
	if failed != nil {
		return r, false, failed
	}
	if !isChannelID(where) {
		if _, blind := c.channels.find(s.Channel); blind {
			return r, false, &Error{Class: Place, Method: historyMethod, Err: fmt.Errorf("channel %s by name, without the scope channels:read: %w", s.Channel, ErrCannotAsk)}
		}
		return r, false, &Error{Class: Place, Method: historyMethod, Code: "channel_not_found"}
	}
	ts, failed := c.search(ctx, where, s)
	switch {
	case failed != nil && failed.Code == "thread_not_found":
		return r, false, nil // what it would stand under is gone, and it with that
	case failed != nil && cannotAsk(failed.Code):
		failed.Err = errors.Join(ErrCannotAsk, failed.Err)
		return r, false, failed
	case failed != nil && failed.Code == "channel_not_found":
		c.channels.forget(s.Channel)
		return r, false, failed
	case failed != nil:
		return r, false, failed
	}
	return receipt(where, ts), ts != "", nil
}

// cannotAsk knows the refusals that concern the reading of history and not the
// posting: a token may post where it may not read. Whether it may post still is
// the next Send's to find out, so these never hold a delivery in doubt for ever.
func cannotAsk(code string) bool {
	return slices.Contains([]string{
		"missing_scope", "not_in_channel", "not_allowed_token_type", "no_permission", "access_denied",
	}, code)
}

// search reads the history, or the thread, page by page; ts is "" when no message
// carries the id.
func (c *Client) search(ctx context.Context, channel string, s Sought) (ts string, failed *Error) {
	method := historyMethod
	form := url.Values{
		"channel": {channel}, "oldest": {formatTS(s.Since)}, "inclusive": {"true"},
		"include_all_metadata": {"true"}, "limit": {historyPage},
	}
	if s.Thread != "" { // the history of a channel does not show what stands in threads
		method = repliesMethod
		form.Set("ts", s.Thread)
	}
	for range maxPages {
		var page struct {
			Messages []json.RawMessage `json:"messages"`
		}
		next, failed := c.ask(ctx, method, form, &page)
		if failed != nil {
			return "", failed
		}
		for _, raw := range page.Messages {
			if ts, ok := carries(raw, s.ID); ok {
				return ts, nil
			}
		}
		if next == "" {
			return "", nil
		}
		form.Set("cursor", next)
	}
	return "", &Error{Class: Unsent, Method: method, Err: errors.New("the history does not end")}
}

// carries reports whether a message is the delivery's. Whatever other people post
// must not stop the search, so a message that does not decode is not ours.
func carries(raw json.RawMessage, id string) (ts string, ok bool) {
	var m struct {
		TS       string `json:"ts"`
		Metadata struct {
			Type    string   `json:"event_type"`
			Payload metadata `json:"event_payload"`
		} `json:"metadata"`
	}
	if json.Unmarshal(raw, &m) != nil || !isTS(m.TS) {
		return "", false
	}
	return m.TS, m.Metadata.Type == eventType && m.Metadata.Payload.ID == id
}
