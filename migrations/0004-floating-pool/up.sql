-- The floating pool: people of the plant, booked for a time. Its tables are one more log, called "plant":
-- its key is sixteen zero bytes where a client's rows have their client, so a booking cannot say for whom.

-- The log keeps naming clients that are there, and may now be the plant's, too.
CREATE TABLE change_of_plant(
  client_id BLOB NOT NULL,
  op BLOB NOT NULL, -- which change it is (UUIDv7)
  device_no INTEGER NOT NULL REFERENCES peer(no),
  incarnation INTEGER NOT NULL, -- which life of the device's file
  dev_seq INTEGER NOT NULL, -- gap-free per device, incarnation and client
  kind INTEGER NOT NULL, -- the table's number
  record BLOB NOT NULL, -- the row
  act INTEGER NOT NULL CHECK(act BETWEEN 1 AND 4), -- create, patch, remove, restore
  patch TEXT NOT NULL, -- {column: value}, canonical
  base TEXT NOT NULL, -- {column: [ops under the value shown]}, canonical
  user_no INTEGER NOT NULL REFERENCES peer(no),
  at INTEGER NOT NULL, -- the author's wall clock
  reason TEXT,
  schema_v INTEGER NOT NULL,
  hash BLOB NOT NULL, -- over the previous one of the device and this change
  of_client BLOB AS (nullif(client_id, x'00000000000000000000000000000000')) VIRTUAL REFERENCES client ON DELETE RESTRICT,
  PRIMARY KEY(client_id, op)
) STRICT, WITHOUT ROWID;
INSERT INTO change_of_plant SELECT * FROM change;
DROP TABLE change;
ALTER TABLE change_of_plant RENAME TO change;
CREATE INDEX change_record ON change(client_id, record);
CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_as_written BEFORE UPDATE OF client_id, op, device_no, incarnation, dev_seq, kind, record, act, base,
  user_no, at, reason, schema_v, hash ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_redacted BEFORE UPDATE OF patch ON change
  WHEN NOT EXISTS (SELECT 1 FROM redaction r WHERE r.client_id = OLD.client_id AND r.op = OLD.op)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- A person of the plant who goes where one is missing.
CREATE TABLE pool_employee(
  client_id BLOB NOT NULL CHECK(client_id = x'00000000000000000000000000000000'), -- the plant's, never a client
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The number people type
  name TEXT NOT NULL, -- The name
  department TEXT, -- Where he belongs
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether he can be booked
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pool_employee_code ON pool_employee(client_id, code);

-- A stretch of time for which a person of the pool is taken; for whom is in the client's own cover alone.
CREATE TABLE pool_booking(
  client_id BLOB NOT NULL CHECK(client_id = x'00000000000000000000000000000000'), -- the plant's, never a client
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  token TEXT NOT NULL, -- What a cover names it by
  pool_employee_id BLOB NOT NULL CHECK(length(pool_employee_id) = 16), -- The person
  from_utc INTEGER NOT NULL, -- The first moment, milliseconds since 1970
  to_utc INTEGER NOT NULL CHECK(to_utc > from_utc AND to_utc - from_utc <= 86400000), -- The moment after the last
  state TEXT NOT NULL CHECK(state IN ('requested', 'confirmed', 'released')), -- Whether it holds
  booked_by BLOB NOT NULL CHECK(length(booked_by) = 16), -- Who booked
  booked_at INTEGER NOT NULL, -- When
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, pool_employee_id) REFERENCES pool_employee(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX pool_booking_pool_employee_id ON pool_booking(client_id, pool_employee_id, from_utc);
CREATE INDEX pool_booking_from_utc ON pool_booking(client_id, from_utc);
CREATE INDEX pool_booking_token ON pool_booking(client_id, token);

-- Nobody is in two places at once, whoever writes: no booking lasts longer than a day, so none that began before can reach in.
CREATE TRIGGER pool_booking_is_free BEFORE INSERT ON pool_booking
  WHEN NEW.state <> 'released' AND NEW.gone_at IS NULL AND EXISTS (SELECT 1 FROM pool_booking b
    WHERE b.client_id = NEW.client_id AND b.pool_employee_id = NEW.pool_employee_id AND b.id <> NEW.id
      AND b.from_utc < NEW.to_utc AND b.from_utc > NEW.from_utc - 86400000 AND b.to_utc > NEW.from_utc
      AND b.state <> 'released' AND b.gone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'POOLBUSY'); END;
CREATE TRIGGER pool_booking_stays_free BEFORE UPDATE ON pool_booking
  WHEN NEW.state <> 'released' AND NEW.gone_at IS NULL AND EXISTS (SELECT 1 FROM pool_booking b
    WHERE b.client_id = NEW.client_id AND b.pool_employee_id = NEW.pool_employee_id AND b.id <> NEW.id
      AND b.from_utc < NEW.to_utc AND b.from_utc > NEW.from_utc - 86400000 AND b.to_utc > NEW.from_utc
      AND b.state <> 'released' AND b.gone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'POOLBUSY'); END;

-- The cover of a booking is found by its token.
CREATE INDEX coverage_entry_booking ON coverage_entry(client_id, booking) WHERE booking IS NOT NULL;

INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('change', 'change', '1500000 30000 1'),
  ('change', 'change_record', '1500000 30000 2 1'),
  ('pool_employee', 'pool_employee', '200 200 1'),
  ('pool_employee', 'pool_employee_code', '200 200 1 1'),
  ('pool_booking', 'pool_booking', '20000 20000 1'),
  ('pool_booking', 'pool_booking_pool_employee_id', '20000 20000 100 1 1'),
  ('pool_booking', 'pool_booking_from_utc', '20000 20000 4 1'),
  ('pool_booking', 'pool_booking_token', '20000 20000 1 1'),
  ('coverage_entry', 'coverage_entry_booking', '10000 200 1 1');
