-- How feeds do: what the poller knows of each, gaps, incidents.
ALTER TABLE feeds ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0; -- milliseconds
ALTER TABLE feeds ADD COLUMN newest INTEGER NOT NULL DEFAULT -62135596800000;
ALTER TABLE feeds ADD COLUMN empty INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN missing_from INTEGER NOT NULL DEFAULT -62135596800000;
ALTER TABLE feeds ADD COLUMN missing_to INTEGER NOT NULL DEFAULT -62135596800000;
ALTER TABLE feeds ADD COLUMN missing_found INTEGER NOT NULL DEFAULT -62135596800000;
ALTER TABLE feeds ADD COLUMN missing_due INTEGER NOT NULL DEFAULT -62135596800000;
ALTER TABLE feeds ADD COLUMN missing_tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN move_to TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN move_since INTEGER NOT NULL DEFAULT -62135596800000;
ALTER TABLE feeds ADD COLUMN move_seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN move_taken INTEGER NOT NULL DEFAULT 0;

-- What the last body held, apart from the rows that every poll reads and writes.
CREATE TABLE windows (
    feed    INTEGER PRIMARY KEY REFERENCES feeds,
    entries BLOB NOT NULL -- 16 bytes each
) STRICT;

-- Times that a feed may have had news in that nobody saw, once they were sought.
CREATE TABLE gaps (
    id          INTEGER PRIMARY KEY,
    feed        INTEGER NOT NULL REFERENCES feeds,
    missed_from INTEGER NOT NULL,
    missed_to   INTEGER NOT NULL,
    found       INTEGER NOT NULL,
    settled     INTEGER NOT NULL,
    filled      INTEGER NOT NULL,
    left_from   INTEGER NOT NULL, -- zero: nothing is left
    left_to     INTEGER NOT NULL,
    why         TEXT    NOT NULL
) STRICT;

CREATE INDEX gaps_time ON gaps (missed_to);

CREATE TABLE incidents (
    id       INTEGER PRIMARY KEY,
    feed     INTEGER NOT NULL REFERENCES feeds,
    opened   INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    began    INTEGER NOT NULL,
    told     INTEGER NOT NULL,
    good     INTEGER NOT NULL,
    closed   INTEGER NOT NULL, -- zero while it is open
    delivery TEXT    NOT NULL,
    UNIQUE (feed, opened)
) STRICT;

CREATE INDEX incidents_closed ON incidents (closed);
