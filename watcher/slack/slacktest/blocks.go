package slacktest

import (
	"encoding/json"
	"fmt"
)

// Limits of blocks, in characters and elements.
const (
	maxBlocks   = 50
	maxAllText  = 13000 // of all blocks together: the lowest total seen refused by its size
	maxSection  = 3000
	maxField    = 2000
	maxFields   = 10
	maxHeader   = 150
	maxContext  = 10
	maxActions  = 25
	maxButton   = 75
	maxURL      = 3000
	maxValue    = 2000
	maxID       = 255
	maxAlt      = 2000
	maxMarkdown = 12000
)

// checkBlocks judges a JSON list of blocks as Slack does: the error's name and
// what is wrong where, or "".
func checkBlocks(raw []byte) (code string, details []string) {
	var list []any
	if err := json.Unmarshal(raw, &list); err != nil {
		return "invalid_blocks_format", nil
	}
	c := &checker{ids: map[string]bool{}}
	if len(list) > maxBlocks {
		c.fail("/blocks", "no more than %d items allowed", maxBlocks)
	}
	for i, item := range list {
		c.block(fmt.Sprintf("/blocks/%d", i), item)
	}
	if len(c.details) > 0 {
		return "invalid_blocks", c.details
	}
	if c.visible > maxAllText {
		return "msg_blocks_too_long", nil
	}
	return "", nil
}

// checker walks blocks and notes what is wrong.
type checker struct {
	details []string
	visible int // characters that a reader sees
	ids     map[string]bool
}

func (c *checker) fail(at, format string, args ...any) {
	c.details = append(c.details, fmt.Sprintf("[ERROR] %s [json-pointer:%s]", fmt.Sprintf(format, args...), at))
}

func (c *checker) block(at string, item any) {
	b, ok := item.(map[string]any)
	if !ok {
		c.fail(at, "must be an object")
		return
	}
	c.blockID(at, b)
	switch kind, _ := b["type"].(string); kind {
	case "section":
		c.section(at, b)
	case "header":
		c.only(at, b, "type", "block_id", "text")
		c.text(at+"/text", b["text"], maxHeader, "plain_text")
	case "divider":
		c.only(at, b, "type", "block_id")
	case "context":
		c.context(at, b)
	case "actions":
		c.actions(at, b)
	case "image":
		c.only(at, b, "type", "block_id", "image_url", "alt_text", "title")
		c.image(at, b)
	case "rich_text":
		c.richText(at, b)
	case "markdown":
		c.only(at, b, "type", "block_id", "text")
		c.length(at+"/text", b["text"], maxMarkdown)
	default:
		c.fail(at+"/type", "unsupported type: %s", kind)
	}
}

func (c *checker) blockID(at string, b map[string]any) {
	id, has := b["block_id"]
	if !has {
		return
	}
	text, ok := id.(string)
	if !ok || runeLen(text) > maxID {
		c.fail(at+"/block_id", "must be at most %d characters", maxID)
	}
	if c.ids[text] {
		c.fail(at+"/block_id", "block_id already exists")
	}
	c.ids[text] = true
}

func (c *checker) section(at string, b map[string]any) {
	c.only(at, b, "type", "block_id", "text", "fields", "accessory", "expand")
	text, hasText := b["text"]
	fields, hasFields := b["fields"].([]any)
	if !hasText && !hasFields {
		c.fail(at, "must define either text or fields")
	}
	if hasText {
		c.text(at+"/text", text, maxSection, "plain_text", "mrkdwn")
	}
	c.count(at+"/fields", fields, maxFields)
	for i, field := range fields {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), field, maxField, "plain_text", "mrkdwn")
	}
	if accessory, has := b["accessory"]; has {
		c.element(at+"/accessory", accessory)
	}
}

func (c *checker) context(at string, b map[string]any) {
	c.only(at, b, "type", "block_id", "elements")
	elements := c.elements(at, b, maxContext)
	for i, e := range elements {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		if m, ok := e.(map[string]any); ok && m["type"] == "image" {
			c.image(where, m)
			continue
		}
		c.text(where, e, maxSection, "plain_text", "mrkdwn")
	}
}

func (c *checker) actions(at string, b map[string]any) {
	c.only(at, b, "type", "block_id", "elements")
	for i, e := range c.elements(at, b, maxActions) {
		c.element(fmt.Sprintf("%s/elements/%d", at, i), e)
	}
}

// element knows buttons and images: presswatch needs no other.
func (c *checker) element(at string, item any) {
	e, ok := item.(map[string]any)
	if !ok {
		c.fail(at, "must be an object")
		return
	}
	switch kind, _ := e["type"].(string); kind {
	case "image":
		c.image(at, e)
	case "button":
		c.only(at, e, "type", "text", "action_id", "url", "value", "style", "accessibility_label")
		c.text(at+"/text", e["text"], maxButton, "plain_text")
		c.atMost(at+"/url", e["url"], maxURL)
		c.atMost(at+"/value", e["value"], maxValue)
		c.atMost(at+"/action_id", e["action_id"], maxID)
	default:
		c.fail(at+"/type", "unsupported type: %s", kind)
	}
}
