-- When a person saw to what the hub refused, by writing it again or letting it go; none while it waits for one.
ALTER TABLE refused ADD COLUMN seen_to INTEGER;

-- A change of one's own is found by its name, not by looking through all of them.
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('own_change', 'own_change', '1500000 30000 1'), ('own_change', 'own_change_op', '1500000 30000 1'),
  ('own_change', 'own_change_number', '1500000 30000 1'), ('own_change', 'own_change_out', '10000 1000 1');
