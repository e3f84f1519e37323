-- Where articles stand among each other: copies is the lowest number of those
-- with one text, event that of the first report of the happening; NULL until read.
-- worth tells which copy has the best text.
ALTER TABLE articles ADD COLUMN copies INTEGER REFERENCES articles;
ALTER TABLE articles ADD COLUMN event INTEGER REFERENCES articles;
ALTER TABLE articles ADD COLUMN worth INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET copies = id, event = id WHERE revision IS NOT NULL;

-- Most articles stand alone; the first of several is found by its own number.
CREATE INDEX articles_copies ON articles (copies) WHERE copies <> id;
CREATE INDEX articles_event ON articles (event) WHERE event <> id;
