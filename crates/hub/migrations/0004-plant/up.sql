-- The plant's own log, of the people who go where one is missing, comes to the hub as one more log. Its key is sixteen
-- zero bytes, which is no client's.

-- What a row takes for a time: no two rows of a log take one thing at one moment.
CREATE TABLE hub.claim (
  client_id uuid NOT NULL,
  kind smallint NOT NULL,
  record uuid NOT NULL,
  what uuid NOT NULL,
  from_at bigint NOT NULL,
  to_at bigint NOT NULL CHECK (to_at > from_at),
  PRIMARY KEY (client_id, kind, record)
);
CREATE INDEX claim_of ON hub.claim (client_id, what, to_at);
ALTER TABLE hub.claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.claim FORCE ROW LEVEL SECURITY;
CREATE POLICY named_clients ON hub.claim
  USING (client_id = ANY ((SELECT hub.cur_clients())::uuid[]))
  WITH CHECK (client_id = ANY ((SELECT hub.cur_clients())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON hub.claim TO hub_app;

-- Whoever works with the pool has the log from now on; with the first person it begins.
SELECT set_config('app.clients', '{00000000-0000-0000-0000-000000000000}', true);
INSERT INTO hub.client_head (client_id, chain, key)
  SELECT '00000000-0000-0000-0000-000000000000', decode(repeat('00', 32), 'hex'),
    decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
  WHERE EXISTS (SELECT FROM hub.person);
INSERT INTO hub.granted (client_id, person, active, generation)
  SELECT '00000000-0000-0000-0000-000000000000', p.id, p.role IN ('supervisor', 'leader', 'poweruser', 'admin'), s.generation + 1
  FROM hub.person p CROSS JOIN hub.state s;
UPDATE hub.state SET generation = generation + 1;

-- When a PC sent the request that these tokens answer: an older one that comes later is overtaken.
ALTER TABLE hub.token ADD COLUMN asked_at bigint NOT NULL DEFAULT 0;
