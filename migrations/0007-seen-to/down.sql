DELETE FROM sqlite_stat1 WHERE tbl = 'own_change';
ALTER TABLE refused DROP COLUMN seen_to;
