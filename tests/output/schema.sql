CREATE TABLE client(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16), -- whose row it is
  id BLOB NOT NULL CHECK(id = client_id), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is still served
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE author(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  name TEXT NOT NULL, -- The displayed name
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE threshold(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  kpi TEXT NOT NULL, -- The KPI's code
  target REAL, -- What it should reach, in its unit
  warning REAL, -- Where a warning starts
  critical REAL, -- Where it becomes critical
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX threshold_kpi ON threshold(client_id, kpi);

CREATE TABLE line(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  basis TEXT NOT NULL, -- What its time is counted in
  parent_id BLOB CHECK(length(parent_id) = 16), -- The line it belongs to
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, parent_id) REFERENCES line(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX line_code ON line(client_id, code);

CREATE TABLE operation(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  sequence INTEGER NOT NULL, -- Its place in the order of steps
  is_final INTEGER NOT NULL CHECK(is_final IN (0, 1)), -- Whether it is the step that finishes a product
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_code ON operation(client_id, code);

CREATE TABLE shift(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shift_code ON shift(client_id, code);

CREATE TABLE shift_time(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  shift_id BLOB NOT NULL CHECK(length(shift_id) = 16), -- The shift
  valid_from INTEGER NOT NULL, -- The first day with these times
  start_minute INTEGER, -- Minutes after local midnight at which it starts
  end_minute INTEGER, -- Minutes after local midnight at which it ends; not after the start means the next day
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX shift_time_shift_id ON shift_time(client_id, shift_id);

CREATE TABLE shift_break(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  shift_id BLOB NOT NULL CHECK(length(shift_id) = 16), -- The shift
  valid_from INTEGER NOT NULL, -- The first day with this break
  start_minute INTEGER NOT NULL, -- Minutes after local midnight at which it starts
  minutes REAL NOT NULL CHECK(minutes >= 0), -- How long it lasts
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX shift_break_shift_id ON shift_break(client_id, shift_id);

CREATE TABLE calendar_day(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  day INTEGER NOT NULL, -- The production day
  line_id BLOB CHECK(length(line_id) = 16), -- Only this line; none for all
  shift_id BLOB CHECK(length(shift_id) = 16), -- Only this shift; none for all
  working INTEGER NOT NULL CHECK(working IN (0, 1)), -- Whether there is work
  net_minutes REAL, -- Net minutes of the shift on that day
  note TEXT, -- Why
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX calendar_day_day ON calendar_day(client_id, day);

CREATE TABLE line_calendar(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  line_id BLOB NOT NULL CHECK(length(line_id) = 16), -- The line
  shift_id BLOB NOT NULL CHECK(length(shift_id) = 16), -- The shift
  weekdays INTEGER NOT NULL, -- The weekdays, as bits: Monday 1, Tuesday 2, … Sunday 64
  planned_crew REAL, -- People planned
  planned_units REAL, -- Units planned a shift
  valid_from INTEGER NOT NULL, -- The first day of this plan
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX line_calendar_line_id ON line_calendar(client_id, line_id);

CREATE TABLE product(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX product_code ON product(client_id, code);

CREATE TABLE product_standard(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  product_id BLOB NOT NULL CHECK(length(product_id) = 16), -- The product
  operation_id BLOB CHECK(length(operation_id) = 16), -- Only this operation; none for the whole product
  valid_from INTEGER NOT NULL, -- The first day it holds
  minutes REAL NOT NULL CHECK(minutes >= 0), -- Minutes per unit
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, product_id) REFERENCES product(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, operation_id) REFERENCES operation(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX product_standard_product_id ON product_standard(client_id, product_id);

CREATE TABLE downtime_reason(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  code TEXT NOT NULL, -- The short name people type
  name TEXT NOT NULL, -- The full name
  planned INTEGER NOT NULL CHECK(planned IN (0, 1)), -- Whether it is planned: maintenance, no orders
  setup INTEGER NOT NULL CHECK(setup IN (0, 1)), -- Whether it is set-up
  affects TEXT NOT NULL, -- What it stands still
  parent_id BLOB CHECK(length(parent_id) = 16), -- The reason it is a part of
  active INTEGER NOT NULL CHECK(active IN (0, 1)), -- Whether it is in use
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, parent_id) REFERENCES downtime_reason(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX downtime_reason_code ON downtime_reason(client_id, code);

CREATE TABLE import_batch(
  client_id BLOB NOT NULL CHECK(length(client_id) = 16) REFERENCES client ON DELETE RESTRICT, -- whose row it is
  id BLOB NOT NULL CHECK(length(id) = 16), -- which row it is
  file_id TEXT NOT NULL, -- Shared by the batches of one file
  kind TEXT NOT NULL, -- What it holds
  name TEXT NOT NULL, -- The file's name
  rows INTEGER NOT NULL, -- Rows it brought
  mapping TEXT NOT NULL, -- Which column meant what, as JSON
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE confirmation(
  client_id BLOB NOT NULL,
  seq INTEGER NOT NULL, -- gap-free per client
  op BLOB NOT NULL,
  decision INTEGER NOT NULL, -- applied, merged, conflict, gone
  received_at INTEGER NOT NULL, -- never decreasing
  chain BLOB NOT NULL, fates TEXT, prev BLOB, stream BLOB,
  PRIMARY KEY(client_id, seq),
  FOREIGN KEY(client_id, op) REFERENCES change(client_id, op) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER confirmation_as_written BEFORE UPDATE ON confirmation BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE kpi_line_shift(
  client_id BLOB NOT NULL, day INTEGER NOT NULL, shift_id BLOB NOT NULL, line_id BLOB NOT NULL,
  product_id BLOB, operation_id BLOB, work_order_id BLOB, -- of the only part
  parts INTEGER NOT NULL, -- rows in kpi_part, or 1 where the part stands here
  shared INTEGER NOT NULL, -- which divisions of time rest on inference
  sources INTEGER NOT NULL, -- bits of the sources used
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
  PRIMARY KEY(client_id, day, shift_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kpi_part(
  client_id BLOB NOT NULL, day INTEGER NOT NULL, shift_id BLOB NOT NULL, line_id BLOB NOT NULL, n INTEGER NOT NULL,
  product_id BLOB, operation_id BLOB, work_order_id BLOB,
  shared INTEGER NOT NULL, sources INTEGER NOT NULL,
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
  PRIMARY KEY(client_id, day, shift_id, line_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE kpi_mark(
  client_id BLOB NOT NULL, day INTEGER NOT NULL, shift_id BLOB NOT NULL, line_id BLOB NOT NULL,
  PRIMARY KEY(client_id, day, shift_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft(owner BLOB NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(owner, key)) STRICT, WITHOUT ROWID;

CREATE TABLE saved_filter(owner BLOB NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(owner, id)) STRICT, WITHOUT ROWID;

CREATE TABLE user(
  id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, display_name TEXT NOT NULL, role TEXT NOT NULL,
  language TEXT NOT NULL, verifier TEXT NOT NULL, must_change INTEGER NOT NULL, active INTEGER NOT NULL,
  created_at INTEGER NOT NULL, last_login INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE user_client(
  user_id BLOB NOT NULL REFERENCES user ON DELETE RESTRICT, client_id BLOB NOT NULL,
  PRIMARY KEY(user_id, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_line(
  user_id BLOB NOT NULL REFERENCES user ON DELETE RESTRICT, client_id BLOB NOT NULL, line_id BLOB NOT NULL,
  PRIMARY KEY(user_id, client_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE device(id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL, incarnation INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE plant_setting(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE plant_state(one INTEGER NOT NULL PRIMARY KEY CHECK(one = 1), epoch INTEGER NOT NULL, chain_key BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE throttle(name TEXT NOT NULL PRIMARY KEY, failures INTEGER NOT NULL, last_failure INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE security_event(
  no INTEGER PRIMARY KEY, at INTEGER NOT NULL, user_id BLOB, kind TEXT NOT NULL, what TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;

CREATE TABLE peer(no INTEGER NOT NULL PRIMARY KEY, id BLOB NOT NULL, name TEXT NOT NULL, UNIQUE(id)) STRICT, WITHOUT ROWID;

CREATE TABLE head(
  client_id BLOB NOT NULL PRIMARY KEY, dev_seq INTEGER NOT NULL, hash BLOB NOT NULL,
  seq INTEGER NOT NULL, chain BLOB NOT NULL, received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE step(
  no INTEGER PRIMARY KEY, user_id BLOB NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,
  undoes INTEGER, -- the step it takes back
  is_undo INTEGER NOT NULL, -- whether it is an undo; taking back an undo is not
  taken_back INTEGER NOT NULL -- whether it was taken back
) STRICT;

CREATE INDEX step_user ON step(user_id, no);

CREATE TABLE step_client(
  step INTEGER NOT NULL, client_id BLOB NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  PRIMARY KEY(step, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE was(client_id BLOB NOT NULL, op BLOB NOT NULL, was TEXT NOT NULL, PRIMARY KEY(client_id, op)) STRICT, WITHOUT ROWID;

CREATE TABLE "client_setting"(
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

CREATE TABLE "work_order"(
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

CREATE INDEX work_order_code ON work_order(client_id, code);

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

CREATE TABLE "production_entry"(
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

CREATE INDEX production_entry_line_shift_id ON production_entry(client_id, line_shift_id);

CREATE INDEX production_entry_work_order_id ON production_entry(client_id, work_order_id) WHERE work_order_id IS NOT NULL;

CREATE TABLE "reject_detail"(
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

CREATE INDEX reject_detail_production_entry_id ON reject_detail(client_id, production_entry_id);

CREATE TABLE "downtime_entry"(
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

CREATE INDEX downtime_entry_line_shift_id ON downtime_entry(client_id, line_shift_id);

CREATE INDEX downtime_entry_reason_id ON downtime_entry(client_id, reason_id) WHERE reason_id IS NOT NULL;

CREATE INDEX downtime_entry_work_order_id ON downtime_entry(client_id, work_order_id) WHERE work_order_id IS NOT NULL;

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

CREATE INDEX kpi_order_ahead ON kpi_order(client_id, work_order_id) WHERE ahead = 1;

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

CREATE TABLE redaction(
  client_id BLOB NOT NULL, op BLOB NOT NULL,
  patch_hash BLOB NOT NULL, -- of the patch as it was written
  seal BLOB NOT NULL, -- over that hash and the patch as it was left
  PRIMARY KEY(client_id, op)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER redaction_as_written BEFORE UPDATE ON redaction BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE preference(owner BLOB NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(owner, name)) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_line_shift_mean ON kpi_line_shift(client_id, shift_id, line_id, day) WHERE (sources & 240) <> 0;

CREATE INDEX kpi_line_shift_shown ON kpi_line_shift(client_id, day) WHERE (sources & 14680064) <> 0;

CREATE TABLE "change"(
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

CREATE INDEX change_record ON change(client_id, record);

CREATE TRIGGER change_as_written BEFORE UPDATE OF client_id, op, device_no, incarnation, dev_seq, kind, record, act, base,
  user_no, at, reason, schema_v, hash ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER change_redacted BEFORE UPDATE OF patch ON change
  WHEN NOT EXISTS (SELECT 1 FROM redaction r WHERE r.client_id = OLD.client_id AND r.op = OLD.op)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

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

CREATE INDEX coverage_entry_booking ON coverage_entry(client_id, booking) WHERE booking IS NOT NULL;

CREATE TABLE kpi_in_work(
  client_id BLOB NOT NULL, day INTEGER NOT NULL, work_order_id BLOB NOT NULL,
  start_entered REAL NOT NULL, -- orders in work whose start was entered
  start_produced REAL NOT NULL, -- whose start is the first day something was made
  start_planned REAL NOT NULL, -- whose start is the planned one
  start_received REAL NOT NULL, -- whose start is the day they were received
  running REAL NOT NULL, -- orders that age: in work and not on hold
  fixed_minutes REAL NOT NULL, -- their ages, less the end of the day for each that ages
  est_running REAL NOT NULL, -- of these, orders whose start is inferred
  est_fixed_minutes REAL NOT NULL, -- and their part
  PRIMARY KEY(client_id, day, work_order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_in_work_order ON kpi_in_work(client_id, work_order_id);

CREATE TABLE kpi_client_in_work(
  client_id BLOB NOT NULL, day INTEGER NOT NULL,
  rev INTEGER NOT NULL, -- grows with every transaction of the client: what a cube has not seen yet
  start_entered REAL NOT NULL, start_produced REAL NOT NULL, start_planned REAL NOT NULL, start_received REAL NOT NULL,
  running REAL NOT NULL, fixed_minutes REAL NOT NULL, est_running REAL NOT NULL, est_fixed_minutes REAL NOT NULL,
  PRIMARY KEY(client_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_client_in_work_rev ON kpi_client_in_work(client_id, rev);

CREATE TABLE kpi_client_crew(
  client_id BLOB NOT NULL, day INTEGER NOT NULL,
  rev INTEGER NOT NULL, -- grows with every transaction of the client: what a cube has not seen yet
  crews BLOB NOT NULL,
  PRIMARY KEY(client_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_client_crew_rev ON kpi_client_crew(client_id, rev);

CREATE TABLE kpi_client_rev(client_id BLOB NOT NULL PRIMARY KEY, rev INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE INDEX kpi_order_end ON kpi_order(client_id, end_minute) WHERE open = 0;

CREATE INDEX kpi_order_unstarted ON kpi_order(client_id, work_order_id) WHERE open = 1 AND start_minute IS NULL;

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

CREATE TABLE feed_role(
  client_id BLOB NOT NULL, user_id BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY(client_id, user_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE shade(
  client_id BLOB NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,
  row TEXT, -- none where the hub has no such row
  PRIMARY KEY(client_id, kind, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting(
  client_id BLOB NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,
  row TEXT NOT NULL,
  conflicts INTEGER NOT NULL, -- how many changes wait
  PRIMARY KEY(client_id, kind, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX waiting_conflicts ON waiting(client_id) WHERE conflicts > 0;

CREATE TABLE refused(
  client_id BLOB NOT NULL, op BLOB NOT NULL,
  prev BLOB NOT NULL, -- the hash of its author's change before
  why TEXT, seen_to INTEGER, -- none where its row was gone
  PRIMARY KEY(client_id, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE cut_off(
  client_id BLOB NOT NULL, place INTEGER NOT NULL,
  before BLOB NOT NULL, -- the chain before it
  op BLOB NOT NULL, seq INTEGER NOT NULL, decision INTEGER NOT NULL, fates TEXT NOT NULL, received_at INTEGER NOT NULL,
  prev BLOB NOT NULL, stream BLOB NOT NULL,
  PRIMARY KEY(client_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE signed(
  client_id BLOB NOT NULL, seq INTEGER NOT NULL,
  chain BLOB NOT NULL, -- the chain there
  signature TEXT NOT NULL,
  PRIMARY KEY(client_id, seq, chain)
) STRICT, WITHOUT ROWID;

CREATE TABLE parting(
  client_id BLOB NOT NULL, id BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY(client_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX confirmation_op ON confirmation(client_id, op) WHERE stream IS NOT NULL;

CREATE TRIGGER change_stays BEFORE DELETE ON change
  WHEN NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = OLD.client_id AND f.standing = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER redaction_stays BEFORE DELETE ON redaction
  WHEN NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = OLD.client_id AND f.standing = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER confirmation_stays BEFORE DELETE ON confirmation
  WHEN NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = OLD.client_id AND f.cursor < OLD.seq)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE INDEX kpi_order_promised ON kpi_order(
  client_id, promised, work_order_id, settled, sources, shipped_orders, unshipped_orders
);

CREATE INDEX kpi_order_open ON kpi_order(
  client_id, work_order_id, open, start_minute, end_minute, held_minutes, held_until, held_since, sources
) WHERE open = 1;

CREATE TRIGGER pool_booking_is_free BEFORE INSERT ON pool_booking
  WHEN NEW.state <> 'released' AND NEW.gone_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = NEW.client_id) AND EXISTS (SELECT 1 FROM pool_booking b
    WHERE b.client_id = NEW.client_id AND b.pool_employee_id = NEW.pool_employee_id AND b.id <> NEW.id
      AND b.from_utc < NEW.to_utc AND b.from_utc > NEW.from_utc - 86400000 AND b.to_utc > NEW.from_utc
      AND b.state <> 'released' AND b.gone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'POOLBUSY'); END;

CREATE TRIGGER pool_booking_stays_free BEFORE UPDATE ON pool_booking
  WHEN NEW.state <> 'released' AND NEW.gone_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.client_id = NEW.client_id) AND EXISTS (SELECT 1 FROM pool_booking b
    WHERE b.client_id = NEW.client_id AND b.pool_employee_id = NEW.pool_employee_id AND b.id <> NEW.id
      AND b.from_utc < NEW.to_utc AND b.from_utc > NEW.from_utc - 86400000 AND b.to_utc > NEW.from_utc
      AND b.state <> 'released' AND b.gone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'POOLBUSY'); END;

CREATE TABLE "line_shift"(
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
  speed_minutes REAL, -- Minutes in the line's unit of which somebody said that it ran slower than its standard
  gone_at INTEGER, -- when it was taken away, milliseconds since 1970
  ver BLOB NOT NULL, -- which change wrote which column
  PRIMARY KEY(client_id, id),
  FOREIGN KEY(client_id, shift_id) REFERENCES shift(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, line_id) REFERENCES line(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, handover_by) REFERENCES author(client_id, id) ON DELETE RESTRICT,
  FOREIGN KEY(client_id, signed_by) REFERENCES author(client_id, id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX line_shift_day ON line_shift(client_id, day, shift_id, line_id);

-- Statistics shipped with it
-- alert              alert                              5000 100 1
-- alert              alert_state                        5000 100 50 1
-- attendance_entry   attendance_entry                   2000000 40000 1
-- attendance_entry   attendance_entry_day               2000000 40000 60 20 5 1
-- attendance_entry   attendance_entry_employee_id       2000000 40000 400 1 1
-- author             author                             500 10 1
-- calendar_day       calendar_day                       1000 20 1
-- calendar_day       calendar_day_day                   1000 20 1 1
-- change             change                             1500000 30000 1
-- change             change_record                      1500000 30000 2 1
-- client             client                             50 1
-- client_setting     client_setting                     50 1 1
-- confirmation       confirmation                       1500000 30000 1
-- confirmation       confirmation_op                    1500000 30000 1
-- coverage_entry     coverage_entry                     50000 1000 1
-- coverage_entry     coverage_entry_attendance_entry_id 50000 1000 1 1
-- coverage_entry     coverage_entry_booking             10000 200 1 1
-- coverage_entry     coverage_entry_day                 50000 1000 4 2 1 1
-- defect_detail      defect_detail                      300000 6000 1
-- defect_detail      defect_detail_quality_entry_id     300000 6000 2 1
-- defect_type        defect_type                        1000 20 1
-- defect_type        defect_type_code                   1000 20 1 1
-- downtime_entry     downtime_entry                     200000 4000 1
-- downtime_entry     downtime_entry_line_shift_id       200000 4000 2 1
-- downtime_entry     downtime_entry_reason_id           100000 2000 20 1
-- downtime_entry     downtime_entry_work_order_id       100000 2000 20 1
-- downtime_reason    downtime_reason                    1000 20 1
-- downtime_reason    downtime_reason_code               1000 20 1 1
-- draft              draft                              100 5 1
-- employee           employee                           50000 1000 1
-- employee           employee_code                      50000 1000 1 1
-- employee_line      employee_line                      50000 1000 1
-- employee_line      employee_line_employee_id          50000 1000 1 1
-- equipment          equipment                          1000 20 1
-- equipment          equipment_code                     1000 20 1 1
-- head               head                               50 1
-- hold_entry         hold_entry                         5000 100 1
-- hold_entry         hold_entry_state                   5000 100 50 1
-- hold_entry         hold_entry_work_order_id           5000 100 1 1
-- hold_reason        hold_reason                        500 10 1
-- hold_reason        hold_reason_code                   500 10 1 1
-- import_batch       import_batch                       2000 40 1
-- job                job                                40000 800 1
-- job                job_code                           40000 800 1 1
-- job                job_work_order_id                  40000 800 2 1
-- kpi_client_crew    kpi_client_crew                    36500 730 1
-- kpi_client_crew    kpi_client_crew_rev                36500 730 2 1
-- kpi_client_day     kpi_client_day                     36500 730 1
-- kpi_client_day     kpi_client_day_rev                 36500 730 2 1
-- kpi_client_in_work kpi_client_in_work                 36500 730 1
-- kpi_client_in_work kpi_client_in_work_rev             36500 730 2 1
-- kpi_client_rev     kpi_client_rev                     50 1
-- kpi_in_work        kpi_in_work                        80000 1600 3 1
-- kpi_in_work        kpi_in_work_order                  80000 1600 4 1
-- kpi_line_shift     kpi_line_shift                     400000 8000 12 4 1
-- kpi_line_shift     kpi_line_shift_mean                4000 80 20 5 1
-- kpi_line_shift     kpi_line_shift_shown               4000 80 4 2 1
-- kpi_mark           kpi_mark                           200 4 4 2 1
-- kpi_order          kpi_order                          20000 400 1
-- kpi_order          kpi_order_ahead                    200 4 1
-- kpi_order          kpi_order_end                      18000 360 1 1
-- kpi_order          kpi_order_open                     2000 40 1 1 1 1 1 1 1 1
-- kpi_order          kpi_order_promised                 20000 400 2 1 1 1 1 1
-- kpi_order          kpi_order_unstarted                50 1 1
-- kpi_part           kpi_part                           600000 12000 18 6 2 1
-- kpi_people         kpi_people                         400000 8000 12 4 1 1
-- kpi_quality        kpi_quality                        600000 12000 18 6 2 1
-- line               line                               500 10 1
-- line               line_code                          500 10 1 1
-- line_calendar      line_calendar                      1000 20 1
-- line_calendar      line_calendar_line_id              1000 20 1 1
-- line_shift         line_shift                         400000 8000 1
-- line_shift         line_shift_day                     400000 8000 12 4 1
-- operation          operation                          500 10 1
-- operation          operation_code                     500 10 1 1
-- own_change         own_change                         1500000 30000 1
-- own_change         own_change_number                  1500000 30000 1
-- own_change         own_change_op                      1500000 30000 1
-- own_change         own_change_out                     10000 1000 1
-- part_opportunities part_opportunities                 1000 20 1
-- part_opportunities part_opportunities_product_id      1000 20 1 1
-- pool_booking       pool_booking                       20000 20000 1
-- pool_booking       pool_booking_from_utc              20000 20000 4 1
-- pool_booking       pool_booking_pool_employee_id      20000 20000 100 1 1
-- pool_booking       pool_booking_token                 20000 20000 1 1
-- pool_employee      pool_employee                      200 200 1
-- pool_employee      pool_employee_code                 200 200 1 1
-- preference         preference                         500 5 1
-- product            product                            1000 20 1
-- product            product_code                       1000 20 1 1
-- product_standard   product_standard                   2000 40 1
-- product_standard   product_standard_product_id        2000 40 1 1
-- production_entry   production_entry                   1000000 20000 1
-- production_entry   production_entry_line_shift_id     1000000 20000 3 1
-- production_entry   production_entry_work_order_id     500000 10000 20 1
-- quality_entry      quality_entry                      500000 10000 1
-- quality_entry      quality_entry_day                  500000 10000 14 5 1 1
-- quality_entry      quality_entry_job_id               250000 5000 2 1
-- quality_entry      quality_entry_product_id           500000 10000 500 1
-- quality_entry      quality_entry_work_order_id        500000 10000 20 2 1
-- reject_detail      reject_detail                      300000 6000 1
-- reject_detail      reject_detail_production_entry_id  300000 6000 2 1
-- saved_filter       saved_filter                       100 5 1
-- shift              shift                              200 4 1
-- shift              shift_code                         200 4 1 1
-- shift_break        shift_break                        800 16 1
-- shift_break        shift_break_shift_id               800 16 1 1
-- shift_time         shift_time                         400 8 1
-- shift_time         shift_time_shift_id                400 8 1 1
-- shipment           shipment                           20000 400 1
-- shipment           shipment_work_order_id             20000 400 1 1
-- staffing           staffing                           200000 4000 1
-- staffing           staffing_day                       200000 4000 12 4 1 1
-- step               step_user                          100000 500 1
-- step_client        step_client                        100000 1 1
-- threshold          threshold                          500 10 1
-- threshold          threshold_kpi                      500 10 1 1
-- user               user                               200 1
-- user_client        user_client                        600 3 1
-- user_line          user_line                          600 3 3 1
-- was                was                                100000 2000 1
-- work_order         work_order                         20000 400 1
-- work_order         work_order_code                    20000 400 1 1
