-- When each PC was last heard, beside the PC itself: whoever writes for it holds its line.
CREATE TABLE hub.seen (
  device uuid PRIMARY KEY REFERENCES hub.device,
  at bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON hub.seen TO hub_app;

ALTER TABLE hub.state ADD COLUMN backed_up_at bigint;
COMMENT ON COLUMN hub.state.backed_up_at IS 'when a backup was last checked; none before the first';
