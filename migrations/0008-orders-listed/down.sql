DROP INDEX kpi_order_open;
CREATE INDEX kpi_order_open ON kpi_order(client_id, work_order_id) WHERE open = 1;
DROP INDEX kpi_order_promised;
CREATE INDEX kpi_order_promised ON kpi_order(client_id, promised);

INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('kpi_order', 'kpi_order_open', '2000 40 1'),
  ('kpi_order', 'kpi_order_promised', '20000 400 2 1');
