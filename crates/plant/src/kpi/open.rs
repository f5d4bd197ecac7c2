//! Line shifts that are in no sums: open ones of today, and overdue ones.

use super::{
    ask::Question,
    group::{GroupKey, Place},
    people,
    rows::{Groups, OpenLineShift, Piece},
};
use domain::elements::{Family, Worked};
use store::{Cell, Reader, Result, values, work_out};

/// The open line shifts of a question.
#[derive(Default)]
pub(super) struct Open {
    /// Those of a day that has ended since: the next write will store them.
    pub overdue: Vec<(Place, Cell)>,
    /// Those that still run: they stand beside the headline.
    pub running: Vec<(Place, Cell)>,
}

/// Finds the line shifts that are in no sums yet; there are few, in any scope.
pub(super) fn open(reader: &Reader<'_>, question: &Question) -> Result<Open> {
    let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_mark WHERE day BETWEEN ?1 AND ?2";
    let cells = reader.select(sql, values![question.from, question.to], |row| {
        Ok(Cell { client: row.get(0)?, day: row.get(1)?, shift: row.get(2)?, line: row.get(3)? })
    })?;
    let mut open = Open::default();
    for cell in cells.into_iter().filter(|cell| question.clients.contains(&cell.client)) {
        let place = Place::of_line_shift(cell.client.bytes(), cell.day, cell.shift.bytes(), cell.line.bytes());
        if question.lines.passes(place.line) && question.shifts.passes(place.shift) {
            let is_over = cell.day < reader.today(cell.client)?;
            if is_over { open.overdue.push((place, cell)) } else { open.running.push((place, cell)) }
        }
    }
    Ok(open)
}

/// Adds what line shifts come to, worked out from their rows, of the families asked about.
pub(super) fn add(
    reader: &Reader<'_>,
    question: &Question,
    families: &[Family],
    cells: &[(Place, Cell)],
    groups: &mut Groups,
) -> Result<()> {
    for (family, at) in families.iter().flat_map(|family| cells.iter().map(move |at| (*family, at))) {
        match family {
            Family::LineShift => {
                work_out(reader, at.1)?.iter().for_each(|worked| add_worked(question, at.0, worked, groups));
            }
            Family::People => people::add(reader, question, at, groups)?,
            Family::Quality | Family::Orders | Family::Wip => {}
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
