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
use store::{Cube, Reader, Result, values};

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

impl Days<'_> {
    /// Adds days column by column, so that memory is read in order.
    fn add_cube(&self, cube: &Cube, clients: &[Id<Client>], slots: &mut [Group]) {
        let clients: Vec<_> = (clients.iter().filter_map(|client| Some((client, cube.client(*client)?))))
            .map(|(client, days)| {
                let within = days.within(self.question.from, self.question.to);
                let places: Vec<usize> =
                    days.days()[within.clone()].iter().map(|day| self.timeline.slot(*day)).collect();
                let over = days.days()[within.clone()].partition_point(|day| *day < self.as_of.day(*client));
                (days, within, places, over)
            })
            .collect();
        let mut sums = vec![0.0; slots.len()];
        for element in self.columns.needed() {
            for (days, within, places, over) in &clients {
                let counted = if UNSHIPPED.contains(element) { *over } else { places.len() };
                places[..counted]
                    .iter()
                    .zip(&days.element(*element)[within.clone()])
                    .for_each(|(slot, value)| sums[*slot] += value);
            }
            slots.iter_mut().zip(&mut sums).for_each(|(slot, sum)| slot.sums[*element] += std::mem::take(sum));
        }
        for square in self.columns.needed_squares() {
            for (days, within, places, _) in &clients {
                places.iter().zip(&days.square(*square)[within.clone()]).for_each(|(slot, value)| sums[*slot] += value);
            }
            slots.iter_mut().zip(&mut sums).for_each(|(slot, sum)| slot.squares[*square] += std::mem::take(sum));
        }
        for (days, within, places, _) in &clients {
            places.iter().zip(&days.sources()[within.clone()]).for_each(|(slot, bits)| slots[*slot].sources.0 |= bits);
        }
        slots.iter_mut().for_each(|slot| slot.line_shifts = slot.sums[Element::LineShifts]);
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
