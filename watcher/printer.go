package watcher

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"presswatch/store"
	"presswatch/watcher/digest"
	"presswatch/watcher/slack"
)

// Printer is the Sender of a presswatch without a Slack token: it writes each
// message as its reader would see it. What is written is delivered; there is
// nothing to ask.
type Printer struct {
	Out   io.Writer
	Style digest.Style

	mu sync.Mutex
}

// Send writes a message. It fails only if Out does.
func (p *Printer) Send(_ context.Context, post slack.Post) (store.Receipt, error) {
	m := digest.Message{Text: post.Text}
	if len(post.Blocks) > 0 {
		if err := json.Unmarshal(post.Blocks, &m.Blocks); err != nil {
			return store.Receipt{}, &slack.Error{Class: slack.Payload, Method: "print", Err: err}
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := fmt.Fprintf(p.Out, "── %s ──\n", post.Channel); err != nil {
		return store.Receipt{}, &slack.Error{Class: slack.Unsent, Method: "print", Err: err}
	}
	if err := digest.Render(p.Out, m, p.Style); err != nil {
		return store.Receipt{}, &slack.Error{Class: slack.Unsent, Method: "print", Err: err}
	}
	return store.Receipt{Channel: "printed", At: time.Now()}, nil
}

// Update refuses: what was printed stays as it is.
func (p *Printer) Update(context.Context, store.Receipt, slack.Post) error {
	return &slack.Error{Class: slack.Payload, Method: "print", Err: slack.ErrFixed}
}

// Find can never tell: what was printed is gone from sight.
func (p *Printer) Find(context.Context, slack.Sought) (store.Receipt, bool, error) {
	return store.Receipt{}, false, slack.ErrCannotAsk
}
