-- A list of orders is counted and weighed from an index alone: those of a stretch of promised days, and those in work.
DROP INDEX kpi_order_promised;
CREATE INDEX kpi_order_promised ON kpi_order(
  client_id, promised, work_order_id, settled, sources, shipped_orders, unshipped_orders
);
DROP INDEX kpi_order_open;
CREATE INDEX kpi_order_open ON kpi_order(
  client_id, work_order_id, open, start_minute, end_minute, held_minutes, held_until, held_since, sources
) WHERE open = 1;

INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('kpi_order', 'kpi_order_promised', '20000 400 2 1 1 1 1 1'),
  ('kpi_order', 'kpi_order_open', '2000 40 1 1 1 1 1 1 1 1');
