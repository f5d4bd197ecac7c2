-- The plant's own log comes to the hub as one more log; its key is sixteen zero bytes, which is no client's.

-- What a row takes for a time: no two rows of a log take one thing at one moment.
CREATE TABLE claim (
  client_id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  record BLOB NOT NULL,
  what BLOB NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL CHECK (to_at > from_at),
  PRIMARY KEY (client_id, kind, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_of ON claim (client_id, what, to_at);

-- Whoever works with the pool has the log from now on; with the first person it begins.
INSERT INTO client_head (client_id, chain, key)
  SELECT zeroblob(16), zeroblob(32), randomblob(32) WHERE EXISTS (SELECT 1 FROM person);
INSERT INTO granted (client_id, person, active, generation)
  SELECT zeroblob(16), p.id, p.role IN ('supervisor', 'leader', 'poweruser', 'admin'), s.generation + 1
  FROM person p CROSS JOIN state s;
UPDATE state SET generation = generation + 1;

-- When a PC sent the request that these tokens answer: an older one that comes later is overtaken.
ALTER TABLE token ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
