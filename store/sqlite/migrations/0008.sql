-- Messages that told of one article, and are to say that it stands elsewhere too
-- since then; article is the last that came.
CREATE TABLE amendments (
    delivery INTEGER PRIMARY KEY REFERENCES deliveries,
    article  INTEGER NOT NULL REFERENCES articles
) STRICT;

-- From a message back to what it told.
CREATE INDEX findings_batch ON findings (batch) WHERE batch IS NOT NULL;
