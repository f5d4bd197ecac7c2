//! The merge: a row is the fold of its changes, the same on every PC and hub.
use crate::{
    Column, Id, Value,
    change::{Act, Op},
};
use serde_json::{Map, Value as Json};

/// The version of each column: the change that wrote it.
///
/// Sixteen bytes of the creating change, then `(column, change)` pairs for
/// columns written since.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Versions(Vec<u8>);

const PAIR: usize = 17;

impl Versions {
    /// Every column written by one change.
    pub fn created(op: Id<Op>) -> Self {
        Versions(op.bytes().to_vec())
    }
    /// Versions as stored; none where the bytes have no such form.
    pub fn of_bytes(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= 16 && (bytes.len() - 16).is_multiple_of(PAIR)).then_some(Versions(bytes))
    }
    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
    /// The change that wrote the column.
    pub fn column(&self, column: usize) -> Id<Op> {
        let pair = self.0[16..].chunks_exact(PAIR).find(|p| usize::from(p[0]) == column);
        id(pair.map_or(&self.0[..16], |p| &p[1..]))
    }
    /// Notes that a change wrote the column.
    pub fn set(&mut self, column: usize, op: Id<Op>) {
        let found = self.0[16..].chunks_exact(PAIR).position(|p| usize::from(p[0]) == column);
        let at = found.map_or(self.0.len(), |i| 16 + i * PAIR);
        self.0.resize(self.0.len().max(at + PAIR), 0);
        self.0[at] = column as u8;
        self.0[at + 1..at + PAIR].copy_from_slice(&op.bytes());
    }
}

fn id(bytes: &[u8]) -> Id<Op> {
    let mut b = [0; 16];
    b.copy_from_slice(bytes);
    Id::from_bytes(b)
}

/// A row as the changes so far have made it.
#[derive(Clone, PartialEq, Debug)]
pub struct Folded {
    /// The values of the entity's columns.
    pub values: Vec<Value>,
    /// Who wrote each.
    pub versions: Versions,
    /// Whether it was taken away.
    pub gone: bool,
}

/// One change, with its columns as numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Write {
    /// The change.
    pub op: Id<Op>,
    /// What it does.
    pub act: Act,
    /// The columns it writes; a creation leaves empty ones out.
    pub patch: Vec<(usize, Value)>,
    /// The changes under the values its author saw, by column.
    pub base: Vec<(usize, Vec<Id<Op>>)>,
}

impl Write {
    /// A logged change, by the columns of its table; none where it cannot be read.
    pub fn read(columns: &[Column], op: Id<Op>, act: Act, patch: &str, base: &str) -> Option<Write> {
        let json = |text| serde_json::from_str::<Map<String, Json>>(text).ok();
        let number = |name: &str| columns.iter().position(|c| c.name == name);
        let (patch, base) = (json(patch)?, json(base)?);
        let patch = patch.iter().filter(|_| matches!(act, Act::Create | Act::Patch));
        let patch = patch.map(|(n, v)| number(n).and_then(|i| Some((i, Value::from_json(columns[i].kind, v)?))));
        let base = base.iter().filter_map(|(n, ops)| Some((number(n)?, ops_of(ops))));
        Some(Write { op, act, patch: patch.collect::<Option<_>>()?, base: base.collect() })
    }
}

fn ops_of(list: &Json) -> Vec<Id<Op>> {
    let texts = list.as_array().into_iter().flatten().filter_map(Json::as_str);
    texts.filter_map(|t| t.parse().ok()).collect()
}

/// What becomes of a change.
#[derive(Clone, PartialEq, Debug)]
pub enum Decision {
    /// It has its effect.
    Applied,
    /// Others had written the same.
    Merged,
    /// Others had written these columns differently; their values stay.
    Conflict(Vec<usize>),
    /// The row is not there any more.
    Gone,
}

impl Decision {
    /// The number that stands for the decision in the log.
    pub const fn number(&self) -> u8 {
        match self {
            Decision::Applied => 1,
            Decision::Merged => 2,
            Decision::Conflict(_) => 3,
            Decision::Gone => 4,
        }
    }
}

/// Folds one change into a row of `width` columns.
pub fn fold(row: Option<Folded>, write: &Write, width: usize) -> (Option<Folded>, Decision) {
    match (row, write.act) {
        (None, Act::Create) => (Some(create(write, width)), Decision::Applied),
        (Some(row), Act::Create | Act::Patch) if !row.gone => patch(row, write),
        (Some(row), Act::Remove) if !row.gone => remove(row, write),
        (Some(row), Act::Restore) if row.gone => (Some(Folded { gone: false, ..row }), Decision::Applied),
        (Some(row), Act::Restore) => (Some(row), Decision::Merged),
        (row, _) => (row, Decision::Gone),
    }
}

