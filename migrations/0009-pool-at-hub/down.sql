DROP TRIGGER pool_booking_is_free;
DROP TRIGGER pool_booking_stays_free;
CREATE TRIGGER pool_booking_is_free BEFORE INSERT ON pool_booking
  WHEN NEW.state <> 'released' AND NEW.gone_at IS NULL AND EXISTS (SELECT 1 FROM pool_booking b
    WHERE b.client_id = NEW.client_id AND b.pool_employee_id = NEW.pool_employee_id AND b.id <> NEW.id
      AND b.from_utc < NEW.to_utc AND b.from_utc > NEW.from_utc - 86400000 AND b.to_utc > NEW.from_utc
      AND b.state <> 'released' AND b.gone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'POOLBUSY'); END;
CREATE TRIGGER pool_booking_stays_free BEFORE UPDATE ON pool_booking
  WHEN NEW.state <> 'released' AND NEW.gone_at IS NULL AND EXISTS (SELECT 1 FROM pool_booking b
    WHERE b.client_id = NEW.client_id AND b.pool_employee_id = NEW.pool_employee_id AND b.id <> NEW.id
      AND b.from_utc < NEW.to_utc AND b.from_utc > NEW.from_utc - 86400000 AND b.to_utc > NEW.from_utc
      AND b.state <> 'released' AND b.gone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'POOLBUSY'); END;
