-- Of what was lost somebody may say that it was speed.
ALTER TABLE line_shift ADD COLUMN speed_minutes REAL; -- Minutes in the line's unit of which somebody said that it ran slower than its standard

-- Units that something was done with failed, and what history shows of machines is not of people: every sum is worked out again.
INSERT OR REPLACE INTO plant_setting(name, value) SELECT 'sums', 'stale' WHERE EXISTS (SELECT 1 FROM client);
