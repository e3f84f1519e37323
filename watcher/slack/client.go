package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"presswatch/store"
)

// What delivery must know about Slack's habits.
const (
	// Pace is the least time between two messages to one channel: Slack allows one
	// a second, with short bursts.
	Pace = 1100 * time.Millisecond
	// Settle is how long after an attempt "not there" may be believed: a channel's
	// history lags behind it, without a published bound.
	Settle = 120 * time.Second
	// Lookback is how long before an attempt Find should begin to look: clocks differ.
	Lookback = 60 * time.Second
)

// Client posts to Slack and asks it. It is safe for concurrent use.
type Client struct {
	api      *slackgo.Client
	http     *http.Client
	base     string
	token    Secret
	webhook  Secret
	timeout  time.Duration
	unsaid   *strings.Replacer // masks what no error may hold; behind a pointer, see Secret
	channels *directory
}

// Post is one message for one channel.
type Post struct {
	ID          string // the delivery's id; travels in the metadata; at most 64 bytes
	Part, Parts int    // 1…Parts
	Channel     string // "#name", or an id such as C0123456789
	Thread      string // the timestamp of the message it replies to; "" stands in the channel itself
	// Text is Slack's mrkdwn, escaped where it comes from elsewhere. Beside blocks
	// it is what notifications and screen readers say. At most MaxText characters.
	Text string
	// Blocks is a JSON array of blocks, posted as it is; empty posts the text alone.
	Blocks json.RawMessage
	// Again marks a message whose earlier attempt may have arrived, where Slack
	// cannot be asked: a line that says so is put in front.
	Again bool
}

// MaxText is the longest text in characters: from about 4 046 on Slack splits a
// message into several by itself, and only one of them carries the delivery's id.
const MaxText = 4000

// NewClient builds a client from a Config whose secrets are resolved. base sets
// how it connects; nil is for the real Slack, with every call bounded in time.
func NewClient(cfg Config, base *http.Client) *Client {
	timeout := cfg.limit()
	if base == nil {
		base = newHTTP(timeout)
	}
	c := &Client{
		http: guarded(base), base: cfg.base(), timeout: timeout,
		token: cfg.Token, webhook: cfg.Webhook, channels: newDirectory(),
	}
	c.unsaid = masking(cfg)
	c.api = slackgo.New(cfg.Token.Reveal(), slackgo.OptionHTTPClient(c.http), slackgo.OptionAPIURL(c.base))
	return c
}

// masking puts the mask wherever a secret stands in a text: as it is, as an
// address would write it, or as the path of a webhook's address.
func masking(cfg Config) *strings.Replacer {
	secrets := []string{cfg.Token.Reveal(), cfg.Webhook.Reveal()}
	if hook, err := url.Parse(cfg.Webhook.Reveal()); err == nil && len(hook.Path) > 1 {
		secrets = append(secrets, hook.Path)
	}
	var pairs []string
	for _, s := range secrets {
		if s != "" {
			pairs = append(pairs, s, mask, url.QueryEscape(s), mask)
		}
	}
	return strings.NewReplacer(pairs...)
}

// Close gives idle connections back. The client stays usable.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Send posts one message, once. The error is an *Error whose Class says what to
// do. The receipt's time is Slack's own; of a webhook, which tells no timestamp,
// it is the answer's date, or zero.
func (c *Client) Send(ctx context.Context, p Post) (store.Receipt, error) {
	if ctx.Err() != nil {
		return store.Receipt{}, &Error{Class: Unsent, Method: "chat.postMessage", Err: ctx.Err()}
	}
	p, err := p.prepared()
	if err != nil {
		return store.Receipt{}, &Error{Class: Payload, Method: "chat.postMessage", Code: "invalid_arguments", Err: err}
	}
	if c.token.IsZero() && !c.webhook.IsZero() {
		return c.sendHook(ctx, p)
	}
	channel, failed := c.resolve(ctx, p.Channel)
	if failed != nil {
		return store.Receipt{}, failed
	}
	return c.post(ctx, channel, p)
}

func (c *Client) post(ctx context.Context, channel string, p Post) (store.Receipt, error) {
	const method = "chat.postMessage"
	options, err := p.options()
	if err != nil {
		return store.Receipt{}, &Error{Class: Payload, Method: method, Code: "invalid_blocks", Err: err}
	}
	ctx, cancel, sight := c.watch(ctx)
	defer cancel()
	id, ts, err := c.api.PostMessageContext(ctx, channel, options...)
	if err == nil && (id == "" || c.clean(id) != id || !isTS(ts)) {
		err = errors.New("an answer without a receipt")
	}
	if err != nil {
		failed := c.verdict(method, err, sight)
		if failed.Code == "channel_not_found" {
			c.channels.forget(p.Channel)
		}
		return store.Receipt{}, failed
	}
	c.channels.learn(p.Channel, id)
	return receipt(id, ts), nil
}

// metadata is what a message carries for Find; every member of the channel can
// read it.
type metadata struct {
	ID   string `json:"id"`
	Part int    `json:"part"`
	V    int    `json:"v"`
}

const (
	eventType = "presswatch"
	version   = 1 // of metadata
)

func (p Post) options() ([]slackgo.MsgOption, error) {
	options := []slackgo.MsgOption{
		slackgo.MsgOptionText(p.Text, false), // escaped by whoever composed it
		slackgo.MsgOptionDisableLinkUnfurl(),
		slackgo.MsgOptionDisableMediaUnfurl(),
		slackgo.MsgOptionMetadata(slackgo.SlackMetadata{
			EventType:    eventType,
			EventPayload: map[string]any{"id": p.ID, "part": p.Part, "v": version},
		}),
	}
	if p.Thread != "" {
		options = append(options, slackgo.MsgOptionTS(p.Thread))
	}
	blocks, err := rawBlocks(p.Blocks)
	if err != nil || len(blocks) == 0 {
		return options, err
	}
	return append(options, slackgo.MsgOptionBlocks(blocks...)), nil
}

// receipt builds a receipt from what Slack says.
func receipt(channel, ts string) store.Receipt {
	return store.Receipt{Channel: channel, TS: ts, At: parseTS(ts)}
}

var goodTS = regexp.MustCompile(`^\d{1,12}\.\d{1,9}$`)

// isTS reports whether a text is one of Slack's timestamps. What is not is kept
// nowhere: it could be anything that the answer was made of.
func isTS(ts string) bool { return goodTS.MatchString(ts) }

// parseTS reads Slack's timestamps, "seconds.microseconds"; zero if it is none.
func parseTS(ts string) time.Time {
	whole, frac, _ := strings.Cut(ts, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	micros, err2 := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	if err != nil || err2 != nil {
		return time.Time{}
	}
	return time.Unix(seconds, micros*1000).UTC()
}

// formatTS writes a time as Slack's timestamps are written; zero is "0".
func formatTS(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}
