-- Version 2: the names that an article came by later.
--
-- An article answers to its address, its GUID and its identity. What else its
-- feeds have called it is here, as addressKey has it: other addresses of one
-- page, and the identities that other patterns find in them. Few have any.
-- addresses leads here by hash, as it does to an article's own names.

CREATE TABLE aliases (
    article INTEGER NOT NULL REFERENCES articles,
    name    TEXT    NOT NULL,
    PRIMARY KEY (article, name)
) STRICT, WITHOUT ROWID;
