package slacktest

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// list answers conversations.list. Private channels need a scope of their own.
func (s *Server) list(form url.Values, _ time.Time) answer {
	types := strings.Split(form.Get("types"), ",")
	if form.Get("types") == "" {
		types = []string{"public_channel"}
	}
	for _, kind := range types {
		scope, known := map[string]string{"public_channel": "channels:read", "private_channel": "groups:read"}[kind]
		if !known {
			return refusal("invalid_types")
		}
		if a, lacking := s.lacks(scope); lacking {
			return a
		}
	}
	var channels []any
	for _, ch := range s.opts.Channels {
		if ch.Archived && truth(form.Get("exclude_archived")) || ch.Private && ch.Outside {
			continue
		}
		if kind := map[bool]string{false: "public_channel", true: "private_channel"}[ch.Private]; !slices.Contains(types, kind) {
			continue
		}
		channels = append(channels, map[string]any{
			"id": ch.ID, "name": ch.Name, "is_channel": true, "is_private": ch.Private,
			"is_archived": ch.Archived, "is_member": !ch.Outside,
		})
	}
	return s.page("channels", channels, form)
}

// history answers conversations.history: newest first, members only, metadata
// only when asked, late if the workspace lags, and nothing that stands in threads.
func (s *Server) history(form url.Values, _ time.Time) answer {
	messages, within, refused := s.readable(form)
	if refused.body != nil {
		return refused
	}
	var out []any
	for _, m := range slices.Backward(messages) {
		if m.ThreadTS == "" && within(m.TS) {
			out = append(out, shown(m, truth(form.Get("include_all_metadata"))))
		}
	}
	return s.page("messages", out, form)
}

// replies answers conversations.replies: the first message of a thread, whatever
// span was asked for, and then what stands under it, oldest first.
func (s *Server) replies(form url.Values, _ time.Time) answer {
	messages, within, refused := s.readable(form)
	if refused.body != nil {
		return refused
	}
	var out []any
	root := form.Get("ts")
	for _, m := range messages {
		if m.TS == root && m.ThreadTS == "" || m.ThreadTS == root && root != "" && within(m.TS) {
			out = append(out, shown(m, truth(form.Get("include_all_metadata"))))
		}
	}
	if len(out) == 0 {
		return refusal("thread_not_found")
	}
	return s.page("messages", out, form)
}

// readable lists the messages of a channel as far as its history shows them yet,
// and the span that was asked for; or why the app may not read it.
func (s *Server) readable(form url.Values) (messages []Message, within func(ts string) bool, refused answer) {
	ch, ok := s.channel(form.Get("channel"))
	if !ok || ch.ID != form.Get("channel") || ch.Private && ch.Outside {
		return nil, nil, refusal("channel_not_found")
	}
	scope := map[bool]string{false: "channels:history", true: "groups:history"}[ch.Private]
	if a, lacking := s.lacks(scope); lacking {
		return nil, nil, a
	}
	if ch.Outside {
		return nil, nil, refusal("not_in_channel")
	}
	within, code := span(form)
	if code != "" {
		return nil, nil, refusal(code)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.upTo(ch.ID, time.Now().Add(-s.opts.Lag)), within, answer{}
}

// span reads oldest, latest and inclusive.
func span(form url.Values) (within func(ts string) bool, code string) {
	oldest, ok := micros(form.Get("oldest"), 0)
	latest, ok2 := micros(form.Get("latest"), 1<<62)
	if !ok {
		return nil, "invalid_ts_oldest"
	}
	if !ok2 {
		return nil, "invalid_ts_latest"
	}
	inclusive := truth(form.Get("inclusive"))
	return func(ts string) bool {
		at, _ := micros(ts, 0)
		return at > oldest && at < latest || inclusive && (at == oldest || at == latest)
	}, ""
}

// micros reads a timestamp as microseconds; empty is the given default.
func micros(ts string, empty int64) (int64, bool) {
	if ts == "" {
		return empty, true
	}
	whole, frac, _ := strings.Cut(ts, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	part, err2 := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	return seconds*1_000_000 + part, err == nil && err2 == nil && len(frac) <= 6
}

// page cuts one page out of a list, with a cursor to the next.
func (s *Server) page(key string, all []any, form url.Values) answer {
	limit := 100
	if text := form.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 999 {
			return refusal("invalid_limit")
		}
		limit = n
	}
	if s.opts.PageSize > 0 {
		limit = min(limit, s.opts.PageSize)
	}
	from, ok := fromCursor(form.Get("cursor"))
	if !ok || from > len(all) {
		return refusal("invalid_cursor")
	}
	to := min(from+limit, len(all))
	next := ""
	if to < len(all) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(to)))
	}
	return answer{body: map[string]any{
		"ok": true, key: append([]any{}, all[from:to]...), "has_more": next != "",
		"response_metadata": map[string]any{"next_cursor": next},
	}}
}

func fromCursor(cursor string) (int, bool) {
	if cursor == "" {
		return 0, true
	}
	raw, err := base64.StdEncoding.DecodeString(cursor)
	number, ok := strings.CutPrefix(string(raw), "next:")
	n, err2 := strconv.Atoi(number)
	return n, err == nil && ok && err2 == nil && n >= 0
}

// shown is a message as the API tells it.
func shown(m Message, withMetadata bool) map[string]any {
	out := map[string]any{"type": "message", "ts": m.TS, "text": m.Text, "bot_id": "B0STANDIN"}
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	}
	if m.ThreadTS != "" {
		out["thread_ts"] = m.ThreadTS
	}
	if withMetadata && m.Metadata.EventType != "" {
		out["metadata"] = m.Metadata
	}
	if m.Hook {
		out["subtype"] = "bot_message"
	}
	return out
}
