package sqlite

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// lock holds the right to write a store: an flock on a file beside it. The
// kernel lets go of it when the process ends, however it ends. The file stays:
// removing it would let two processes lock two files of one name.
//
// Not the database file itself, because closing any descriptor of that file
// would drop the locks SQLite has on it.
type lock struct{ file *os.File }

// acquire takes the lock of a database, or says who has it.
func acquire(path string) (*lock, error) {
	name := path + ".lock"
	file, err := openLock(name)
	if err != nil {
		return nil, refuse(path, ErrPlace, "cannot be locked",
			"its folder must exist and be writable for this user").because(err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		holder := readHolder(file)
		file.Close()
		return nil, refuse(path, ErrInUse, "is in use by another presswatch"+holder,
			"only one may write it: stop that one first, or ask it (status and explain work beside it)")
	}
	if err != nil {
		file.Close()
		return nil, refuse(path, ErrPlace, "cannot be locked",
			"its file system must support flock").because(err)
	}
	writeHolder(file)
	return &lock{file: file}, nil
}

// openLock opens the lock file, for reading alone where another user made it:
// that is enough to lock it.
func openLock(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if errors.Is(err, os.ErrPermission) {
		return os.Open(name)
	}
	return file, err
}

// readHolder is " (process N)" as the holder wrote it, or "".
func readHolder(file *os.File) string {
	b, err := io.ReadAll(io.LimitReader(file, 20))
	if err != nil {
		return ""
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}

// writeHolder notes the process for the reader of a refusal. The lock holds
// whether or not the note can be written.
func writeHolder(file *os.File) {
	if file.Truncate(0) == nil {
		file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
}

func (l *lock) release() error { return l.file.Close() }
