package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// Why a store is refused or a call could not be done. Refusal and the errors of
// calls wrap these.
var (
	ErrInUse    = errors.New("in use")       // another process has it open for writing
	ErrMissing  = errors.New("missing")      // there is no such file
	ErrPlace    = errors.New("bad place")    // a folder, a read-only place, no rights
	ErrEmpty    = errors.New("empty")        // a file without a store in it
	ErrForeign  = errors.New("foreign")      // not a database, or another program's
	ErrDamaged  = errors.New("damaged")      // torn, truncated, overwritten
	ErrNewer    = errors.New("newer")        // written by a later version
	ErrOlder    = errors.New("older")        // written by an earlier version, and opened for reading alone
	ErrReadOnly = errors.New("read-only")    // a write on what OpenReader opened
	ErrFull     = errors.New("no room left") // the disk, or a quota
)

// Refusal says why a database is not opened, and what to do about it. Nothing
// was changed.
type Refusal struct {
	Path string
	Kind error  // one of the Err… of this package
	What string // what was found
	Do   string // what the operator can do
	Err  error  // the cause below, if any
}

// Error is one line: the file, what was found, what to do.
func (r *Refusal) Error() string {
	cause := ""
	if r.Err != nil {
		cause = " (" + r.Err.Error() + ")"
	}
	return fmt.Sprintf("database %s %s%s: %s", r.Path, r.What, cause, r.Do)
}

// Unwrap yields the kind and the cause.
func (r *Refusal) Unwrap() []error {
	if r.Err == nil {
		return []error{r.Kind}
	}
	return []error{r.Kind, r.Err}
}

const restore = "stop presswatch and put the last good copy back (presswatch restore FILE); " +
	"only when there is none, move the file and its -wal and -shm away to begin anew, " +
	"and know that articles still in the feeds will then be told again"

func refuse(path string, kind error, what, do string) *Refusal {
	return &Refusal{Path: path, Kind: kind, What: what, Do: do}
}

func (r *Refusal) because(err error) *Refusal {
	r.Err = err
	return r
}

// refuseOpening turns what SQLite said while a file was opened into a Refusal.
func refuseOpening(path string, err error) error {
	var already *Refusal
	if errors.As(err, &already) {
		return err
	}
	switch primary(err) {
	case codes.SQLITE_NOTADB:
		return refuse(path, ErrForeign, "is no SQLite database",
			"correct the path; if it was the store, "+restore).because(err)
	case codes.SQLITE_CORRUPT:
		return refuse(path, ErrDamaged, "is damaged", restore).because(err)
	case codes.SQLITE_CANTOPEN, codes.SQLITE_PERM, codes.SQLITE_READONLY:
		return refuse(path, ErrPlace, "cannot be opened",
			"the file, its -wal and -shm, and their folder must be readable and writable for this user").because(err)
	case codes.SQLITE_FULL:
		return refuse(path, ErrFull, "has no room on its disk", "make room and start again").because(err)
	case codes.SQLITE_BUSY:
		return refuse(path, ErrInUse, "is locked by another program",
			"end that program, or wait for it").because(err)
	}
	return fmt.Errorf("database %s: open: %w", path, err)
}

// advise adds to an error of a running store what its kind is and what to do.
func advise(err error) error {
	switch primary(err) {
	case codes.SQLITE_FULL:
		return fmt.Errorf("%w (%w: make room; nothing acknowledged is lost, and work goes on without a restart)", err, ErrFull)
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("%w (%w: %s)", err, ErrDamaged, restore)
	case codes.SQLITE_READONLY:
		return fmt.Errorf("%w (%w: the place of the store has become read-only)", err, ErrPlace)
	}
	if errors.Is(err, errPacked) {
		return fmt.Errorf("%w (%w: %s)", err, ErrDamaged, restore)
	}
	return err
}

// primary is SQLite's primary result code of an error, 0 for others. Room that
// runs out while the shared index or a sync grows the file comes as an I/O
// error of its own kind, and is told as what it is.
func primary(err error) int {
	var e *driver.Error
	if !errors.As(err, &e) {
		return 0
	}
	if e.Code() == codes.SQLITE_IOERR_SHMSIZE {
		return codes.SQLITE_FULL
	}
	return e.Code() & 0xff
}
