DROP TRIGGER entry_no_update;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
DROP TRIGGER refused_no_update;
CREATE TRIGGER refused_no_update BEFORE UPDATE ON refused BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
DROP TRIGGER quarantine_no_update;
CREATE TRIGGER quarantine_no_update BEFORE UPDATE ON quarantine BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
