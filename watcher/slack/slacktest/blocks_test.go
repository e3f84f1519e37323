package slacktest_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func section(n int) string {
	return `{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("é", n) + `"}}`
}

func repeat(block string, n int) string {
	return "[" + strings.TrimSuffix(strings.Repeat(block+",", n), ",") + "]"
}

func TestBlocksAreHeldToEveryLimit(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	header := func(n int) string { return `[{"type":"header","text":{"type":"plain_text","text":"` + x(n) + `"}}]` }
	field := `{"type":"plain_text","text":"a"}`
	fields := func(n int) string { return `[{"type":"section","fields":` + repeat(field, n) + `}]` }
	context := func(n int) string { return `[{"type":"context","elements":` + repeat(field, n) + `}]` }
	button := func(text, address, value, id int) string {
		return fmt.Sprintf(`[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"%s"},"url":"%s","value":"%s","action_id":"%s"}]}]`,
			x(text), x(address), x(value), x(id))
	}
	rich := func(run string) string {
		return `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + run + `]}]}]`
	}
	const ok, bad = "", "invalid_blocks"
	tests := []struct{ name, blocks, want string }{
		{"50 blocks", repeat(section(10), 50), ok},
		{"51 blocks", repeat(section(10), 51), bad},
		{"a section of 3000 characters", repeat(section(3000), 1), ok},
		{"a section of 3001 characters", repeat(section(3001), 1), bad},
		{"an empty section", repeat(section(0), 1), bad},
		{"a section without text and fields", `[{"type":"section"}]`, bad},
		{"a header of 150 characters", header(150), ok},
		{"a header of 151 characters", header(151), bad},
		{"a header in mrkdwn", `[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]`, bad},
		{"10 fields", fields(10), ok},
		{"11 fields", fields(11), bad},
		{"a field of 2001 characters", `[{"type":"section","fields":[{"type":"plain_text","text":"` + x(2001) + `"}]}]`, bad},
		{"10 context elements", context(10), ok},
		{"11 context elements", context(11), bad},
		{"a context without elements", `[{"type":"context","elements":[]}]`, bad},
		{"a button at every limit", button(75, 3000, 2000, 255), ok},
		{"a long button text", button(76, 1, 1, 1), bad},
		{"a long button address", button(1, 3001, 1, 1), bad},
		{"a long button value", button(1, 1, 2001, 1), bad},
		{"a long action_id", button(1, 1, 1, 256), bad},
		{"a long block_id", `[{"type":"divider","block_id":"` + x(256) + `"}]`, bad},
		{"a block_id twice", `[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`, bad},
		{"an unknown type", `[{"type":"carousel-of-doom"}]`, bad},
		{"an unknown property", `[{"type":"divider","colour":"red"}]`, bad},
		{"a block that is no object", `["divider"]`, bad},
		{"an image", `[{"type":"image","image_url":"https://example.org/a.png","alt_text":"a"}]`, ok},
		{"an image without alt_text", `[{"type":"image","image_url":"https://example.org/a.png"}]`, bad},
		{"rich text", rich(`{"type":"text","text":"a","style":{"bold":true}},{"type":"link","url":"https://example.org/"}`), ok},
		{"an empty run", rich(`{"type":"text","text":""}`), bad},
		{"a link to nowhere", rich(`{"type":"link","text":"a"}`), bad},
		{"an unknown style", rich(`{"type":"text","text":"a","style":{"blink":true}}`), bad},
		{"a list", `[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a"}]}]}]}]`, ok},
		{"a list of texts", `[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"text","text":"a"}]}]}]`, bad},
		{"13 000 characters", repeat(section(2600), 5), ok},
		{"13 001 characters", "[" + repeat(section(2600), 5)[1:len(repeat(section(2600), 5))-1] + "," + section(1) + "]", "msg_blocks_too_long"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, body := call(t, workspace(nil), "chat.postMessage", url.Values{"channel": {"#desk"}, "text": {"a"}, "blocks": {tt.blocks}})
			if got, _ := body["error"].(string); got != tt.want {
				t.Errorf("answer %v, want %q", body, tt.want)
			}
		})
	}
}

// The mistake's place is told, as a JSON pointer.
func TestARefusalNamesThePlaceInTheBlocks(t *testing.T) {
	_, body := call(t, workspace(nil), "chat.postMessage", url.Values{"channel": {"#desk"}, "blocks": {repeat(section(3001), 1)}})
	if got := fmt.Sprint(body["response_metadata"]); !strings.Contains(got, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]") {
		t.Errorf("told %s", got)
	}
}

func FuzzBlocksAreJudgedWithoutPanic(f *testing.F) {
	f.Add(`[{"type":"section","text":{"type":"mrkdwn","text":"a"}}]`)
	f.Add(`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[null]}]}]`)
	f.Add(`[{"type":"context","elements":[1]},{"type":"actions","elements":{}}]`)
	f.Fuzz(func(t *testing.T, blocks string) {
		s := workspace(nil)
		_, body := call(t, s, "chat.postMessage", url.Values{"channel": {"#desk"}, "text": {"a"}, "blocks": {blocks}})
		stored := s.Messages("desk")
		if (body["ok"] == true) != (len(stored) == 1) {
			t.Fatalf("answer %v with %d messages", body, len(stored))
		}
		if len(stored) == 1 && stored[0].Blocks != nil && !json.Valid(stored[0].Blocks) {
			t.Fatalf("blocks that are no JSON were stored: %q", blocks)
		}
	})
}
