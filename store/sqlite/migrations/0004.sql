-- Articles are read again, and told again when a level rises.

-- said is a hash of what its feed says of an article, NULL where that was not
-- noted; withdrawn is when its page was found to be gone.
ALTER TABLE articles ADD COLUMN said INTEGER;
ALTER TABLE articles ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT -62135596800000;

-- Pages that are, or were, to be asked for again. A row stays when nothing is
-- due any more: it counts the visits.
CREATE TABLE visits (
    article       INTEGER PRIMARY KEY REFERENCES articles,
    due           INTEGER,           -- NULL: no more
    count         INTEGER NOT NULL,
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    missing       INTEGER NOT NULL,  -- since when the page is not there
    url           TEXT    NOT NULL DEFAULT '', -- where its feed has it now; '': as before
    details       BLOB               -- what its feed says of it now; NULL: as before
) STRICT;

CREATE INDEX visits_due ON visits (due) WHERE due IS NOT NULL;

-- What is told of one story is told of all of it: debts are held against the
-- findings of the same story. was is the level that was owed before.
ALTER TABLE findings ADD COLUMN story INTEGER REFERENCES articles;
ALTER TABLE findings ADD COLUMN was INTEGER NOT NULL DEFAULT 0;
UPDATE findings SET story =
    (SELECT r.article FROM matches m JOIN revisions r ON r.id = m.revision WHERE m.id = findings.match);
CREATE INDEX findings_story ON findings (story, digest);

-- From a finding that was told to the messages that told it.
CREATE INDEX deliveries_batch ON deliveries (batch);
