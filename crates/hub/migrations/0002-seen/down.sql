ALTER TABLE hub.state DROP COLUMN backed_up_at;
DROP TABLE hub.seen;
