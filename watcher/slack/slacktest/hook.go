package slacktest

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// maxHookBody bounds what the webhook reads.
const maxHookBody = 1 << 20

// hook answers the incoming webhook: "ok", or a word and a status. It posts into
// the first channel and stores no metadata, which webhooks do not carry.
func (s *Server) hook(_ string, r *http.Request, at time.Time) answer {
	if r.URL.Path != HookPath || len(s.opts.Channels) == 0 {
		return word(http.StatusNotFound, "no_service")
	}
	if r.Method != http.MethodPost {
		return word(http.StatusMethodNotAllowed, "method_not_allowed")
	}
	var in struct {
		Text        string          `json:"text"`
		Blocks      json.RawMessage `json:"blocks"`
		UnfurlLinks *bool           `json:"unfurl_links"`
		UnfurlMedia *bool           `json:"unfurl_media"`
	}
	if json.NewDecoder(io.LimitReader(r.Body, maxHookBody)).Decode(&in) != nil {
		return word(http.StatusBadRequest, "invalid_payload")
	}
	if string(in.Blocks) == "null" {
		in.Blocks = nil
	}
	if in.Blocks != nil {
		if code, _ := checkBlocks(in.Blocks); code != "" {
			return word(http.StatusBadRequest, code)
		}
	}
	if in.Text == "" && in.Blocks == nil {
		return word(http.StatusBadRequest, "no_text")
	}
	ch := s.opts.Channels[0]
	if ch.Archived {
		return word(http.StatusGone, "channel_is_archived")
	}
	m := Message{Channel: ch.ID, At: at, Text: in.Text, Blocks: in.Blocks, Hook: true}
	m.Unfurls = in.UnfurlLinks == nil || *in.UnfurlLinks || in.UnfurlMedia == nil || *in.UnfurlMedia
	if _, wait := s.store(m); wait > 0 {
		return tooOften(wait)
	}
	return answer{plain: "ok"}
}

func word(status int, text string) answer { return answer{status: status, plain: text} }
