//! Line shifts that are in no sums: open ones of today, and overdue ones.

use super::{
    ask::Question,
    group::{GroupKey, KeyPart, Place},
    inspections, people,
    rows::{Groups, OpenLineShift, Piece},
};
use domain::{
    Client, Id,
    elements::{Family, Worked},
};
use store::{Cell, LineShifts, Reader, Result, values};

/// What of a question may still move: its open line shifts, and clients of which something is not settled.
#[derive(Default)]
pub(super) struct Open {
    /// Those of a day that has ended since: the next write will store them.
    pub overdue: Vec<(Place, Cell)>,
    /// Those that still run: they stand beside the headline.
    pub running: Vec<(Place, Cell)>,
    /// Clients with changes the hub has not confirmed, or values that wait for a decision.
    pub unsettled: Vec<Id<Client>>,
}

impl Open {
    /// Whether something of any client may still move.
    pub(super) fn moves(&self) -> bool {
        !self.running.is_empty() || !self.unsettled.is_empty()
    }
    /// Whether something of the group's clients waits for the hub or for a decision.
    pub(super) fn is_unsettled(&self, key: &GroupKey) -> bool {
        let of = key.0.iter().find_map(|part| match part {
            KeyPart::Row(client, _) => Some(*client),
            KeyPart::Time(_) => None,
        });
        self.unsettled.iter().any(|client| of.is_none_or(|of| of == client.bytes()))
    }
}

/// Finds the line shifts that are in no sums yet; there are few, in any scope.
pub(super) fn open(reader: &Reader<'_>, question: &Question) -> Result<Open> {
    let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_mark WHERE day BETWEEN ?1 AND ?2";
    let cells = reader.select(sql, values![question.from, question.to], |row| {
        Ok(Cell { client: row.get(0)?, day: row.get(1)?, shift: row.get(2)?, line: row.get(3)? })
    })?;
    let mut unsettled = reader.unsettled()?;
    unsettled.retain(|client| question.clients.contains(client));
    let mut open = Open { unsettled, ..Open::default() };
    for cell in cells.into_iter().filter(|cell| question.clients.contains(&cell.client)) {
        let place = Place::of_line_shift(cell.client.bytes(), cell.day, cell.shift.bytes(), cell.line.bytes());
        if question.lines.passes(place.line) && question.shifts.passes(place.shift) {
            let is_over = cell.day < reader.today(cell.client)?;
            if is_over { open.overdue.push((place, cell)) } else { open.running.push((place, cell)) }
        }
    }
    Ok(open)
}

/// Adds line shifts to the groups, with what was inspected and who was there where that is asked.
pub(super) fn add(
    reader: &Reader<'_>,
    question: &Question,
    families: &[Family],
    cells: &[(Place, Cell)],
    groups: &mut Groups,
) -> Result<()> {
    let with_parts = families.contains(&Family::LineShift) || !question.is_below_line_shift();
    let mut book = LineShifts::of(reader);
    for (place, cell) in cells {
        if let Some(worked) = book.work_out(*cell)?.filter(|_| with_parts) {
            add_worked(question, *place, &worked, groups);
        }
        if families.contains(&Family::Quality) {
            inspections::worked(question, families, *place, &book.inspected(*cell)?, groups);
        }
        if families.contains(&Family::People) {
            people::add_worked(question, *place, &book.people(*cell)?, groups);
        }
    }
    Ok(())
}

/// Adds one line shift, whole or by its parts as the question needs.
pub(super) fn add_worked(question: &Question, whole: Place, worked: &Worked, groups: &mut Groups) {
    let mut open = OpenLineShift::default();
    if question.is_below_line_shift() {
        for part in &worked.parts {
            let place = whole.part(part.key.product, part.key.operation, part.key.order);
            if question.holds(&place) {
                let piece = Piece { sums: part.sums, sources: part.sources, shared: part.shared.into() };
                open.add(question, groups, whole, GroupKey::of(&question.by, &place), piece);
            }
        }
    } else {
        let piece = Piece { sums: worked.sums, sources: worked.sources, shared: 0 };
        open.add(question, groups, whole, GroupKey::of(&question.by, &whole), piece);
    }
    open.close(groups);
}
