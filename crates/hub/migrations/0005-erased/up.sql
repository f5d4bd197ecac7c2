-- What tells of a person who was erased goes out of the log, too. It is still only ever added to: the hub may ask for
-- nothing but that texts give way to marks, and this function sees to it that nothing else does.
CREATE FUNCTION hub.only_marks(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = ''
AS $$
  SELECT (before::jsonb - 'patch' - 'written') = (after::jsonb - 'patch' - 'written')
    AND after::jsonb ->> 'written' IS NOT NULL
    AND coalesce(before::jsonb ->> 'written', after::jsonb ->> 'written') = after::jsonb ->> 'written'
    AND NOT EXISTS (
      SELECT FROM jsonb_each((before::jsonb ->> 'patch')::jsonb) b
        FULL JOIN jsonb_each((after::jsonb ->> 'patch')::jsonb) a USING (key)
      WHERE b.value IS NULL OR a.value IS NULL
        OR b.value <> a.value AND (jsonb_typeof(a.value) <> 'string' OR (a.value #>> '{}') !~ '^erased-[0-9a-f]{16}$'))
$$;

-- The walls hold here, too: they are up for the owner, and of a client that was not named there is no row.
CREATE FUNCTION hub.redact(client uuid, before text[], after text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE done bigint;
BEGIN
  WITH texts AS (SELECT * FROM unnest(before, after) t (b, a)),
    e AS (UPDATE hub.entry SET sent = t.a FROM texts t
      WHERE client_id = client AND sent = t.b AND hub.only_marks(t.b, t.a) RETURNING t.b),
    r AS (UPDATE hub.refused SET sent = t.a FROM texts t
      WHERE client_id = client AND sent = t.b AND hub.only_marks(t.b, t.a) RETURNING t.b),
    q AS (UPDATE hub.quarantine SET sent = t.a FROM texts t
      WHERE client_id = client AND sent = t.b AND hub.only_marks(t.b, t.a) RETURNING t.b)
  SELECT count(DISTINCT b) INTO done FROM (TABLE e UNION ALL TABLE r UNION ALL TABLE q) all_of (b);
  RETURN done;
END $$;
REVOKE ALL ON FUNCTION hub.only_marks(text, text), hub.redact(uuid, text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.redact(uuid, text[], text[]) TO hub_app;
