-- The hub's log of every client, and who may have what.
-- A client's rows are seen only by a transaction that names the client in app.clients.
-- client_id leads every key; there are no sequences, triggers, notifications or advisory locks.

CREATE TABLE hub.state (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  epoch bigint NOT NULL,
  locked boolean NOT NULL,
  generation bigint NOT NULL,
  seed bytea NOT NULL CHECK (length(seed) = 32)
);
COMMENT ON COLUMN hub.state.seed IS 'signs manifests and ends of pages';

CREATE TABLE hub.client (
  id uuid PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE hub.person (
  id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  active boolean NOT NULL,
  verifier text
);

CREATE TABLE hub.device (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  key bytea NOT NULL CHECK (length(key) = 32),
  enrolled_at bigint NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  anew boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN hub.device.anew IS 'its tokens were lost in a restore: it may begin anew by its key alone, once';

-- Who is enrolled on a PC; a line stays when it ends, so that generations never fall.
CREATE TABLE hub.device_person (
  device uuid NOT NULL REFERENCES hub.device,
  person uuid NOT NULL REFERENCES hub.person,
  active boolean NOT NULL,
  generation bigint NOT NULL,
  PRIMARY KEY (device, person)
);

CREATE TABLE hub.code (
  name text PRIMARY KEY,
  hash bytea NOT NULL,
  expires_at bigint NOT NULL,
  tries smallint NOT NULL
);
COMMENT ON COLUMN hub.code.name IS 'the first four signs of the code; the rest is kept only as a hash';

CREATE TABLE hub.token (
  hash bytea PRIMARY KEY,
  device uuid NOT NULL REFERENCES hub.device,
  family uuid NOT NULL,
  parent bytea,
  renews boolean NOT NULL,
  expires_at bigint NOT NULL,
  shown boolean NOT NULL DEFAULT false,
  replaced boolean NOT NULL DEFAULT false,
  ended boolean NOT NULL DEFAULT false
);
CREATE INDEX token_family ON hub.token (family);
CREATE INDEX token_parent ON hub.token (parent);
CREATE INDEX token_device ON hub.token (device);

CREATE TABLE hub.client_head (
  client_id uuid PRIMARY KEY,
  seq bigint NOT NULL DEFAULT 0,
  chain bytea NOT NULL CHECK (length(chain) = 32),
  received_at bigint NOT NULL DEFAULT 0,
  durable bigint NOT NULL DEFAULT 0,
  key bytea NOT NULL CHECK (length(key) = 32)
) WITH (fillfactor = 50);

CREATE TABLE hub.granted (
  client_id uuid NOT NULL,
  person uuid NOT NULL REFERENCES hub.person,
  active boolean NOT NULL,
  generation bigint NOT NULL,
  PRIMARY KEY (client_id, person)
);
CREATE INDEX granted_person ON hub.granted (person);

CREATE TABLE hub.entry (
  client_id uuid NOT NULL,
  seq bigint NOT NULL,
  chain bytea NOT NULL CHECK (length(chain) = 32),
  received_at bigint NOT NULL,
  device uuid NOT NULL,
  incarnation bigint NOT NULL,
  verdict smallint NOT NULL,
  fates text NOT NULL,
  sent text NOT NULL,
  PRIMARY KEY (client_id, seq)
);

CREATE TABLE hub.verdict (
  client_id uuid NOT NULL,
  op uuid NOT NULL,
  verdict smallint NOT NULL,
  why text,
  PRIMARY KEY (client_id, op)
);

CREATE TABLE hub.numbered (
  client_id uuid NOT NULL,
  device uuid NOT NULL,
  incarnation bigint NOT NULL,
  number bigint NOT NULL,
  op uuid NOT NULL,
  PRIMARY KEY (client_id, device, incarnation, number)
);

CREATE TABLE hub.folded (
  client_id uuid NOT NULL,
  kind smallint NOT NULL,
  record uuid NOT NULL,
  row text NOT NULL,
  PRIMARY KEY (client_id, kind, record)
);

-- By row: what rests on a refused creation is refused with it.
CREATE TABLE hub.refused (
  client_id uuid NOT NULL,
  kind smallint NOT NULL,
  record uuid NOT NULL,
  op uuid NOT NULL,
  creates boolean NOT NULL,
  why text,
  sent text NOT NULL,
  PRIMARY KEY (client_id, kind, record, op)
);

CREATE TABLE hub.quarantine (
  client_id uuid NOT NULL,
  op uuid NOT NULL,
  hash bytea NOT NULL,
  received_at bigint NOT NULL,
  sent text NOT NULL,
  PRIMARY KEY (client_id, op, hash)
);

CREATE TABLE hub.parting (
  client_id uuid NOT NULL,
  parting uuid NOT NULL,
  received_at bigint NOT NULL,
  kept boolean NOT NULL DEFAULT false,
  PRIMARY KEY (client_id, parting)
);

CREATE FUNCTION hub.cur_clients() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(current_setting('app.clients', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION hub.cur_people() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(current_setting('app.people', true), ''), '{}')::uuid[] $$;
REVOKE ALL ON FUNCTION hub.cur_clients(), hub.cur_people() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.cur_clients(), hub.cur_people() TO hub_app;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['client_head', 'granted', 'entry', 'verdict', 'numbered', 'folded', 'refused',
                              'quarantine', 'parting'] LOOP
    EXECUTE format('ALTER TABLE hub.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE hub.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY named_clients ON hub.%I
      USING (client_id = ANY ((SELECT hub.cur_clients())::uuid[]))
      WITH CHECK (client_id = ANY ((SELECT hub.cur_clients())::uuid[]))', name);
  END LOOP;
END $$;

-- Which clients the people of a PC may see is asked before the clients can be named.
CREATE POLICY named_people ON hub.granted FOR SELECT
  USING (person = ANY ((SELECT hub.cur_people())::uuid[]));

GRANT USAGE ON SCHEMA hub TO hub_app;
-- The log, what was decided, and what was refused are only ever added to.
GRANT SELECT, INSERT ON hub.entry, hub.verdict, hub.numbered, hub.refused, hub.quarantine TO hub_app;
GRANT SELECT, INSERT, UPDATE ON hub.client_head, hub.granted, hub.folded, hub.parting TO hub_app;
GRANT SELECT, UPDATE ON hub.state TO hub_app;
GRANT SELECT, INSERT ON hub.client TO hub_app;
GRANT SELECT, INSERT, UPDATE ON hub.person, hub.device, hub.device_person TO hub_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON hub.code, hub.token TO hub_app;
GRANT SELECT ON hub.version TO hub_app;
