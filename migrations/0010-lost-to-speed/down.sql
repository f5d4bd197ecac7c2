CREATE TABLE line_shift_old(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  day INTEGER NOT NULL, -- The production day
  shift_id BLOB NOT NULL CHECK(length(shift_id) = 16), -- The shift
  line_id BLOB NOT NULL CHECK(length(line_id) = 16), -- The line
  crew REAL, -- People on the line; may be fractional
  floating_idle REAL, -- Floating people idle on the line
  net_minutes REAL, -- Net minutes of the shift
  overtime REAL, -- Overtime in the line's unit
  planned_units REAL, -- Units planned
  state TEXT NOT NULL, -- Whether it takes entries
  closed_how TEXT, -- What closed it
  note TEXT, -- What happened
  handover TEXT, -- What the next shift must know
  handover_by BLOB CHECK(length(handover_by) = 16), -- Who wrote it for the next shift
  handover_at INTEGER, -- When, milliseconds since 1970
  signed_by BLOB CHECK(length(signed_by) = 16), -- Who read and signed it
  signed_at INTEGER, -- When, milliseconds since 1970
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, handover_by) REFERENCES author(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, signed_by) REFERENCES author(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO line_shift_old(client_id, id, day, shift_id, line_id, crew, floating_idle, net_minutes, overtime, planned_units, state, closed_how, note, handover, handover_by, handover_at, signed_by, signed_at, gone_at, ver)
  SELECT client_id, id, day, shift_id, line_id, crew, floating_idle, net_minutes, overtime, planned_units, state, closed_how, note, handover, handover_by, handover_at, signed_by, signed_at, gone_at, ver FROM line_shift;
DROP TABLE line_shift;
ALTER TABLE line_shift_old RENAME TO line_shift;
CREATE INDEX line_shift_day ON line_shift(client_id, day, shift_id, line_id);
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('line_shift', 'line_shift', '400000 8000 1'),
  ('line_shift', 'line_shift_day', '400000 8000 12 4 1');

-- The formulas before say other sums.
INSERT OR REPLACE INTO plant_setting(name, value) SELECT 'sums', 'stale' WHERE EXISTS (SELECT 1 FROM client);
