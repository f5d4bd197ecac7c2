-- Admins who have come into the office from the window of a PC; what is shown is kept only as a hash.
CREATE TABLE hub.pass (
  hash bytea PRIMARY KEY,
  person uuid NOT NULL REFERENCES hub.person,
  device uuid NOT NULL REFERENCES hub.device,
  expires_at bigint NOT NULL
);

-- Wrong passwords in a row, by the log-in that was typed, known or not.
CREATE TABLE hub.tries (
  login text PRIMARY KEY,
  failures bigint NOT NULL,
  last bigint NOT NULL
);

-- Who did what in the office.
CREATE TABLE hub.deed (
  id uuid PRIMARY KEY,
  at bigint NOT NULL,
  person uuid NOT NULL REFERENCES hub.person,
  device uuid NOT NULL REFERENCES hub.device,
  what text NOT NULL
);
CREATE INDEX deed_at ON hub.deed (at);

GRANT SELECT, INSERT, UPDATE, DELETE ON hub.pass, hub.tries TO hub_app;
GRANT SELECT, INSERT ON hub.deed TO hub_app;
