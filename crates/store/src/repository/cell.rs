//! Values between SQLite and the domain.
use crate::error::{Error, Result};
use domain::{Client, Day, Id, Value, time::Instant};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

/// A value on its way into a statement.
pub(crate) struct Bound<'v>(pub(crate) &'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(x) => ValueRef::Real(*x),
            Value::Text(s) => ValueRef::Text(s.as_bytes()),
            Value::Id(b) => ValueRef::Blob(b),
        }))
    }
}

/// Binds values in order.
pub(crate) fn bound(values: &[Value]) -> impl rusqlite::Params {
    rusqlite::params_from_iter(values.iter().map(Bound))
}

/// One row of an answer.
pub struct Row<'r>(pub(crate) &'r rusqlite::Row<'r>);

impl Row<'_> {
    /// How many columns it has.
    pub(crate) fn width(&self) -> usize {
        self.0.as_ref().column_count()
    }
    /// The value of a column, counted from 0.
    pub fn get<T: Cell>(&self, column: usize) -> Result<T> {
        let value = self.0.get_ref(column)?;
        T::of(value).ok_or_else(|| Error::Misfit(column, format!("{:?}", value.data_type())))
    }
}

/// A Rust type that a column can be read as.
pub trait Cell: Sized {
    /// The value; none where the type does not fit.
    #[doc(hidden)]
    fn of(value: ValueRef<'_>) -> Option<Self>;
}
impl Cell for i64 {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}
impl Cell for bool {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(|n| n != 0)
    }
}
impl Cell for f64 {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Real(x) => Some(x),
            ValueRef::Integer(n) => Some(n as f64),
            _ => None,
        }
    }
}
impl Cell for String {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(Into::into)
    }
}
impl Cell for Day {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        i32::try_from(value.as_i64().ok()?).ok().map(Day)
    }
}
impl Cell for Instant {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Instant)
    }
}
impl Cell for [u8; 16] {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok()?.try_into().ok()
    }
}
impl Cell for [u8; 32] {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok()?.try_into().ok()
    }
}
impl Cell for Vec<u8> {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok().map(Into::into)
    }
}
impl<E> Cell for Id<E> {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        <[u8; 16]>::of(value).map(Id::from_bytes)
    }
}
impl<T: Cell> Cell for Option<T> {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            v => T::of(v).map(Some),
        }
    }
}
impl Cell for Value {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(Value::Null),
            ValueRef::Integer(n) => Some(Value::Int(n)),
            ValueRef::Real(x) => Some(Value::Real(x)),
            ValueRef::Text(_) => String::of(value).map(Value::Text),
            ValueRef::Blob(_) => <[u8; 16]>::of(value).map(Value::Id),
        }
    }
}

/// The values of a statement's marks, in order.
#[macro_export]
macro_rules! values {
    ($($v:expr),* $(,)?) => {
        &[$({
            #[allow(unused_imports)]
            use $crate::Field as _;
            ($v).to_value()
        }),*][..]
    };
}

/// A client's id as a column value.
pub(crate) fn key(client: Id<Client>) -> Value {
    Value::Id(client.bytes())
}
