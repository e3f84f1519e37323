package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// create makes a store under another name and gives it its own when it is whole
// and on disk. So a crash while a store is made leaves nothing at its path, and
// an empty file there is never the work of presswatch. The caller has the lock.
func create(ctx context.Context, path string, steps fs.FS) error {
	draft := path + ".new"
	if err := removeDraft(draft); err != nil { // of a process that died here
		return err
	}
	if err := fill(ctx, draft, steps); err != nil {
		return errors.Join(err, removeDraft(draft))
	}
	if _, err := os.Stat(draft + "-wal"); err == nil {
		return errors.Join(fmt.Errorf("make %s: its log could not be folded into it", draft), removeDraft(draft))
	}
	if err := os.Rename(draft, path); err != nil {
		return errors.Join(fmt.Errorf("make it: %w", err), removeDraft(draft))
	}
	return syncFolder(filepath.Dir(path))
}

// fill makes the draft and closes it: whole, on disk, and kept with a log from
// now on.
func fill(ctx context.Context, draft string, steps fs.FS) error {
	db, err := connect(draft, making, 1)
	if err != nil {
		return err
	}
	err = migrate(ctx, db, steps)
	if err == nil {
		_, err = db.ExecContext(ctx, "PRAGMA journal_mode = wal")
	}
	return errors.Join(err, db.Close())
}

func removeDraft(draft string) error {
	for _, rest := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(draft + rest); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("clear %s away: %w", draft+rest, err)
		}
	}
	return nil
}

// syncFolder makes a rename in a folder last through a loss of power.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
