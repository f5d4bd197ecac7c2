-- What a board asks at a glance: the crews of lines, and the orders in work as of any day.

-- By how much one order changes what is in work at the end of a day.
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

-- The same of all orders of a client: what is in work at the end of a day is the sum of the days up to it.
CREATE TABLE kpi_client_in_work(
  client_id BLOB NOT NULL, day INTEGER NOT NULL,
  rev INTEGER NOT NULL, -- grows with every transaction of the client: what a cube has not seen yet
  start_entered REAL NOT NULL, start_produced REAL NOT NULL, start_planned REAL NOT NULL, start_received REAL NOT NULL,
  running REAL NOT NULL, fixed_minutes REAL NOT NULL, est_running REAL NOT NULL, est_fixed_minutes REAL NOT NULL,
  PRIMARY KEY(client_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX kpi_client_in_work_rev ON kpi_client_in_work(client_id, rev);

-- The crews of a client's lines on a day: of each line its id, people and line shifts.
CREATE TABLE kpi_client_crew(
  client_id BLOB NOT NULL, day INTEGER NOT NULL,
  rev INTEGER NOT NULL, -- grows with every transaction of the client: what a cube has not seen yet
  crews BLOB NOT NULL,
  PRIMARY KEY(client_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX kpi_client_crew_rev ON kpi_client_crew(client_id, rev);

-- Of each client the number of the last transaction that wrote its sums: a cube asks only those that have a newer one.
CREATE TABLE kpi_client_rev(client_id BLOB NOT NULL PRIMARY KEY, rev INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO kpi_client_rev SELECT client_id, max(rev) FROM kpi_client_day GROUP BY client_id;
DROP TABLE kpi_rev;
DELETE FROM sqlite_stat1 WHERE tbl = 'kpi_rev';

-- Orders that were over only after a day, and orders in work whose start nothing tells.
CREATE INDEX kpi_order_end ON kpi_order(client_id, end_minute) WHERE open = 0;
CREATE INDEX kpi_order_unstarted ON kpi_order(client_id, work_order_id) WHERE open = 1 AND start_minute IS NULL;

INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('kpi_in_work', 'kpi_in_work', '80000 1600 3 1'),
  ('kpi_in_work', 'kpi_in_work_order', '80000 1600 4 1'),
  ('kpi_client_in_work', 'kpi_client_in_work', '36500 730 1'),
  ('kpi_client_in_work', 'kpi_client_in_work_rev', '36500 730 2 1'),
  ('kpi_client_crew', 'kpi_client_crew', '36500 730 1'),
  ('kpi_client_crew', 'kpi_client_crew_rev', '36500 730 2 1'),
  ('kpi_client_rev', 'kpi_client_rev', '50 1'),
  ('kpi_order', 'kpi_order_end', '18000 360 1 1'),
  ('kpi_order', 'kpi_order_unstarted', '50 1 1');

INSERT OR REPLACE INTO plant_setting(name, value) SELECT 'sums', 'stale' WHERE EXISTS (SELECT 1 FROM client);
