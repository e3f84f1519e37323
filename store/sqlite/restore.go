package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// Restore puts a copy of a store, as Backup makes it, in the place of the store
// at path. The copy is read through first, and refused like any store that
// cannot be used. What was at path is kept beside it, with its log, under the
// name that is returned ("" when nothing was there). A store that is open for
// writing is not replaced: ErrInUse.
//
// Restoring is more than copying a file: a log that stays behind from the old
// file would be read into the new one.
func Restore(ctx context.Context, copied, path string, now time.Time) (kept string, err error) {
	if copied, err = filepath.Abs(copied); err != nil {
		return "", fmt.Errorf("restore %s: %w", copied, err)
	}
	if path, err = resolve(path); err != nil {
		return "", err
	}
	lock, err := acquire(path)
	if err != nil {
		return "", err
	}
	defer lock.release()
	if err := usable(ctx, copied); err != nil {
		return "", err
	}
	draft := path + ".new"
	if err := removeDraft(draft); err != nil {
		return "", err
	}
	if err := duplicate(copied, draft, path); err != nil {
		return "", errors.Join(fmt.Errorf("copy %s to %s: %w", copied, draft, err), removeDraft(draft))
	}
	if kept, err = setAside(path, now); err != nil {
		return kept, errors.Join(err, removeDraft(draft))
	}
	if err := os.Rename(draft, path); err != nil {
		return kept, fmt.Errorf("put %s into its place: %w", draft, err)
	}
	return kept, syncFolder(filepath.Dir(path))
}

// usable refuses a copy that this version could not open, or that is damaged.
func usable(ctx context.Context, copied string) error {
	info, err := os.Stat(copied)
	if err != nil {
		return refuse(copied, ErrMissing, "cannot be read", "name a copy made by presswatch backup").because(err)
	}
	if err := refuseFile(copied, info); err != nil {
		return err
	}
	if log, err := os.Stat(copied + "-wal"); err == nil && log.Size() > 0 {
		return refuse(copied, ErrForeign, "has a log beside it: it is no copy but a store somebody works on",
			"make a copy of it with presswatch backup, and restore that")
	}
	latest, err := latestVersion(steps)
	if err != nil {
		return err
	}
	if _, err := inspect(ctx, copied, latest); err != nil {
		return refuseOpening(copied, err)
	}
	return readThrough(ctx, copied)
}

// duplicate copies a file and puts it on disk, for the user who owns the store,
// or the folder where there is none: root restores what a service must write.
func duplicate(from, to, like string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	info, err := os.Stat(like)
	if errors.Is(err, fs.ErrNotExist) {
		info, err = os.Stat(filepath.Dir(like))
	}
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 {
		if err := out.Chown(int(owner.Uid), int(owner.Gid)); err != nil {
			return err
		}
	}
	return out.Sync()
}

// parts are what SQLite may have beside a database; the database comes last.
func parts(path string) []string {
	return []string{path + "-wal", path + "-shm", path + "-journal", path}
}

// setAside renames a store and its log, whatever state they are in: the file
// without its log is behind by what the log holds, so both keep one name.
func setAside(path string, now time.Time) (kept string, err error) {
	free := path + ".before-" + now.UTC().Format("20060102T150405Z")
	for n := 2; slices.ContainsFunc(parts(free), exists); n++ {
		free = fmt.Sprintf("%s.before-%s-%d", path, now.UTC().Format("20060102T150405Z"), n)
	}
	for i, part := range parts(path) {
		if !exists(part) {
			continue
		}
		kept = free
		if err := os.Rename(part, parts(free)[i]); err != nil {
			return kept, fmt.Errorf("keep %s: %w", part, err)
		}
	}
	return kept, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
