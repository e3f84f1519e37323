package slack

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxSecret is more than any token is long: a larger file is not a secret.
const maxSecret = 4096

// ErrNoCredentials is wrapped by the error about a {credential: NAME} where no
// service manager gave this process any credentials at all.
var ErrNoCredentials = errors.New("there is no $CREDENTIALS_DIRECTORY")

// Resolve reads the secret from where the configuration says it is. getenv is the
// environment, dir what a relative file path starts at. White space around it is
// dropped. The zero Secret and a Literal resolve to themselves. Errors name the
// place and what to do there.
func (s Secret) Resolve(getenv func(string) string, dir string) (Secret, error) {
	var text string
	var err error
	switch s.kind {
	case "", "given":
		return s, nil
	case "env":
		text, err = fromEnv(s.name, getenv)
	case "credential":
		text, err = fromCredential(s.name, getenv("CREDENTIALS_DIRECTORY"))
	default:
		text, err = fromFile(s.name, dir)
	}
	if err != nil {
		return Secret{}, err
	}
	if strings.ContainsAny(text, " \t\r\n\x00") {
		return Secret{}, fmt.Errorf("%s %s holds more than one word: leave nothing there but the secret", s.kind, s.name)
	}
	s.text = &text
	return s, nil
}

func fromEnv(name string, getenv func(string) string) (string, error) {
	text := strings.TrimSpace(getenv(name))
	if text == "" {
		return "", fmt.Errorf("environment variable %s is not set or empty: set it for this process, or keep the secret in a file and say {file: PATH}", name)
	}
	return text, nil
}

func fromCredential(name, folder string) (string, error) {
	if folder == "" {
		return "", fmt.Errorf("credential %s: %w: the service unit needs LoadCredential=%s:/path/to/the/file; outside systemd say {env: NAME} or {file: PATH}", name, ErrNoCredentials, name)
	}
	text, err := readSecret(filepath.Join(folder, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("credential %s is not in %s: the service unit needs LoadCredential=%s:/path/to/the/file", name, folder, name)
	case err != nil:
		return "", fmt.Errorf("credential %s: %w", name, err)
	case text == "":
		return "", fmt.Errorf("credential %s is empty: put the secret into the file that LoadCredential=%s:… names", name, name)
	}
	return text, nil
}

func fromFile(path, dir string) (string, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	text, err := readSecret(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("file %s does not exist: put the secret there, readable by this user alone", path)
	case err != nil:
		return "", fmt.Errorf("file %s: %w", path, err)
	case text == "":
		return "", fmt.Errorf("file %s is empty: put the secret there", path)
	}
	return text, nil
}

// readSecret reads a small file; its errors name no path, the callers do.
func readSecret(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", withoutPath(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", withoutPath(err)
	}
	if len(raw) > maxSecret {
		return "", fmt.Errorf("larger than %d bytes: this is not a secret of Slack's", maxSecret)
	}
	return strings.TrimSpace(string(raw)), nil
}

func withoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
