package sqlite

import sqlite3 "modernc.org/sqlite/lib"

// Version is that of the SQLite library which is linked in.
func Version() string { return sqlite3.SQLITE_VERSION }
