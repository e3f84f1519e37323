package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// steps are the migrations: the n-th file brings a store from version n−1 to n.
// A file that was released is never changed again.
//
//go:embed migrations/*.sql
var steps embed.FS

// latestVersion is the version that a program with these migrations writes.
func latestVersion(steps fs.FS) (int, error) {
	files, err := fs.Glob(steps, "migrations/*.sql")
	return len(files), err
}

// migrate brings a store up to the latest version, in one transaction: it is of
// the old version or of the new one, whatever happens in between. Beginning it
// also proves that the store can be written.
func migrate(ctx context.Context, db *sql.DB, steps fs.FS) error {
	files, err := fs.Glob(steps, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version >= len(files) {
		return nil
	}
	for _, file := range files[version:] {
		step, err := fs.ReadFile(steps, file)
		if err != nil {
			return fmt.Errorf("migration %s: %w", file, err)
		}
		if _, err := tx.ExecContext(ctx, string(step)); err != nil {
			return fmt.Errorf("migration %s: %w", file, err)
		}
	}
	header := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(files))
	if _, err := tx.ExecContext(ctx, header); err != nil {
		return fmt.Errorf("migration to version %d: %w", len(files), err)
	}
	return tx.Commit()
}

// keepOld copies a store that is about to be migrated: the way back to the
// program before, which refuses the migrated one. A copy of the same version
// that is there already is of an upgrade that was taken back, and gives way.
func (s *Store) keepOld(ctx context.Context, version int) error {
	kept := fmt.Sprintf("%s.version-%d", s.path, version)
	draft := kept + ".new"
	if err := removeDraft(draft); err != nil {
		return err
	}
	err := s.copyTo(ctx, draft)
	if err == nil {
		err = os.Rename(draft, kept)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep the store as it was before the upgrade, as %s: %w", kept, err), removeDraft(draft))
	}
	return syncFolder(filepath.Dir(kept))
}
