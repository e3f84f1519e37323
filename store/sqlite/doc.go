// Package sqlite keeps a store in one SQLite file. Its contract is package
// store; storetest proves that it is kept. This text says how the file lives.
//
// # What a commit is worth
//
// The journal is a write-ahead log and synchronous is FULL: a call returns when
// what it wrote is on the disk, so neither kill -9 nor a loss of power takes it
// back. Transactions are immediate: they have the write lock before they read,
// and what they read stays true until they commit. All of this stands in the
// address of every connection and is read back on every connection, because a
// PRAGMA reaches only the one that executes it, and a misspelt one is ignored.
//
// When the disk is full a call fails whole (ErrFull); nothing acknowledged is
// lost, and calls succeed again once there is room. When a commit itself fails,
// its change is not seen in this process, but might be found done after a crash.
// That is why all calls can be repeated: a second Record, Enqueue or Confirm of
// the same thing changes nothing.
//
// # Who may open it
//
// Open takes a lock (flock on the file's name with ".lock") for as long as the
// process lives: one process writes a store. The kernel releases it at death,
// so there is nothing stale to clean up. OpenReader takes no lock and may stand
// beside the writer; OpenBeside may even write there, an operator's few words, one
// short transaction each. Inside a process one connection writes and up to four
// read.
//
// Nothing here opens the database file but SQLite: closing any descriptor of it
// would drop the locks that SQLite has in the same process.
//
// # What is refused
//
// Only a path at which there is nothing is made into a store: under another
// name, renamed when it is whole and on disk. So an empty file is never normal.
// A store begun anew by mistake would tell everything a second time; therefore
// a file that is empty, damaged, of another program or of a later version, and a
// log that has lost its file, are refused with what to do: see Refusal. The
// checks at the start read the header and the edges of the tables, whatever the
// size of the store; damage elsewhere is told by the call that meets it
// (ErrDamaged).
//
// # Copies
//
// Backup writes one state of the store (VACUUM INTO, beside whoever writes) under
// another name, reads it through, and links it to its own: a copy that has its
// name is whole, sound and on disk. Restore is the way back; it exists because
// copying a file over a store leaves the old log, which would be read into it.
// Before a migration the store is copied so, because the program before refuses
// what the migration made.
//
// # What is in it
//
// migrations/*.sql, in order; PRAGMA user_version says how many were done. All
// that a query asks for is a column; the rest is packed (pack.go), and texts are
// compressed. An article whose page has four kilobytes of text takes 2.1 on disk
// with all its indices, so a year of a thousand a day takes 0.8 gigabytes:
// BenchmarkArchive tells the figure.
//
// What an editor changed is not stored: both texts are.
//
// # Alternatives considered
//
// One pool for readers and the writer: writers then wait on SQLite's busy
// handler, which is unfair and polls, instead of on database/sql's queue.
// An exclusive locking mode instead of a lock file: then status could not read.
// JSON for lists: it replaces bytes that are not UTF-8 and so moves the offsets
// of evidence. zstd: a twentieth larger on texts of this size, ten times the
// memory. A dictionary trained on the archive would save a further quarter; it
// is not needed for a year in a gigabyte, and would have to be kept for ever.
// SQLite's online backup interface for copies: it starts again whenever another
// connection writes. A copy of the files: it needs both, in one state.
// Deleting what was told: identities are what keeps a thing from being told
// twice, and cost a hundred bytes each.
package sqlite
