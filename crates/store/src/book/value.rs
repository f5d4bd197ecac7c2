//! A value of a statement or a row of the book.
use domain::Id;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

/// What a column holds; a yes or no is 1 or 0, an id is its sixteen bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number, a yes or no, a time.
    Number(i64),
    /// Words.
    Text(String),
    /// An id, a key, a hash.
    Bytes(Vec<u8>),
}

impl Value {
    /// A value of SQLite; none of a number with a fraction, which the book does not hold.
    pub(super) fn of(value: ValueRef<'_>) -> Option<Value> {
        match value {
            ValueRef::Null => Some(Value::Null),
            ValueRef::Integer(n) => Some(Value::Number(n)),
            ValueRef::Text(t) => std::str::from_utf8(t).ok().map(|t| Value::Text(t.into())),
            ValueRef::Blob(b) => Some(Value::Bytes(b.into())),
            ValueRef::Real(_) => None,
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Number(n) => ValueRef::Integer(*n),
            Value::Text(t) => ValueRef::Text(t.as_bytes()),
            Value::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

macro_rules! from {
    ($($of:ty => |$v:ident| $made:expr),* $(,)?) => {
        $(impl From<$of> for Value {
            fn from($v: $of) -> Self {
                $made
            }
        })*
    };
}
from! {
    i64 => |v| Value::Number(v),
    i16 => |v| Value::Number(v.into()),
    u32 => |v| Value::Number(v.into()),
    u8 => |v| Value::Number(v.into()),
    bool => |v| Value::Number(v.into()),
    &str => |v| Value::Text(v.into()),
    String => |v| Value::Text(v),
    &String => |v| Value::Text(v.clone()),
    &[u8] => |v| Value::Bytes(v.into()),
    [u8; 16] => |v| Value::Bytes(v.into()),
    [u8; 32] => |v| Value::Bytes(v.into()),
    &[u8; 32] => |v| Value::Bytes(v.into()),
}

impl<E> From<Id<E>> for Value {
    fn from(id: Id<E>) -> Self {
        id.bytes().into()
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
