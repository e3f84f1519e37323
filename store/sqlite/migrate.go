package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// steps are the migrations: the n-th file brings a store from version n−1 to n.
// A file that was released is never changed again.
//
//go:embed migrations/*.sql
var steps embed.FS

// latestVersion is the version that this program writes and reads.
func latestVersion() (int, error) {
	files, err := fs.Glob(steps, "migrations/*.sql")
	return len(files), err
}

// migrate brings a store up to the latest version, in one transaction: it is of
// the old version or of the new one, whatever happens in between. Beginning it
// also proves that the store can be written.
func migrate(ctx context.Context, db *sql.DB) error {
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
		step, err := steps.ReadFile(file)
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
