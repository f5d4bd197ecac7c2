//! Sums of inspections, read from the store or worked out.

use super::{
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, Place},
    rows::Groups,
};
use domain::{
    Client, Id,
    elements::{Family, Inspected, Sources, Sums},
};
use std::collections::BTreeMap;
use store::{Reader, Result, values};

/// Adds a client's inspections, thing by thing.
pub(super) fn stored(
    reader: &Reader<'_>,
    question: &Question,
    columns: &Columns,
    client: Id<Client>,
    groups: &mut Groups,
) -> Result<()> {
    let sql = format!(
        "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, job_id, {} FROM kpi_quality
         WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id",
        columns.elements_sql()
    );
    let mut seen = Seen::of(question, columns.families());
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let whole = Place::of_line_shift(client.bytes(), row.get(0)?, row.get(1)?, row.get(2)?);
        let place = Place { job: row.get(6)?, ..whole.part(row.get(3)?, row.get(4)?, row.get(5)?) };
        let (sources, sums) = columns.elements(row, 7)?;
        seen.add(question, whole, &place, (sums, sources), groups);
        Ok(())
    })?;
    Ok(())
}

/// Adds the inspections of one line shift that is in no sums.
pub(super) fn worked(
    question: &Question,
    families: &[Family],
    whole: Place,
    inspected: &Inspected,
    groups: &mut Groups,
) {
    let mut seen = Seen::of(question, families);
    for (key, part) in inspected.parts() {
        let place = Place { job: key.job, ..whole.part(key.product, key.operation, key.order) };
        seen.add(question, whole, &place, part, groups);
    }
}

/// Which line shift each group saw last: each is counted once.
struct Seen {
    /// Line shifts are counted here where no other family counts them.
    counts: bool,
    last: BTreeMap<GroupKey, Place>,
}

impl Seen {
    fn of(question: &Question, families: &[Family]) -> Seen {
        Seen { counts: question.is_below_line_shift() && families == [Family::Quality], last: BTreeMap::new() }
    }

    fn add(&mut self, question: &Question, whole: Place, place: &Place, part: (Sums, Sources), groups: &mut Groups) {
        if !question.holds(place) {
            return;
        }
        let key = GroupKey::of(&question.by, place);
        let is_new = self.counts && self.last.insert(key.clone(), whole) != Some(whole);
        let line_shifts = if is_new { 1.0 } else { 0.0 };
        let (sums, sources) = part;
        groups.entry(key).or_default().add(&Group { sums, sources, line_shifts, ..Group::default() });
    }
}
