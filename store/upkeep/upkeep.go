// Package upkeep says how a store is kept in order while nobody looks: when it is
// copied, which copies are kept, and which texts are forgotten.
//
// # Copies
//
// A copy's file is named after the slot of the schedule that it was made for, so
// the folder itself tells which slot is done: no second book can disagree with
// it, and a slot missed while the machine was off is made up once. Older copies
// are removed only after a new one is whole; what is not named like a copy is
// never touched.
//
// # Forgetting
//
// By age or by size only texts are forgotten, never that there was an article:
// what keeps a thing from being told twice costs some hundred bytes, its text
// ten times as many. See the method Forget of package store.
//
// # Alternatives considered
//
// Copies by cron and a shell: they do not know whether a copy is sound, and the
// service's store is readable by root alone. Several generations (daily, weekly,
// monthly): a desk that wants them keeps the folder by its own backup, which has
// them already.
package upkeep

import (
	"fmt"
	"path/filepath"
	"time"

	"presswatch/watcher/feed"
	"presswatch/watcher/schedule"
)

// DefaultKeep is how many copies are kept where the configuration names no number.
const DefaultKeep = 7

// leastAge is the age, in days, below which no text is forgotten: copies and
// events are found among the articles of the last days.
const leastAge = 30

// LeastAge is the age below which no text is forgotten, whatever the store's size.
const LeastAge = leastAge * 24 * time.Hour

// Backup is the key `backup`: scheduled copies of the store.
type Backup struct {
	// Folder holds the copies; it is made when it is missing. A relative path
	// starts at the configuration's folder.
	Folder string `yaml:"folder"`
	// Schedule says when a copy is made, in the time zone of the configuration.
	Schedule schedule.Schedule `yaml:"schedule"`
	// Keep is how many copies are kept, the newest. 0 means DefaultKeep.
	Keep int `yaml:"keep"`
}

// IsZero reports whether no copies are wanted.
func (b Backup) IsZero() bool { return b == Backup{} }

// Check reports what is missing or cannot be.
func (b Backup) Check(report func(key, message, hint string)) {
	if b.Folder == "" {
		report("", "copies of the store without a folder", "such as folder: backups; best on another disk")
	}
	if b.Schedule.IsZero() {
		report("", "copies of the store without a schedule", `such as schedule: "30 3 * * *"`)
	}
	if b.Keep < 0 {
		report("keep", fmt.Sprintf("%d copies cannot be kept", b.Keep), fmt.Sprintf("leave it out for %d", DefaultKeep))
	}
}

// In resolves the folder against the configuration's.
func (b Backup) In(dir string) Backup {
	if b.Folder != "" && !filepath.IsAbs(b.Folder) {
		b.Folder = filepath.Join(dir, b.Folder)
	}
	return b
}

// Retention is the key `retention`: which texts are forgotten. A zero field
// forgets none.
type Retention struct {
	// Age is the age beyond which a text is forgotten, by its article's date.
	Age time.Duration `yaml:"age"`
	// Size is what the store may hold; beyond it the oldest texts are forgotten,
	// down to an age of LeastAge.
	Size feed.Size `yaml:"size"`
}

// Check reports values under which the program would lose what it works with.
func (r Retention) Check(report func(key, message, hint string)) {
	if r.Age != 0 && r.Age < LeastAge {
		report("age", fmt.Sprintf("texts are needed for longer than %v", r.Age), fmt.Sprintf("at least %dd; leave it out to keep all", leastAge))
	}
	if r.Size != 0 && r.Size < 64*feed.MiB {
		report("size", fmt.Sprintf("a store of %v is too small to work with", r.Size), "at least 64MiB; leave it out to keep all")
	}
}

// Config is all of upkeep.
type Config struct {
	Backup    Backup
	Retention Retention
}
