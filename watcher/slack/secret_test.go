package slack_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"presswatch/watcher/slack"
	"presswatch/watcher/strict"
)

func TestMistakesInTheConfiguration(t *testing.T) {
	tests := []struct{ name, yaml, want string }{
		{"a secret in clear", "token: xoxb-1", "a.yaml:1:8: a secret does not belong in this file"},
		{"a quoted secret", `token: "xoxb-1"`, "a.yaml:1:8: a secret does not belong in this file"},
		{"no secret", "token:", "a.yaml:1:7: no secret is named"},
		{"a list", "token: [a]", "a.yaml:1:8: exactly one of credential, env and file is wanted"},
		{"no place", "token: {}", "a.yaml:1:8: exactly one of credential, env and file is wanted"},
		{"two places", "token: {env: A, file: b}", "a.yaml:1:8: exactly one of credential, env and file is wanted"},
		{"an unknown place", "token: {vault: a}", `a.yaml:1:9: unknown key "vault"`},
		{"a place without a name", `token: {env: ""}`, "a.yaml:1:14: env wants a name"},
		{"the secret as the name", "token: {env: xoxb-1}", "a.yaml:1:14: env wants the name of the place, not the secret itself"},
		{"the address as the file", "webhook: {file: 'https://hooks.example.org/x'}", "a.yaml:1:17: file wants the name of the place, not the secret itself"},
		{"a credential that leads out", "token: {credential: ../x}", "a.yaml:1:21: this cannot be the name for credential"},
		{"an impossible variable", "token: {env: A-B}", "a.yaml:1:14: this cannot be the name for env"},
		{"both ways to post", "token: {env: A}\nwebhook: {env: B}", "a.yaml:2:10: both a token and a webhook are given"},
		{"an address without a scheme", "api_url: slack.com/api", "a.yaml:1:10: an address that begins with https:// is wanted"},
		{"an address with a user", "api_url: https://a:b@slack.com/", "a.yaml:1:10: the address may not hold a user, a query or a fragment"},
		{"a third choice", "when_unclear: guess", `a.yaml:1:15: unknown choice "guess": resend (a message in doubt may come twice, the second marked) or drop (it may be lost, and you are told)`},
		{"a timeout longer than the settle time allows", "timeout: 2m", "a.yaml:1:10: timeout 2m0s is not between 1s and 1m0s"},
		{"a good one", "token: {credential: slack-token}\napi_url: https://slack.com/api/\nwhen_unclear: drop\ntimeout: 30s", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var cfg slack.Config
			mistakes := strict.Decode(strict.File{Name: "a.yaml", Data: []byte(tt.yaml)}, &cfg)
			if got := mistakes.Error(); got != tt.want {
				t.Errorf("told\n%s\nwant\n%s", got, tt.want)
			}
			for _, m := range mistakes {
				if m.Hint == "" && !strings.Contains(m.Message, "unknown choice") && !strings.Contains(m.Message, "user, a query") {
					t.Errorf("no hint for %q", m.Message)
				}
			}
		})
	}
}

func resolve(t *testing.T, text, dir string, env map[string]string) (slack.Config, error) {
	t.Helper()
	cfg, mistakes := slack.Config{}, strict.Mistakes(nil)
	if mistakes = strict.Decode(strict.File{Name: "a.yaml", Data: []byte(text)}, &cfg); len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	return cfg.Resolve(func(name string) string { return env[name] }, dir)
}

func TestSecretsAreReadFromTheirPlaces(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("slack-token", "  xoxb-from-file\n")
	write("empty", " \n")
	write("two", "xoxb-1\nxoxb-2\n")
	write("large", strings.Repeat("x", 5000))
	write("hook", "hooks.example.org/very-secret")
	env := map[string]string{"SLACK_TOKEN": "xoxb-from-env\n", "APP": "xapp-1-very-secret", "CREDENTIALS_DIRECTORY": dir}
	tests := []struct{ name, yaml, want, err string }{
		{"a credential", "token: {credential: slack-token}", "xoxb-from-file", ""},
		{"a variable", "token: {env: SLACK_TOKEN}", "xoxb-from-env", ""},
		{"a file beside the configuration", "token: {file: slack-token}", "xoxb-from-file", ""},
		{"a file by its whole path", "token: {file: " + dir + "/slack-token}", "xoxb-from-file", ""},
		{"no secret at all", "timeout: 5s", "", ""},
		{"a missing credential", "token: {credential: gone}", "", "credential gone is not in " + dir + ": the service unit needs LoadCredential=gone:/path/to/the/file"},
		{"a missing variable", "token: {env: GONE}", "", "environment variable GONE is not set or empty"},
		{"a missing file", "token: {file: gone}", "", "file " + dir + "/gone does not exist: put the secret there"},
		{"a folder", "token: {file: .}", "", "is a directory"},
		{"an empty credential", "token: {credential: empty}", "", "credential empty is empty"},
		{"an empty file", "token: {file: empty}", "", "is empty: put the secret there"},
		{"two secrets", "token: {file: two}", "", "holds more than one word"},
		{"a large file", "token: {file: large}", "", "larger than 4096 bytes"},
		{"an app-level token", "token: {env: APP}", "", "app-level token"},
		{"a webhook without a scheme", "webhook: {file: hook}", "", "does not hold the address of a webhook"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg, err := resolve(t, tt.yaml, dir, env)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if err != nil && strings.Contains(err.Error(), "very-secret") {
				t.Errorf("the error tells the secret: %v", err)
			}
			if got := cfg.Token.Reveal(); got != tt.want {
				t.Errorf("the token is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestACredentialOutsideSystemdSaysWhatToDo(t *testing.T) {
	_, err := resolve(t, "token: {credential: slack-token}", "", nil)
	if err == nil || !strings.Contains(err.Error(), "LoadCredential=slack-token:") || !strings.Contains(err.Error(), "{env: NAME}") {
		t.Errorf("error %v", err)
	}
}

func TestASecretPrintsAsItsMask(t *testing.T) {
	s := slack.Literal("very-secret")
	type holder struct{ s slack.Secret }
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s, "pointer", &s, "in", holder{s})
	asJSON, _ := json.Marshal(map[string]any{"a": s, "b": &s})
	asYAML, err := yaml.Marshal(map[string]any{"a": s})
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T", "%p"} {
		fmt.Fprintf(&log, verb+verb+verb+"\n", s, &s, holder{s})
	}
	all := log.String() + string(asJSON) + string(asYAML)
	if strings.Contains(all, "very-secret") || strings.Contains(all, "766572792d736563726574") {
		t.Errorf("told: %s", all)
	}
	if string(asJSON) != `{"a":"\u003csecret\u003e","b":"\u003csecret\u003e"}` || s.String() != "<secret>" {
		t.Errorf("JSON is %s, String is %s", asJSON, s)
	}
}
