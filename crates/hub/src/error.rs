//! Why what keeps a hub does not answer.
use domain::{Code, Fault};
use tokio_postgres::error::SqlState;

/// Why a hub cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// PostgreSQL refuses, or is not there.
    #[error("PostgreSQL: {}", told(.0))]
    Sql(#[from] tokio_postgres::Error),
    /// The keeper's file refuses.
    #[error("the book: {0}")]
    Book(#[from] store::Error),
    /// No connection is free or can be made.
    #[error("no connection to PostgreSQL: {0}")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The pool cannot be made.
    #[error("no pool of connections: {0}")]
    Build(#[from] deadpool_postgres::BuildError),
    /// PostgreSQL cannot be reached as securely as is asked.
    #[error("PostgreSQL is to be reached over TLS: {0}")]
    Trust(String),
    /// The role it was given may more than a hub should.
    #[error("the hub does not run with this role: {0}")]
    Role(String),
    /// The database is of a newer program.
    #[error("the database has version {0}, which this program does not know: install the newer program")]
    Newer(i32),
    /// The database is of an older program and was not migrated.
    #[error("the database has version {0} and must be migrated first: run `lineboard hub migrate`")]
    Older(i32),
    /// What is kept cannot be read.
    #[error("a kept {0} cannot be read")]
    Damaged(&'static str),
    /// The core asked for what was not read for it: a fault of this program.
    #[error("{0} was asked for that was not read before")]
    Unfilled(&'static str),
    /// An admin must confirm the grants first.
    #[error("the hub was restored and its grants are not confirmed yet")]
    Locked,
    /// Without this one nobody could administer the plant.
    #[error("this is the last admin who may work")]
    LastAdmin,
    /// A client has as many people or PCs as its settings allow.
    #[error("the client {client} may have no more than {most}")]
    Limit {
        /// Which limit.
        code: Code,
        /// What the client is called.
        client: String,
        /// So many.
        most: i64,
    },
    /// It has clients, people or PCs of its own.
    #[error("this hub is in use: only one that nobody has begun to use can become another")]
    InUse,
    /// Its plant has gone to another hub.
    #[error("the plant of this book has moved to another hub")]
    Moved,
    /// Those before it took too long.
    #[error("the book was not free in time")]
    Busy,
    /// Nobody and nothing has this name.
    #[error("there is no such {0}")]
    Unknown(&'static str),
}

impl Error {
    /// The same as a person is told it, where it is a limit of a client.
    pub fn limit(&self) -> Option<Fault> {
        let Error::Limit { code, client, most } = self else { return None };
        Some(Fault::new(*code).with("client", client).with("value", most))
    }
    /// Whether the same transaction may well succeed when it is tried anew.
    pub(crate) fn passes(&self) -> bool {
        let state = match self {
            Error::Sql(e) => e.code(),
            _ => None,
        };
        // Of statements sent together, one may tell only that another ended the transaction.
        let passing =
            [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::IN_FAILED_SQL_TRANSACTION];
        state.is_some_and(|s| passing.contains(s))
    }
}

fn told(e: &tokio_postgres::Error) -> String {
    e.as_db_error().map_or_else(|| e.to_string(), |d| format!("{} ({})", d.message(), d.code().code()))
}
