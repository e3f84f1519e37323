-- Silences: what is not told for a while.
CREATE TABLE silences (
    id     INTEGER PRIMARY KEY,
    kind   TEXT    NOT NULL,
    what   TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    begins INTEGER NOT NULL,
    ends   INTEGER NOT NULL
) STRICT;

CREATE INDEX silences_ends ON silences (ends);

-- The silence that holds a finding. Such a finding is owed no more; batch is then the
-- one whose digest counted it.
ALTER TABLE findings ADD COLUMN silence INTEGER REFERENCES silences;

DROP INDEX findings_owed;
CREATE INDEX findings_owed ON findings (digest, level, id) WHERE batch IS NULL AND silence IS NULL;
CREATE INDEX findings_held ON findings (digest, silence, id) WHERE batch IS NULL AND silence IS NOT NULL;
CREATE INDEX findings_silence ON findings (silence) WHERE silence IS NOT NULL;
