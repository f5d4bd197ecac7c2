//! The merge: a row is the fold of its changes, the same on every PC and hub.
//!
//! Whoever makes the order decides each change once (`decide`); everybody
//! applies what was decided (`apply`) and decides nothing anew.
mod base;
mod decide;
mod erasure;
mod kept;
mod policy;
mod row;
#[cfg(test)]
mod tests;
mod versions;
mod write;

pub use base::Shown;
pub use decide::{Decided, Sound, decide, fates};
pub use erasure::{is_mark, left, mark};
pub use policy::Policy;
pub use row::{Conflict, Folded, Place, mix, name, place};
pub use versions::Versions;
pub use write::{CLOSES, ERASES, SEEN, Write};

use crate::{
    Column, Shape, Value,
    change::Act,
    planted::{Bug, planted},
    words,
};
use serde::{Deserialize, Serialize};

words! {
    /// Why a change is refused.
    Why {
        /// It would alter what is written once.
        Fixed = "fixed",
        /// It decides on what is no longer so.
        Stale = "stale",
        /// It breaks a rule of its table, and its author saw all of it.
        Rule = "rule",
        /// Its author has no right to this client.
        Grant = "grant",
        /// Its author's role does not allow it.
        Role = "role",
        /// It names another client or PC than the one it is brought for.
        Foreign = "foreign",
        /// It cannot be read, or names a table that nobody knows.
        Unreadable = "unreadable",
        /// It rests on a row that was never made, or whose creation was refused.
        Depends = "depends",
        /// What it takes for a time is taken for that time.
        Taken = "taken",
    }
}

/// What was decided of a change, in one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It has its effect.
    Applied,
    /// Others had written the same, or what it may write over.
    Merged,
    /// Others had written these columns differently; their values stay and its own wait.
    Conflict,
    /// The row is not there any more.
    Gone,
    /// It cannot be.
    Rejected(Why),
}

impl Verdict {
    /// The number that stands for the verdict in the log; a refused change is in no log.
    pub const fn number(self) -> u8 {
        match self {
            Verdict::Applied => 1,
            Verdict::Merged => 2,
            Verdict::Conflict => 3,
            Verdict::Gone => 4,
            Verdict::Rejected(_) => 5,
        }
    }
    /// The verdict of a number in the log.
    pub const fn of_number(number: u8) -> Option<Verdict> {
        match number {
            1 => Some(Verdict::Applied),
            2 => Some(Verdict::Merged),
            3 => Some(Verdict::Conflict),
            _ => None,
        }
    }
    /// Whether the change has a place in the log.
    pub const fn is_logged(self) -> bool {
        matches!(self, Verdict::Applied | Verdict::Merged | Verdict::Conflict)
    }
}

/// What becomes of one column of a patch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Its value stands.
    Set,
    /// Its number is added.
    Add,
    /// Its text follows.
    Append,
    /// Its value waits for a decision.
    Wait,
    /// What stands, stays.
    Stay,
}

impl Fate {
    const LETTERS: [(Fate, char); 5] =
        [(Fate::Set, 's'), (Fate::Add, 'a'), (Fate::Append, 'p'), (Fate::Wait, 'w'), (Fate::Stay, '-')];
    /// One letter for each column of a patch.
    pub fn text(fates: &[Fate]) -> String {
        let letter = |f: &Fate| Self::LETTERS.iter().find(|l| l.0 == *f).map_or('-', |l| l.1);
        fates.iter().map(letter).collect()
    }
    /// The fates of their letters; none where one is no such letter.
    pub fn of_text(text: &str) -> Option<Vec<Fate>> {
        text.chars().map(|c| Self::LETTERS.iter().find(|l| l.1 == c).map(|l| l.0)).collect()
    }
}

/// Fates as letters, on the way between programs.
mod letters {
    use super::Fate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(fates: &[Fate], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&Fate::text(fates))
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Fate>, D::Error> {
        Fate::of_text(&String::deserialize(d)?).ok_or_else(|| D::Error::custom("no such letter"))
    }
}

/// Applies what was decided of a change to a row of a table.
pub fn apply(row: Option<Folded>, write: &Write, decided: &Decided, shape: &Shape) -> Option<Folded> {
    let mut row = match row {
        None if matches!(write.act, Act::Create) || planted(Bug::PatchUpsert) => {
            Folded::blank(write.op, shape.columns.len())
        }
        other => other?,
    };
    match write.act {
        Act::Create | Act::Patch => columns(&mut row, write, decided),
        Act::Remove if decided.verdict == Verdict::Conflict => {
            row.conflicts.push(Conflict { op: write.op, values: vec![] });
        }
        Act::Remove => {
            row.gone = true;
            row.conflicts.clear();
        }
        Act::Restore => row.gone = false,
    }
    if write.erases {
        erasure::silence(shape, &mut row, write.op);
    }
    Some(row)
}

fn columns(row: &mut Folded, write: &Write, decided: &Decided) {
    if write.act == Act::Create || planted(Bug::PatchUpsert) {
        row.gone = false;
    }
    let mut waits = vec![];
    for (i, (place, value)) in write.patch.iter().enumerate() {
        let now = row.value(place);
        match decided.fates.get(i).unwrap_or(&Fate::Set) {
            Fate::Set => row.set(place, value.clone(), write.op),
            Fate::Add => row.set(place, sum(now, value), write.op),
            Fate::Append => row.set(place, line(now, value), write.op),
            Fate::Wait => waits.push((place.clone(), value.clone())),
            Fate::Stay => {}
        }
    }
    if !waits.is_empty() {
        row.conflicts.push(Conflict { op: write.op, values: waits });
    } else if planted(Bug::ResolveClosesAll) && !write.closes.is_empty() {
        row.conflicts.clear();
    } else {
        row.conflicts.retain(|c| !write.closes.contains(&c.op));
    }
}

fn sum(now: &Value, more: &Value) -> Value {
    match (now, more) {
        (Value::Null, v) | (v, Value::Null) => v.clone(),
        (Value::Int(a), Value::Int(b)) => Value::Int(a.saturating_add(*b)),
        (a, b) => Value::Real(real(a) + real(b)),
    }
}

fn real(v: &Value) -> f64 {
    match v {
        Value::Int(n) => *n as f64,
        Value::Real(x) => *x,
        _ => 0.0,
    }
}

fn line(now: &Value, more: &Value) -> Value {
    match (now, more) {
        (Value::Text(a), Value::Text(b)) if !a.is_empty() => Value::Text(format!("{a}\n{b}")),
        (Value::Text(a), Value::Null) => Value::Text(a.clone()),
        (_, v) => v.clone(),
    }
}

/// A change decided on the row here and now: where the file is its own hub, and its rules were kept before.
pub fn fold(shape: &Shape, row: Option<Folded>, write: &Write) -> (Option<Folded>, Verdict) {
    let decided = decide(shape, row.as_ref(), write, None);
    (if decided.verdict.is_logged() { apply(row, write, &decided, shape) } else { row }, decided.verdict)
}
