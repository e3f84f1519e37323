package slacktest

import (
	"fmt"
	"slices"
)

// only refuses keys that Slack does not know there.
func (c *checker) only(at string, b map[string]any, known ...string) {
	for key := range b {
		if !slices.Contains(known, key) {
			c.fail(at, "invalid additional property: %s", key)
		}
	}
}

// text checks a text object: its kind, and its length from 1 to limit.
func (c *checker) text(at string, item any, limit int, kinds ...string) {
	t, ok := item.(map[string]any)
	if !ok {
		c.fail(at, "must be a text object")
		return
	}
	kind, _ := t["type"].(string)
	if !slices.Contains(kinds, kind) {
		c.fail(at+"/type", "unsupported type: %s", kind)
	}
	if kind == "plain_text" {
		c.only(at, t, "type", "text", "emoji")
	} else {
		c.only(at, t, "type", "text", "verbatim")
	}
	c.length(at+"/text", t["text"], limit)
}

// length checks a text of 1 to limit characters that a reader sees.
func (c *checker) length(at string, item any, limit int) {
	text, ok := item.(string)
	switch n := runeLen(text); {
	case !ok:
		c.fail(at, "must be a string")
	case n == 0:
		c.fail(at, "must be more than 0 characters")
	case n > limit:
		c.fail(at, "must be less than %d characters", limit+1)
	}
	c.visible += runeLen(text)
}

// atMost checks an optional string that a reader does not see.
func (c *checker) atMost(at string, item any, limit int) {
	if item == nil {
		return
	}
	if text, ok := item.(string); !ok || runeLen(text) > limit {
		c.fail(at, "must be less than %d characters", limit+1)
	}
}

func (c *checker) count(at string, list []any, limit int) {
	if len(list) > limit {
		c.fail(at, "no more than %d items allowed", limit)
	}
}

// elements is a block's list of 1 to limit elements.
func (c *checker) elements(at string, b map[string]any, limit int) []any {
	list, ok := b["elements"].([]any)
	if !ok || len(list) == 0 {
		c.fail(at+"/elements", "must have at least 1 item")
	}
	c.count(at+"/elements", list, limit)
	return list
}

func (c *checker) image(at string, e map[string]any) {
	if address, ok := e["image_url"].(string); !ok || address == "" {
		c.fail(at+"/image_url", "must be provided")
	}
	c.atMost(at+"/image_url", e["image_url"], maxURL)
	c.length(at+"/alt_text", e["alt_text"], maxAlt)
	if title, has := e["title"]; has {
		c.text(at+"/title", title, maxAlt, "plain_text")
	}
}

// richText checks sections, lists, quotations and preformatted text.
func (c *checker) richText(at string, b map[string]any) {
	c.only(at, b, "type", "block_id", "elements")
	for i, item := range c.elements(at, b, 1000) {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		e, _ := item.(map[string]any)
		switch kind, _ := e["type"].(string); kind {
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			c.only(where, e, "type", "elements", "border", "language")
			c.runs(where, e)
		case "rich_text_list":
			c.only(where, e, "type", "elements", "style", "indent", "offset", "border")
			c.richList(where, e)
		default:
			c.fail(where+"/type", "unsupported type: %s", kind)
		}
	}
}

func (c *checker) richList(at string, e map[string]any) {
	if style := e["style"]; style != "bullet" && style != "ordered" {
		c.fail(at+"/style", "must be bullet or ordered")
	}
	for i, item := range c.elements(at, e, 1000) {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		section, _ := item.(map[string]any)
		if section["type"] != "rich_text_section" {
			c.fail(where+"/type", "must be rich_text_section")
			continue
		}
		c.runs(where, section)
	}
}

// runs checks the pieces of text of a section. An empty text is refused, and so
// is a style that Slack does not know.
func (c *checker) runs(at string, e map[string]any) {
	for i, item := range c.elements(at, e, 10000) {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		run, _ := item.(map[string]any)
		c.style(where+"/style", run["style"])
		switch kind, _ := run["type"].(string); kind {
		case "text":
			c.length(where+"/text", run["text"], maxMarkdown)
		case "link":
			if address, _ := run["url"].(string); address == "" {
				c.fail(where+"/url", "must be provided")
			}
			c.atMost(where+"/url", run["url"], maxURL)
			if text, has := run["text"]; has {
				c.length(where+"/text", text, maxMarkdown)
			}
		case "emoji", "date", "color", "user", "usergroup", "channel", "broadcast":
		default:
			c.fail(where+"/type", "unsupported type: %s", kind)
		}
	}
}

func (c *checker) style(at string, item any) {
	if item == nil {
		return
	}
	style, ok := item.(map[string]any)
	if !ok {
		c.fail(at, "must be an object")
		return
	}
	c.only(at, style, "bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
}
