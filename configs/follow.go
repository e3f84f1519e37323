package configs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// An editor writes a file in several steps: what changed is looked at when
	// nothing has changed for a moment.
	quiet = 200 * time.Millisecond

	// A change that no event tells of (a symbolic link that was turned, a remote
	// folder, a machine out of watches) is found by looking.
	lookAgain = time.Minute
)

// Files lists the configuration file and the rule files that it names now, in
// order of their names.
func (c *Config) Files() []string {
	files := []string{c.Path}
	for _, pattern := range c.RuleGlob {
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(c.Dir, pattern)
		}
		if found, err := filepath.Glob(pattern); err == nil {
			files = append(files, found...)
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// Fingerprint tells one state of the files from another, by their names and
// contents.
func (c *Config) Fingerprint() string {
	sum := sha256.New()
	for _, file := range c.Files() {
		data, err := os.ReadFile(file)
		if err != nil {
			data = []byte(err.Error())
		}
		part := sha256.Sum256(data)
		sum.Write([]byte(file + "\x00"))
		sum.Write(part[:])
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// Follow tells of every change of the files that current names since they had the
// known fingerprint, until ctx ends: changed is called with the new one. It watches folders, not files: an
// editor that saves by renaming leaves a watched file behind. Without watches (an
// error of the system) it still looks once a minute.
func Follow(ctx context.Context, known string, current func() *Config, changed func(fingerprint string)) error {
	watches, err := fsnotify.NewWatcher()
	if err != nil {
		watches = &fsnotify.Watcher{} // its channels are nil and never speak
	} else {
		defer watches.Close()
	}
	timer := time.NewTimer(quiet) // what changed before the watches stood is found at once
	defer timer.Stop()
	for {
		if err == nil {
			watchFolders(watches, current())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-watches.Events:
			timer.Reset(quiet)
			continue
		case <-watches.Errors:
			continue // what was missed is found by looking
		case <-timer.C:
			timer.Reset(lookAgain)
		}
		if now := current().Fingerprint(); now != known {
			known = now
			changed(now)
		}
	}
}

// watchFolders watches the folders of all files; one that is watched already, or
// cannot be, is left as it is.
func watchFolders(watches *fsnotify.Watcher, c *Config) {
	folders := []string{c.Dir}
	for _, pattern := range c.RuleGlob {
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(c.Dir, pattern)
		}
		folders = append(folders, filepath.Dir(pattern))
	}
	for _, folder := range folders {
		_ = watches.Add(folder)
	}
}
