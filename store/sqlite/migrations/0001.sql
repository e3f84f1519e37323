-- Version 1: feeds, articles, matches, findings, the outbox.
--
-- Times are milliseconds since 1970 UTC; the zero time is -62135596800000.
-- Nothing that other rows refer to is ever deleted, so references need no index
-- of their own unless a query follows them backwards.
-- details, content, evidence and payload are packed as pack.go says.

CREATE TABLE sources (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- One row a feed: where the poller stands with it.
CREATE TABLE feeds (
    id            INTEGER PRIMARY KEY,
    source        INTEGER NOT NULL REFERENCES sources,
    url           TEXT    NOT NULL,
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    body_hash     TEXT    NOT NULL,
    since         INTEGER NOT NULL,
    checked       INTEGER NOT NULL,
    ok            INTEGER NOT NULL,
    due           INTEGER NOT NULL,
    why           TEXT    NOT NULL,
    failures      INTEGER NOT NULL,
    error         TEXT    NOT NULL,
    gone          INTEGER NOT NULL,
    UNIQUE (source, url)
) STRICT;

-- Never deleted from: that is what "never told twice" rests on, and why the
-- highest id is also the number of articles. An article is read once it has a
-- revision; until then it is due, and says itself what its feed said of it.
CREATE TABLE articles (
    id        INTEGER PRIMARY KEY,
    source    INTEGER NOT NULL REFERENCES sources,
    feed      INTEGER NOT NULL REFERENCES feeds,
    identity  TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    published INTEGER NOT NULL,
    seen      INTEGER NOT NULL,
    due       INTEGER,                      -- NULL once read
    attempts  INTEGER NOT NULL DEFAULT 0,
    reason    TEXT    NOT NULL DEFAULT '',  -- of the last vain attempt
    details   BLOB,                         -- NULL once read: then the revision tells it
    revision  INTEGER REFERENCES revisions, -- the newest; NULL until read
    UNIQUE (source, identity),
    CHECK ((due IS NULL) = (revision IS NOT NULL)),
    CHECK ((details IS NULL) = (revision IS NOT NULL))
) STRICT;

CREATE INDEX articles_unread ON articles (source, id, due) WHERE due IS NOT NULL;
CREATE INDEX articles_due ON articles (due) WHERE due IS NOT NULL;

-- The archive by date, for replay and search: the publisher's, else when seen.
CREATE INDEX articles_date ON articles (iif(published = -62135596800000, seen, published), id)
    WHERE revision IS NOT NULL;

-- Every address and name an article may be asked for by, as a hash.
CREATE TABLE addresses (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE revisions (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    fetched INTEGER NOT NULL,
    origin  TEXT    NOT NULL, -- "page" or "feed"
    note    TEXT    NOT NULL,
    content BLOB    NOT NULL  -- the article's details, then the zones
) STRICT;

CREATE INDEX revisions_article ON revisions (article);

CREATE TABLE matches (
    id       INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions,
    rule     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    level    INTEGER NOT NULL,
    clause   TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    evidence BLOB    NOT NULL
) STRICT;

CREATE INDEX matches_revision ON matches (revision);

-- One row for each Enqueue that was done.
CREATE TABLE batches (
    id     INTEGER PRIMARY KEY,
    digest TEXT    NOT NULL,
    slot   TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- Matches owed to digests; told by a batch, or not yet.
CREATE TABLE findings (
    id     INTEGER PRIMARY KEY,
    match  INTEGER NOT NULL REFERENCES matches,
    digest TEXT    NOT NULL,
    level  INTEGER NOT NULL,
    found  INTEGER NOT NULL,
    batch  INTEGER REFERENCES batches
) STRICT;

CREATE INDEX findings_owed ON findings (digest, level, id) WHERE batch IS NULL;

CREATE TABLE deliveries (
    id              INTEGER PRIMARY KEY, -- order of enqueueing
    name            TEXT    NOT NULL UNIQUE,
    batch           INTEGER NOT NULL REFERENCES batches,
    message         TEXT    NOT NULL,    -- the group of parts
    part            INTEGER NOT NULL,
    parts           INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    payload         BLOB    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('ready', 'attempted', 'sent', 'parked')),
    created         INTEGER NOT NULL,
    due             INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    first_attempt   INTEGER NOT NULL,
    last_attempt    INTEGER NOT NULL,
    plain           INTEGER NOT NULL,
    error           TEXT    NOT NULL,
    receipt_channel TEXT    NOT NULL DEFAULT '',
    receipt_ts      TEXT    NOT NULL DEFAULT '',
    receipt_at      INTEGER NOT NULL DEFAULT -62135596800000,
    parked_at       INTEGER NOT NULL DEFAULT -62135596800000
) STRICT;

CREATE INDEX deliveries_open ON deliveries (due) WHERE state IN ('ready', 'attempted');
CREATE INDEX deliveries_parts ON deliveries (message, part) WHERE state IN ('ready', 'attempted');
CREATE INDEX deliveries_parked ON deliveries (parked_at) WHERE state = 'parked';
CREATE INDEX deliveries_state ON deliveries (state, created);

CREATE TABLE pauses (
    channel TEXT PRIMARY KEY,
    reason  TEXT    NOT NULL,
    until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What status shows until it is taken back.
CREATE TABLE notes (
    subject TEXT PRIMARY KEY,
    text    TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The last slot done of each digest.
CREATE TABLE slots (
    digest TEXT PRIMARY KEY,
    slot   TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
