package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	slackgo "github.com/slack-go/slack"
)

// maxID keeps the metadata far below 500 bytes.
const maxID = 64

// againLine is what a reader sees above a message that may stand there twice.
const againLine = "Sent again: it is not known whether the first attempt arrived, so this may stand here twice."

// prepared is the post as it leaves: checked for what Slack would not refuse but
// silently spoil, and marked if it is sent again.
func (p Post) prepared() (Post, error) {
	if p.ID == "" || len(p.ID) > maxID {
		return p, fmt.Errorf("a delivery's id has 1 to %d bytes, not %d", maxID, len(p.ID))
	}
	if empty := strings.TrimSpace(string(p.Blocks)); empty == "null" || empty == "[]" {
		p.Blocks = nil
	}
	if p.Again {
		p.Text = againLine + "\n" + p.Text
		p.Blocks = withAgain(p.Blocks)
	}
	if n := utf8.RuneCountInString(p.Text); n > MaxText {
		return p, fmt.Errorf("a text of %d characters, which Slack would split by itself", n)
	}
	return p, nil
}

// withAgain puts the line above the blocks; blocks that are no list stay as they
// are, to be refused as such.
func withAgain(blocks json.RawMessage) json.RawMessage {
	var list []json.RawMessage
	if len(blocks) == 0 || json.Unmarshal(blocks, &list) != nil || len(list) == 0 {
		return blocks
	}
	mark, err := json.Marshal(map[string]any{
		"type":     "context",
		"elements": []any{map[string]any{"type": "plain_text", "text": againLine}},
	})
	if err != nil {
		return blocks
	}
	marked, err := json.Marshal(append([]json.RawMessage{mark}, list...))
	if err != nil {
		return blocks
	}
	return marked
}

// rawBlock passes a block through slack-go byte for byte: the store keeps messages
// as JSON, and a journey through slack-go's types would lose what they do not know.
type rawBlock struct {
	json.RawMessage
	kind string
}

// BlockType and ID implement slack-go's Block.
func (b rawBlock) BlockType() slackgo.MessageBlockType { return slackgo.MessageBlockType(b.kind) }

// ID is the block's own name, which slack-go never asks for when it posts.
func (b rawBlock) ID() string { return "" }

func rawBlocks(blocks json.RawMessage) ([]slackgo.Block, error) {
	if len(blocks) == 0 {
		return nil, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(blocks, &list); err != nil {
		return nil, errors.New("the blocks are not a JSON list")
	}
	out := make([]slackgo.Block, len(list))
	for i, raw := range list {
		var head struct {
			Type string `json:"type"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			return nil, fmt.Errorf("block %d is not an object with a type", i+1)
		}
		out[i] = rawBlock{RawMessage: raw, kind: head.Type}
	}
	return out, nil
}
