//! One value of one column, as stored, logged and sent.
use crate::{Id, time::Day};
use serde_json::Value as Json;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Yes or no, stored as 1 or 0.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Real,
    /// Words.
    Text,
    /// A production day, stored as days since 1970.
    Day,
    /// A reference, stored as 16 bytes.
    Id,
}

impl Kind {
    /// The SQL type of a STRICT table.
    pub const fn sql(self) -> &'static str {
        match self {
            Kind::Bool | Kind::Int | Kind::Day => "INTEGER",
            Kind::Real => "REAL",
            Kind::Text => "TEXT",
            Kind::Id => "BLOB",
        }
    }
    /// The TypeScript type.
    pub const fn ts(self) -> &'static str {
        match self {
            Kind::Bool => "boolean",
            Kind::Int | Kind::Real => "number",
            Kind::Text => "string",
            Kind::Day => "Day",
            Kind::Id => "Id",
        }
    }
}

/// A value without its type's name.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Nothing entered.
    Null,
    /// A whole number, a yes or no, or a day.
    Int(i64),
    /// A number with a fraction.
    Real(f64),
    /// Words.
    Text(String),
    /// A reference.
    Id([u8; 16]),
}

impl Value {
    /// The value as it stands in a logged patch.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Int(n) => Json::from(*n),
            Value::Real(x) => Json::from(*x),
            Value::Text(s) => Json::from(s.as_str()),
            Value::Id(b) => Json::from(Id::<()>::from_bytes(*b).hex()),
        }
    }
    /// The value of a column of which nothing is known; none if it is no single value.
    pub fn of_json(json: &Json) -> Option<Value> {
        match json {
            Json::Null => Some(Value::Null),
            Json::Bool(b) => Some(Value::Int(i64::from(*b))),
            Json::Number(n) => n.as_i64().map(Value::Int).or_else(|| n.as_f64().map(Value::Real)),
            Json::String(s) => Some(Value::Text(s.clone())),
            Json::Array(_) | Json::Object(_) => None,
        }
    }
    /// The value of a logged patch; none if it does not fit the kind.
    pub fn from_json(kind: Kind, json: &Json) -> Option<Value> {
        match (kind, json) {
            (_, Json::Null) => Some(Value::Null),
            (Kind::Bool | Kind::Int | Kind::Day, j) => j.as_i64().map(Value::Int),
            (Kind::Real, j) => j.as_f64().map(Value::Real),
            (Kind::Text, j) => j.as_str().map(|s| Value::Text(s.into())),
            (Kind::Id, j) => j.as_str()?.parse::<Id<()>>().ok().map(|i| Value::Id(i.bytes())),
        }
    }
}

/// A Rust type that can be a column.
pub trait Field: Sized {
    /// What the column holds.
    const KIND: Kind;
    /// Whether it may be empty.
    const NULL: bool = false;
    /// The table a reference points into.
    const REFERS: Option<&'static str> = None;
    /// The words it may be; empty where any may stand.
    const WORDS: &'static [&'static str] = &[];
    /// The value to store.
    fn to_value(&self) -> Value;
    /// The typed value; none if it does not fit.
    fn from_value(value: Value) -> Option<Self>;
    /// The emptiest value: none where it may be empty.
    fn blank() -> Self;
}

macro_rules! field {
    ($type:ty, $kind:ident, $variant:ident, $blank:expr, $to:expr, $from:expr) => {
        impl Field for $type {
            const KIND: Kind = Kind::$kind;
            fn to_value(&self) -> Value {
                let to: fn(&$type) -> _ = $to;
                Value::$variant(to(self))
            }
            fn from_value(value: Value) -> Option<Self> {
                let from: fn(_) -> Option<$type> = $from;
                if let Value::$variant(v) = value { from(v) } else { None }
            }
            fn blank() -> Self {
                $blank
            }
        }
    };
}
field!(bool, Bool, Int, false, |b| i64::from(*b), |n: i64| Some(n != 0));
field!(i64, Int, Int, 0, |n| *n, Some);
field!(f64, Real, Real, 0.0, |x| *x, Some);
field!(String, Text, Text, String::new(), Clone::clone, Some);
field!(Day, Day, Int, Day(0), |d| i64::from(d.0), |n: i64| i32::try_from(n).ok().map(Day));

impl<E: crate::Entity> Field for Id<E> {
    const KIND: Kind = Kind::Id;
    const REFERS: Option<&'static str> = Some(E::TABLE);
    fn to_value(&self) -> Value {
        Value::Id(self.bytes())
    }
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Id(b) = value { Some(Id::from_bytes(b)) } else { None }
    }
    fn blank() -> Self {
        Id::from_bytes([0; 16])
    }
}

/// A person's account: in no client's tables, so that nothing refers to it.
impl Field for Id<crate::change::User> {
    const KIND: Kind = Kind::Id;
    fn to_value(&self) -> Value {
        Value::Id(self.bytes())
    }
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Id(b) = value { Some(Id::from_bytes(b)) } else { None }
    }
    fn blank() -> Self {
        Id::from_bytes([0; 16])
    }
}

impl<T: Field> Field for Option<T> {
    const KIND: Kind = T::KIND;
    const NULL: bool = true;
    const REFERS: Option<&'static str> = T::REFERS;
    const WORDS: &'static [&'static str] = T::WORDS;
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::to_value)
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            v => T::from_value(v).map(Some),
        }
    }
    fn blank() -> Self {
        None
    }
}

/// Declares a closed list of words that is stored as text.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }
        impl $name {
            /// Every word of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The word as stored.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
            /// The entry of a stored word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.word() == word)
            }
        }
        impl $crate::value::Field for $name {
            const KIND: $crate::value::Kind = $crate::value::Kind::Text;
            const WORDS: &'static [&'static str] = &[$($text),*];
            fn to_value(&self) -> $crate::value::Value {
                $crate::value::Value::Text(self.word().into())
            }
            fn from_value(value: $crate::value::Value) -> Option<Self> {
                if let $crate::value::Value::Text(t) = value { Self::of(&t) } else { None }
            }
            fn blank() -> Self {
                Self::ALL[0]
            }
        }
    };
}
