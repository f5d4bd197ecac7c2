-- Takes the pool and the plant's log away again.
DROP INDEX coverage_entry_booking;
DROP TABLE pool_booking;
DROP TABLE pool_employee;
DROP TRIGGER confirmation_stays;
DELETE FROM confirmation WHERE client_id = x'00000000000000000000000000000000';
CREATE TRIGGER confirmation_stays BEFORE DELETE ON confirmation BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
DELETE FROM head WHERE client_id = x'00000000000000000000000000000000';
DELETE FROM step_client WHERE client_id = x'00000000000000000000000000000000';
DELETE FROM was WHERE client_id = x'00000000000000000000000000000000';
CREATE TABLE change_of_clients(
  client_id BLOB NOT NULL REFERENCES client ON DELETE RESTRICT,
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
  PRIMARY KEY(client_id, op)
) STRICT, WITHOUT ROWID;
INSERT INTO change_of_clients SELECT client_id, op, device_no, incarnation, dev_seq, kind, record, act, patch, base, user_no,
  at, reason, schema_v, hash FROM change WHERE client_id <> x'00000000000000000000000000000000';
DROP TABLE change;
ALTER TABLE change_of_clients RENAME TO change;
CREATE INDEX change_record ON change(client_id, record);
CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_as_written BEFORE UPDATE OF client_id, op, device_no, incarnation, dev_seq, kind, record, act, base,
  user_no, at, reason, schema_v, hash ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_redacted BEFORE UPDATE OF patch ON change
  WHEN NOT EXISTS (SELECT 1 FROM redaction r WHERE r.client_id = OLD.client_id AND r.op = OLD.op)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('change', 'change', '1500000 30000 1'),
  ('change', 'change_record', '1500000 30000 2 1');
