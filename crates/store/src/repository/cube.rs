//! The session cube: client-day sums in memory, filled through the scoped reader.
use super::{Reader, rollup::sums};
use crate::{Result, values};
use domain::{
    Client, Id,
    elements::{Element, Sources, Square, Squares, Sums},
};
use std::collections::BTreeMap;

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
pub struct Cube(BTreeMap<Id<Client>, BTreeMap<i32, Day>>);

fn columns() -> String {
    let names = ["client_id", "day", "sources"].iter().chain(Element::NAMES).chain(Square::NAMES);
    names.copied().collect::<Vec<_>>().join(", ")
}

impl Cube {
    /// Reads every day in scope.
    pub fn load(r: &Reader<'_>) -> Result<Cube> {
        let mut cube = Cube::default();
        cube.read(r, &format!("SELECT {} FROM kpi_client_day", columns()), &[])?;
        Ok(cube)
    }
    /// Reads some days of a client again.
    pub fn refresh(&mut self, r: &Reader<'_>, client: Id<Client>, from: domain::Day, to: domain::Day) -> Result<()> {
        if let Some(days) = self.0.get_mut(&client) {
            days.retain(|d, _| *d < from.0 || *d > to.0);
        }
        let sql = format!("SELECT {} FROM kpi_client_day WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3", columns());
        self.read(r, &sql, values![client, from, to])
    }
    fn read(&mut self, r: &Reader<'_>, sql: &str, values: &[domain::Value]) -> Result<()> {
        r.select(sql, values, |row| {
            let (client, day): (Id<Client>, domain::Day) = (row.get(0)?, row.get(1)?);
            let mut squares = Squares::default();
            for (i, slot) in squares.0.iter_mut().enumerate() {
                *slot = row.get(3 + Element::COUNT + i)?;
            }
            let sources = Sources(u32::try_from(row.get::<i64>(2)?).unwrap_or(0));
            self.0.entry(client).or_default().insert(day.0, Day { sums: sums(row, 3)?, squares, sources });
            Ok(())
        })?;
        Ok(())
    }
    /// The days of a client in a period, in order.
    pub fn days(
        &self,
        client: Id<Client>,
        from: domain::Day,
        to: domain::Day,
    ) -> impl Iterator<Item = (domain::Day, &Day)> {
        let days = self.0.get(&client).filter(|_| from <= to);
        days.into_iter().flat_map(move |d| d.range(from.0..=to.0)).map(|(d, v)| (domain::Day(*d), v))
    }
}
