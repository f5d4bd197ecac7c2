DROP INDEX kpi_order_unstarted;
DROP INDEX kpi_order_end;
DROP TABLE kpi_client_crew;
DROP TABLE kpi_client_in_work;
DROP TABLE kpi_in_work;
DELETE FROM sqlite_stat1 WHERE tbl IN ('kpi_client_crew', 'kpi_client_in_work', 'kpi_in_work');
DELETE FROM sqlite_stat1 WHERE idx IN ('kpi_order_end', 'kpi_order_unstarted');
