package slacktest

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// web answers a method of the Web API; what it stores is stored at that time.
func (s *Server) web(method string, r *http.Request, at time.Time) answer {
	handle, known := map[string]func(url.Values, time.Time) answer{
		"auth.test":             s.authTest,
		"chat.postMessage":      s.postMessage,
		"chat.update":           s.update,
		"conversations.list":    s.list,
		"conversations.history": s.history,
		"conversations.replies": s.replies,
	}[method]
	if !known {
		return refusal("unknown_method")
	}
	form, code := readForm(r)
	if code != "" {
		return refusal(code)
	}
	switch token := tokenOf(r, form); token {
	case "":
		return refusal("not_authed")
	case s.opts.Token:
	default:
		return refusal("invalid_auth")
	}
	a := handle(form, at)
	if a.header == nil {
		a.header = map[string]string{}
	}
	a.header["X-OAuth-Scopes"] = strings.Join(s.opts.Scopes, ",")
	return a
}

// readForm reads the arguments, or says how Slack calls what is wrong with them.
func readForm(r *http.Request) (url.Values, string) {
	if r.Method != http.MethodPost {
		return r.URL.Query(), ""
	}
	kind := r.Header.Get("Content-Type")
	if kind == "" {
		return nil, "missing_post_type"
	}
	if media, _, err := mime.ParseMediaType(kind); err != nil || media != "application/x-www-form-urlencoded" {
		return nil, "invalid_post_type"
	}
	if err := r.ParseForm(); err != nil {
		return nil, "invalid_form_data"
	}
	return r.Form, ""
}

func tokenOf(r *http.Request, form url.Values) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return bearer
	}
	return form.Get("token")
}

// lacks is the refusal for want of a scope; ok is false when the token has it.
func (s *Server) lacks(scope string) (answer, bool) {
	if slices.Contains(s.opts.Scopes, scope) {
		return answer{}, false
	}
	a := refusal("missing_scope")
	a.body["needed"] = scope
	a.body["provided"] = strings.Join(s.opts.Scopes, ",")
	return a, true
}

func (s *Server) authTest(url.Values, time.Time) answer {
	return answer{body: map[string]any{
		"ok": true, "url": "https://stand-in.slack.com/", "team": "Stand-in", "user": "presswatch",
		"team_id": "T0STANDIN", "user_id": "U0STANDIN", "bot_id": "B0STANDIN",
	}}
}

// truth reads Slack's booleans.
func truth(text string) bool { return text == "true" || text == "1" }
