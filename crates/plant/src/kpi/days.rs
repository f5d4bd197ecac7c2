//! Sums of clients' days: from the cube, or from the store.

use super::{
    as_of::{AsOf, UNSHIPPED},
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, Place},
    grouping::Grouping,
    read,
    rows::Groups,
    timeline::Timeline,
};
use domain::{
    Client, Day, Id,
    elements::{Element, Key},
};
use std::ops::Range;
use store::{ClientDays, Cube, Reader, Result, values};

/// Adds the days of all clients asked about.
pub(super) fn days(
    sums: &read::Sums<'_, '_>,
    question: &Question,
    columns: &Columns,
    as_of: &AsOf,
    groups: &mut Groups,
) -> Result<()> {
    let asked = Days { question, columns, as_of, timeline: Timeline::of(question) };
    let blank = || vec![Group::default(); asked.timeline.starts().len()];
    let of = |clients: &[Id<Client>], slots: &mut [Group]| match sums.cube {
        Some(cube) => {
            asked.add_cube(cube, clients, slots);
            Ok(())
        }
        None => clients.iter().try_for_each(|client| asked.add_stored(sums.reader, *client, slots)),
    };
    if question.by.contains(&Grouping::Client) {
        for client in &question.clients {
            let mut slots = blank();
            of(&[*client], &mut slots)?;
            asked.give(client.bytes(), &slots, groups);
        }
    } else {
        let mut slots = blank();
        of(&question.clients, &mut slots)?;
        asked.give(Key::default(), &slots, groups);
    }
    Ok(())
}

struct Days<'a> {
    question: &'a Question,
    columns: &'a Columns,
    as_of: &'a AsOf,
    timeline: Timeline,
}

/// The days of a period in a cube.
struct Within<'d> {
    days: &'d ClientDays,
    range: Range<usize>,
    /// The stretch of time of each.
    places: Vec<usize>,
    /// How many of them lie before the as-of day.
    over: usize,
}

impl Days<'_> {
    /// Adds days column by column, so that memory is read in order.
    ///
    /// All clients of a cube are added already, but for what depends on each client's own today.
    fn add_cube(&self, cube: &Cube, clients: &[Id<Client>], slots: &mut [Group]) {
        let each: Vec<Within<'_>> = clients
            .iter()
            .filter_map(|client| Some(self.within(cube.client(*client)?, self.as_of.day(*client))))
            .collect();
        let all = cube.total_of(clients).map(|days| vec![self.within(days, Day(i32::MAX))]);
        let all = all.as_deref().unwrap_or(&each);
        let mut sums = vec![0.0; slots.len()];
        for element in self.columns.needed() {
            let parts = if UNSHIPPED.contains(element) { &each } else { all };
            for part in parts {
                let counted = if UNSHIPPED.contains(element) { part.over } else { part.places.len() };
                let values = &part.days.element(*element)[part.range.clone()];
                part.places[..counted].iter().zip(values).for_each(|(slot, value)| sums[*slot] += value);
            }
            slots.iter_mut().zip(&mut sums).for_each(|(slot, sum)| slot.sums[*element] += std::mem::take(sum));
        }
        for square in self.columns.needed_squares() {
            for part in all {
                let values = &part.days.square(*square)[part.range.clone()];
                part.places.iter().zip(values).for_each(|(slot, value)| sums[*slot] += value);
            }
            slots.iter_mut().zip(&mut sums).for_each(|(slot, sum)| slot.squares[*square] += std::mem::take(sum));
        }
        for part in all {
            let sources = &part.days.sources()[part.range.clone()];
            part.places.iter().zip(sources).for_each(|(slot, bits)| slots[*slot].sources.0 |= bits);
        }
        slots.iter_mut().for_each(|slot| slot.line_shifts = slot.sums[Element::LineShifts]);
    }

    /// The days of the period, with the stretch each falls into, and how many of them are over by a day.
    fn within<'d>(&self, days: &'d ClientDays, as_of: Day) -> Within<'d> {
        let range = days.within(self.question.from, self.question.to);
        let asked = &days.days()[range.clone()];
        let places = asked.iter().map(|day| self.timeline.slot(*day)).collect();
        Within { days, places, over: asked.partition_point(|day| *day < as_of), range }
    }

    fn add_stored(&self, reader: &Reader<'_>, client: Id<Client>, slots: &mut [Group]) -> Result<()> {
        let sql = format!(
            "SELECT day, {} FROM kpi_client_day WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3",
            self.columns.all_sql()
        );
        reader.select(&sql, values![client, self.question.from, self.question.to], |row| {
            let (sources, mut sums) = self.columns.elements(row, 1)?;
            if row.get::<Day>(0)? >= self.as_of.day(client) {
                UNSHIPPED.iter().for_each(|element| sums[*element] = 0.0);
            }
            let squares = self.columns.squares(row, 1)?;
            let line_shifts = sums[Element::LineShifts];
            let day = Group { sums, squares, sources, line_shifts, ..Group::default() };
            slots[self.timeline.slot(row.get::<Day>(0)?)].add(&day);
            Ok(())
        })?;
        Ok(())
    }

    /// Gives the filled stretches to the groups.
    fn give(&self, client: Key, slots: &[Group], groups: &mut Groups) {
        let filled = slots.iter().zip(self.timeline.starts()).filter(|(slot, _)| self.columns.fills(slot));
        for (slot, day) in filled {
            groups.entry(GroupKey::of(&self.question.by, &Place::of_day(client, *day))).or_default().add(slot);
        }
    }
}
