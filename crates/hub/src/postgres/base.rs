//! PostgreSQL as what keeps a hub.
use super::sql::{Uid, name_clients, name_people, rows, run};
use crate::{
    Error,
    base::{Base, Row, Tx, Value, Way},
};
use deadpool_postgres::{Object, Pool, Transaction};
use domain::{Client, Id, change::User};
use std::error::Error as Any;
use tokio_postgres::{
    IsolationLevel,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

/// A pool of connections.
pub struct Pg(pub(super) Pool);

impl Base for Pg {
    type Way = Object;
    async fn way(&self) -> Result<Object, Error> {
        Ok(self.0.get().await?)
    }
}

impl Way for Object {
    type Tx<'w> = Transaction<'w>;
    async fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        Ok(self.transaction().await?)
    }
    async fn look(&mut self) -> Result<Transaction<'_>, Error> {
        let reading = self.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        Ok(reading.start().await?)
    }
    async fn glance(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, Error> {
        let put: Vec<Put<'_>> = values.iter().map(Put).collect();
        let statement = self.prepare_cached(sql).await?;
        self.query_opt(&statement, &given(&put)).await?.as_ref().map(row).transpose()
    }
}

impl Tx for Transaction<'_> {
    async fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let put: Vec<Put<'_>> = values.iter().map(Put).collect();
        rows(self, sql, &given(&put)).await?.iter().map(row).collect()
    }
    async fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        let put: Vec<Put<'_>> = values.iter().map(Put).collect();
        run(self, sql, &given(&put)).await
    }
    async fn see_clients(&self, clients: &[Id<Client>]) -> Result<(), Error> {
        name_clients(self, clients).await
    }
    async fn see_people(&self, people: &[Id<User>]) -> Result<(), Error> {
        name_people(self, people).await
    }
    async fn commit(self) -> Result<(), Error> {
        Ok(Transaction::commit(self).await?)
    }
}

fn given<'g>(put: &'g [Put<'g>]) -> Vec<&'g (dyn ToSql + Sync)> {
    put.iter().map(|p| p as &(dyn ToSql + Sync)).collect()
}

/// A value as the type of its column.
#[derive(Debug)]
struct Put<'v>(&'v Value);

impl ToSql for Put<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Any + Sync + Send>> {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Number(n), &Type::BOOL) => (*n != 0).to_sql(ty, out),
            (Value::Number(n), &Type::INT2) => i16::try_from(*n)?.to_sql(ty, out),
            (Value::Number(n), &Type::INT4) => i32::try_from(*n)?.to_sql(ty, out),
            (Value::Number(n), _) => n.to_sql(ty, out),
            (Value::Text(t), _) => t.to_sql(ty, out),
            (Value::Bytes(b), &Type::UUID) => Uid(b.as_slice().try_into()?).to_sql(ty, out),
            (Value::Bytes(b), _) => b.to_sql(ty, out),
        }
    }
    fn accepts(ty: &Type) -> bool {
        [Type::BOOL, Type::INT2, Type::INT4, Type::INT8, Type::TEXT, Type::BYTEA, Type::UUID].contains(ty)
    }
    to_sql_checked!();
}

fn row(found: &tokio_postgres::Row) -> Result<Row, Error> {
    (0..found.len()).map(|i| value(found, i)).collect::<Result<_, _>>().map(Row)
}

fn value(row: &tokio_postgres::Row, column: usize) -> Result<Value, Error> {
    Ok(match *row.columns()[column].type_() {
        Type::BOOL => row.try_get::<_, Option<bool>>(column)?.into(),
        Type::INT2 => row.try_get::<_, Option<i16>>(column)?.into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(column)?.map(i64::from).into(),
        Type::INT8 => row.try_get::<_, Option<i64>>(column)?.into(),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(column)?.into(),
        Type::UUID => row.try_get::<_, Option<Uid>>(column)?.map(|u| u.0).into(),
        _ => row.try_get::<_, Option<&str>>(column)?.into(),
    })
}
