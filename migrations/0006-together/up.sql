-- What a file keeps of a client whose log a hub puts in order. A client that has no row in `feed` is
-- ordered here: the file is its own hub.

-- How the file stands to the client's log at the hub.
CREATE TABLE feed(
  client_id BLOB NOT NULL PRIMARY KEY,
  standing TEXT NOT NULL, -- new, active, revoking, sealed, purged
  generation INTEGER NOT NULL, -- the newest generation of grants seen
  incarnation INTEGER NOT NULL, -- which life of the file numbers its changes
  next INTEGER NOT NULL, -- the number of the next change
  epoch INTEGER NOT NULL, -- the life of the hub last heard of
  durable INTEGER NOT NULL, -- how far the hub's newest checked backup reaches
  cursor INTEGER NOT NULL, -- the last entry taken in
  offered INTEGER NOT NULL CHECK(offered IN (0, 1)), -- whether what a rewind cut off has been offered since
  chain_key BLOB NOT NULL CHECK(length(chain_key) = 32), -- of the client's chain at the hub
  hub_key BLOB NOT NULL CHECK(length(hub_key) = 32) -- the hub's public key, to which is sealed what must not be lost
) STRICT, WITHOUT ROWID;

-- Who of this PC may do what, as the hub said last.
CREATE TABLE feed_role(
  client_id BLOB NOT NULL, user_id BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY(client_id, user_id)
) STRICT, WITHOUT ROWID;

-- This file's own changes, from the first, and what became of each.
CREATE TABLE own_change(
  client_id BLOB NOT NULL,
  dev_seq INTEGER NOT NULL,
  op BLOB NOT NULL,
  prev BLOB NOT NULL, -- the hash of the change before
  number INTEGER, -- in the file's present life; none where it came back in an earlier one
  state INTEGER NOT NULL CHECK(state BETWEEN 0 AND 3), -- waits, acknowledged, came back, refused
  PRIMARY KEY(client_id, dev_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX own_change_op ON own_change(client_id, op);
CREATE INDEX own_change_number ON own_change(client_id, number) WHERE number IS NOT NULL;
CREATE INDEX own_change_out ON own_change(client_id, number) WHERE state < 2;

-- Rows as the hub's order makes them, where the table holds something else.
CREATE TABLE shade(
  client_id BLOB NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,
  row TEXT, -- none where the hub has no such row
  PRIMARY KEY(client_id, kind, record)
) STRICT, WITHOUT ROWID;

-- Rows on the screen of which a table cannot hold all: what waits for a decision, and columns of a newer program.
CREATE TABLE waiting(
  client_id BLOB NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,
  row TEXT NOT NULL,
  conflicts INTEGER NOT NULL, -- how many changes wait
  PRIMARY KEY(client_id, kind, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_conflicts ON waiting(client_id) WHERE conflicts > 0;

-- Changes that the hub refused: they stay until a person has seen to them.
CREATE TABLE refused(
  client_id BLOB NOT NULL, op BLOB NOT NULL,
  prev BLOB NOT NULL, -- the hash of its author's change before
  why TEXT, -- none where its row was gone
  PRIMARY KEY(client_id, op)
) STRICT, WITHOUT ROWID;

-- Entries that a restored hub lacks: they stay on the screen until they come back.
CREATE TABLE cut_off(
  client_id BLOB NOT NULL, place INTEGER NOT NULL,
  before BLOB NOT NULL, -- the chain before it
  op BLOB NOT NULL, seq INTEGER NOT NULL, decision INTEGER NOT NULL, fates TEXT NOT NULL, received_at INTEGER NOT NULL,
  prev BLOB NOT NULL, stream BLOB NOT NULL,
  PRIMARY KEY(client_id, place)
) STRICT, WITHOUT ROWID;

-- Places that the hub signed, so that it knows its own again after it was restored from a backup.
CREATE TABLE signed(
  client_id BLOB NOT NULL, seq INTEGER NOT NULL,
  chain BLOB NOT NULL, -- the chain there
  signature TEXT NOT NULL,
  PRIMARY KEY(client_id, seq, chain)
) STRICT, WITHOUT ROWID;

-- What was sealed to the hub before a client was forgotten.
CREATE TABLE parting(
  client_id BLOB NOT NULL, id BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

-- What else the hub says of an entry; empty where the file ordered it itself.
ALTER TABLE confirmation ADD COLUMN fates TEXT; -- what became of each column, where not all were set
ALTER TABLE confirmation ADD COLUMN prev BLOB; -- the hash of its author's change before
ALTER TABLE confirmation ADD COLUMN stream BLOB; -- the PC and the life it came in
CREATE INDEX confirmation_op ON confirmation(client_id, op) WHERE stream IS NOT NULL;
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES ('confirmation', 'confirmation_op', '1500000 30000 1');

-- A hub's order may be taken back above where the file stands in it; a client goes once what must not be lost is sealed.
DROP TRIGGER change_stays;
CREATE TRIGGER change_stays BEFORE DELETE ON change
  WHEN NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = OLD.client_id AND f.standing = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
DROP TRIGGER redaction_stays;
CREATE TRIGGER redaction_stays BEFORE DELETE ON redaction
  WHEN NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = OLD.client_id AND f.standing = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
DROP TRIGGER confirmation_stays;
CREATE TRIGGER confirmation_stays BEFORE DELETE ON confirmation
  WHEN NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = OLD.client_id AND f.cursor < OLD.seq)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
