-- Line shifts that rest on the 30 days before, also those for which these had nothing to give: a crew
-- or a standard entered for an earlier day later on is theirs, too.
DROP INDEX kpi_line_shift_mean;
DROP INDEX kpi_line_shift_shown;
CREATE INDEX kpi_line_shift_mean ON kpi_line_shift(client_id, shift_id, line_id, day) WHERE (sources & 240) <> 0; -- crew: mean, planned, default, unknown
CREATE INDEX kpi_line_shift_shown ON kpi_line_shift(client_id, day) WHERE (sources & 14680064) <> 0; -- standard: demonstrated, default, unknown
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('kpi_line_shift', 'kpi_line_shift_mean', '4000 80 20 5 1'),
  ('kpi_line_shift', 'kpi_line_shift_shown', '4000 80 4 2 1');
