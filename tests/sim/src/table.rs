//! The tables of the play: a column of every kind of merge, and an older program that lacks the last.
use domain::{
    Client, Column, Group, Id, Kind, Role, Shape, Value,
    change::Act,
    feed::{Claim, Record, Rules, Sent},
    merge::{Folded, Place, Policy, Write, place},
};

const TABLE: &str = "play";

const fn column(name: &'static str, kind: Kind, merge: Policy, together: u8, ruled: bool) -> Column {
    let refers = if matches!(kind, Kind::Id) { Some(TABLE) } else { None };
    Column { name, kind, null: true, refers, words: &[], merge, together, ruled }
}

/// The columns of the newer program; good and scrap may not exceed the total.
const NEWER: &[Column] = &[
    column("key", Kind::Text, Policy::Fixed, 0, false),
    column("note", Kind::Int, Policy::Last, 0, false),
    column("moved", Kind::Int, Policy::Add, 0, false),
    column("lines", Kind::Text, Policy::Append, 0, false),
    column("count", Kind::Int, Policy::Review, 0, false),
    column("good", Kind::Int, Policy::Review, 1, true),
    column("scrap", Kind::Int, Policy::Review, 1, true),
    column("total", Kind::Int, Policy::Review, 0, true),
    column("peak", Kind::Int, Policy::Max, 0, false),
    column("part", Kind::Id, Policy::Review, 0, false),
    column("later", Kind::Int, Policy::Add, 0, false),
];
const OLDER: &[Column] = NEWER.split_last().unwrap().1;

const fn shape(columns: &'static [Column]) -> Shape {
    Shape { table: TABLE, number: 1, group: Group::Floor, columns, hidden: &["lines"] }
}
static SHAPES: [Shape; 2] = [shape(OLDER), shape(NEWER)];

/// The number of the only table.
pub const KIND: u8 = 1;

/// What a program knows of the tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Program {
    /// Without the last column.
    Older,
    /// With all of them.
    Newer,
}

impl Program {
    /// Its table.
    pub fn play(self) -> &'static Shape {
        &SHAPES[self as usize]
    }
}

/// A whole number of a row; none where nobody wrote it.
pub fn number(row: &Folded, name: &str) -> Option<i64> {
    if let Value::Int(n) = row.value(&place(NEWER, name)) { Some(*n) } else { None }
}

/// The row that another is a part of; none where nobody said so.
pub fn part(row: &Folded) -> Option<Record> {
    if let Value::Id(id) = row.value(&place(NEWER, "part")) { Some((KIND, *id)) } else { None }
}

/// Whether good and scrap stay within the total.
pub fn keeps_total(row: &Folded) -> bool {
    let n = |name| number(row, name);
    n("good").unwrap_or(0) + n("scrap").unwrap_or(0) <= n("total").unwrap_or(i64::MAX)
}

/// Whether a change is one only a supervisor may make.
pub fn is_decision(write: &Write) -> bool {
    matches!(write.act, Act::Remove | Act::Restore) || !write.closes.is_empty() || write.erases
}

/// What tells of a person; none where nobody wrote it.
pub fn told(row: &Folded) -> Option<&str> {
    if let Value::Text(told) = row.value(&place(NEWER, "lines")) { Some(told) } else { None }
}

/// How a column of the newer program merges.
pub fn policy(name: &str) -> Policy {
    NEWER.iter().find(|c| c.name == name).map_or(Policy::Review, |c| c.merge)
}

/// Whether the place is put to review.
pub fn is_reviewed(columns: &[Column], at: &Place) -> bool {
    policy(domain::merge::name(columns, at)) == Policy::Review
}

impl Rules for Program {
    fn shape(&self, kind: u8) -> Option<&Shape> {
        (kind == KIND).then(|| self.play())
    }
    fn sound(&self, _: Id<Client>, _: Record, row: &Folded) -> bool {
        keeps_total(row)
    }
    fn permits(&self, role: Role, shape: &Shape, _: &Sent, write: &Write) -> bool {
        let only = !write.erases || write.only_marks(shape);
        only && role >= if is_decision(write) { Role::Supervisor } else { Role::Operator }
    }
    fn takes(&self, kind: u8) -> bool {
        kind == KIND
    }
    /// Nine is a place that each row would like to have for itself.
    fn claim(&self, _: Record, row: &Folded) -> Option<Claim> {
        let nine = !row.gone && number(row, "note") == Some(9);
        nine.then_some(Claim { of: [9; 16], from: 9, to: 10 })
    }
    fn number(&self, table: &str) -> Option<u8> {
        (table == TABLE).then_some(KIND)
    }
    fn place(&self, kind: u8) -> usize {
        kind.into()
    }
}
