//! What a hub asks of the tables before it takes a change.
use super::{Record, Sent};
use crate::{
    Client, Entity, Group, HoldEntry, Id, LineShift, PoolBooking, Problems, Role, Shape, Value, Verb,
    change::Act,
    entities::logged,
    merge::{Folded, Place, Write},
    workflow::{hold, shift},
};

/// What a row takes for a time, so that no other row may: `from` is the first moment, `to` the one after the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
    /// What is taken.
    pub of: [u8; 16],
    /// Milliseconds since 1970.
    pub from: i64,
    /// Milliseconds since 1970.
    pub to: i64,
}

impl Claim {
    /// Whether both take one thing at one moment.
    pub fn meets(&self, other: &Claim) -> bool {
        self.of == other.of && self.from < other.to && other.from < self.to
    }
}

/// What a log needs to know of the tables: of this program, or of another version of it.
pub trait Rules {
    /// The shape of a table; none where it is not known.
    fn shape(&self, kind: u8) -> Option<&Shape>;
    /// Whether a row keeps the rules of its table.
    fn sound(&self, client: Id<Client>, record: Record, row: &Folded) -> bool;
    /// Whether a role may do what the change does.
    fn permits(&self, role: Role, shape: &Shape, sent: &Sent, write: &Write) -> bool;
    /// Whether a role may take the row from where it stood to where it would stand.
    ///
    /// What waits for a decision has not moved it.
    fn may_step(&self, _role: Role, _sent: &Sent, _before: Option<&Folded>, _after: &Folded) -> bool {
        true
    }
    /// Whether rows of a table take anything for a time.
    fn takes(&self, _kind: u8) -> bool {
        false
    }
    /// What a row takes for a time; none where it takes nothing.
    fn claim(&self, _record: Record, _row: &Folded) -> Option<Claim> {
        None
    }
    /// Whether two people's values may wait side by side in a table, until somebody decides; elsewhere the later is
    /// refused, and its author sees to it.
    fn waits(&self, _shape: &Shape) -> bool {
        true
    }
    /// The number of the table of this name; none where it is not known.
    fn number(&self, table: &str) -> Option<u8>;
    /// Where a table stands among those whose rows are put down together: before all that points to it.
    fn place(&self, kind: u8) -> usize;
}

/// The rows that a change points to, each of which must be there.
pub fn refers<'w>(rules: &'w dyn Rules, shape: &'w Shape, write: &'w Write) -> impl Iterator<Item = Record> + 'w {
    write.patch.iter().filter_map(|(place, value)| match (place, value) {
        (Place::Column(i), Value::Id(id)) => Some((rules.number(shape.columns[*i].refers?)?, *id)),
        _ => None,
    })
}

/// The tables of this program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Catalogue;

impl Rules for Catalogue {
    fn shape(&self, kind: u8) -> Option<&Shape> {
        logged().find(|s| s.number == kind)
    }
    fn sound(&self, client: Id<Client>, record: Record, row: &Folded) -> bool {
        judge(client, record, row) == Some((true, true))
    }
    fn permits(&self, role: Role, shape: &Shape, sent: &Sent, write: &Write) -> bool {
        if shape.group == Group::Authors {
            // Whoever writes first for a client leaves his own name, and nobody another's.
            return sent.change.record == sent.change.user.bytes();
        }
        if shape.number == PoolBooking::NUMBER && !signs(sent, write) {
            return false;
        }
        if write.erases && !(role == Role::Admin && write.only_marks(shape)) {
            return false;
        }
        let decides = write.closes.is_empty() || role.may(Verb::Amend, shape.group);
        decides && role.may(verb(write.act), shape.group)
    }
    fn may_step(&self, role: Role, sent: &Sent, before: Option<&Folded>, after: &Folded) -> bool {
        let by = sent.change.user.cast();
        match sent.change.kind {
            HoldEntry::NUMBER => stands(sent, before, after, |was, is| {
                let decides = role.may(Verb::Approve, Group::Holds) || !hold::is_decision(was, is, by);
                decides && hold::is_signed(was, is, by)
            }),
            LineShift::NUMBER => {
                stands(sent, before, after, |was, is| role.closes_shifts() || !shift::is_decision(was, is))
            }
            _ => true,
        }
    }
    fn takes(&self, kind: u8) -> bool {
        kind == PoolBooking::NUMBER
    }
    fn claim(&self, (kind, id): Record, row: &Folded) -> Option<Claim> {
        let is_there = self.takes(kind) && !row.gone;
        let values = is_there.then(|| row.values.clone())?;
        let booking = PoolBooking::of(Client::PLANT, Id::from_bytes(id), values).filter(PoolBooking::stands)?;
        Some(Claim { of: booking.pool_employee_id.bytes(), from: booking.from_utc, to: booking.to_utc })
    }
    fn waits(&self, shape: &Shape) -> bool {
        // Nobody decides for the whole plant whose booking stands: whoever was second books anew.
        shape.group != Group::Pool
    }
    fn number(&self, table: &str) -> Option<u8> {
        logged().find(|s| s.table == table).map(|s| s.number)
    }
    fn place(&self, kind: u8) -> usize {
        logged().position(|s| s.number == kind).unwrap_or(usize::MAX)
    }
}

/// Judges a row by where it stood and stands; one that is no row of its table is judged elsewhere.
fn stands<E: Entity>(
    sent: &Sent,
    before: Option<&Folded>,
    after: &Folded,
    judge: impl Fn(Option<&E>, &E) -> bool,
) -> bool {
    let row = |folded: &Folded| E::of(sent.change.client, Id::from_bytes(sent.change.record), folded.values.clone());
    row(after).is_none_or(|after| judge(before.and_then(row).as_ref(), &after))
}

