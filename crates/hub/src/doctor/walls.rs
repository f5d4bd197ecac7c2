//! The role, the version of the tables, and the walls between clients.
use super::Finding;
use crate::{
    Error,
    postgres::{NEWEST, RIGHTS, THERE},
};
use tokio_postgres::Client;

/// Tables with a client's rows where the wall is missing, is not for their owner too, or has nothing to let anybody by.
const OPEN: &str = "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'client_id' AND NOT a.attisdropped
  WHERE n.nspname = 'hub' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity
    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)) ORDER BY 1";

/// Policies that ask neither for named clients nor for named people.
const STRANGE: &str = "SELECT format('%s (%s)', tablename, policyname) FROM pg_policies WHERE schemaname = 'hub'
    AND NOT (coalesce(qual, with_check) ~ 'cur_(clients|people)\\(' AND coalesce(with_check, qual) ~ 'cur_(clients|people)\\(')
  ORDER BY 1";

/// What does with rows as whoever made it may; but for the one that only takes words out.
const LENT: &str = "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname = 'hub' AND p.oid IS DISTINCT FROM to_regprocedure('hub.redact(uuid, text[], text[])')
  UNION ALL SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'hub' AND c.relkind IN ('v', 'm') ORDER BY 1";

/// What a hub does with its tables and may not, such as in a copy that was brought back without its rights.
const LACKING: &str = "SELECT format('%s (%s)', n.name, v.verb) FROM (VALUES
    ('entry, verdict, numbered, refused, quarantine, client, deed', 'SELECT, INSERT'),
    ('client_head, granted, folded, parting, person, device, device_person, seen', 'SELECT, INSERT, UPDATE'),
    ('code, token, pass, tries, claim', 'SELECT, INSERT, UPDATE, DELETE'), ('state', 'SELECT, UPDATE')) g (names, verbs)
  CROSS JOIN LATERAL regexp_split_to_table(g.names, ', ') n (name)
  CROSS JOIN LATERAL regexp_split_to_table(g.verbs, ', ') v (verb)
  WHERE NOT coalesce(has_table_privilege(to_regclass('hub.' || n.name), v.verb), false) ORDER BY 1";

const TABLES: &str = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'client_id' AND NOT a.attisdropped
  WHERE n.nspname = 'hub' AND c.relkind IN ('r', 'p')";

pub(super) async fn role(database: &Client) -> Result<Finding, Error> {
    let mut names = vec![];
    for row in database.query(RIGHTS, &[]).await? {
        let name: String = row.try_get(0)?;
        for (column, word) in [(1, "role_superuser"), (2, "role_past_walls"), (3, "role_owner")] {
            if row.try_get::<_, bool>(column)? {
                return Ok(Finding::bad(word, &[("role", name)]));
            }
        }
        names.push(name);
    }
    Ok(Finding::good("role", &[("role", names.join(", "))]))
}

pub(super) async fn schema(database: &Client) -> Result<Finding, Error> {
    if !database.query_one(THERE, &[]).await?.try_get::<_, bool>(0)? {
        return Ok(Finding::bad("schema_none", &[]));
    }
    let sql = "SELECT coalesce(max(number), 0) FROM hub.version";
    let number: i32 = database.query_one(sql, &[]).await?.try_get(0)?;
    let values = [("version", number.to_string()), ("newest", NEWEST.to_string())];
    Ok(match number {
        NEWEST => Finding::good("schema", &values),
        newer if newer > NEWEST => Finding::bad("schema_newer", &values),
        _ => Finding::bad("schema_older", &values),
    })
}

pub(super) async fn tables(database: &Client) -> Result<Finding, Error> {
    for (sql, word) in
        [(OPEN, "walls_open"), (STRANGE, "walls_strange"), (LENT, "walls_lent"), (LACKING, "rights_lacking")]
    {
        let mut names: Vec<String> = vec![];
        for row in database.query(sql, &[]).await? {
            names.push(row.try_get(0)?);
        }
        if !names.is_empty() {
            return Ok(Finding::bad(word, &[("names", names.join(", "))]));
        }
    }
    let count: i64 = database.query_one(TABLES, &[]).await?.try_get(0)?;
    Ok(Finding::good("walls", &[("tables", count.to_string())]))
}
