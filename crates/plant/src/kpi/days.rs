//! Sums of clients' days: from the cube, or from the store.

use super::{
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, Place},
    grouping::Grouping,
    read,
    rows::Groups,
    timeline::Timeline,
};
use domain::{Client, Day, Id, elements::Key};
use store::{Cube, Reader, Result, values};

/// Adds the days of all clients asked about.
pub(super) fn days(
    sums: &read::Sums<'_, '_>,
    question: &Question,
    columns: &Columns,
    groups: &mut Groups,
) -> Result<()> {
    let timeline = Timeline::of(question);
    let by_client = question.by.contains(&Grouping::Client);
    let mut slots = vec![Group::default(); timeline.starts().len()];
    for client in &question.clients {
        match sums.cube {
            Some(cube) => from_cube(cube, question, columns, *client, &timeline, &mut slots),
            None => from_store(sums.reader, question, columns, *client, &timeline, &mut slots)?,
        }
        if by_client {
            give(question, client.bytes(), &timeline, &mut slots, groups);
        }
    }
    if !by_client {
        give(question, Key::default(), &timeline, &mut slots, groups);
    }
    Ok(())
}

fn from_cube(
    cube: &Cube,
    question: &Question,
    columns: &Columns,
    client: Id<Client>,
    timeline: &Timeline,
    slots: &mut [Group],
) {
    for (day, sums) in cube.days(client, question.from, question.to) {
        columns.add_day(&mut slots[timeline.slot(day)], &sums.sums, &sums.squares, sums.sources);
    }
}

fn from_store(
    reader: &Reader<'_>,
    question: &Question,
    columns: &Columns,
    client: Id<Client>,
    timeline: &Timeline,
    slots: &mut [Group],
) -> Result<()> {
    let sql = format!(
        "SELECT day, {} FROM kpi_client_day WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 AND line_shifts > 0",
        columns.all_sql()
    );
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let (sources, sums) = columns.elements(row, 1)?;
        let squares = columns.squares(row, 1)?;
        columns.add_day(&mut slots[timeline.slot(row.get::<Day>(0)?)], &sums, &squares, sources);
        Ok(())
    })?;
    Ok(())
}

/// Gives the filled stretches to the groups and empties them.
fn give(question: &Question, client: Key, timeline: &Timeline, slots: &mut [Group], groups: &mut Groups) {
    for (slot, day) in slots.iter_mut().zip(timeline.starts()) {
        if slot.line_shifts > 0.0 {
            groups.entry(GroupKey::of(&question.by, &Place::of_day(client, *day))).or_default().add(slot);
            *slot = Group::default();
        }
    }
}
