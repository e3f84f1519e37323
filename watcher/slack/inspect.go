package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Inspection is what came of one question about the right to post and to read.
type Inspection struct {
	Subject string `json:"subject"` // "token", "scopes", or a channel as it is configured
	OK      bool   `json:"ok"`
	Says    string `json:"says"`         // what was found
	Do      string `json:"do,omitempty"` // what mends it
}

// Inspect asks Slack, without posting anything, whether messages could be posted
// to these channels and looked for there: whose token it is, its scopes, that each
// channel is found, and that its history can be read.
func (c *Client) Inspect(ctx context.Context, channels []string) []Inspection {
	if c.token.IsZero() {
		return []Inspection{{Subject: "webhook", OK: true, Says: "it cannot be asked anything: the first message will show whether it works"}}
	}
	token, scopes := c.inspectToken(ctx)
	found := []Inspection{token}
	if !token.OK {
		return found
	}
	found = append(found, inspectScopes(scopes))
	for _, channel := range channels {
		found = append(found, c.inspectChannel(ctx, channel))
	}
	return found
}

// inspectToken says whose token it is, and what it may do: "" when Slack did not
// tell.
func (c *Client) inspectToken(ctx context.Context) (i Inspection, scopes string) {
	const method = "auth.test"
	ctx, cancel, sight := c.watch(ctx)
	defer cancel()
	var who struct{ Team, User string }
	if _, err := c.exchangeForm(ctx, method, url.Values{}, &who); err != nil {
		failed := c.verdict(method, err, sight)
		return Inspection{Subject: "token", Says: failed.Error(), Do: failed.Hint()}, ""
	}
	return Inspection{Subject: "token", OK: true, Says: c.clean(fmt.Sprintf("%s in %s", who.User, who.Team))}, c.unsaid.Replace(sight.scopes)
}

// inspectScopes judges what holds for every channel. The scopes of private
// channels are judged where a channel needs them.
func inspectScopes(scopes string) Inspection {
	has := strings.FieldsFunc(scopes, func(r rune) bool { return r == ',' || r == ' ' })
	if len(has) == 0 {
		return Inspection{Subject: "scopes", OK: true, Says: "Slack does not tell them; what the channels answer is what counts"}
	}
	var lacking []string
	for _, scope := range []string{"chat:write", "channels:read", "channels:history"} {
		if !slices.Contains(has, scope) {
			lacking = append(lacking, scope)
		}
	}
	i := Inspection{Subject: "scopes", OK: len(lacking) == 0, Says: cut(strings.Join(has, ", "), maxDetail)}
	if !i.OK {
		i.Says += "; missing: " + strings.Join(lacking, ", ")
		i.Do = "add them on the app's page OAuth & Permissions and install the app again"
	}
	return i
}

// inspectChannel looks for a message that nobody ever sent: for that the channel
// has to be found, and its history read, as after a lost answer.
func (c *Client) inspectChannel(ctx context.Context, channel string) Inspection {
	_, _, err := c.Find(ctx, Sought{Channel: channel, ID: "inspection", Since: time.Now()})
	if err == nil {
		id, _ := c.resolve(ctx, channel)
		return Inspection{Subject: channel, OK: true, Says: c.clean(id) + " is found, and its history can be read"}
	}
	i := Inspection{Subject: channel, Says: err.Error()}
	var failed *Error
	if errors.As(err, &failed) {
		i.Do = failed.Hint()
	}
	if errors.Is(err, ErrCannotAsk) && i.Do == "" {
		i.Do = "without the history a lost answer cannot be settled: add the scope, or choose slack.when_unclear"
	}
	return i
}
