package slack

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// DefaultAPIURL is where Slack's Web API is.
const DefaultAPIURL = "https://slack.com/api/"

// Time limits of one call to Slack.
const (
	DefaultTimeout = 20 * time.Second
	MaxTimeout     = time.Minute // Settle must stay longer than a call and the history's lag
)

// Config is the key `slack`. The zero Config is valid and has no way to post:
// see Configured.
type Config struct {
	// Token is a bot token with chat:write. With channels:history (groups:history
	// for private channels) a message in doubt can be looked for; with
	// channels:read (groups:read) a channel may be given by name reliably.
	Token Secret `yaml:"token"`
	// Webhook is the address of an incoming webhook, used instead of a token. It
	// posts into the one channel that it was made for.
	Webhook Secret `yaml:"webhook"`
	// APIURL is the Web API's address; empty means DefaultAPIURL. It is the
	// operator's word and is not held against `network`.
	APIURL string `yaml:"api_url"`
	// WhenUnclear decides about a message in doubt where Slack cannot be asked: by
	// webhook, or by a token without the history scope. Empty means Resend.
	WhenUnclear WhenUnclear `yaml:"when_unclear"`
	// Timeout is the limit of one call as a whole; 0 means DefaultTimeout.
	Timeout time.Duration `yaml:"timeout"`
}

// WhenUnclear is what to do with a message that may or may not have arrived, when
// Slack cannot be asked.
type WhenUnclear string

// The two choices; there is no third.
const (
	Resend WhenUnclear = "resend" // may stand there twice, and the second says so
	Drop   WhenUnclear = "drop"   // may be missing, and the operator is told
)

// UnmarshalText reads "resend" or "drop".
func (w *WhenUnclear) UnmarshalText(text []byte) error {
	switch choice := WhenUnclear(text); choice {
	case Resend, Drop:
		*w = choice
		return nil
	}
	return fmt.Errorf("unknown choice %q: resend (a message in doubt may come twice, the second marked) or drop (it may be lost, and you are told)", text)
}

// Configured reports whether there is a way to post at all. Where there is none,
// messages are printed.
func (c Config) Configured() bool { return !c.Token.IsZero() || !c.Webhook.IsZero() }

// Check reports what the keys cannot say one by one.
func (c Config) Check(report func(key, message, hint string)) {
	if !c.Token.IsZero() && !c.Webhook.IsZero() {
		report("webhook", "both a token and a webhook are given",
			"keep the token: it can post to several channels and be asked what arrived; a webhook cannot")
	}
	if message := addressMistake(c.APIURL); message != "" {
		report("api_url", message, "the usual one is "+DefaultAPIURL+", and it may be left out")
	}
	if c.Timeout < 0 || c.Timeout > MaxTimeout || (c.Timeout > 0 && c.Timeout < time.Second) {
		report("timeout", fmt.Sprintf("timeout %s is not between 1s and %s", c.Timeout, MaxTimeout),
			"a message in doubt is looked for two minutes after it left: by then its call must have ended")
	}
}

// addressMistake says what is wrong with a base address, "" when nothing is.
func addressMistake(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "this is not an address"
	case u.Scheme != "https" && u.Scheme != "http", u.Host == "":
		return "an address that begins with https:// is wanted"
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return "the address may not hold a user, a query or a fragment"
	}
	return ""
}

// Resolve returns the Config with its secrets read: from $CREDENTIALS_DIRECTORY,
// the environment, or files relative to dir, the folder of the configuration
// file. Errors name what is missing and how to supply it, never a secret.
func (c Config) Resolve(getenv func(string) string, dir string) (Config, error) {
	var err error
	if c.Token, err = c.Token.Resolve(getenv, dir); err != nil {
		return Config{}, fmt.Errorf("slack.token: %w", err)
	}
	if strings.HasPrefix(c.Token.Reveal(), "xapp-") {
		return Config{}, errors.New("slack.token: this is an app-level token (xapp-…), which cannot post; take the Bot User OAuth Token (xoxb-…) of the app's page OAuth & Permissions")
	}
	if c.Webhook, err = c.Webhook.Resolve(getenv, dir); err != nil {
		return Config{}, fmt.Errorf("slack.webhook: %w", err)
	}
	// The parser's own error would quote the address, and the address is the secret.
	if hook := c.Webhook.Reveal(); hook != "" && hookMistake(hook) {
		return Config{}, errors.New("slack.webhook: what it names does not hold the address of a webhook (https://hooks.slack.com/services/…)")
	}
	return c, nil
}

func hookMistake(hook string) bool {
	u, err := url.Parse(hook)
	return err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == ""
}

// base is the API's address with exactly one slash at its end, as slack-go wants.
func (c Config) base() string {
	if c.APIURL == "" {
		return DefaultAPIURL
	}
	return strings.TrimRight(c.APIURL, "/") + "/"
}

func (c Config) limit() time.Duration {
	if c.Timeout <= 0 {
		return DefaultTimeout
	}
	return min(c.Timeout, MaxTimeout)
}
