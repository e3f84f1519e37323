package upkeep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// copyName is the name of a copy, or of the draft that a process left when it
// died: a slot without its colons.
var copyName = regexp.MustCompile(`^presswatch-\d{4}-\d\d-\d\dT\d{4}(\d\dZ)?\.db(\.new(-wal|-shm|-journal)?)?$`)

// Due is the file that has to be written by now, and why: the copy for the last
// slot of the schedule, unless it or a later one is there. "" means none.
func (b Backup) Due(now time.Time, zone *time.Location) (file, reason string, err error) {
	slot, _ := b.Schedule.Last(now, zone)
	if b.IsZero() || slot == "" {
		return "", "no copies are wanted", nil
	}
	wanted := "presswatch-" + strings.ReplaceAll(slot, ":", "") + ".db"
	copies, _, err := b.list()
	if err != nil {
		return "", "", err
	}
	if len(copies) > 0 && copies[len(copies)-1] >= wanted {
		return "", copies[len(copies)-1] + " is there", nil
	}
	if len(copies) == 0 {
		return filepath.Join(b.Folder, wanted), "there is no copy yet", nil
	}
	return filepath.Join(b.Folder, wanted), "the newest copy is " + copies[len(copies)-1], nil
}

// Next is when the next copy is due, zero when never.
func (b Backup) Next(now time.Time, zone *time.Location) time.Time {
	if b.IsZero() {
		return time.Time{}
	}
	return b.Schedule.Next(now, zone)
}

// Make makes the folder, has one write the copy, and then removes those that are
// too many, the oldest first, and the drafts of processes that died. removed
// names them.
func (b Backup) Make(file string, write func(file string) error) (removed []string, err error) {
	if err := os.MkdirAll(b.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the copies: %w", err)
	}
	if err := write(file); err != nil {
		return nil, err
	}
	copies, drafts, err := b.list()
	if err != nil {
		return nil, err
	}
	keep := b.Keep
	if keep == 0 {
		keep = DefaultKeep
	}
	for _, name := range append(drafts, copies[:max(len(copies)-keep, 0)]...) {
		if err := os.Remove(filepath.Join(b.Folder, name)); err != nil {
			return removed, fmt.Errorf("remove an old copy: %w", err)
		}
		removed = append(removed, name)
	}
	return removed, nil
}

// list names the copies in the folder, oldest first, and the drafts beside them.
func (b Backup) list() (copies, drafts []string, err error) {
	entries, err := os.ReadDir(b.Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("the folder of the copies: %w", err)
	}
	for _, e := range entries {
		switch {
		case !e.Type().IsRegular() || !copyName.MatchString(e.Name()):
		case strings.HasSuffix(e.Name(), ".db"):
			copies = append(copies, e.Name())
		default:
			drafts = append(drafts, e.Name())
		}
	}
	slices.Sort(copies)
	return copies, drafts, nil
}
