-- Deliveries that follow another one: into its thread, or in its place (edits);
-- and a state for what an operator gave up. The table is made anew, because the
-- states that a row may have stand in its definition.
CREATE TABLE deliveries_new (
    id              INTEGER PRIMARY KEY, -- order of enqueueing
    name            TEXT    NOT NULL UNIQUE,
    batch           INTEGER NOT NULL REFERENCES batches,
    message         TEXT    NOT NULL,    -- the group of parts
    part            INTEGER NOT NULL,
    parts           INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    payload         BLOB    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('ready', 'attempted', 'sent', 'parked', 'dropped')),
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
    parked_at       INTEGER NOT NULL DEFAULT -62135596800000, -- or dropped
    parent          TEXT    NOT NULL DEFAULT '', -- the name of the delivery that this one follows
    edits           INTEGER NOT NULL DEFAULT 0   -- 1: in its place, 0: into its thread
) STRICT;

INSERT INTO deliveries_new (id, name, batch, message, part, parts, kind, channel, payload, state, created, due,
       attempts, first_attempt, last_attempt, plain, error, receipt_channel, receipt_ts, receipt_at, parked_at)
SELECT id, name, batch, message, part, parts, kind, channel, payload, state, created, due,
       attempts, first_attempt, last_attempt, plain, error, receipt_channel, receipt_ts, receipt_at, parked_at
FROM deliveries;

DROP TABLE deliveries;
ALTER TABLE deliveries_new RENAME TO deliveries;

CREATE INDEX deliveries_open ON deliveries (due) WHERE state IN ('ready', 'attempted');
CREATE INDEX deliveries_parts ON deliveries (message, part) WHERE state IN ('ready', 'attempted');
CREATE INDEX deliveries_parents ON deliveries (parent, id) WHERE state IN ('ready', 'attempted') AND parent != '';
CREATE INDEX deliveries_parked ON deliveries (parked_at) WHERE state = 'parked';
CREATE INDEX deliveries_state ON deliveries (state, created);
