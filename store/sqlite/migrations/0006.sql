-- The ledger: what articles state, and what readers correct of it.

-- One row for each fact of a text. The ledger is made of those of each article's
-- newest text; the others are its history.
CREATE TABLE facts (
    id        INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES articles,
    revision  INTEGER NOT NULL REFERENCES revisions,
    partition TEXT    NOT NULL, -- kind, class and parties: what is compared with each other
    novelty   TEXT    NOT NULL, -- as it was told when it was read
    reason    TEXT    NOT NULL,
    stated    INTEGER NOT NULL,
    details   BLOB    NOT NULL  -- the article's title, then the fact with its evidence
) STRICT;

CREATE INDEX facts_partition ON facts (partition);
CREATE INDEX facts_revision ON facts (revision);

-- Readers' words on the ledger, in their order; never taken back.
CREATE TABLE corrections (
    id       INTEGER PRIMARY KEY,
    deed     TEXT    NOT NULL,
    item     TEXT    NOT NULL,
    target   TEXT    NOT NULL, -- of a merge
    articles TEXT    NOT NULL, -- JSON list of numbers
    made     INTEGER NOT NULL
) STRICT;
