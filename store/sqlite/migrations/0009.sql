-- What digests have said that is no finding, such as that a plan is late: once each.
CREATE TABLE said (
    thing TEXT PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batches
) STRICT, WITHOUT ROWID;