fn create(write: &Write, width: usize) -> Folded {
    let mut values = vec![Value::Null; width];
    write.patch.iter().for_each(|(i, v)| values[*i] = v.clone());
    Folded { values, versions: Versions::created(write.op), gone: false }
}

fn patch(mut row: Folded, write: &Write) -> (Option<Folded>, Decision) {
    let (mut conflicts, mut written) = (vec![], false);
    for (i, value) in &write.patch {
        if row.values[*i] == *value {
            continue;
        }
        if seen(write, *i, row.versions.column(*i)) {
            row.values[*i] = value.clone();
            row.versions.set(*i, write.op);
            written = true;
        } else {
            conflicts.push(*i);
        }
    }
    let decision = match (conflicts.is_empty(), written) {
        (false, _) => Decision::Conflict(conflicts),
        (true, true) => Decision::Applied,
        (true, false) => Decision::Merged,
    };
    (Some(row), decision)
}

/// A removal by someone who has not seen the newest values is a conflict.
fn remove(row: Folded, write: &Write) -> (Option<Folded>, Decision) {
    let unseen: Vec<usize> = (0..row.values.len()).filter(|&i| !seen(write, i, row.versions.column(i))).collect();
    if unseen.is_empty() {
        (Some(Folded { gone: true, ..row }), Decision::Applied)
    } else {
        (Some(row), Decision::Conflict(unseen))
    }
}

fn seen(write: &Write, column: usize, version: Id<Op>) -> bool {
    write.base.iter().any(|(i, ops)| *i == column && ops.contains(&version))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(n: u8) -> Id<Op> {
        Id::from_bytes([n; 16])
    }
    fn made() -> Folded {
        create(
            &Write { op: op(1), act: Act::Create, patch: vec![(0, Value::Int(5)), (1, Value::Int(6))], base: vec![] },
            2,
        )
    }
    fn write(n: u8, act: Act, column: usize, value: i64, base: u8) -> Write {
        Write { op: op(n), act, patch: vec![(column, Value::Int(value))], base: vec![(column, vec![op(base)])] }
    }

    #[test]
    fn a_change_on_the_value_shown_applies() {
        let (row, d) = fold(Some(made()), &write(2, Act::Patch, 0, 7, 1), 2);
        let row = row.unwrap();
        assert_eq!((d, &row.values[0]), (Decision::Applied, &Value::Int(7)));
        assert_eq!((row.versions.column(0), row.versions.column(1)), (op(2), op(1)));
    }

    #[test]
    fn a_change_on_an_old_value_is_a_conflict_and_loses_nothing() {
        let (row, _) = fold(Some(made()), &write(2, Act::Patch, 0, 7, 1), 2);
        let (row, d) = fold(row, &write(3, Act::Patch, 0, 8, 1), 2);
        assert_eq!((d, &row.unwrap().values[0]), (Decision::Conflict(vec![0]), &Value::Int(7)));
    }

    #[test]
    fn equal_values_merge_and_other_columns_do_not_touch() {
        let (row, _) = fold(Some(made()), &write(2, Act::Patch, 0, 7, 1), 2);
        let (row, d) = fold(row, &write(3, Act::Patch, 0, 7, 1), 2);
        assert_eq!(d, Decision::Merged);
        assert_eq!(fold(row, &write(4, Act::Patch, 1, 9, 1), 2).1, Decision::Applied);
    }

    #[test]
    fn two_makers_of_one_fact_make_one_row() {
        let twin =
            Write { op: op(2), act: Act::Create, patch: vec![(0, Value::Int(5)), (1, Value::Int(8))], base: vec![] };
        let (row, d) = fold(Some(made()), &twin, 2);
        assert_eq!((d, row.unwrap().values), (Decision::Conflict(vec![1]), vec![Value::Int(5), Value::Int(6)]));
    }

    #[test]
    fn a_removed_row_takes_no_patch_and_a_stale_removal_waits() {
        let all = |n, base| Write {
            op: op(n),
            act: Act::Remove,
            patch: vec![],
            base: vec![(0, vec![op(base)]), (1, vec![op(1)])],
        };
        let (row, _) = fold(Some(made()), &write(2, Act::Patch, 0, 7, 1), 2);
        assert_eq!(fold(row.clone(), &all(3, 1), 2).1, Decision::Conflict(vec![0]));
        let (row, d) = fold(row, &all(3, 2), 2);
        assert_eq!(d, Decision::Applied);
        assert_eq!(fold(row, &write(4, Act::Patch, 0, 1, 2), 2).1, Decision::Gone);
        assert_eq!(fold(None, &write(4, Act::Patch, 0, 1, 2), 2).1, Decision::Gone);
    }
}
