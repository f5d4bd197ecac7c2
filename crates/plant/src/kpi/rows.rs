//! Sums read from the store, one client after the other.

use super::{
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, Place},
};
use domain::{
    Client, Day, Id,
    elements::{Element, Key, Sources, Sums},
};
use std::collections::BTreeMap;
use store::{Reader, Result, Row, values};

/// Groups by their keys.
pub(super) type Groups = BTreeMap<GroupKey, Group>;

/// Adds a client's line shifts.
pub(super) fn line_shifts(
    reader: &Reader<'_>,
    question: &Question,
    columns: &Columns,
    client: Id<Client>,
    groups: &mut Groups,
) -> Result<()> {
    let sql = format!(
        "SELECT day, shift_id, line_id, {} FROM kpi_line_shift WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3",
        columns.elements_sql()
    );
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let place = place_of(client, row)?;
        if question.holds(&place) {
            let (sources, sums) = columns.elements(row, 3)?;
            groups.entry(GroupKey::of(&question.by, &place)).or_default().add(&Group::of_line_shift(sums, sources));
        }
        Ok(())
    })?;
    Ok(())
}

/// Adds the parts of a client's line shifts.
pub(super) fn parts(
    reader: &Reader<'_>,
    question: &Question,
    columns: &Columns,
    client: Id<Client>,
    groups: &mut Groups,
) -> Result<()> {
    // A line shift of one part keeps it in its own row; only the others have rows of parts.
    for table in ["kpi_line_shift WHERE parts = 1 AND", "kpi_part WHERE"] {
        let sql = format!(
            "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, shared, {} FROM {table}
             client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id",
            columns.elements_sql()
        );
        let mut open = OpenLineShift::default();
        reader.select(&sql, values![client, question.from, question.to], |row| {
            let whole = place_of(client, row)?;
            let place = whole.part(row.get(3)?, row.get(4)?, row.get(5)?);
            if question.holds(&place) {
                let (sources, sums) = columns.elements(row, 7)?;
                let part = Piece { sums, sources, shared: row.get(6)? };
                open.add(question, groups, whole, GroupKey::of(&question.by, &place), part);
            }
            Ok(())
        })?;
        open.close(groups);
    }
    Ok(())
}

fn place_of(client: Id<Client>, row: &Row<'_>) -> Result<Place> {
    Ok(Place::of_line_shift(client.bytes(), row.get::<Day>(0)?, row.get::<Key>(1)?, row.get::<Key>(2)?))
}

/// One part of a line shift as it is stored.
pub(super) struct Piece {
    pub sums: Sums,
    pub sources: Sources,
    pub shared: i64,
}

/// The line shift whose parts are being read.
///
/// The parts of one line shift that fall into one group are one observation:
/// they are added before their squares are taken.
#[derive(Default)]
pub(super) struct OpenLineShift {
    whole: Option<Place>,
    /// Boxed: a group is a kilobyte that a tree of many products would move about.
    groups: BTreeMap<GroupKey, Box<Group>>,
}

impl OpenLineShift {
    /// Adds a part; another line shift than before closes the one before.
    pub(super) fn add(
        &mut self,
        question: &Question,
        groups: &mut Groups,
        whole: Place,
        key: GroupKey,
        mut part: Piece,
    ) {
        if self.whole != Some(whole) {
            self.close(groups);
            self.whole = Some(whole);
        }
        let group = self.groups.entry(key).or_default();
        if part.shared & question.shared_mask() != 0 {
            group.est_units += part.sums[Element::PlannedUnits];
            infer(&mut part.sums);
        }
        group.sums += &part.sums;
        group.sources |= part.sources;
    }

    /// Gives the line shift to the groups.
    pub(super) fn close(&mut self, groups: &mut Groups) {
        for (key, mut one) in std::mem::take(&mut self.groups) {
            // A list of people is one observation of each group it has people of.
            one.sums[Element::PeopleCells] = f64::from(u8::from(one.sums[Element::AttendanceRows] > 0.0));
            (one.squares, one.line_shifts) = (one.sums.squares(), 1.0);
            groups.entry(key).or_default().add(&one);
        }
    }
}

/// The sums of a part whose time was divided by inference: all of it is inferred.
fn infer(sums: &mut Sums) {
    use Element::{
        Available, EstAvailable, EstPlanned, EstRun, EstRunClock, EstStops, EstUptime, Planned, Run, RunClock, Stops,
    };
    let uptime = sums.uptime();
    for (estimate, whole) in
        [(EstAvailable, Available), (EstPlanned, Planned), (EstStops, Stops), (EstRun, Run), (EstRunClock, RunClock)]
    {
        sums[estimate] = sums[whole];
    }
    sums[EstUptime] = uptime;
}
