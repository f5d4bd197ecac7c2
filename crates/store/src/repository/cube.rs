//! The session cube: client-day sums in memory, filled through the scoped reader.
use super::{Reader, rollup::sums};
use crate::{Result, values};
use domain::{
    Client, Id,
    elements::{Element, Sources, Square, Squares, Sums},
};
use std::{collections::BTreeMap, sync::OnceLock};

/// One client's day.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// Element sums.
    pub sums: Sums,
    /// Squares between line shifts.
    pub squares: Squares,
    /// Sources used.
    pub sources: Sources,
}

/// Every day of every client in a session's scope.
///
/// It holds nothing the session's own reader did not show, and is dropped
/// with the session or its scope.
#[derive(Default)]
pub struct Cube {
    days: BTreeMap<Id<Client>, BTreeMap<i32, Day>>,
    rev: i64,
    epoch: i64,
}

fn newer() -> &'static str {
    static SQL: OnceLock<String> = OnceLock::new();
    SQL.get_or_init(|| {
        let names = ["client_id", "day", "rev", "sources"].iter().chain(Element::NAMES).chain(Square::NAMES);
        let names: Vec<_> = names.copied().collect();
        format!("SELECT {} FROM kpi_client_day WHERE rev > ?1", names.join(", "))
    })
}

impl Cube {
    /// Reads what is newer than what the cube holds; everything, under new rights.
    pub fn refresh(&mut self, r: &Reader<'_>) -> Result<()> {
        let epoch = r.session().0.epoch;
        if self.epoch != epoch {
            *self = Cube { epoch, ..Cube::default() };
        }
        let mut newest = self.rev;
        r.select(newer(), values![self.rev], |row| {
            let mut squares = Squares::default();
            for (i, slot) in squares.0.iter_mut().enumerate() {
                *slot = row.get(4 + Element::COUNT + i)?;
            }
            newest = newest.max(row.get(2)?);
            let sources = Sources(u32::try_from(row.get::<i64>(3)?).unwrap_or(0));
            let day = Day { sums: sums(row, 4)?, squares, sources };
            self.days.entry(row.get(0)?).or_default().insert(row.get::<domain::Day>(1)?.0, day);
            Ok(())
        })?;
        self.rev = newest;
        Ok(())
    }
    /// The days of a client in a period, in order.
    pub fn days(
        &self,
        client: Id<Client>,
        from: domain::Day,
        to: domain::Day,
    ) -> impl Iterator<Item = (domain::Day, &Day)> {
        let days = self.days.get(&client).filter(|_| from <= to);
        let lived = |(_, day): &(&i32, &Day)| day.sums[Element::LineShifts] > 0.0;
        days.into_iter().flat_map(move |d| d.range(from.0..=to.0)).filter(lived).map(|(d, v)| (domain::Day(*d), v))
    }
}
