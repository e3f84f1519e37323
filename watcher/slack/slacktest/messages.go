package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Message is a message as a reader of the channel sees it.
type Message struct {
	Channel  string          `json:"channel"` // id
	TS       string          `json:"ts"`
	At       time.Time       `json:"at"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"` // checked; nil for text alone
	Metadata Metadata        `json:"metadata,omitzero"`
	ThreadTS string          `json:"thread_ts,omitempty"` // of the message it replies to
	Unfurls  bool            `json:"unfurls,omitempty"`   // links or media would be shown beneath
	Hook     bool            `json:"hook,omitempty"`      // came through the webhook
	Edits    int             `json:"edits,omitempty"`
}

// Metadata is what a message carries for machines.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// Messages are those that stand in a channel now, by its id or name, oldest first,
// replies among them.
func (s *Server) Messages(channel string) []Message {
	ch, ok := s.channel(channel)
	if !ok {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.upTo(ch.ID, time.Now())
}

// upTo copies the messages of a channel that stand there at a time.
func (s *Server) upTo(id string, t time.Time) []Message {
	s.ripen()
	var out []Message
	for _, m := range s.messages[id] {
		if !m.At.After(t) {
			out = append(out, m)
		}
	}
	return out
}

// channel finds a channel by id, #name or name.
func (s *Server) channel(ref string) (Channel, bool) {
	i := slices.IndexFunc(s.opts.Channels, func(c Channel) bool {
		return c.ID == ref || c.Name == strings.TrimPrefix(ref, "#")
	})
	if i < 0 {
		return Channel{}, false
	}
	return s.opts.Channels[i], true
}

// splitAt and truncateAt are what Slack does to long texts without blocks.
const (
	splitAt    = 4046
	chunk      = 4000
	truncateAt = 40000
)

// store puts a message into its channel at its time, or answers how long to wait.
// A long text without blocks becomes several messages, of which the first carries
// the metadata.
func (s *Server) store(m Message) (stored Message, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range s.messages[m.Channel] {
		if apart := m.At.Sub(other.At).Abs(); s.opts.Pace > 0 && apart < s.opts.Pace {
			return Message{}, s.opts.Pace - apart
		}
	}
	for i, text := range pieces(m) {
		one := m
		one.Text = text
		if i > 0 {
			one.Metadata = Metadata{}
		}
		one = s.insert(one)
		if i == 0 {
			stored = one
		}
	}
	return stored, 0
}

// insert puts a message where its time belongs (a delayed one belongs later than
// some that are still to come), under a timestamp that no other has.
func (s *Server) insert(m Message) Message {
	list := s.messages[m.Channel]
	m.At = m.At.Truncate(time.Microsecond)
	for slices.ContainsFunc(list, func(o Message) bool { return o.At.Equal(m.At) }) {
		m.At = m.At.Add(time.Microsecond)
	}
	m.TS = fmt.Sprintf("%d.%06d", m.At.Unix(), m.At.Nanosecond()/1000)
	at, _ := slices.BinarySearchFunc(list, m, func(a, b Message) int { return a.At.Compare(b.At) })
	s.messages[m.Channel] = slices.Insert(list, at, m)
	return m
}

// pieces is a message's text as Slack posts it.
func pieces(m Message) []string {
	runes := []rune(m.Text)
	if len(runes) > truncateAt {
		runes = runes[:truncateAt]
	}
	if len(m.Blocks) > 0 || len(runes) < splitAt {
		return []string{string(runes)}
	}
	var out []string
	for part := range slices.Chunk(runes, chunk) {
		out = append(out, string(part))
	}
	return out
}

// edit is a change to a message that takes effect at its time.
type edit struct {
	channel, ts string
	at          time.Time
	apply       func(*Message)
}

// change makes an edit, or notes it for its time; code is why it cannot.
func (s *Server) change(e edit) (code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	i := slices.IndexFunc(s.messages[e.channel], func(m Message) bool { return m.TS == e.ts && !m.At.After(now) })
	switch {
	case i < 0:
		return "message_not_found"
	case s.messages[e.channel][i].Hook:
		return "cant_update_message"
	}
	s.later = append(s.later, e)
	s.ripen()
	return ""
}

// ripen makes the edits whose time has come, in the order of their times: a later
// one overwrites an earlier one, whichever was asked for first.
func (s *Server) ripen() {
	slices.SortStableFunc(s.later, func(a, b edit) int { return a.at.Compare(b.at) })
	for len(s.later) > 0 && !s.later[0].at.After(time.Now()) {
		e := s.later[0]
		s.later = s.later[1:]
		i := slices.IndexFunc(s.messages[e.channel], func(m Message) bool { return m.TS == e.ts })
		e.apply(&s.messages[e.channel][i])
		s.messages[e.channel][i].Edits++
	}
}

// has reports whether a message can be replied to.
func (s *Server) has(channel, ts string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.messages[channel], func(m Message) bool { return m.TS == ts && m.ThreadTS == "" })
}

func runeLen(s string) int { return utf8.RuneCountInString(s) }
