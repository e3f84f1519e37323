package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// applicationID marks a file as a store of ours, in the header where SQLite and
// file(1) look for it: "pwch".
const applicationID = 0x70776368

// absent reports whether there is nothing at path, and so a store may be made.
// A log without its file is not nothing: the file was taken away, and to make
// a new one beside the old log would mix the two.
//
// Only names are looked at here. To open the file and close it again would drop
// the locks that SQLite has on it in this process.
func absent(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil:
		return false, refuseFile(path, info)
	case !errors.Is(err, fs.ErrNotExist):
		return false, refuse(path, ErrPlace, "cannot be reached", "correct the path or its rights").because(err)
	}
	for _, rest := range []string{"-wal", "-journal"} {
		if info, err := os.Stat(path + rest); err == nil && info.Size() > 0 {
			return false, refuse(path, ErrMissing, "is missing, but its log "+path+rest+" is there",
				"put the file back beside its log; "+restore)
		}
	}
	return true, nil
}

// refuseFile refuses what cannot be a store by its name and size alone.
func refuseFile(path string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return refuse(path, ErrPlace, "is a folder", "name a file in it")
	case !info.Mode().IsRegular():
		return refuse(path, ErrPlace, "is no regular file", "name a file")
	case info.Size() == 0:
		// Never ours: a store is made elsewhere and renamed when it is whole.
		// SQLite would take it for a new database and throw its log away.
		return refuse(path, ErrEmpty, "is empty: what it held is lost or was never there", restore)
	}
	return nil
}

// inspect looks into an existing file, without changing it, tells the version of
// the store in it, and refuses what a program that knows the latest cannot use.
func inspect(ctx context.Context, path string, latest int) (version int, err error) {
	db, err := connect(path, probing, 1)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	var id, objects int
	err = db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).Scan(&id, &version, &objects)
	if err != nil {
		return 0, refuseOpening(path, err)
	}
	switch {
	case id == 0 && objects == 0:
		return version, refuse(path, ErrEmpty, "is an SQLite database without anything in it", restore)
	case id != applicationID:
		return version, refuse(path, ErrForeign, "belongs to another program", "correct the path; presswatch needs a file of its own")
	case version > latest:
		return version, refuse(path, ErrNewer, fmt.Sprintf("was written by a later presswatch (version %d, this one knows %d)", version, latest),
			fmt.Sprintf("run the later presswatch, or put the copy back that the upgrade made: presswatch restore %s.version-%d", path, latest))
	case version < 1 || objects == 0:
		return version, refuse(path, ErrDamaged, fmt.Sprintf("has a damaged header (version %d, %d tables)", version, objects), restore)
	}
	return version, nil
}

// touch reads the last row of every table: a walk down the right edge of each
// tree, in constant time.
func touch(ctx context.Context, db *sql.DB) error {
	for _, q := range []string{
		`SELECT id FROM sources ORDER BY id DESC LIMIT 1`,
		`SELECT id FROM feeds ORDER BY id DESC LIMIT 1`,
		`SELECT id FROM articles ORDER BY id DESC LIMIT 1`,
		`SELECT article FROM addresses ORDER BY hash DESC LIMIT 1`,
		`SELECT id FROM revisions ORDER BY id DESC LIMIT 1`,
		`SELECT id FROM matches ORDER BY id DESC LIMIT 1`,
		`SELECT id FROM batches ORDER BY id DESC LIMIT 1`,
		`SELECT id FROM findings ORDER BY id DESC LIMIT 1`,
		`SELECT id FROM deliveries ORDER BY id DESC LIMIT 1`,
		`SELECT until FROM pauses ORDER BY channel DESC LIMIT 1`,
		`SELECT at FROM notes ORDER BY subject DESC LIMIT 1`,
		`SELECT at FROM slots ORDER BY digest DESC LIMIT 1`,
	} {
		var n int64
		if err := db.QueryRowContext(ctx, q).Scan(&n); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}
