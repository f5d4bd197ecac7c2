DROP INDEX kpi_line_shift_mean;
DROP INDEX kpi_line_shift_shown;
CREATE INDEX kpi_line_shift_mean ON kpi_line_shift(client_id, shift_id, line_id, day) WHERE (sources & 16) <> 0; -- crew of the 30 days before
CREATE INDEX kpi_line_shift_shown ON kpi_line_shift(client_id, day) WHERE (sources & 2097152) <> 0; -- standard of the 30 days before
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('kpi_line_shift', 'kpi_line_shift_mean', '4000 80 20 5 1'),
  ('kpi_line_shift', 'kpi_line_shift_shown', '4000 80 4 2 1');
