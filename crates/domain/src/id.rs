//! Typed identifiers: an `Id<Line>` is never an `Id<Shift>`.
use crate::{Day, entities::Client};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};
use uuid::Uuid;

/// Sixteen bytes that name one record of kind `E`.
pub struct Id<E>([u8; 16], PhantomData<fn() -> E>);

/// The namespace of ids that are facts.
const FACTS: Uuid = Uuid::from_u128(0x6c69_6e65_626f_5172_a641_0f5e_91d3_77c2);

impl<E> Id<E> {
    /// An id of given bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Id(bytes, PhantomData)
    }
    /// The bytes.
    pub const fn bytes(self) -> [u8; 16] {
        self.0
    }
    /// A new id (UUIDv7) at `millis` since 1970, from ten random bytes.
    pub fn at(millis: i64, random: [u8; 10]) -> Self {
        let millis = u64::try_from(millis).unwrap_or(0);
        Self::from_bytes(*uuid::Builder::from_unix_timestamp_millis(millis, &random).as_uuid().as_bytes())
    }
    /// The id that follows this one at once, also where the clock stands or was set back.
    #[must_use]
    pub fn following(self) -> Self {
        Self::from_bytes(u128::from_be_bytes(self.0).wrapping_add(1).to_be_bytes())
    }
    /// A new id of the millisecond after this one's, from ten random bytes.
    #[must_use]
    pub fn later(self, random: [u8; 10]) -> Self {
        let millis = self.0[..6].iter().fold(0, |n, b| n << 8 | i64::from(*b));
        Self::at(millis + 1, random)
    }
    /// The id of a fact (UUIDv5): whoever makes the fact makes the same id.
    pub fn fact(client: Id<Client>, kind: &str, key: &str) -> Self {
        let name = [client.0.as_slice(), kind.as_bytes(), b"/", key.as_bytes()].concat();
        Self::from_bytes(*Uuid::new_v5(&FACTS, &name).as_bytes())
    }
    /// The id of a fact of a day (UUIDv8): as a fact's, and ordered by days, so that what is read together lies together.
    pub fn fact_on(client: Id<Client>, kind: &str, day: Day, key: &str) -> Self {
        // With the sign turned, days before 1970 come before those after it.
        let place = (day.0 as u32) ^ 0x8000_0000;
        Self::placed(&place.to_be_bytes(), Self::fact(client, kind, &format!("{}/{key}", day.0)))
    }
    /// The id of a fact that belongs to another (UUIDv8): it lies beside whatever else belongs to that.
    pub fn fact_under<F>(client: Id<Client>, kind: &str, under: Id<F>, key: &str) -> Self {
        Self::placed(&under.0[..8], Self::fact(client, kind, &format!("{}/{key}", under.hex())))
    }
    fn placed(place: &[u8], fact: Self) -> Self {
        let mut bytes = fact.0;
        bytes[..place.len()].copy_from_slice(place);
        Self::from_bytes(*uuid::Builder::from_custom_bytes(bytes).as_uuid().as_bytes())
    }
    /// The same bytes as an id of another kind; only where kinds share ids by design.
    pub const fn cast<F>(self) -> Id<F> {
        Id::from_bytes(self.0)
    }
    /// Thirty-two hexadecimal digits.
    pub fn hex(self) -> String {
        Uuid::from_bytes(self.0).simple().to_string()
    }
}

impl<E> Clone for Id<E> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<E> Copy for Id<E> {}
impl<E> PartialEq for Id<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<E> Eq for Id<E> {}
impl<E> PartialOrd for Id<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<E> Ord for Id<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<E> Hash for Id<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<E> fmt::Debug for Id<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<E> fmt::Display for Id<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}
impl<E> FromStr for Id<E> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        Ok(Self::from_bytes(*Uuid::parse_str(text)?.as_bytes()))
    }
}
impl<E> Serialize for Id<E> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de, E> Deserialize<'de> for Id<E> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(|_| D::Error::custom("not an id"))
    }
}
impl<E> ts_rs::TS for Id<E> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "Id".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

/// Sixteen bytes of an id whose kind is not known, as an id is written.
pub mod bytes {
    use super::{Deserialize, Deserializer, Id, Serialize, Serializer};

    /// Writes them.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer>(bytes: &[u8; 16], s: S) -> Result<S::Ok, S::Error> {
        Id::<()>::from_bytes(*bytes).serialize(s)
    }
    /// Reads them.
    ///
    /// # Errors
    /// Where it is no id.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 16], D::Error> {
        Ok(Id::<()>::deserialize(d)?.bytes())
    }
}
