//! Ids and hashes as PostgreSQL keeps them, and statements that are prepared once.
use crate::Error;
use deadpool_postgres::Transaction;
use domain::{Client, Id, change::User};
use std::error::Error as Any;
use tokio_postgres::{
    Row,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

/// An id as a column of type uuid.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Uid(pub(super) [u8; 16]);

impl<E> From<Id<E>> for Uid {
    fn from(id: Id<E>) -> Self {
        Uid(id.bytes())
    }
}
impl<E> From<Uid> for Id<E> {
    fn from(id: Uid) -> Self {
        Id::from_bytes(id.0)
    }
}

impl ToSql for Uid {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Any + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }
    to_sql_checked!();
}
impl<'r> FromSql<'r> for Uid {
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn Any + Sync + Send>> {
        Ok(Uid(raw.try_into()?))
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }
}

/// An id of a row's column.
pub(super) fn id<E>(row: &Row, column: usize) -> Result<Id<E>, Error> {
    Ok(row.try_get::<_, Uid>(column)?.into())
}

/// A hash or key of a row's column.
pub(super) fn hash(row: &Row, column: usize) -> Result<[u8; 32], Error> {
    row.try_get::<_, &[u8]>(column)?.try_into().map_err(|_| Error::Damaged("hash"))
}

/// What a statement is given.
pub(super) type Given<'g> = &'g [&'g (dyn ToSql + Sync)];

/// The rows of a statement.
pub(super) async fn rows(tx: &Transaction<'_>, sql: &str, given: Given<'_>) -> Result<Vec<Row>, Error> {
    let statement = tx.prepare_cached(sql).await?;
    Ok(tx.query(&statement, given).await?)
}

/// The one row of a statement, or none.
pub(super) async fn row(tx: &Transaction<'_>, sql: &str, given: Given<'_>) -> Result<Option<Row>, Error> {
    let statement = tx.prepare_cached(sql).await?;
    Ok(tx.query_opt(&statement, given).await?)
}

/// How many rows a statement wrote.
pub(super) async fn run(tx: &Transaction<'_>, sql: &str, given: Given<'_>) -> Result<u64, Error> {
    let statement = tx.prepare_cached(sql).await?;
    Ok(tx.execute(&statement, given).await?)
}

/// Names the clients whose rows the transaction may see; until it ends.
pub(super) async fn name_clients(tx: &Transaction<'_>, clients: &[Id<Client>]) -> Result<(), Error> {
    row(tx, "SELECT set_config('app.clients', $1, true)", &[&list(clients)]).await.map(drop)
}

/// Names the people whose grants the transaction may see; until it ends.
pub(super) async fn name_people(tx: &Transaction<'_>, people: &[Id<User>]) -> Result<(), Error> {
    row(tx, "SELECT set_config('app.people', $1, true)", &[&list(people)]).await.map(drop)
}

fn list<E>(ids: &[Id<E>]) -> String {
    format!("{{{}}}", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}
