-- Back to what the first version knew; what it did not know goes.

DELETE FROM plant_setting WHERE name = 'sums';
DROP TABLE preference;
DROP TABLE kpi_order;
DROP TABLE kpi_people;
DROP TABLE kpi_quality;
DROP TABLE kpi_client_day;
-- Sums of a client's day, with the squares that intervals need.
CREATE TABLE kpi_client_day(
  client_id BLOB NOT NULL, day INTEGER NOT NULL,
  rev INTEGER NOT NULL, -- grows with every transaction: what a cube has not seen yet
  sources INTEGER NOT NULL,
  available REAL NOT NULL, -- (crew + floating idle) × net minutes + overtime
  planned REAL NOT NULL, -- Available less the stops the client's policy excludes
  stops REAL NOT NULL, -- Minutes × people affected of the remaining stops
  run REAL NOT NULL, -- Minutes run, reported or planned less stops
  produced REAL NOT NULL, -- Units made
  good REAL NOT NULL, -- Units made less units that failed first time
  earned REAL NOT NULL, -- Produced × standard
  earned_good REAL NOT NULL, -- Good × standard
  run_clock REAL NOT NULL, -- Minutes run by the line's clock
  down_clock REAL NOT NULL, -- Minutes of unplanned stops by the line's clock
  failures REAL NOT NULL, -- Unplanned stops
  planned_units REAL NOT NULL, -- Units planned
  produced_planned REAL NOT NULL, -- Units made where units were planned
  crew REAL NOT NULL, -- People on the line
  est_available REAL NOT NULL, -- Available that is inferred
  est_planned REAL NOT NULL, -- Planned that is inferred
  est_stops REAL NOT NULL, -- Stops that are inferred
  est_uptime REAL NOT NULL, -- Planned less stops, as far as inferred
  est_run REAL NOT NULL, -- Run that is inferred
  est_run_clock REAL NOT NULL, -- Run by the clock that is inferred
  est_earned REAL NOT NULL, -- Earned that is inferred
  est_earned_good REAL NOT NULL, -- Earned by good units that is inferred
  est_crew REAL NOT NULL, -- Crew that is inferred
  entries REAL NOT NULL, -- Production entries
  with_entries REAL NOT NULL, -- Line shifts with a production entry
  machine_shifts REAL NOT NULL, -- Line shifts of machine lines
  line_shifts REAL NOT NULL, -- Line shifts
  earned_earned REAL NOT NULL, -- Earned²
  available_available REAL NOT NULL, -- Available²
  stops_stops REAL NOT NULL, -- Stops²
  planned_planned REAL NOT NULL, -- Planned²
  run_run REAL NOT NULL, -- Run²
  good_good REAL NOT NULL, -- Earned by good units²
  earned_available REAL NOT NULL, -- Earned × available
  stops_planned REAL NOT NULL, -- Stops × planned
  earned_run REAL NOT NULL, -- Earned × run
  good_earned REAL NOT NULL, -- Earned by good units × earned
  good_planned REAL NOT NULL, -- Earned by good units × planned
  PRIMARY KEY(client_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_client_day_rev ON kpi_client_day(client_id, rev);

DROP TABLE alert;

DROP TABLE coverage_entry;

DROP TABLE attendance_entry;

DROP TABLE staffing;

DROP TABLE defect_detail;

DROP TABLE quality_entry;

-- A stop of a line or of a station.
CREATE TABLE downtime_entry_old(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  line_shift_id BLOB NOT NULL CHECK(length(line_shift_id) = 16), -- The line shift
  reason_id BLOB CHECK(length(reason_id) = 16), -- Why
  work_order_id BLOB CHECK(length(work_order_id) = 16), -- The order it belongs to
  minutes REAL CHECK(minutes >= 0), -- Clock minutes
  start_minute REAL, -- Minutes after the shift's start at which it began
  affected REAL, -- People or stations that stood still
  station TEXT, -- The station
  cause TEXT, -- What caused it
  action TEXT, -- What was done
  resolved INTEGER CHECK(resolved IN (0, 1)), -- Whether it is over
  import_batch_id BLOB CHECK(length(import_batch_id) = 16), -- The file that brought it
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_shift_id) REFERENCES line_shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, reason_id) REFERENCES downtime_reason(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, import_batch_id) REFERENCES import_batch(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO downtime_entry_old SELECT client_id, id, line_shift_id, reason_id, work_order_id, minutes, start_minute, affected, station, cause, action, resolved, import_batch_id, gone_at, ver FROM downtime_entry;
DROP TABLE downtime_entry;
ALTER TABLE downtime_entry_old RENAME TO downtime_entry;
CREATE INDEX downtime_entry_line_shift_id ON downtime_entry(client_id, line_shift_id);
CREATE INDEX downtime_entry_reason_id ON downtime_entry(client_id, reason_id) WHERE reason_id IS NOT NULL;
CREATE INDEX downtime_entry_work_order_id ON downtime_entry(client_id, work_order_id) WHERE work_order_id IS NOT NULL;

-- Rejected units of an entry, by type and cause.
CREATE TABLE reject_detail_old(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  production_entry_id BLOB NOT NULL CHECK(length(production_entry_id) = 16), -- The entry
  defect TEXT NOT NULL, -- The type of defect
  cause TEXT, -- Why
  quantity INTEGER NOT NULL CHECK(quantity >= 0), -- How many units
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, production_entry_id) REFERENCES production_entry(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO reject_detail_old SELECT client_id, id, production_entry_id, defect, cause, quantity, gone_at, ver FROM reject_detail;
DROP TABLE reject_detail;
ALTER TABLE reject_detail_old RENAME TO reject_detail;
CREATE INDEX reject_detail_production_entry_id ON reject_detail(client_id, production_entry_id);

-- Units of one product in one hour, or on the whole shift.
CREATE TABLE production_entry_old(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  line_shift_id BLOB NOT NULL CHECK(length(line_shift_id) = 16), -- The line shift
  work_order_id BLOB CHECK(length(work_order_id) = 16), -- The order
  product_id BLOB CHECK(length(product_id) = 16), -- The product
  operation_id BLOB CHECK(length(operation_id) = 16), -- The operation
  hour INTEGER, -- The hour slot from the shift's start, from 0; none for the whole shift
  produced INTEGER CHECK(produced >= 0), -- Units produced, good or not
  defective INTEGER CHECK(defective >= 0), -- Units that failed the first time, whatever becomes of them
  rework INTEGER CHECK(rework >= 0), -- Of these, reworked
  repair INTEGER CHECK(repair >= 0), -- Of these, repaired
  scrap INTEGER CHECK(scrap >= 0), -- Of these, scrapped
  run_minutes REAL, -- Clock minutes run
  crew_assigned REAL, -- People assigned
  crew_present REAL, -- People present
  entry_method TEXT, -- How it was entered
  note TEXT, -- What happened
  import_batch_id BLOB CHECK(length(import_batch_id) = 16), -- The file that brought it
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_shift_id) REFERENCES line_shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, operation_id) REFERENCES operation(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, import_batch_id) REFERENCES import_batch(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO production_entry_old SELECT client_id, id, line_shift_id, work_order_id, product_id, operation_id, hour, produced, defective, rework, repair, scrap, run_minutes, crew_assigned, crew_present, entry_method, note, import_batch_id, gone_at, ver FROM production_entry;
DROP TABLE production_entry;
ALTER TABLE production_entry_old RENAME TO production_entry;
CREATE INDEX production_entry_line_shift_id ON production_entry(client_id, line_shift_id);
CREATE INDEX production_entry_work_order_id ON production_entry(client_id, work_order_id) WHERE work_order_id IS NOT NULL;

-- One line on one shift of one day.
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
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO line_shift_old SELECT client_id, id, day, shift_id, line_id, crew, floating_idle, net_minutes, overtime, planned_units, state, closed_how, note, handover, gone_at, ver FROM line_shift;
DROP TABLE line_shift;
ALTER TABLE line_shift_old RENAME TO line_shift;
CREATE INDEX line_shift_day ON line_shift(client_id, day, shift_id, line_id);

DROP TABLE hold_entry;

DROP TABLE shipment;

DROP TABLE job;

-- An order of a product, with its dates.
CREATE TABLE work_order_old(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The number people type
  product_id BLOB CHECK(length(product_id) = 16), -- What is ordered
  line_id BLOB CHECK(length(line_id) = 16), -- The line that makes it
  quantity INTEGER CHECK(quantity >= 0), -- Units ordered
  standard REAL, -- Minutes per unit agreed for this order
  status TEXT NOT NULL, -- Where it stands
  priority INTEGER, -- The lower, the sooner
  customer_po TEXT, -- The client's own order number
  received INTEGER, -- Day received
  planned_start INTEGER, -- Day planned to start
  actual_start INTEGER, -- Day started
  required_date INTEGER, -- Day the client asked for
  planned_ship_date INTEGER, -- Day planned to ship
  note TEXT, -- What else is to be known
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO work_order_old SELECT client_id, id, code, product_id, line_id, quantity, standard, status, priority, customer_po, received, planned_start, actual_start, required_date, planned_ship_date, note, gone_at, ver FROM work_order;
DROP TABLE work_order;
ALTER TABLE work_order_old RENAME TO work_order;
CREATE INDEX work_order_code ON work_order(client_id, code);

DROP TABLE employee_line;

DROP TABLE employee;

DROP TABLE hold_reason;

DROP TABLE defect_type;

DROP TABLE part_opportunities;

DROP TABLE equipment;

-- The client's policies and defaults; one row, with the client's id.
CREATE TABLE client_setting_old(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  time_zone TEXT NOT NULL, -- The IANA name of the time zone
  rollover_minute INTEGER NOT NULL, -- Minutes after local midnight at which the day before is over
  default_crew REAL, -- People on a line nobody counted
  default_net_minutes REAL, -- Net minutes of a shift nobody described
  default_standard REAL, -- Minutes per unit of a product without a standard
  exclude_planned INTEGER NOT NULL CHECK(exclude_planned IN (0, 1)), -- Whether planned stops leave planned time
  exclude_setup INTEGER NOT NULL CHECK(exclude_setup IN (0, 1)), -- Whether set-up leaves planned time too
  self_approval INTEGER NOT NULL CHECK(self_approval IN (0, 1)), -- Whether a request may be approved by its author, with a reason
  rows_a_day INTEGER, -- Rows a day may bring; none for no limit
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO client_setting_old SELECT client_id, id, time_zone, rollover_minute, default_crew, default_net_minutes, default_standard, exclude_planned, exclude_setup, self_approval, rows_a_day, gone_at, ver FROM client_setting;
DROP TABLE client_setting;
ALTER TABLE client_setting_old RENAME TO client_setting;

INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('client_setting', 'client_setting', '50 1 1'),
  ('work_order', 'work_order', '20000 400 1'),
  ('work_order', 'work_order_code', '20000 400 1 1'),
  ('line_shift', 'line_shift', '400000 8000 1'),
  ('line_shift', 'line_shift_day', '400000 8000 12 4 1'),
  ('production_entry', 'production_entry', '1000000 20000 1'),
  ('production_entry', 'production_entry_line_shift_id', '1000000 20000 3 1'),
  ('production_entry', 'production_entry_work_order_id', '500000 10000 20 1'),
  ('reject_detail', 'reject_detail', '300000 6000 1'),
  ('reject_detail', 'reject_detail_production_entry_id', '300000 6000 2 1'),
  ('downtime_entry', 'downtime_entry', '200000 4000 1'),
  ('downtime_entry', 'downtime_entry_line_shift_id', '200000 4000 2 1'),
  ('downtime_entry', 'downtime_entry_reason_id', '100000 2000 20 1'),
  ('downtime_entry', 'downtime_entry_work_order_id', '100000 2000 20 1'),
  ('kpi_client_day', 'kpi_client_day', '36500 730 1'),
  ('kpi_client_day', 'kpi_client_day_rev', '36500 730 2 1');
