package slacktest

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// maxMetadata is the stand-in's own figure, in bytes: Slack publishes none.
const maxMetadata = 500

func (s *Server) postMessage(form url.Values, at time.Time) answer {
	if a, lacking := s.lacks("chat:write"); lacking {
		return a
	}
	ch, code := s.postable(form.Get("channel"))
	if code != "" {
		return refusal(code)
	}
	m := Message{Channel: ch.ID, At: at, ThreadTS: form.Get("thread_ts")}
	m.Unfurls = form.Get("unfurl_links") != "false" || form.Get("unfurl_media") != "false"
	if a, bad := fill(&m, form); bad {
		return a
	}
	if m.ThreadTS != "" && !s.has(ch.ID, m.ThreadTS) {
		return refusal("cannot_reply_to_message")
	}
	stored, wait := s.store(m)
	if wait > 0 {
		return tooOften(wait)
	}
	return posted(stored)
}

// postable finds a channel that the app may post into, or says why not.
func (s *Server) postable(ref string) (Channel, string) {
	ch, ok := s.channel(ref)
	switch {
	case !ok, s.opts.IDsOnly && ref != ch.ID, ch.Private && ch.Outside:
		return Channel{}, "channel_not_found"
	case ch.Archived:
		return Channel{}, "is_archived"
	case ch.Outside && !slices.Contains(s.opts.Scopes, "chat:write.public"):
		return Channel{}, "not_in_channel"
	}
	return ch, ""
}

// fill reads text, blocks and metadata into a message, or answers what is wrong.
func fill(m *Message, form url.Values) (answer, bool) {
	m.Text = form.Get("text")
	if raw := form.Get("blocks"); raw != "" && raw != "[]" {
		if code, details := checkBlocks([]byte(raw)); code != "" {
			return refusalOf(code, details...), true
		}
		m.Blocks = json.RawMessage(raw)
	}
	if m.Text == "" && m.Blocks == nil {
		return refusal("no_text"), true
	}
	if raw := form.Get("metadata"); raw != "" {
		code := readMetadata(raw, &m.Metadata)
		if code != "" {
			return refusal(code), true
		}
	}
	return answer{}, false
}

func readMetadata(raw string, into *Metadata) (code string) {
	if len(raw) > maxMetadata {
		return "metadata_too_large"
	}
	if json.Unmarshal([]byte(raw), into) != nil {
		return "invalid_metadata_format"
	}
	if into.EventType == "" || into.EventPayload == nil {
		return "invalid_metadata_schema"
	}
	return ""
}

// tooOften is Slack's only refusal with a status of its own.
func tooOften(wait time.Duration) answer {
	a := refusal("ratelimited")
	a.status = http.StatusTooManyRequests
	a.header = map[string]string{"Retry-After": strconv.Itoa(int(math.Ceil(wait.Seconds())))}
	return a
}

func posted(m Message) answer {
	return answer{body: map[string]any{
		"ok": true, "channel": m.Channel, "ts": m.TS, "message": shown(m, true),
	}}
}

// update edits a message in place; nobody is notified again. Without blocks the
// message has none any more, without metadata it keeps its own.
func (s *Server) update(form url.Values, at time.Time) answer {
	if a, lacking := s.lacks("chat:write"); lacking {
		return a
	}
	ch, ok := s.channel(form.Get("channel"))
	switch {
	case !ok, ch.ID != form.Get("channel"), ch.Private && ch.Outside:
		return refusal("channel_not_found")
	case ch.Archived:
		return refusal("is_archived")
	}
	var m Message
	if a, bad := fill(&m, form); bad {
		return a
	}
	code := s.change(edit{channel: ch.ID, ts: form.Get("ts"), at: at, apply: func(old *Message) {
		old.Text, old.Blocks = m.Text, m.Blocks
		if m.Metadata.EventType != "" {
			old.Metadata = m.Metadata
		}
	}})
	if code != "" {
		return refusal(code)
	}
	return answer{body: map[string]any{"ok": true, "channel": ch.ID, "ts": form.Get("ts"), "text": m.Text}}
}
