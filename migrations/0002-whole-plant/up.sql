-- Orders, quality, people, holds and alerts; the sums they bring.
-- A table that gets columns is made anew: SQLite adds none with a reference that stays inside the client.

-- The client's policies and defaults; one row, with the client's id.
CREATE TABLE client_setting_new(
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
  users_limit INTEGER, -- People who may be assigned to the client; none for no limit
  devices_limit INTEGER, -- PCs that may hold the client; none for no limit
  delivery_mode TEXT, -- Which shipment decides whether an order is on time; none for the first
  delivery_tolerance REAL, -- The part of an order that may be missing from it when it counts as complete, from 0 to 1
  default_opportunities INTEGER, -- Defect opportunities of a part nobody described
  final_operation_id BLOB CHECK(length(final_operation_id) = 16), -- The step that PPM reads; none for the operation marked final
  counted_absences INTEGER, -- The absences that count, as bits in the order of their list; none for the usual ones
  wip_band_1 INTEGER, -- Where the first band of WIP age ends, in days
  wip_band_2 INTEGER, -- Where the second ends
  wip_band_3 INTEGER, -- Where the third ends
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, final_operation_id) REFERENCES operation(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO client_setting_new(client_id, id, time_zone, rollover_minute, default_crew, default_net_minutes, default_standard, exclude_planned, exclude_setup, self_approval, rows_a_day, gone_at, ver)
  SELECT client_id, id, time_zone, rollover_minute, default_crew, default_net_minutes, default_standard, exclude_planned, exclude_setup, self_approval, rows_a_day, gone_at, ver FROM client_setting;
DROP TABLE client_setting;
ALTER TABLE client_setting_new RENAME TO client_setting;

-- A machine or tool, on a line or on none.
CREATE TABLE equipment(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  line_id BLOB CHECK(length(line_id) = 16), -- The line it stands on
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX equipment_code ON equipment(client_id, code);

-- How often a unit of a product can be defective.
CREATE TABLE part_opportunities(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  product_id BLOB NOT NULL CHECK(length(product_id) = 16), -- The product
  opportunities INTEGER NOT NULL CHECK(opportunities >= 0), -- Defect opportunities of a unit
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX part_opportunities_product_id ON part_opportunities(client_id, product_id);

-- A type of defect of the client's own catalogue.
CREATE TABLE defect_type(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  parent_id BLOB CHECK(length(parent_id) = 16), -- The type it is a part of
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, parent_id) REFERENCES defect_type(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX defect_type_code ON defect_type(client_id, code);

-- A reason of the client's own catalogue for which work is held.
CREATE TABLE hold_reason(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_reason_code ON hold_reason(client_id, code);

-- A person of the client's roster.
CREATE TABLE employee(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The number people type
  name TEXT NOT NULL, -- The name
  department TEXT, -- Where he belongs
  direct INTEGER NOT NULL CHECK(direct IN (0, 1)), -- Whether his work goes into the product
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether he still works here
  note TEXT, -- What else is to be known
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX employee_code ON employee(client_id, code);

-- The part of a person's time that belongs to a line.
CREATE TABLE employee_line(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  employee_id BLOB NOT NULL CHECK(length(employee_id) = 16), -- The person
  line_id BLOB NOT NULL CHECK(length(line_id) = 16), -- The line
  share REAL NOT NULL, -- His part for it, from 0 to 1; a person's parts come to no more than 1
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, employee_id) REFERENCES employee(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX employee_line_employee_id ON employee_line(client_id, employee_id);

-- An order of a product, with its dates.
CREATE TABLE work_order_new(
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
  actual_start_minute INTEGER, -- Minutes after local midnight at which it started; none for the whole day
  released INTEGER, -- Day released
  completed INTEGER, -- Day completed
  ended INTEGER, -- Day closed, cancelled or rejected
  before_hold TEXT, -- Where it stood before it was set aside
  delay TEXT, -- Why it was late
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO work_order_new(client_id, id, code, product_id, line_id, quantity, standard, status, priority, customer_po, received, planned_start, actual_start, required_date, planned_ship_date, note, gone_at, ver)
  SELECT client_id, id, code, product_id, line_id, quantity, standard, status, priority, customer_po, received, planned_start, actual_start, required_date, planned_ship_date, note, gone_at, ver FROM work_order;
DROP TABLE work_order;
ALTER TABLE work_order_new RENAME TO work_order;
CREATE INDEX work_order_code ON work_order(client_id, code);

-- A part of an order: an operation on a product.
CREATE TABLE job(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  work_order_id BLOB NOT NULL CHECK(length(work_order_id) = 16), -- The order
  code TEXT NOT NULL, -- The number people type
  product_id BLOB CHECK(length(product_id) = 16), -- What is made
  operation_id BLOB CHECK(length(operation_id) = 16), -- What is done
  quantity INTEGER CHECK(quantity >= 0), -- Units to make
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, operation_id) REFERENCES operation(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX job_work_order_id ON job(client_id, work_order_id);
CREATE INDEX job_code ON job(client_id, code);

-- What left of an order on a day.
CREATE TABLE shipment(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  work_order_id BLOB NOT NULL CHECK(length(work_order_id) = 16), -- The order
  day INTEGER NOT NULL, -- The day it left
  quantity INTEGER CHECK(quantity >= 0), -- Units that left
  reference TEXT, -- The note it left with
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX shipment_work_order_id ON shipment(client_id, work_order_id);

-- A hold of an order or a job, whole or in part.
CREATE TABLE hold_entry(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  work_order_id BLOB NOT NULL CHECK(length(work_order_id) = 16), -- The order
  job_id BLOB CHECK(length(job_id) = 16), -- Only this job of it
  reason_id BLOB CHECK(length(reason_id) = 16), -- Why
  category TEXT, -- Of what kind
  quantity INTEGER CHECK(quantity >= 0), -- Units held; none for all
  state TEXT NOT NULL, -- Where it stands
  held_from INTEGER, -- The day from which it is held
  held_from_minute INTEGER, -- Minutes after local midnight from which it is held; none for the whole day
  held_to INTEGER, -- The day on which it went on
  held_to_minute INTEGER, -- Minutes after local midnight at which it went on; none for the whole day
  expected INTEGER, -- The day by which it should be settled
  requested_by BLOB CHECK(length(requested_by) = 16), -- Who asked for it
  requested_at INTEGER, -- When, milliseconds since 1970
  approved_by BLOB CHECK(length(approved_by) = 16), -- Who approved or refused it
  approved_at INTEGER, -- When, milliseconds since 1970
  resume_by BLOB CHECK(length(resume_by) = 16), -- Who asked to go on
  resume_at INTEGER, -- When, milliseconds since 1970
  resumed_by BLOB CHECK(length(resumed_by) = 16), -- Who let it go on
  resumed_at INTEGER, -- When, milliseconds since 1970
  self_approved INTEGER NOT NULL CHECK(self_approved IN (0, 1)), -- Whether it was approved by whoever asked for it
  released INTEGER CHECK(released >= 0), -- Units let go
  scrapped INTEGER CHECK(scrapped >= 0), -- Units scrapped
  note TEXT, -- What else is to be known
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, job_id) REFERENCES job(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, reason_id) REFERENCES hold_reason(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, requested_by) REFERENCES author(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, approved_by) REFERENCES author(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, resume_by) REFERENCES author(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, resumed_by) REFERENCES author(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_entry_work_order_id ON hold_entry(client_id, work_order_id);
CREATE INDEX hold_entry_state ON hold_entry(client_id, state);

-- One line on one shift of one day.
CREATE TABLE line_shift_new(
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
INSERT INTO line_shift_new(client_id, id, day, shift_id, line_id, crew, floating_idle, net_minutes, overtime, planned_units, state, closed_how, note, handover, gone_at, ver)
  SELECT client_id, id, day, shift_id, line_id, crew, floating_idle, net_minutes, overtime, planned_units, state, closed_how, note, handover, gone_at, ver FROM line_shift;
DROP TABLE line_shift;
ALTER TABLE line_shift_new RENAME TO line_shift;
CREATE INDEX line_shift_day ON line_shift(client_id, day, shift_id, line_id);

-- Units of one product in one hour, or on the whole shift.
CREATE TABLE production_entry_new(
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
  job_id BLOB CHECK(length(job_id) = 16), -- The job
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_shift_id) REFERENCES line_shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, operation_id) REFERENCES operation(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, import_batch_id) REFERENCES import_batch(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, job_id) REFERENCES job(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO production_entry_new(client_id, id, line_shift_id, work_order_id, product_id, operation_id, hour, produced, defective, rework, repair, scrap, run_minutes, crew_assigned, crew_present, entry_method, note, import_batch_id, gone_at, ver)
  SELECT client_id, id, line_shift_id, work_order_id, product_id, operation_id, hour, produced, defective, rework, repair, scrap, run_minutes, crew_assigned, crew_present, entry_method, note, import_batch_id, gone_at, ver FROM production_entry;
DROP TABLE production_entry;
ALTER TABLE production_entry_new RENAME TO production_entry;
CREATE INDEX production_entry_line_shift_id ON production_entry(client_id, line_shift_id);
CREATE INDEX production_entry_work_order_id ON production_entry(client_id, work_order_id) WHERE work_order_id IS NOT NULL;

-- Rejected units of an entry, by type and cause.
CREATE TABLE reject_detail_new(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  production_entry_id BLOB NOT NULL CHECK(length(production_entry_id) = 16), -- The entry
  defect TEXT NOT NULL, -- The type of defect
  cause TEXT, -- Why
  quantity INTEGER NOT NULL CHECK(quantity >= 0), -- How many units
  defect_type_id BLOB CHECK(length(defect_type_id) = 16), -- The type, of the client's catalogue
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, production_entry_id) REFERENCES production_entry(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, defect_type_id) REFERENCES defect_type(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO reject_detail_new(client_id, id, production_entry_id, defect, cause, quantity, gone_at, ver)
  SELECT client_id, id, production_entry_id, defect, cause, quantity, gone_at, ver FROM reject_detail;
DROP TABLE reject_detail;
ALTER TABLE reject_detail_new RENAME TO reject_detail;
CREATE INDEX reject_detail_production_entry_id ON reject_detail(client_id, production_entry_id);

-- A stop of a line or of a station.
CREATE TABLE downtime_entry_new(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  line_shift_id BLOB NOT NULL CHECK(length(line_shift_id) = 16), -- The line shift
  reason_id BLOB CHECK(length(reason_id) = 16), -- Why
  work_order_id BLOB CHECK(length(work_order_id) = 16), -- The order it belongs to
  minutes REAL, -- Clock minutes
  start_minute REAL, -- Minutes after the shift's start at which it began
  affected REAL, -- People or stations that stood still
  station TEXT, -- The station
  cause TEXT, -- What caused it
  action TEXT, -- What was done
  resolved INTEGER CHECK(resolved IN (0, 1)), -- Whether it is over
  import_batch_id BLOB CHECK(length(import_batch_id) = 16), -- The file that brought it
  equipment_id BLOB CHECK(length(equipment_id) = 16), -- The machine that stood
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_shift_id) REFERENCES line_shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, reason_id) REFERENCES downtime_reason(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, import_batch_id) REFERENCES import_batch(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, equipment_id) REFERENCES equipment(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
INSERT INTO downtime_entry_new(client_id, id, line_shift_id, reason_id, work_order_id, minutes, start_minute, affected, station, cause, action, resolved, import_batch_id, gone_at, ver)
  SELECT client_id, id, line_shift_id, reason_id, work_order_id, minutes, start_minute, affected, station, cause, action, resolved, import_batch_id, gone_at, ver FROM downtime_entry;
DROP TABLE downtime_entry;
ALTER TABLE downtime_entry_new RENAME TO downtime_entry;
CREATE INDEX downtime_entry_line_shift_id ON downtime_entry(client_id, line_shift_id);
CREATE INDEX downtime_entry_reason_id ON downtime_entry(client_id, reason_id) WHERE reason_id IS NOT NULL;
CREATE INDEX downtime_entry_work_order_id ON downtime_entry(client_id, work_order_id) WHERE work_order_id IS NOT NULL;

-- An inspection of units after an operation.
CREATE TABLE quality_entry(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  day INTEGER NOT NULL, -- The production day
  line_id BLOB NOT NULL CHECK(length(line_id) = 16), -- The line
  shift_id BLOB CHECK(length(shift_id) = 16), -- The shift
  work_order_id BLOB CHECK(length(work_order_id) = 16), -- The order
  job_id BLOB CHECK(length(job_id) = 16), -- The job
  product_id BLOB CHECK(length(product_id) = 16), -- The product
  operation_id BLOB CHECK(length(operation_id) = 16), -- The operation after which it was inspected
  inspected INTEGER CHECK(inspected >= 0), -- Units inspected
  passed INTEGER CHECK(passed >= 0), -- Units without a defect
  defective INTEGER CHECK(defective >= 0), -- Units with one
  rework INTEGER CHECK(rework >= 0), -- Of these, reworked
  repair INTEGER CHECK(repair >= 0), -- Of these, repaired
  scrap INTEGER CHECK(scrap >= 0), -- Of these, scrapped
  total_defects INTEGER CHECK(total_defects >= 0), -- Defects found; a unit may have several
  again INTEGER CHECK(again IN (0, 1)), -- Whether the units were inspected before; none counts as the first time
  sample_percent REAL, -- The part of the units that was inspected, in percent
  inspector TEXT, -- Who inspected
  note TEXT, -- What else is to be known
  import_batch_id BLOB CHECK(length(import_batch_id) = 16), -- The file that brought it
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, work_order_id) REFERENCES work_order(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, job_id) REFERENCES job(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, operation_id) REFERENCES operation(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, import_batch_id) REFERENCES import_batch(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX quality_entry_day ON quality_entry(client_id, day, shift_id, line_id);
CREATE INDEX quality_entry_work_order_id ON quality_entry(client_id, work_order_id, day);
CREATE INDEX quality_entry_product_id ON quality_entry(client_id, product_id);
CREATE INDEX quality_entry_job_id ON quality_entry(client_id, job_id) WHERE job_id IS NOT NULL;

-- Defects of an inspection, by type.
CREATE TABLE defect_detail(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  quality_entry_id BLOB NOT NULL CHECK(length(quality_entry_id) = 16), -- The inspection
  defect_type_id BLOB CHECK(length(defect_type_id) = 16), -- The type
  severity TEXT, -- How bad
  disposition TEXT, -- What becomes of the units
  cause TEXT, -- Why
  quantity INTEGER NOT NULL CHECK(quantity >= 0), -- How many
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, quality_entry_id) REFERENCES quality_entry(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, defect_type_id) REFERENCES defect_type(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX defect_detail_quality_entry_id ON defect_detail(client_id, quality_entry_id);

-- People needed and there, on a line and shift of a day.
CREATE TABLE staffing(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  day INTEGER NOT NULL, -- The production day
  shift_id BLOB NOT NULL CHECK(length(shift_id) = 16), -- The shift
  line_id BLOB NOT NULL CHECK(length(line_id) = 16), -- The line
  required REAL, -- People needed
  actual REAL, -- People there
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX staffing_day ON staffing(client_id, day, shift_id, line_id);

-- A person on a shift of a day: planned and worked hours.
CREATE TABLE attendance_entry(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  employee_id BLOB NOT NULL CHECK(length(employee_id) = 16), -- The person
  day INTEGER NOT NULL, -- The production day
  shift_id BLOB CHECK(length(shift_id) = 16), -- The shift
  line_id BLOB CHECK(length(line_id) = 16), -- The line
  scheduled_hours REAL, -- Hours he should work
  actual_hours REAL, -- Hours he worked
  absent_hours REAL, -- Hours he was missing
  absence TEXT, -- Why he was missing
  reason TEXT, -- The reason in words
  normal_hours REAL, -- Of the hours worked, those paid once
  double_hours REAL, -- Those paid double
  triple_hours REAL, -- Those paid three times
  labour_class TEXT, -- How his work is paid for
  note TEXT, -- What else is to be known
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, employee_id) REFERENCES employee(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_entry_day ON attendance_entry(client_id, day, shift_id, line_id);
CREATE INDEX attendance_entry_employee_id ON attendance_entry(client_id, employee_id, day);

-- Somebody who covers for somebody missing.
CREATE TABLE coverage_entry(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  attendance_entry_id BLOB CHECK(length(attendance_entry_id) = 16), -- The absence that is covered; none for a line short of people
  employee_id BLOB CHECK(length(employee_id) = 16), -- Who covers, of the own roster
  booking TEXT, -- The booking of who covers, of the plant's pool
  day INTEGER NOT NULL, -- The production day
  shift_id BLOB CHECK(length(shift_id) = 16), -- The shift
  line_id BLOB CHECK(length(line_id) = 16), -- The line he works on
  hours REAL, -- Hours covered
  idle_minutes REAL, -- Minutes on the line without work
  confirmed INTEGER NOT NULL CHECK(confirmed IN (0, 1)), -- Whether a supervisor has confirmed it
  note TEXT, -- What else is to be known
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, attendance_entry_id) REFERENCES attendance_entry(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, employee_id) REFERENCES employee(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX coverage_entry_day ON coverage_entry(client_id, day, shift_id, line_id);
CREATE INDEX coverage_entry_attendance_entry_id ON coverage_entry(client_id, attendance_entry_id);

-- One alert for a client, a kind and a subject.
CREATE TABLE alert(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  kind TEXT NOT NULL, -- What it is about
  subject TEXT NOT NULL, -- What exactly: a KPI's code, an order's id
  label TEXT NOT NULL, -- The subject as people call it
  critical INTEGER NOT NULL CHECK(critical IN (0, 1)), -- Whether it is beyond the critical threshold
  state TEXT NOT NULL, -- Where it stands
  value REAL, -- What was measured
  against REAL, -- What it was measured against
  raised_at INTEGER NOT NULL, -- When it was raised, milliseconds since 1970
  seen_by BLOB CHECK(length(seen_by) = 16), -- Who has seen it
  seen_at INTEGER, -- When, milliseconds since 1970
  resolved_by BLOB CHECK(length(resolved_by) = 16), -- Who settled it; none where it went away by itself
  resolved_at INTEGER, -- When, milliseconds since 1970
  note TEXT, -- What was done
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, seen_by) REFERENCES author(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, resolved_by) REFERENCES author(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_state ON alert(client_id, state);

-- Sums of the inspections of a line shift, one row for each thing inspected.
CREATE TABLE kpi_quality(
  client_id BLOB NOT NULL, day INTEGER NOT NULL, shift_id BLOB NOT NULL, line_id BLOB NOT NULL, n INTEGER NOT NULL,
  product_id BLOB, operation_id BLOB, work_order_id BLOB, job_id BLOB,
  sources INTEGER NOT NULL,
  inspections REAL NOT NULL, -- Inspections, and production entries that stand in for one
  inspected REAL NOT NULL, -- Units inspected, each time they were
  first_inspected REAL NOT NULL, -- Units inspected for the first time
  first_passed REAL NOT NULL, -- Units without a defect the first time
  final_inspected REAL NOT NULL, -- Units inspected for the first time after the final step
  final_defective REAL NOT NULL, -- Units defective the first time after the final step
  defects REAL NOT NULL, -- Defects found
  opportunities REAL NOT NULL, -- Units inspected × defect opportunities of a unit
  reworked REAL NOT NULL, -- Defective units done again
  repaired REAL NOT NULL, -- Defective units mended
  scrapped REAL NOT NULL, -- Defective units thrown away
  est_inspected REAL NOT NULL, -- Inspected units that are inferred
  est_first_inspected REAL NOT NULL, -- Units inspected the first time that are inferred
  est_first_passed REAL NOT NULL, -- Units passed the first time that are inferred
  est_final_inspected REAL NOT NULL, -- Units inspected after the final step that are inferred
  est_final_defective REAL NOT NULL, -- Units defective after the final step that are inferred
  est_defects REAL NOT NULL, -- Defects that are inferred
  est_opportunities REAL NOT NULL, -- Opportunities that are inferred
  est_reworked REAL NOT NULL, -- Units done again that are inferred
  est_repaired REAL NOT NULL, -- Units mended that are inferred
  est_scrapped REAL NOT NULL, -- Units thrown away that are inferred
  PRIMARY KEY(client_id, day, shift_id, line_id, n)
) STRICT, WITHOUT ROWID;

-- Sums of the people of a line shift, one row for each department.
CREATE TABLE kpi_people(
  client_id BLOB NOT NULL, day INTEGER NOT NULL, shift_id BLOB NOT NULL, line_id BLOB NOT NULL, n INTEGER NOT NULL,
  department TEXT,
  sources INTEGER NOT NULL,
  attendance_rows REAL NOT NULL, -- People on the list
  people_cells REAL NOT NULL, -- Line shifts with people on the list
  scheduled_hours REAL NOT NULL, -- Hours people should work, without vacation and holidays
  absent_hours REAL NOT NULL, -- Hours people were missing
  uncovered_hours REAL NOT NULL, -- Hours people were missing and nobody covered
  actual_hours REAL NOT NULL, -- Hours people worked
  normal_hours REAL NOT NULL, -- Of these, paid once
  double_hours REAL NOT NULL, -- Of these, paid double
  triple_hours REAL NOT NULL, -- Of these, paid three times
  unsplit_hours REAL NOT NULL, -- Of these, not told how they are paid
  required_people REAL NOT NULL, -- People needed
  staffed_people REAL NOT NULL, -- People there, where it is told how many are needed
  est_scheduled_hours REAL NOT NULL, -- Scheduled hours that are inferred
  est_absent_hours REAL NOT NULL, -- Missing hours that are inferred
  est_uncovered_hours REAL NOT NULL, -- Uncovered hours that are inferred
  est_staffed_people REAL NOT NULL, -- People there that are inferred
  PRIMARY KEY(client_id, day, shift_id, line_id, n)
) STRICT, WITHOUT ROWID;

-- What is known of one work order: when it was promised, when it left, since when it is in work.
CREATE TABLE kpi_order(
  client_id BLOB NOT NULL, work_order_id BLOB NOT NULL,
  promised INTEGER, -- the day; none where nothing tells it
  product_id BLOB, line_id BLOB, customer_po TEXT, priority INTEGER,
  open INTEGER NOT NULL, -- neither finished nor cancelled nor rejected
  void INTEGER NOT NULL, -- cancelled or rejected
  start_minute INTEGER, -- since 1970 by the client's clock; none where nothing tells it
  end_minute INTEGER, -- when it was finished, cancelled or rejected; none while it is open or where nothing tells it
  held_minutes REAL NOT NULL, -- minutes on hold that are over
  held_until INTEGER, -- when the last of them was over
  held_since INTEGER, -- minute since 1970 by the client's clock; none where it is not on hold
  settled INTEGER NOT NULL, -- the day from which on nothing known of it lies ahead
  ahead INTEGER NOT NULL, -- whether that day was still to come when this was written
  sources INTEGER NOT NULL,
  shipped_orders REAL NOT NULL, -- Promised orders of which something was shipped
  unshipped_orders REAL NOT NULL, -- Promised orders of which nothing was shipped
  on_time_first REAL NOT NULL, -- Promised orders whose first shipment was on time
  shipped_complete REAL NOT NULL, -- Promised orders that were shipped complete
  on_time_complete REAL NOT NULL, -- Promised orders that were complete on time
  justified_late REAL NOT NULL, -- Shipped late, for a reason that is not ours
  justified_unshipped REAL NOT NULL, -- Not shipped, for a reason that is not ours
  est_shipped_orders REAL NOT NULL, -- Shipped orders whose promised or shipped day is inferred
  est_unshipped_orders REAL NOT NULL, -- Unshipped orders whose promised day is inferred
  est_shipped_complete REAL NOT NULL, -- Complete orders whose promised or shipped day is inferred
  est_on_time_first REAL NOT NULL, -- Orders on time whose promised or shipped day is inferred
  est_on_time_complete REAL NOT NULL, -- Orders complete on time whose promised or shipped day is inferred
  est_justified_late REAL NOT NULL, -- Orders late for a reason not ours whose promised or shipped day is inferred
  est_justified_unshipped REAL NOT NULL, -- Orders not shipped for a reason not ours whose promised day is inferred
  PRIMARY KEY(client_id, work_order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kpi_order_promised ON kpi_order(client_id, promised);
CREATE INDEX kpi_order_open ON kpi_order(client_id, work_order_id) WHERE open = 1;
CREATE INDEX kpi_order_ahead ON kpi_order(client_id, work_order_id) WHERE ahead = 1;

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
  inspections REAL NOT NULL, -- Inspections, and production entries that stand in for one
  inspected REAL NOT NULL, -- Units inspected, each time they were
  first_inspected REAL NOT NULL, -- Units inspected for the first time
  first_passed REAL NOT NULL, -- Units without a defect the first time
  final_inspected REAL NOT NULL, -- Units inspected for the first time after the final step
  final_defective REAL NOT NULL, -- Units defective the first time after the final step
  defects REAL NOT NULL, -- Defects found
  opportunities REAL NOT NULL, -- Units inspected × defect opportunities of a unit
  reworked REAL NOT NULL, -- Defective units done again
  repaired REAL NOT NULL, -- Defective units mended
  scrapped REAL NOT NULL, -- Defective units thrown away
  est_inspected REAL NOT NULL, -- Inspected units that are inferred
  est_first_inspected REAL NOT NULL, -- Units inspected the first time that are inferred
  est_first_passed REAL NOT NULL, -- Units passed the first time that are inferred
  est_final_inspected REAL NOT NULL, -- Units inspected after the final step that are inferred
  est_final_defective REAL NOT NULL, -- Units defective after the final step that are inferred
  est_defects REAL NOT NULL, -- Defects that are inferred
  est_opportunities REAL NOT NULL, -- Opportunities that are inferred
  est_reworked REAL NOT NULL, -- Units done again that are inferred
  est_repaired REAL NOT NULL, -- Units mended that are inferred
  est_scrapped REAL NOT NULL, -- Units thrown away that are inferred
  attendance_rows REAL NOT NULL, -- People on the list
  people_cells REAL NOT NULL, -- Line shifts with people on the list
  scheduled_hours REAL NOT NULL, -- Hours people should work, without vacation and holidays
  absent_hours REAL NOT NULL, -- Hours people were missing
  uncovered_hours REAL NOT NULL, -- Hours people were missing and nobody covered
  actual_hours REAL NOT NULL, -- Hours people worked
  normal_hours REAL NOT NULL, -- Of these, paid once
  double_hours REAL NOT NULL, -- Of these, paid double
  triple_hours REAL NOT NULL, -- Of these, paid three times
  unsplit_hours REAL NOT NULL, -- Of these, not told how they are paid
  required_people REAL NOT NULL, -- People needed
  staffed_people REAL NOT NULL, -- People there, where it is told how many are needed
  est_scheduled_hours REAL NOT NULL, -- Scheduled hours that are inferred
  est_absent_hours REAL NOT NULL, -- Missing hours that are inferred
  est_uncovered_hours REAL NOT NULL, -- Uncovered hours that are inferred
  est_staffed_people REAL NOT NULL, -- People there that are inferred
  shipped_orders REAL NOT NULL, -- Promised orders of which something was shipped
  unshipped_orders REAL NOT NULL, -- Promised orders of which nothing was shipped
  on_time_first REAL NOT NULL, -- Promised orders whose first shipment was on time
  shipped_complete REAL NOT NULL, -- Promised orders that were shipped complete
  on_time_complete REAL NOT NULL, -- Promised orders that were complete on time
  justified_late REAL NOT NULL, -- Shipped late, for a reason that is not ours
  justified_unshipped REAL NOT NULL, -- Not shipped, for a reason that is not ours
  est_shipped_orders REAL NOT NULL, -- Shipped orders whose promised or shipped day is inferred
  est_unshipped_orders REAL NOT NULL, -- Unshipped orders whose promised day is inferred
  est_shipped_complete REAL NOT NULL, -- Complete orders whose promised or shipped day is inferred
  est_on_time_first REAL NOT NULL, -- Orders on time whose promised or shipped day is inferred
  est_on_time_complete REAL NOT NULL, -- Orders complete on time whose promised or shipped day is inferred
  est_justified_late REAL NOT NULL, -- Orders late for a reason not ours whose promised or shipped day is inferred
  est_justified_unshipped REAL NOT NULL, -- Orders not shipped for a reason not ours whose promised day is inferred
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
  uncovered_uncovered REAL NOT NULL, -- Uncovered hours²
  uncovered_scheduled REAL NOT NULL, -- Uncovered × scheduled hours
  scheduled_scheduled REAL NOT NULL, -- Scheduled hours²
  PRIMARY KEY(client_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_client_day_rev ON kpi_client_day(client_id, rev);

-- What an audited erasure left of the log: the hash of what was written keeps the chain, the seal what is left.
CREATE TABLE redaction(
  client_id BLOB NOT NULL, op BLOB NOT NULL,
  patch_hash BLOB NOT NULL, -- of the patch as it was written
  seal BLOB NOT NULL, -- over that hash and the patch as it was left
  PRIMARY KEY(client_id, op)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER redaction_stays BEFORE DELETE ON redaction BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER redaction_as_written BEFORE UPDATE ON redaction BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
DROP TRIGGER change_as_written;
CREATE TRIGGER change_as_written BEFORE UPDATE OF client_id, op, device_no, incarnation, dev_seq, kind, record, act, base,
  user_no, at, reason, schema_v, hash ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_redacted BEFORE UPDATE OF patch ON change
  WHEN NOT EXISTS (SELECT 1 FROM redaction r WHERE r.client_id = OLD.client_id AND r.op = OLD.op)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- What a person set for himself.
CREATE TABLE preference(owner BLOB NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(owner, name)) STRICT, WITHOUT ROWID;

-- What was entered before has sums of its own from here on: the program works them out when it opens the file.
INSERT INTO plant_setting SELECT 'sums', 'stale' WHERE EXISTS (SELECT 1 FROM client);

-- A dropped table takes its statistics along.
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('equipment', 'equipment', '1000 20 1'),
  ('equipment', 'equipment_code', '1000 20 1 1'),
  ('part_opportunities', 'part_opportunities', '1000 20 1'),
  ('part_opportunities', 'part_opportunities_product_id', '1000 20 1 1'),
  ('defect_type', 'defect_type', '1000 20 1'),
  ('defect_type', 'defect_type_code', '1000 20 1 1'),
  ('hold_reason', 'hold_reason', '500 10 1'),
  ('hold_reason', 'hold_reason_code', '500 10 1 1'),
  ('employee', 'employee', '50000 1000 1'),
  ('employee', 'employee_code', '50000 1000 1 1'),
  ('employee_line', 'employee_line', '50000 1000 1'),
  ('employee_line', 'employee_line_employee_id', '50000 1000 1 1'),
  ('job', 'job', '40000 800 1'),
  ('job', 'job_work_order_id', '40000 800 2 1'),
  ('job', 'job_code', '40000 800 1 1'),
  ('shipment', 'shipment', '20000 400 1'),
  ('shipment', 'shipment_work_order_id', '20000 400 1 1'),
  ('hold_entry', 'hold_entry', '5000 100 1'),
  ('hold_entry', 'hold_entry_work_order_id', '5000 100 1 1'),
  ('hold_entry', 'hold_entry_state', '5000 100 50 1'),
  ('quality_entry', 'quality_entry', '500000 10000 1'),
  ('quality_entry', 'quality_entry_day', '500000 10000 14 5 1 1'),
  ('quality_entry', 'quality_entry_work_order_id', '500000 10000 20 2 1'),
  ('quality_entry', 'quality_entry_product_id', '500000 10000 500 1'),
  ('quality_entry', 'quality_entry_job_id', '250000 5000 2 1'),
  ('defect_detail', 'defect_detail', '300000 6000 1'),
  ('defect_detail', 'defect_detail_quality_entry_id', '300000 6000 2 1'),
  ('staffing', 'staffing', '200000 4000 1'),
  ('staffing', 'staffing_day', '200000 4000 12 4 1 1'),
  ('attendance_entry', 'attendance_entry', '2000000 40000 1'),
  ('attendance_entry', 'attendance_entry_day', '2000000 40000 60 20 5 1'),
  ('attendance_entry', 'attendance_entry_employee_id', '2000000 40000 400 1 1'),
  ('coverage_entry', 'coverage_entry', '50000 1000 1'),
  ('coverage_entry', 'coverage_entry_day', '50000 1000 4 2 1 1'),
  ('coverage_entry', 'coverage_entry_attendance_entry_id', '50000 1000 1 1'),
  ('alert', 'alert', '5000 100 1'),
  ('alert', 'alert_state', '5000 100 50 1'),
  ('kpi_quality', 'kpi_quality', '600000 12000 18 6 2 1'),
  ('kpi_people', 'kpi_people', '400000 8000 12 4 1 1'),
  ('kpi_order', 'kpi_order', '20000 400 1'),
  ('kpi_order', 'kpi_order_promised', '20000 400 2 1'),
  ('kpi_order', 'kpi_order_open', '2000 40 1'),
  ('kpi_order', 'kpi_order_ahead', '200 4 1'),
  ('preference', 'preference', '500 5 1'),
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
