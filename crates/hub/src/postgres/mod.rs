//! The hub's keeping in PostgreSQL: one client's log behind one lock, its rows behind one wall.
//!
//! A request is one transaction. It names its client, so that row security
//! lets it see no other's rows; it locks the client's head where it writes;
//! it reads in bulk what the core may ask; the core decides; it writes in bulk.
mod access;
mod ask;
mod base;
mod broken;
mod fill;
mod filled;
mod grounds;
mod guard;
mod keep;
mod migrate;
mod secured;
mod sql;
mod take;

pub use {
    base::Pg,
    migrate::{NEWEST, make_database, migrate, migrate_to},
};
pub(crate) use {
    broken::broken,
    guard::{RIGHTS, THERE},
    migrate::plain,
};

use crate::{Error, Hub, clock::Clock};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use ed25519_dalek::SigningKey;
use secured::secured;
use std::time::Duration;

/// Where a hub finds its database, and how it may use it.
#[derive(Clone, Debug)]
pub struct Config {
    /// A connection string of PostgreSQL: socket folder or host, database, role.
    pub url: String,
    /// Connections at most.
    pub connections: usize,
    /// Where "now" comes from.
    pub clock: Clock,
}

/// A hub that is kept in PostgreSQL; any number of them may run on one database.
pub type Postgres = Hub<Pg>;

/// What every connection is held to; a person's own settings are added before and lose.
///
/// Every question is asked by a key: a plan that reads a whole client is never the right one, even where
/// PostgreSQL takes a table for small because nobody has counted it yet. What is forbidden counts as very dear, so that
/// PostgreSQL would compile each such plan anew before it runs: three quarters of all its time, where it may. And a plan
/// by a key is the same for every value: it is made once for each connection, not at every question.
const HELD: &str = "-c jit=off -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off \
                    -c plan_cache_mode=force_generic_plan \
                    -c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s \
                    -c synchronous_commit=on";
const WAIT: Duration = Duration::from_secs(30);

impl Postgres {
    /// Opens it.
    ///
    /// # Errors
    /// Where its role is a superuser, goes past row security or owns the tables; where the database has another
    /// version; those of PostgreSQL.
    pub async fn open(config: &Config) -> Result<Self, Error> {
        let pool = Self::pool(config)?;
        let connection = pool.get().await?;
        guard::check(&connection).await?;
        let seed = sql::hash(&connection.query_one("SELECT seed FROM hub.state", &[]).await?, 0)?;
        drop(connection);
        Ok(Hub { base: Pg(pool), clock: config.clock.clone(), signs: SigningKey::from_bytes(&seed) })
    }
    /// Connections as a hub has them, to whatever database it is.
    fn pool(config: &Config) -> Result<Pool, Error> {
        let (mut to, tls) = secured(&config.url)?;
        let own = to.get_options().unwrap_or_default().to_string();
        to.options(format!("{own} {HELD}"));
        let recycled = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = Pool::builder(Manager::from_config(to, tls, recycled))
            .max_size(config.connections)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .runtime(Runtime::Tokio1)
            .build()?;
        Ok(pool)
    }
    async fn connection(&self) -> Result<Object, Error> {
        self.way().await
    }
}
