ALTER TABLE refused DROP COLUMN seen_to;
