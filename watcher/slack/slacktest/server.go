package slacktest

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Addresses for a client on Transport; the host is not looked at.
const (
	APIURL   = "http://slack.test/api/"
	HookURL  = "http://slack.test" + HookPath
	HookPath = "/services/T0STANDIN/B0STANDIN/hook-secret"
)

// Token is accepted when Options name no other.
const Token = "xoxb-stand-in-token"

// Options describe a workspace. The zero Options have no channels.
type Options struct {
	Token    string    // "" means Token
	Channels []Channel // the webhook posts into the first one
	// Scopes of the token; nil means AllScopes.
	Scopes []string
	// Pace is the least time between two messages in a channel; 0 means Slack's one
	// second, negative none.
	Pace time.Duration
	// Lag is how long a message is missing from the history.
	Lag time.Duration
	// IDsOnly refuses channels by name, as Slack does for some tokens.
	IDsOnly bool
	// PageSize bounds a page of a list or history, whatever limit was asked for; 0
	// means as asked.
	PageSize int
}

// Channel is one channel of the workspace.
type Channel struct {
	ID       string // "C…"
	Name     string // without #
	Private  bool
	Archived bool
	Outside  bool // the app is not a member
}

// AllScopes is what presswatch can make use of.
func AllScopes() []string {
	return []string{"chat:write", "channels:read", "groups:read", "channels:history", "groups:history"}
}

// Server is the stand-in. It is safe for concurrent use.
type Server struct {
	opts Options

	mu       sync.Mutex
	messages map[string][]Message // by channel id, oldest first
	later    []edit               // not yet in effect
	faults   map[string][]Fault   // by method
	calls    map[string]int
}

// New builds a workspace.
func New(opts Options) *Server {
	if opts.Token == "" {
		opts.Token = Token
	}
	if opts.Scopes == nil {
		opts.Scopes = AllScopes()
	}
	if opts.Pace == 0 {
		opts.Pace = time.Second
	}
	return &Server{opts: opts, messages: map[string][]Message{}, faults: map[string][]Fault{}, calls: map[string]int{}}
}

// ServeHTTP answers as Slack does: 200 and ok:false for what Slack refuses, other
// statuses only for rate limits, webhooks and faults.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method, ok := strings.CutPrefix(r.URL.Path, "/api/")
	handle := s.web
	if !ok {
		method, handle = "webhook", s.hook
	}
	fault := s.begin(method)
	if fault.Unreachable || fault.Drop && !fault.Stored {
		pause(r.Context(), fault.Delay)
		drop(w, fault)
		return
	}
	var a answer
	if fault.carriesOut() {
		a = handle(method, r, time.Now().Add(fault.Delay))
	}
	if !pause(r.Context(), fault.Delay) || fault.Drop {
		drop(w, fault)
		return
	}
	fault.instead(a).write(w)
}

// Calls is how often a method was called; the webhook's method is "webhook".
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// begin counts a call and takes the next fault of its queue.
func (s *Server) begin(method string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	queue := s.faults[method]
	if len(queue) == 0 {
		return Fault{}
	}
	s.faults[method] = queue[1:]
	return queue[0]
}

// answer is what goes back to the client.
type answer struct {
	status int // 0 means 200
	header map[string]string
	plain  string         // the body, or
	body   map[string]any // the body as JSON
}

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	h.Set("Content-Type", "text/plain; charset=utf-8")
	text := []byte(a.plain)
	if a.body != nil {
		h.Set("Content-Type", "application/json; charset=utf-8")
		text, _ = json.Marshal(a.body) // maps of strings, numbers and checked JSON
	}
	for key, value := range a.header {
		h.Set(key, value)
	}
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = w.Write(text) // a client that has gone needs no answer
}

// refusal is ok:false with an error name.
func refusal(code string) answer {
	return answer{body: map[string]any{"ok": false, "error": code}}
}

// refusalOf adds what Slack says about the place of a mistake in the blocks.
func refusalOf(code string, details ...string) answer {
	a := refusal(code)
	if len(details) > 0 {
		a.body["errors"] = details
		a.body["response_metadata"] = map[string]any{"messages": details}
	}
	return a
}
