//! A hub runs only where the walls between clients hold it, too.
use super::{Error, NEWEST};
use deadpool_postgres::Object;

/// What the role, and whoever it was before, may do past the walls.
pub(crate) const RIGHTS: &str = "SELECT r.rolname, r.rolsuper, r.rolbypassrls,
    EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'hub' AND pg_has_role(r.rolname, c.relowner, 'MEMBER'))
  FROM pg_roles r WHERE r.rolname IN (current_user, session_user)";

const UNGUARDED: &str = "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'client_id' AND NOT a.attisdropped
  WHERE n.nspname = 'hub' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
  ORDER BY 1 LIMIT 1";

/// Without rights to it, it is as good as not there.
pub(crate) const THERE: &str = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'hub' AND c.relname = 'version' AND has_schema_privilege(n.oid, 'USAGE')
    AND has_table_privilege(c.oid, 'SELECT'))";

/// Refuses a role that the walls do not hold, a table without one, and another version.
pub(super) async fn check(connection: &Object) -> Result<(), Error> {
    role(connection).await?;
    version(connection).await?;
    match connection.query_opt(UNGUARDED, &[]).await? {
        Some(row) => Err(Error::Role(format!("table {} has no wall between clients", row.try_get::<_, &str>(0)?))),
        None => Ok(()),
    }
}

async fn role(connection: &Object) -> Result<(), Error> {
    for row in connection.query(RIGHTS, &[]).await? {
        let name: &str = row.try_get(0)?;
        let may = [(1, "is a superuser"), (2, "goes past row security"), (3, "owns the tables")];
        for (column, what) in may {
            if row.try_get::<_, bool>(column)? {
                return Err(Error::Role(format!("{name} {what}")));
            }
        }
    }
    Ok(())
}

async fn version(connection: &Object) -> Result<(), Error> {
    let there = connection.query_one(THERE, &[]).await?;
    if !there.try_get::<_, bool>(0)? {
        return Err(Error::Older(0));
    }
    let row = connection.query_one("SELECT coalesce(max(number), 0) FROM hub.version", &[]).await?;
    match row.try_get(0)? {
        NEWEST => Ok(()),
        number if number > NEWEST => Err(Error::Newer(number)),
        number => Err(Error::Older(number)),
    }
}
