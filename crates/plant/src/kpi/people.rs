//! Sums of people, read by line shift and department.

use super::{
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, Place},
    rows::{Groups, OpenLineShift, Piece},
};
use domain::{
    Client, Day, Id,
    elements::{Department, Family, Key, Sources},
};
use store::{Cell, Reader, Result, values};

/// Stands for a department's name in the key of a group; none for people of no department.
pub(super) fn department(client: Key, name: Option<&str>) -> Option<Key> {
    name.map(|name| Id::<Department>::fact(Id::from_bytes(client), "department", name).bytes())
}

/// The place of a department on a line shift.
pub(super) fn place(whole: Place, name: Option<&str>) -> Place {
    Place { word: department(whole.client, name), ..whole }
}

/// Adds a client's line shifts, each by its departments.
pub(super) fn line_shifts(
    reader: &Reader<'_>,
    question: &Question,
    columns: &Columns,
    client: Id<Client>,
    groups: &mut Groups,
) -> Result<()> {
    let sql = format!(
        "SELECT day, shift_id, line_id, department, {} FROM kpi_people
         WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id",
        columns.elements_sql()
    );
    let mut open = OpenLineShift::default();
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let whole = Place::of_line_shift(client.bytes(), row.get::<Day>(0)?, row.get(1)?, row.get(2)?);
        let place = place(whole, row.get::<Option<String>>(3)?.as_deref());
        if question.holds(&place) {
            let (sources, sums) = columns.elements(row, 4)?;
            open.add(question, groups, whole, GroupKey::of(&question.by, &place), Piece { sums, sources, shared: 0 });
        }
        Ok(())
    })?;
    open.close(groups);
    Ok(())
}

/// Adds the people of one line shift that is in no sums yet.
pub(super) fn add_worked(question: &Question, whole: Place, told: &[Department], groups: &mut Groups) {
    let mut open = OpenLineShift::default();
    for of in told {
        let place = place(whole, of.name.as_deref());
        if question.holds(&place) {
            let piece = Piece { sums: of.sums, sources: of.sources, shared: 0 };
            open.add(question, groups, whole, GroupKey::of(&question.by, &place), piece);
        }
    }
    open.close(groups);
}

/// Each line shift of a question with its people, as far as the question holds them.
pub(super) fn each_line_shift(
    reader: &Reader<'_>,
    question: &Question,
    tell: &mut dyn FnMut(Cell, &Group),
) -> Result<()> {
    let names = Family::People.names().join(", ");
    let sql = format!(
        "SELECT day, shift_id, line_id, department, sources, {names} FROM kpi_people
         WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id"
    );
    let mut last: Option<(Cell, Group)> = None;
    for client in question.clients.iter().copied() {
        reader.select(&sql, values![client, question.from, question.to], |row| {
            let cell = Cell { client, day: row.get(0)?, shift: row.get(1)?, line: row.get(2)? };
            if !question.holds(&place(super::explain::place(cell), row.get::<Option<String>>(3)?.as_deref())) {
                return Ok(());
            }
            let mut group = Group { sources: Sources(row.get::<i64>(4)? as u64), ..Group::default() };
            for (column, element) in Family::People.elements().iter().enumerate() {
                group.sums[*element] = row.get(5 + column)?;
            }
            match &mut last {
                Some((before, known)) if *before == cell => known.add(&group),
                _ => last.replace((cell, group)).iter().for_each(|(cell, group)| tell(*cell, group)),
            }
            Ok(())
        })?;
    }
    last.iter().for_each(|(cell, group)| tell(*cell, group));
    Ok(())
}
