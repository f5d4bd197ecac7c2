-- What tells of a person who was erased goes out of the log, too. It is still only ever added to: texts may give way to
-- marks, and nothing else may.
DROP TRIGGER entry_no_update;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
  WHEN CASE WHEN json_valid(OLD.sent) AND json_valid(NEW.sent) THEN NOT (OLD.client_id IS NEW.client_id AND OLD.seq IS NEW.seq AND OLD.chain IS NEW.chain AND OLD.received_at IS NEW.received_at AND OLD.device IS NEW.device AND OLD.incarnation IS NEW.incarnation AND OLD.verdict IS NEW.verdict AND OLD.fates IS NEW.fates
    AND json_remove(OLD.sent, '$.patch', '$.written') = json_remove(NEW.sent, '$.patch', '$.written')
    AND NEW.sent ->> '$.written' IS NOT NULL
    AND coalesce(OLD.sent ->> '$.written', NEW.sent ->> '$.written') = NEW.sent ->> '$.written'
    AND (SELECT count(*) FROM json_each(OLD.sent ->> '$.patch')) = (SELECT count(*) FROM json_each(NEW.sent ->> '$.patch'))
    AND NOT EXISTS (
      SELECT 1 FROM json_each(OLD.sent ->> '$.patch') b LEFT JOIN json_each(NEW.sent ->> '$.patch') a ON a.key = b.key
      WHERE a.key IS NULL OR (a.value IS NOT b.value OR a.type <> b.type)
        AND NOT (a.type = 'text' AND length(a.value) = 23 AND a.value GLOB 'erased-*' AND substr(a.value, 8) NOT GLOB '*[^0-9a-f]*'))) ELSE 1 END
  BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
DROP TRIGGER refused_no_update;
CREATE TRIGGER refused_no_update BEFORE UPDATE ON refused
  WHEN CASE WHEN json_valid(OLD.sent) AND json_valid(NEW.sent) THEN NOT (OLD.client_id IS NEW.client_id AND OLD.kind IS NEW.kind AND OLD.record IS NEW.record AND OLD.op IS NEW.op AND OLD.creates IS NEW.creates AND OLD.why IS NEW.why
    AND json_remove(OLD.sent, '$.patch', '$.written') = json_remove(NEW.sent, '$.patch', '$.written')
    AND NEW.sent ->> '$.written' IS NOT NULL
    AND coalesce(OLD.sent ->> '$.written', NEW.sent ->> '$.written') = NEW.sent ->> '$.written'
    AND (SELECT count(*) FROM json_each(OLD.sent ->> '$.patch')) = (SELECT count(*) FROM json_each(NEW.sent ->> '$.patch'))
    AND NOT EXISTS (
      SELECT 1 FROM json_each(OLD.sent ->> '$.patch') b LEFT JOIN json_each(NEW.sent ->> '$.patch') a ON a.key = b.key
      WHERE a.key IS NULL OR (a.value IS NOT b.value OR a.type <> b.type)
        AND NOT (a.type = 'text' AND length(a.value) = 23 AND a.value GLOB 'erased-*' AND substr(a.value, 8) NOT GLOB '*[^0-9a-f]*'))) ELSE 1 END
  BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
DROP TRIGGER quarantine_no_update;
CREATE TRIGGER quarantine_no_update BEFORE UPDATE ON quarantine
  WHEN CASE WHEN json_valid(OLD.sent) AND json_valid(NEW.sent) THEN NOT (OLD.client_id IS NEW.client_id AND OLD.op IS NEW.op AND OLD.hash IS NEW.hash AND OLD.received_at IS NEW.received_at
    AND json_remove(OLD.sent, '$.patch', '$.written') = json_remove(NEW.sent, '$.patch', '$.written')
    AND NEW.sent ->> '$.written' IS NOT NULL
    AND coalesce(OLD.sent ->> '$.written', NEW.sent ->> '$.written') = NEW.sent ->> '$.written'
    AND (SELECT count(*) FROM json_each(OLD.sent ->> '$.patch')) = (SELECT count(*) FROM json_each(NEW.sent ->> '$.patch'))
    AND NOT EXISTS (
      SELECT 1 FROM json_each(OLD.sent ->> '$.patch') b LEFT JOIN json_each(NEW.sent ->> '$.patch') a ON a.key = b.key
      WHERE a.key IS NULL OR (a.value IS NOT b.value OR a.type <> b.type)
        AND NOT (a.type = 'text' AND length(a.value) = 23 AND a.value GLOB 'erased-*' AND substr(a.value, 8) NOT GLOB '*[^0-9a-f]*'))) ELSE 1 END
  BEGIN SELECT RAISE(ABORT, 'only ever added to'); END;
