-- When a person saw to what the hub refused, by writing it again or letting it go; none while it waits for one.
ALTER TABLE refused ADD COLUMN seen_to INTEGER;