/// Whether a booking is signed by who makes it.
fn signs(sent: &Sent, write: &Write) -> bool {
    let author = Value::Id(sent.change.user.bytes());
    let booked_by = PoolBooking::COLUMNS.iter().position(|c| c.name == "booked_by");
    let signed = booked_by.and_then(|i| write.value(&Place::Column(i)));
    signed.map_or(write.act != Act::Create, |by| *by == author)
}

const fn verb(act: Act) -> Verb {
    match act {
        Act::Create | Act::Restore => Verb::Create,
        Act::Patch => Verb::Update,
        Act::Remove => Verb::Remove,
    }
}

/// Whether a row keeps its rules, and whether it has the id of the fact it states; none where it is no row.
pub(crate) fn judge(client: Id<Client>, (kind, id): Record, row: &Folded) -> Option<(bool, bool)> {
    macro_rules! judged {
        ($($name:ident),* $(,)?) => { match kind {
            $(<crate::$name as Entity>::NUMBER => keeps::<crate::$name>(client, id, row),)*
            _ => None,
        } };
    }
    crate::entities!(judged).or_else(|| crate::plant_entities!(judged))
}

fn keeps<E: Entity>(client: Id<Client>, id: [u8; 16], row: &Folded) -> Option<(bool, bool)> {
    let row = E::of(client, Id::from_bytes(id), row.values.clone())?;
    let mut problems = Problems::default();
    row.check(&mut problems);
    Some((problems.0.is_empty(), row.natural().is_none_or(|fact| fact == row.id())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Author, Employee, Line, LineShift, ProductionEntry,
        change::{Change, SCHEMA, User},
        merge::Versions,
    };

    fn sent(kind: u8, record: [u8; 16], act: Act, user: Id<User>) -> Sent {
        let id = |n: u8| [n; 16];
        let change = Change {
            op: Id::from_bytes(id(1)),
            client: Id::from_bytes(id(2)),
            device: Id::from_bytes(id(3)),
            incarnation: 1,
            dev_seq: 1,
            kind,
            record,
            act,
            patch: r#"{"name":"x"}"#.into(),
            base: "{}".into(),
            user,
            at: 0,
            reason: None,
            schema: SCHEMA,
        };
        Sent::new(change, [0; 32])
    }
    fn permits<E: Entity>(role: Role, act: Act, closes: bool) -> bool {
        let sent = sent(E::NUMBER, [9; 16], act, Id::from_bytes([6; 16]));
        let mut write = sent.read(E::COLUMNS).expect("readable");
        write.closes = if closes { vec![Id::from_bytes([4; 16])] } else { vec![] };
        Catalogue.permits(role, &E::SHAPE, &sent, &write)
    }

    #[test]
    fn the_hub_asks_the_one_role_table() {
        assert!(permits::<ProductionEntry>(Role::Operator, Act::Create, false));
        assert!(!permits::<ProductionEntry>(Role::Viewer, Act::Create, false));
        assert!(!permits::<Employee>(Role::Operator, Act::Patch, false));
        assert!(
            permits::<Line>(Role::Leader, Act::Patch, false) && !permits::<Line>(Role::Supervisor, Act::Patch, false)
        );
        assert!(
            permits::<Client>(Role::Admin, Act::Patch, false) && !permits::<Client>(Role::Leader, Act::Patch, false)
        );
    }
    #[test]
    fn an_operator_decides_no_conflict() {
        assert!(permits::<ProductionEntry>(Role::Supervisor, Act::Patch, true));
        assert!(!permits::<ProductionEntry>(Role::Operator, Act::Patch, true));
    }
    #[test]
    fn nobody_signs_with_another_name() {
        let own = |user: u8| {
            let sent = sent(Author::NUMBER, [6; 16], Act::Create, Id::from_bytes([user; 16]));
            let write = sent.read(Author::COLUMNS).expect("readable");
            Catalogue.permits(Role::Operator, &Author::SHAPE, &sent, &write)
        };
        assert!(own(6) && !own(7));
    }
    #[test]
    fn a_fact_under_another_id_and_a_broken_rule_are_not_sound() {
        let client = Id::from_bytes([2; 16]);
        let shift = LineShift::empty(client, crate::Day(3), Id::from_bytes([4; 16]), Id::from_bytes([5; 16]));
        let row = |l: &LineShift| Folded::of(l.values(), Versions::created(Id::from_bytes([1; 16])), false);
        let sound = |id: [u8; 16], l: &LineShift| Catalogue.sound(client, (LineShift::NUMBER, id), &row(l));
        assert!(sound(shift.id.bytes(), &shift));
        assert!(!sound([8; 16], &shift));
        assert!(!sound(shift.id.bytes(), &LineShift { crew: Some(-1.0), ..shift.clone() }));
        assert!(!Catalogue.sound(
            client,
            (LineShift::NUMBER, [8; 16]),
            &Folded::of(vec![], row(&shift).versions, false)
        ));
    }
    #[test]
    fn what_a_change_points_to_is_found_by_its_columns() {
        let shift = Id::<LineShift>::from_bytes([5; 16]);
        let mut sent = sent(ProductionEntry::NUMBER, [9; 16], Act::Create, Id::from_bytes([6; 16]));
        sent.change.patch = format!(r#"{{"line_shift_id":"{}","job_id":null,"produced":4,"newer":"x"}}"#, shift.hex());
        let write = sent.read(ProductionEntry::COLUMNS).expect("readable");
        let all: Vec<_> = refers(&Catalogue, &ProductionEntry::SHAPE, &write).collect();
        assert_eq!(all, [(LineShift::NUMBER, shift.bytes())]);
    }
}
