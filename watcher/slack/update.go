package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"presswatch/store"
)

// ErrFixed is wrapped by the errors of Update when the message cannot be changed
// any more: it was deleted, the workspace's time for edits is over, or this way of
// posting leaves nothing to change it by. Trying again would not help.
var ErrFixed = errors.New("the message cannot be changed any more")

// Update puts a post in the place of the message that a receipt names. Nobody is
// notified; what the message carries for Find stays. The post's ID, Channel,
// Thread and Again do not matter. To do it twice does no harm, so an Unclear error
// needs no Find: wait until the call can no longer take effect (Settle), and
// update again.
func (c *Client) Update(ctx context.Context, at store.Receipt, p Post) error {
	const method = "chat.update"
	if ctx.Err() != nil {
		return &Error{Class: Unsent, Method: method, Err: ctx.Err()}
	}
	if c.token.IsZero() || at.TS == "" {
		return &Error{Class: Payload, Method: method, Err: fmt.Errorf("posted by webhook: %w", ErrFixed)}
	}
	p.Again = false
	p, err := p.prepared()
	if err == nil {
		_, err = rawBlocks(p.Blocks)
	}
	if err != nil {
		return &Error{Class: Payload, Method: method, Code: "invalid_arguments", Err: err}
	}
	form := url.Values{
		"channel": {at.Channel}, "ts": {at.TS}, "text": {p.Text},
		"parse": {"none"}, // as chat.postMessage has it; the default is another here
	}
	form.Set("blocks", "[]") // takes away what stands there
	if len(p.Blocks) > 0 {
		form.Set("blocks", string(p.Blocks))
	}
	_, failed := c.call(ctx, method, form, &struct{}{})
	switch {
	case failed == nil:
		return nil
	case isFixed(failed.Code):
		failed.Err = errors.Join(ErrFixed, failed.Err)
	}
	return failed
}

func isFixed(code string) bool {
	return slices.Contains([]string{"message_not_found", "cant_update_message", "edit_window_closed"}, code)
}
