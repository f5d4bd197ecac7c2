//! One change, with its columns as numbers.
use super::{Place, kept, row::place};
use crate::{
    Column, Id, Value,
    change::{Act, Op},
};
use serde_json::{Map, Value as Json};

/// One change, with its columns as numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Write {
    /// The change.
    pub op: Id<Op>,
    /// What it does.
    pub act: Act,
    /// What it writes, by name; a creation leaves empty columns out.
    pub patch: Vec<(Place, Value)>,
    /// The changes under the values its author saw, by column.
    pub base: Vec<(Place, Vec<Id<Op>>)>,
    /// The conflicts its author saw.
    pub seen: Vec<Id<Op>>,
    /// The conflicts it decides.
    pub closes: Vec<Id<Op>>,
    /// Whether it takes out of its row, and of all that was written of it, what tells of a person.
    pub erases: bool,
}

/// Stands in a base beside the columns: the conflicts seen.
pub const SEEN: &str = "?";
/// Stands in a base beside the columns: the conflicts decided.
pub const CLOSES: &str = "!";
/// Stands in a base beside the columns: the change erases what tells of a person.
pub const ERASES: &str = "~";

impl Write {
    /// A logged change, by the columns of its table; none where it cannot be read.
    pub fn read(columns: &[Column], op: Id<Op>, act: Act, patch: &str, base: &str) -> Option<Write> {
        let json = |text| serde_json::from_str::<Map<String, Json>>(text).ok();
        let (patch, mut base) = (json(patch)?, json(base)?);
        let erases = base.remove(ERASES).is_some() && act == Act::Patch;
        let mut apart = |name| base.remove(name).as_ref().map(ops_of).unwrap_or_default();
        let (seen, closes) = (apart(SEEN), apart(CLOSES));
        let mut patch: Vec<_> = patch.iter().filter(|_| matches!(act, Act::Create | Act::Patch)).collect();
        // What was decided of the columns is told in the order of their names.
        patch.sort_by_key(|(name, _)| name.as_str());
        let patch = patch.into_iter().map(|(name, v)| value(columns, name, v)).collect::<Option<_>>()?;
        let base = base.iter().map(|(name, ops)| (place(columns, name), ops_of(ops))).collect();
        Some(Write { op, act, patch, base, seen, closes, erases })
    }
    /// Whether the change rests on this version of the place.
    pub fn rests_on(&self, place: &Place, version: Id<Op>) -> bool {
        self.base.iter().any(|(p, ops)| p == place && ops.contains(&version))
    }
    /// The value written to a place.
    pub fn value(&self, place: &Place) -> Option<&Value> {
        self.patch.iter().find(|(p, _)| p == place).map(|(_, v)| v)
    }
}

fn value(columns: &[Column], name: &str, json: &Json) -> Option<(Place, Value)> {
    let at = place(columns, name);
    let value = kept::value(columns, &at, json)?;
    Some((at, value))
}

fn ops_of(list: &Json) -> Vec<Id<Op>> {
    let texts = list.as_array().into_iter().flatten().filter_map(Json::as_str);
    texts.filter_map(|t| t.parse().ok()).collect()
}
