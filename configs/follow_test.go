package configs_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"presswatch/configs"
)

// TestChangesAreTold changes files as editors do. It waits for events of the real
// file system, with a limit.
func TestChangesAreTold(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("presswatch.yaml", "contact: mailto:a@example.org\nrules: [rules.d/*.yaml]\nsources: [{id: a, language: en, hosts: [a.example], feeds: [{url: \"https://a.example/f\", schedule: \"@every 10m\"}]}]\ndigests: [{id: d, channel: \"#d\", schedule: \"@daily\", rules: [r]}]\n")
	if err := os.Mkdir(filepath.Join(dir, "rules.d"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("rules.d/a.yaml", "rules: [{id: r, match: word}]\n")
	c, mistakes := configs.Load(filepath.Join(dir, "presswatch.yaml"))
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	ctx, cancel := context.WithCancel(t.Context())
	told := make(chan string, 10)
	done := make(chan error)
	known := c.Fingerprint()
	go func() {
		done <- configs.Follow(ctx, known, func() *configs.Config { return c }, func(print string) { told <- print })
	}()
	seen := map[string]bool{known: true}
	for _, change := range []struct {
		name string
		do   func() error
	}{
		{"written in place", func() error {
			return os.WriteFile(filepath.Join(dir, "rules.d/a.yaml"), []byte("rules: [{id: r, match: other}]\n"), 0o600)
		}},
		{"saved by renaming", func() error {
			write("rules.d/.a.swp", "rules: [{id: r, match: third}]\n")
			return os.Rename(filepath.Join(dir, "rules.d/.a.swp"), filepath.Join(dir, "rules.d/a.yaml"))
		}},
		{"saved by renaming once more", func() error {
			write("rules.d/.a.swp", "rules: [{id: r, match: fourth}]\n")
			return os.Rename(filepath.Join(dir, "rules.d/.a.swp"), filepath.Join(dir, "rules.d/a.yaml"))
		}},
		{"a new file", func() error {
			return os.WriteFile(filepath.Join(dir, "rules.d/b.yaml"), []byte("rules: [{id: s, match: word}]\n"), 0o600)
		}},
		{"a file taken away", func() error { return os.Remove(filepath.Join(dir, "rules.d/a.yaml")) }},
		{"the configuration itself", func() error {
			return os.WriteFile(filepath.Join(dir, "presswatch.yaml"), []byte("rules: []\n"), 0o600)
		}},
	} {
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		select {
		case print := <-told:
			if seen[print] {
				t.Errorf("%s: told with a fingerprint that was there before", change.name)
			}
			seen[print] = true
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: not told", change.name)
		}
	}
	if err := os.Chtimes(filepath.Join(dir, "rules.d/b.yaml"), time.Time{}, time.Now()); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if len(told) > 0 {
		t.Error("a new date alone was told")
	}
}
