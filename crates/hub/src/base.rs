//! What keeps a hub: transactions that ask and write, whatever database they are of.
//!
//! What is asked here is written once for all of them. `$1` is the first value; tables are named `hub.…`; what was
//! not named is not there (`see_clients`).
use crate::{Error, desk::Answer};
use domain::{Client, Id, Role, change::User};
pub use store::book::Value;

/// A database that keeps a hub.
pub trait Base: Send + Sync + 'static {
    /// A way to it that one request has for itself.
    type Way: Way;
    /// The next one that is free.
    fn way(&self) -> impl Answer<Self::Way, Error>;
}

/// One request's way to the database.
pub trait Way: Send {
    /// What is asked and written together, or not at all.
    type Tx<'w>: Tx
    where
        Self: 'w;
    /// Begins to ask and to write.
    fn begin(&mut self) -> impl Answer<Self::Tx<'_>, Error>;
    /// Begins to ask; everything is as it was at one moment.
    fn look(&mut self) -> impl Answer<Self::Tx<'_>, Error>;
    /// The one row of a statement that asks for nothing behind a wall, or none; for what is asked at every request.
    fn glance(&mut self, sql: &str, values: &[Value]) -> impl Answer<Option<Row>, Error>;
}

/// A transaction; what is not committed was not done.
pub trait Tx: Send + Sync {
    /// The rows of a statement.
    fn rows(&self, sql: &str, values: &[Value]) -> impl Answer<Vec<Row>, Error>;
    /// How many rows a statement wrote.
    fn run(&self, sql: &str, values: &[Value]) -> impl Answer<u64, Error>;
    /// Names the clients whose rows are there from now on.
    fn see_clients(&self, clients: &[Id<Client>]) -> impl Answer<(), Error>;
    /// Names the people whose grants can be read, too.
    fn see_people(&self, people: &[Id<User>]) -> impl Answer<(), Error>;
    /// Keeps what was done.
    fn commit(self) -> impl Answer<(), Error>;
    /// The one row of a statement, or none.
    fn row(&self, sql: &str, values: &[Value]) -> impl Answer<Option<Row>, Error> {
        async move { Ok(self.rows(sql, values).await?.into_iter().next()) }
    }
}

/// What a statement found, column by column.
#[derive(Clone, PartialEq, Debug)]
pub struct Row(pub Vec<Value>);

impl Row {
    fn value(&self, column: usize) -> &Value {
        self.0.get(column).unwrap_or(&Value::Null)
    }
    /// A whole number.
    pub fn number(&self, column: usize) -> Result<i64, Error> {
        self.maybe(column)?.ok_or(Error::Damaged("number"))
    }
    /// A whole number, or nothing.
    pub fn maybe(&self, column: usize) -> Result<Option<i64>, Error> {
        match self.value(column) {
            Value::Number(n) => Ok(Some(*n)),
            Value::Null => Ok(None),
            _ => Err(Error::Damaged("number")),
        }
    }
    /// Yes or no.
    pub fn yes(&self, column: usize) -> Result<bool, Error> {
        Ok(self.number(column)? != 0)
    }
    /// Words.
    pub fn text(&self, column: usize) -> Result<&str, Error> {
        self.words(column)?.ok_or(Error::Damaged("text"))
    }
    /// Words, or nothing.
    pub fn words(&self, column: usize) -> Result<Option<&str>, Error> {
        match self.value(column) {
            Value::Text(t) => Ok(Some(t)),
            Value::Null => Ok(None),
            _ => Err(Error::Damaged("text")),
        }
    }
    /// Bytes of whatever length.
    pub fn bytes(&self, column: usize) -> Result<&[u8], Error> {
        if let Value::Bytes(b) = self.value(column) { Ok(b) } else { Err(Error::Damaged("bytes")) }
    }
    /// An id.
    pub fn id<E>(&self, column: usize) -> Result<Id<E>, Error> {
        self.bytes(column)?.try_into().map(Id::from_bytes).map_err(|_| Error::Damaged("id"))
    }
    /// A hash or a key.
    pub fn hash(&self, column: usize) -> Result<[u8; 32], Error> {
        self.bytes(column)?.try_into().map_err(|_| Error::Damaged("hash"))
    }
    /// A role.
    pub fn role(&self, column: usize) -> Result<Role, Error> {
        Role::of(self.text(column)?).ok_or(Error::Damaged("role"))
    }
}

/// The values of a statement.
macro_rules! given {
    ($($v:expr),* $(,)?) => { &[$($crate::base::Value::from($v)),*] };
}
/// Tries a transaction anew where it only met another one.
macro_rules! again {
    ($once:expr) => {{
        let mut tried = 0;
        loop {
            match $once.await {
                Err(e) if e.passes() && tried < $crate::base::AGAIN => {
                    tried += 1;
                    tokio::time::sleep(std::time::Duration::from_millis(5 << tried)).await;
                }
                done => break done,
            }
        }
    }};
}
pub(crate) use {again, given};

/// How often a transaction is tried anew.
pub(crate) const AGAIN: usize = 8;
