package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the store to a path at which there is nothing. The
// copy is one state of the store, as after some transaction, whatever is written
// meanwhile; it is checked as a whole and on disk before it has its name. What
// stands at the path already is left alone, and the error is fs.ErrExist.
func (s *Store) Backup(ctx context.Context, to string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return fmt.Errorf("copy the store to %s: %w", to, err)
	}
	if _, err := os.Lstat(to); err == nil {
		return &Refusal{Path: to, Kind: fs.ErrExist, What: "is there already, and a copy replaces nothing", Do: "name a new file"}
	}
	draft := to + ".new"
	if err := removeDraft(draft); err != nil { // of a process that died here
		return fmt.Errorf("copy the store to %s: %w", to, err)
	}
	err = s.copyTo(ctx, draft)
	if err == nil {
		err = settle(draft, to)
	}
	if err != nil {
		err = fmt.Errorf("copy the store to %s: %w", to, advise(err))
	}
	return errors.Join(err, removeDraft(draft))
}

// copyTo writes a copy that has no name yet that anybody relies on. VACUUM INTO
// reads one state of the store and every page of it, so it meets damage before
// a good copy is thrown away for a bad one; the check reads what came of it.
func (s *Store) copyTo(ctx context.Context, draft string) error {
	db, err := connect(s.path, probing, 1) // the others are query_only, which VACUUM takes for a write
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", draft); err != nil {
		return err
	}
	return readThrough(ctx, draft)
}

// readThrough reads a store through and refuses it if anything in it is damaged.
func readThrough(ctx context.Context, path string) error {
	db, err := connect(path, probing, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var first string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&first); err != nil {
		return refuseOpening(path, err)
	}
	if first != "ok" {
		return refuse(path, ErrDamaged, "is damaged: "+first, restore)
	}
	return nil
}

// settle puts a draft on the disk and gives it its name, unless somebody else
// took that meanwhile: a link does not replace, a rename does.
func settle(draft, to string) error {
	f, err := os.Open(draft) // no store is open under this name, so no lock of SQLite's is dropped
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(draft, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}
