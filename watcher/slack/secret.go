package slack

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Secret is a token or a webhook's address: named in the configuration, kept
// somewhere else. In YAML it is a map with exactly one key:
//
//	{credential: NAME}  a file in $CREDENTIALS_DIRECTORY, as systemd's LoadCredential gives it
//	{env: NAME}         an environment variable
//	{file: PATH}        a file; a relative path starts at the configuration's folder
//
// The secret itself is refused there. Resolve reads it and Reveal, alone, tells
// it: printed in any way, by fmt, slog, JSON or YAML, a Secret is "<secret>". The
// text sits behind a pointer, so that %+v of a structure that holds a Secret in
// an unexported field, where fmt may not call methods, shows an address.
type Secret struct {
	kind string // "credential", "env" or "file"; "" for none, "given" for Literal
	name string
	text *string
}

// mask stands wherever a secret would.
const mask = "<secret>"

// Literal is a Secret that is already known: a stand-in's token, a test's.
func Literal(text string) Secret { return Secret{kind: "given", text: &text} }

// IsZero reports whether no secret was named at all.
func (s Secret) IsZero() bool { return s.kind == "" }

// Reveal is the secret's text, "" before Resolve. Pass it on to nothing but the
// connection it is for.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// String is "<secret>"; the same goes for every other way of printing one.
func (s Secret) String() string { return mask }

// GoString is for %#v.
func (s Secret) GoString() string { return mask }

// Format is for every verb of fmt, also those that would take the fields apart.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, mask) }

// MarshalText is for encoders of text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalJSON is for encoding/json.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + mask + `"`), nil }

// MarshalYAML is for YAML.
func (s Secret) MarshalYAML() (any, error) { return mask, nil }

// Conceal keeps the line of the file out of mistakes about a secret: it may hold
// the secret itself (strict.Concealer).
func (s Secret) Conceal() {}

// LogValue is for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }

const secretHint = "name where it is kept: {credential: NAME}, {env: NAME} or {file: PATH}"

// UnmarshalNode reads one of the three forms. No message repeats the value: it
// may be the very thing that must not be shown.
func (s *Secret) UnmarshalNode(n *yaml.Node, report func(n *yaml.Node, message, hint string)) {
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		report(n, "no secret is named", secretHint)
		return
	case n.Kind == yaml.ScalarNode:
		report(n, "a secret does not belong in this file", secretHint)
		return
	case n.Kind != yaml.MappingNode, len(n.Content) != 2:
		report(n, "exactly one of credential, env and file is wanted", secretHint)
		return
	}
	key, value := n.Content[0], n.Content[1]
	if message, hint := nameMistake(key.Value, value); message != "" {
		at := value
		if hint == secretHint {
			at = key
		}
		report(at, message, hint)
		return
	}
	*s = Secret{kind: key.Value, name: value.Value}
}

// nameMistake says what is wrong with {kind: value}, "" when nothing is. The hint
// is secretHint when the key is at fault.
func nameMistake(kind string, value *yaml.Node) (message, hint string) {
	if kind != "credential" && kind != "env" && kind != "file" {
		return fmt.Sprintf("unknown key %q", kind), secretHint
	}
	name := value.Value
	if value.Kind != yaml.ScalarNode || name == "" {
		return kind + " wants a name", "for example " + example(kind)
	}
	if looksSecret(name) {
		return kind + " wants the name of the place, not the secret itself",
			"move it there, and make a new one in Slack: this one has been in a file that others read"
	}
	if !nameForm(kind).MatchString(name) {
		return "this cannot be the name for " + kind, "for example " + example(kind)
	}
	return "", ""
}

func example(kind string) string {
	switch kind {
	case "credential":
		return "{credential: slack-token}"
	case "env":
		return "{env: SLACK_TOKEN}"
	}
	return "{file: slack-token}"
}

func nameForm(kind string) *regexp.Regexp {
	switch kind {
	case "credential":
		return regexp.MustCompile(`^[A-Za-z0-9_@:-][A-Za-z0-9._@:-]{0,254}$`)
	case "env":
		return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	}
	return regexp.MustCompile(`^[^\x00-\x1f]+$`)
}

// looksSecret knows the forms of Slack's tokens and webhooks.
func looksSecret(s string) bool {
	return strings.HasPrefix(s, "xox") || strings.HasPrefix(s, "xapp-") || strings.Contains(s, "://")
}
