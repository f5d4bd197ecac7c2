-- The hub's log of every client, and who may have what, in one PC's file.
-- client_id leads every key; the walls between clients are put up by each connection.

CREATE TABLE state (
  only_one INTEGER PRIMARY KEY DEFAULT 1 CHECK (only_one = 1),
  epoch INTEGER NOT NULL,
  locked INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  seed BLOB NOT NULL CHECK (length(seed) = 32),
  backed_up_at INTEGER,
  moved INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id BLOB PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  active INTEGER NOT NULL,
  verifier TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  enrolled_at INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0,
  anew INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE device_person (
  device BLOB NOT NULL REFERENCES device,
  person BLOB NOT NULL REFERENCES person,
  active INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (device, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
  name TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  hash BLOB PRIMARY KEY,
  device BLOB NOT NULL REFERENCES device,
  family BLOB NOT NULL,
  parent BLOB,
  renews INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  shown INTEGER NOT NULL DEFAULT 0,
  replaced INTEGER NOT NULL DEFAULT 0,
  ended INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE client_head (
  client_id BLOB PRIMARY KEY,
  seq INTEGER NOT NULL DEFAULT 0,
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  received_at INTEGER NOT NULL DEFAULT 0,
  durable INTEGER NOT NULL DEFAULT 0,
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE granted (
  client_id BLOB NOT NULL,
  person BLOB NOT NULL REFERENCES person,
  active INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (client_id, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  client_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  received_at INTEGER NOT NULL,
  device BLOB NOT NULL,
  incarnation INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  fates TEXT NOT NULL,
  sent TEXT NOT NULL,
  PRIMARY KEY (client_id, seq)
) STRICT;

CREATE TABLE verdict (
  client_id BLOB NOT NULL,
  op BLOB NOT NULL,
  verdict INTEGER NOT NULL,
  why TEXT,
  PRIMARY KEY (client_id, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE numbered (
  client_id BLOB NOT NULL,
  device BLOB NOT NULL,
  incarnation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  op BLOB NOT NULL,
  PRIMARY KEY (client_id, device, incarnation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE folded (
  client_id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  record BLOB NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (client_id, kind, record)
) STRICT;

CREATE TABLE refused (
  client_id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  record BLOB NOT NULL,
  op BLOB NOT NULL,
  creates INTEGER NOT NULL,
  why TEXT,
  sent TEXT NOT NULL,
  PRIMARY KEY (client_id, kind, record, op)
) STRICT;

CREATE TABLE quarantine (
  client_id BLOB NOT NULL,
  op BLOB NOT NULL,
  hash BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  sent TEXT NOT NULL,
  PRIMARY KEY (client_id, op, hash)
) STRICT;

CREATE TABLE parting (
  client_id BLOB NOT NULL,
  parting BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  kept INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (client_id, parting)
) STRICT, WITHOUT ROWID;

-- When each PC was last heard.
CREATE TABLE seen (
  device BLOB PRIMARY KEY REFERENCES device,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Admins who have come into the office from the window of a PC; what is shown is kept only as a hash.
CREATE TABLE pass (
  hash BLOB PRIMARY KEY,
  person BLOB NOT NULL REFERENCES person,
  device BLOB NOT NULL REFERENCES device,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong passwords in a row, by the log-in that was typed, known or not.
CREATE TABLE tries (
  login TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what in the office.
CREATE TABLE deed (
  id BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  person BLOB NOT NULL REFERENCES person,
  device BLOB NOT NULL REFERENCES device,
  what TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX token_family ON token (family);
CREATE INDEX token_parent ON token (parent);
CREATE INDEX token_device ON token (device);
CREATE INDEX granted_person ON granted (person);
CREATE INDEX device_person_person ON device_person (person);

-- The log, what was decided, and what was refused are only ever added to.
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER numbered_no_update BEFORE UPDATE ON numbered BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER numbered_no_delete BEFORE DELETE ON numbered BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER refused_no_update BEFORE UPDATE ON refused BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER refused_no_delete BEFORE DELETE ON refused BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER quarantine_no_update BEFORE UPDATE ON quarantine BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER quarantine_no_delete BEFORE DELETE ON quarantine BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE INDEX deed_at ON deed (at);
CREATE TRIGGER deed_no_update BEFORE UPDATE ON deed BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
CREATE TRIGGER deed_no_delete BEFORE DELETE ON deed BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
