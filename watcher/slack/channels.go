package slack

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// maxPages ends a listing or a history whose cursors never end.
const maxPages = 200

// directory keeps the ids of channels that were given by name.
type directory struct {
	mu    sync.Mutex
	ids   map[string]string
	blind bool // the token may not list channels

	listing chan struct{} // holds one token: only one listing at a time
}

func newDirectory() *directory {
	return &directory{ids: map[string]string{}, listing: make(chan struct{}, 1)}
}

func (d *directory) find(channel string) (id string, blind bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ids[channelName(channel)], d.blind
}

func (d *directory) learn(channel, id string) {
	if isChannelID(channel) || !isChannelID(id) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids[channelName(channel)] = id
}

// forget drops what Slack no longer knows, and makes room for a new try at
// listing: the scope may have been granted since.
func (d *directory) forget(channel string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.ids, channelName(channel))
	d.blind = false
}

func (d *directory) setBlind() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.blind = true
}

// channelID matches the ids of channels (C…), private groups (G…) and direct
// messages (D…). Names are lower case, so the two cannot be confused.
var channelID = regexp.MustCompile(`^[CGD][A-Z0-9]+$`)

func isChannelID(s string) bool { return channelID.MatchString(s) }

// channelName is the key of a name: Slack knows names in lower case only.
func channelName(s string) string { return strings.ToLower(strings.TrimPrefix(s, "#")) }

// resolve is the channel as Slack is to be told it: the id where it can be found
// out, else as it was given. An error is about the question alone: nothing was
// sent.
func (c *Client) resolve(ctx context.Context, channel string) (string, *Error) {
	if isChannelID(channel) {
		return channel, nil
	}
	if id, blind := c.channels.find(channel); id != "" || blind {
		return orGiven(id, channel), nil
	}
	select {
	case c.channels.listing <- struct{}{}:
		defer func() { <-c.channels.listing }()
	case <-ctx.Done():
		return "", &Error{Class: Unsent, Method: "conversations.list", Err: ctx.Err()}
	}
	if id, blind := c.channels.find(channel); id != "" || blind {
		return orGiven(id, channel), nil // another caller has just listed them
	}
	if failed := c.list(ctx); failed != nil {
		return "", failed
	}
	id, _ := c.channels.find(channel)
	return orGiven(id, channel), nil
}

func orGiven(id, channel string) string {
	if id != "" {
		return id
	}
	return channel
}

// list learns every channel that the token can see. Asking for private channels
// needs a scope of its own, without which the whole question is refused; so the
// public ones are then asked for alone.
func (c *Client) list(ctx context.Context) *Error {
	for _, types := range []string{"public_channel,private_channel", "public_channel"} {
		failed := c.listPages(ctx, types)
		if failed == nil || failed.Code != "missing_scope" {
			return failed
		}
	}
	c.channels.setBlind()
	return nil
}

func (c *Client) listPages(ctx context.Context, types string) *Error {
	form := url.Values{"types": {types}, "exclude_archived": {"true"}, "limit": {"999"}}
	for range maxPages {
		var page struct {
			Channels []struct {
				ID   string `json:"id"`
				Name string `json:"name"`
			} `json:"channels"`
		}
		next, failed := c.ask(ctx, "conversations.list", form, &page)
		if failed != nil {
			return failed
		}
		for _, ch := range page.Channels {
			c.channels.learn(ch.Name, ch.ID)
		}
		if next == "" {
			return nil
		}
		form.Set("cursor", next)
	}
	return &Error{Class: Unsent, Method: "conversations.list", Err: errors.New("the list of channels does not end")}
}
