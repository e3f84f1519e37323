package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"presswatch/store"
)

// Store is a store in one SQLite file.
type Store struct {
	path    string
	lock    *lock   // nil when opened by OpenReader
	writer  *sql.DB // one connection; nil when opened by OpenReader
	readers *sql.DB
	press   press
}

var _ store.Store = (*Store)(nil)

// readerConns bounds the connections that read beside the writer.
const readerConns = 4

// Open opens the store at path for writing and makes it when nothing is there;
// its folder must exist. It brings an older store up to this version. One
// process at a time may have a store open so: the second is told ErrInUse, and
// who the first is. A file that cannot be used is left as it is, and the error
// is a *Refusal, which says what to do.
//
// Opening costs the same whether the store is small or large: it looks at the
// edges of the tables, not through them.
//
// Before an older store is changed it is copied, to its path and ".version-" and
// the old version's number.
func Open(ctx context.Context, path string) (*Store, error) {
	return openWith(ctx, path, steps)
}

// openWith is Open for a program whose migrations are these.
func openWith(ctx context.Context, path string, steps fs.FS) (*Store, error) {
	path, err := resolve(path)
	if err != nil {
		return nil, err
	}
	lock, err := acquire(path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, lock: lock}
	if err := s.open(ctx, steps); err != nil {
		return nil, errors.Join(refuseOpening(path, err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, steps fs.FS) error {
	if err := s.prepare(ctx, steps); err != nil {
		return err
	}
	var err error
	if s.writer, err = connect(s.path, writing, 1); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer, steps); err != nil {
		return err
	}
	return s.openReaders(ctx)
}

// prepare sees to it that there is a store that may be opened and migrated.
func (s *Store) prepare(ctx context.Context, steps fs.FS) error {
	fresh, err := absent(s.path)
	if err != nil {
		return err
	}
	if fresh {
		return create(ctx, s.path, steps)
	}
	latest, err := latestVersion(steps)
	if err != nil {
		return err
	}
	version, err := inspect(ctx, s.path, latest)
	if err == nil && version < latest {
		err = s.keepOld(ctx, version)
	}
	return err
}

// OpenReader opens the store at path for reading alone, beside a process that
// may be writing it: for status, explain and the like. It never makes or
// changes a store, and writes through it fail with ErrReadOnly.
func OpenReader(ctx context.Context, path string) (*Store, error) {
	return beside(ctx, path, (*Store).openReaders)
}

// OpenBeside opens the store at path for an operator's few words (to retry a
// delivery, to silence a rule), whether or not the daemon has it open: it takes no
// lock, and SQLite puts its writes between the daemon's. It neither makes a store
// nor migrates one.
func OpenBeside(ctx context.Context, path string) (*Store, error) {
	return beside(ctx, path, func(s *Store, ctx context.Context) (err error) {
		if s.writer, err = connect(s.path, writing, 1); err != nil {
			return err
		}
		return s.openReaders(ctx)
	})
}

// beside opens a store that is there and up to date, without its lock.
func beside(ctx context.Context, path string, open func(*Store, context.Context) error) (*Store, error) {
	path, err := resolve(path)
	if err != nil {
		return nil, err
	}
	fresh, err := absent(path)
	if err != nil {
		return nil, err
	}
	if fresh {
		return nil, refuse(path, ErrMissing, "does not exist",
			"correct the path, or run presswatch once to make it")
	}
	s := &Store{path: path}
	if err = current(ctx, path, steps); err == nil {
		err = open(s, ctx)
	}
	if err != nil {
		return nil, errors.Join(refuseOpening(path, err), s.Close())
	}
	return s, nil
}

// current refuses a store that only a migration would make readable: a reader
// changes nothing.
func current(ctx context.Context, path string, steps fs.FS) error {
	latest, err := latestVersion(steps)
	if err != nil {
		return err
	}
	version, err := inspect(ctx, path, latest)
	if err == nil && version < latest {
		err = refuse(path, ErrOlder, fmt.Sprintf("was written by an earlier presswatch (version %d, this one reads %d)", version, latest),
			"start this presswatch (run, or once): it copies the store and brings it up to date")
	}
	return err
}

// openReaders opens the reading pool and touches the edge of every table, so
// that coarse damage is told at the start and not in the middle of the night.
func (s *Store) openReaders(ctx context.Context) error {
	var err error
	if s.readers, err = connect(s.path, reading, readerConns); err != nil {
		return err
	}
	return touch(ctx, s.readers)
}

// Close waits for calls under way and releases the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer} { // the writer last: it folds the log into the file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("database %s: close: %w", s.path, err)
	}
	return nil
}

// resolve makes a path absolute and follows links, so that one store has one
// lock whatever name it is called by.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("database %s: %w", path, err)
	}
	if _, err := os.Lstat(abs); err == nil {
		real, err := filepath.EvalSymlinks(abs)
		if err != nil {
			return "", refuse(abs, ErrPlace, "is a link that leads nowhere", "correct the link or the path").because(err)
		}
		return real, nil
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return "", refuse(abs, ErrPlace, "lies in a folder that cannot be reached",
			"make the folder, or correct the path").because(err)
	}
	return filepath.Join(dir, filepath.Base(abs)), nil
}
