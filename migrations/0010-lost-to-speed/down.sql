ALTER TABLE line_shift DROP COLUMN speed_minutes;

-- The formulas before say other sums.
INSERT OR REPLACE INTO plant_setting(name, value) SELECT 'sums', 'stale' WHERE EXISTS (SELECT 1 FROM client);
