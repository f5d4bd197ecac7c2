//! Versions of the hub's database, up and down.
use super::secured::secured;
use crate::Error;
use crate::clock::{Clock, random};
use include_dir::{Dir, include_dir};
use tokio_postgres::{Client, Transaction};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// The newest version this program knows.
pub const NEWEST: i32 = 5;

/// Roles belong to the whole server: another hub on it may have made them.
const ROLES: &str = "DO $$ BEGIN
  BEGIN CREATE ROLE hub_owner NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  BEGIN CREATE ROLE hub_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  IF NOT pg_has_role(current_user, 'hub_owner', 'MEMBER') THEN GRANT hub_owner TO CURRENT_USER; END IF;
END $$";

const VERSIONS: &str = "CREATE SCHEMA IF NOT EXISTS hub AUTHORIZATION hub_owner;
SET LOCAL ROLE hub_owner;
CREATE TABLE IF NOT EXISTS hub.version (number integer PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL);
LOCK TABLE hub.version IN EXCLUSIVE MODE";

/// Brings a database to the newest version; `url` names a role that may make roles and schemas.
///
/// # Errors
/// Those of PostgreSQL, and where the database is of a newer program.
pub async fn migrate(url: &str, clock: &Clock) -> Result<(), Error> {
    migrate_to(url, NEWEST, clock).await
}

/// Makes a database where there is none of the name; `url` names a role that may.
///
/// # Errors
/// Those of PostgreSQL.
pub async fn make_database(url: &str, name: &str) -> Result<(), Error> {
    let admin = plain(url).await?;
    if admin.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&name]).await?.is_none() {
        admin.batch_execute(&format!("CREATE DATABASE \"{}\"", name.replace('"', "\"\""))).await?;
    }
    Ok(())
}

/// Takes a database to a version, back too; each step is a transaction of its own.
///
/// # Errors
/// Those of PostgreSQL, and where the database is of a newer program.
pub async fn migrate_to(url: &str, wanted: i32, clock: &Clock) -> Result<(), Error> {
    let mut admin = plain(url).await?;
    admin.batch_execute(ROLES).await?;
    loop {
        let tx = admin.transaction().await?;
        tx.batch_execute(VERSIONS).await?;
        let now = version(&tx).await?;
        if now > NEWEST {
            return Err(Error::Newer(now));
        }
        if now == wanted {
            return Ok(tx.commit().await?);
        }
        step(&tx, now, wanted, clock.now()).await?;
        tx.commit().await?;
    }
}

async fn step(tx: &Transaction<'_>, now: i32, wanted: i32, at: i64) -> Result<(), Error> {
    if wanted < now {
        tx.batch_execute(script(now, "down.sql")?.1).await?;
        tx.execute("DELETE FROM hub.version WHERE number = $1", &[&now]).await?;
        return Ok(());
    }
    let (name, sql) = script(now + 1, "up.sql")?;
    tx.batch_execute(sql).await?;
    tx.execute("INSERT INTO hub.version VALUES ($1, $2, $3)", &[&(now + 1), &name, &at]).await?;
    if now == 0 {
        let seed: [u8; 32] = random();
        let first = "INSERT INTO hub.state (epoch, locked, generation, seed) VALUES (1, false, 0, $1)";
        tx.execute(first, &[&&seed[..]]).await?;
    }
    Ok(())
}

fn script(number: i32, file: &str) -> Result<(&'static str, &'static str), Error> {
    let prefix = format!("{number:04}-");
    let name = |d: &'static Dir<'static>| d.path().to_str();
    let found = FOLDER.dirs().find_map(|d| Some((name(d).filter(|n| n.starts_with(&prefix))?, d)));
    let text = |(n, d): (&'static str, &'static Dir<'static>)| {
        let file = d.files().find(|f| f.path().ends_with(file))?;
        Some((n, file.contents_utf8()?))
    };
    found.and_then(text).ok_or(Error::Unknown("version"))
}

async fn version(tx: &Transaction<'_>) -> Result<i32, Error> {
    Ok(tx.query_one("SELECT coalesce(max(number), 0) FROM hub.version", &[]).await?.try_get(0)?)
}

/// A connection with nothing set on it.
pub(crate) async fn plain(url: &str) -> Result<Client, Error> {
    let (config, tls) = secured(url)?;
    let (client, connection) = config.connect(tls).await?;
    // It ends with the client; what goes wrong on it, the client's next statement tells.
    tokio::spawn(connection);
    Ok(client)
}
