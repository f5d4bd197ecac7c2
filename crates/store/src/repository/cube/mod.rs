//! The session cube: client-day sums in memory, filled through the scoped reader.
mod crews;
mod in_work;
mod kept;

pub use crews::crews;
pub use in_work::{Ages, ages_in_work, in_work, in_work_together};
pub use kept::{Kept, KeptAsk, KeptGroup};

use super::Reader;
use crate::values;
use domain::{
    Client, Day, Id,
    elements::{Element, Square},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
    sync::OnceLock,
};

/// The days of one client, column by column: sums over days read memory in order.
#[derive(Default, Debug)]
pub struct ClientDays {
    days: Vec<Day>,
    sources: Vec<u64>,
    columns: Vec<Vec<f64>>,
}

impl ClientDays {
    /// The days, in order.
    pub fn days(&self) -> &[Day] {
        &self.days
    }
    /// The places of the days of a period.
    pub fn within(&self, from: Day, to: Day) -> Range<usize> {
        let place = |day: Day| self.days.partition_point(|d| *d < day);
        place(from)..place(Day(to.0.saturating_add(1))).max(place(from))
    }
    /// The bits of the sources used, by day.
    pub fn sources(&self) -> &[u64] {
        &self.sources
    }
    /// The sums of an element, by day.
    pub fn element(&self, element: Element) -> &[f64] {
        self.columns.get(element as usize).filter(|_| (element as usize) < DAY).map_or(&[], Vec::as_slice)
    }
    /// The squares between line shifts, by day.
    pub fn square(&self, square: Square) -> &[f64] {
        self.columns.get(DAY + square as usize).map_or(&[], Vec::as_slice)
    }
    /// Takes in days that were read anew.
    fn take(&mut self, mut fresh: Vec<FreshDay>) {
        fresh.sort_by_key(|f| f.day);
        let old = std::mem::take(self);
        let kept = (0..old.days.len()).filter(|i| fresh.binary_search_by_key(&old.days[*i], |f| f.day).is_err());
        let mut order: Vec<(Day, Result<usize, usize>)> = kept.map(|i| (old.days[i], Err(i))).collect();
        order.extend(fresh.iter().enumerate().map(|(i, f)| (f.day, Ok(i))));
        order.sort_by_key(|(day, _)| *day);
        self.days = order.iter().map(|(day, _)| *day).collect();
        self.sources = order.iter().map(|(_, at)| at.map_or_else(|i| old.sources[i], |i| fresh[i].sources)).collect();
        let value = |c: usize, at: &Result<usize, usize>| at.map_or_else(|i| old.columns[c][i], |i| fresh[i].sums[c]);
        self.columns = (0..WIDTH).map(|c| order.iter().map(|(_, at)| value(c, at)).collect()).collect();
    }
}

/// Elements of a day, then squares; those only known as of a day take no room.
const DAY: usize = Element::WipOrders as usize;
const WIDTH: usize = DAY + Square::COUNT;

/// A day as it was just read.
struct FreshDay {
    day: Day,
    sources: u64,
    sums: [f64; WIDTH],
}

/// Every day of every client in a session's scope.
///
/// It holds nothing the session's own reader did not show, and is dropped
/// with the session or its scope.
#[derive(Default)]
pub struct Cube {
    clients: BTreeMap<Id<Client>, ClientDays>,
    /// The days of all of them together.
    total: ClientDays,
    revs: Revs,
    epoch: i64,
    /// Read only when a question needs them, and at most once a reading.
    crews: RefCell<crews::CubeCrews>,
    in_work: RefCell<in_work::CubeInWork>,
}

fn newer() -> &'static str {
    static SQL: OnceLock<String> = OnceLock::new();
    SQL.get_or_init(|| {
        let names = ["client_id", "day", "rev", "sources"].iter().chain(&Element::NAMES[..DAY]).chain(Square::NAMES);
        let names: Vec<_> = names.copied().collect();
        format!("SELECT {} FROM kpi_client_day WHERE client_id = ?2 AND rev > ?1", names.join(", "))
    })
}

/// The last transaction of each client that was taken in.
type Revs = HashMap<Id<Client>, i64>;

/// Looks at each client whose sums were written after the last transaction that was taken in.
fn each_newer(
    r: &Reader<'_>,
    known: &mut Revs,
    mut f: impl FnMut(Id<Client>, i64) -> crate::Result<()>,
) -> crate::Result<()> {
    let revs = r.select("SELECT client_id, rev FROM kpi_client_rev", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (client, rev) in revs {
        let before = known.get(&client).copied().unwrap_or(0);
        if rev > before {
            f(client, before)?;
            known.insert(client, rev);
        }
    }
    Ok(())
}

impl Cube {
    /// Reads what is newer than what the cube holds; everything, under new rights.
    pub fn refresh(&mut self, r: &Reader<'_>) -> crate::Result<()> {
        let epoch = r.session().0.epoch;
        if self.epoch != epoch {
            *self = Cube { epoch, ..Cube::default() };
        }
        (self.crews.get_mut().is_fresh, self.in_work.get_mut().is_fresh) = (false, false);
        let mut fresh = HashMap::<Id<Client>, Vec<FreshDay>>::new();
        each_newer(r, &mut self.revs, |client, rev| {
            r.select(newer(), values![rev, client], |row| {
                let mut sums = [0.0; WIDTH];
                for (i, slot) in sums.iter_mut().enumerate() {
                    *slot = row.get(4 + i)?;
                }
                let day = FreshDay { day: row.get(1)?, sources: row.get::<i64>(3)? as u64, sums };
                fresh.entry(client).or_default().push(day);
                Ok(())
            })
            .map(|_| ())
        })?;
        let days: BTreeSet<Day> = fresh.values().flatten().map(|fresh| fresh.day).collect();
        for (client, days) in fresh {
            self.clients.entry(client).or_default().take(days);
        }
        let together = days.into_iter().map(|day| self.together(day)).collect();
        self.total.take(together);
        Ok(())
    }
    /// A day of all clients, added up anew.
    fn together(&self, day: Day) -> FreshDay {
        let mut sum = FreshDay { day, sources: 0, sums: [0.0; WIDTH] };
        for client in self.clients.values() {
            let Ok(place) = client.days.binary_search(&day) else { continue };
            sum.sources |= client.sources[place];
            sum.sums.iter_mut().zip(&client.columns).for_each(|(sum, column)| *sum += column[place]);
        }
        sum
    }
    /// The days of all clients together, where these are all that have any.
    pub fn total_of(&self, clients: &[Id<Client>]) -> Option<&ClientDays> {
        let is_all = clients.len() > 1 && self.clients.keys().all(|client| clients.contains(client));
        is_all.then_some(&self.total)
    }
    /// The days of a client; none where it has none.
    pub fn client(&self, client: Id<Client>) -> Option<&ClientDays> {
        self.clients.get(&client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(day: i32, value: f64) -> FreshDay {
        FreshDay { day: Day(day), sources: day as u64, sums: [value; WIDTH] }
    }

    #[test]
    fn a_day_of_all_clients_is_what_theirs_add_up_to() {
        let [a, b] = [1, 2].map(|n| Id::from_bytes([n; 16]));
        let mut cube = Cube::default();
        cube.clients.entry(a).or_default().take(vec![fresh(3, 2.0), fresh(4, 1.0)]);
        cube.clients.entry(b).or_default().take(vec![fresh(4, 5.0)]);
        cube.total.take(vec![cube.together(Day(3)), cube.together(Day(4))]);
        let total = cube.total_of(&[b, a]).unwrap();
        assert_eq!((total.element(Element::Earned), total.sources()), (&[2.0, 6.0][..], &[3, 4][..]));
        assert!(cube.total_of(&[a]).is_none() && cube.total_of(&[b, Id::from_bytes([3; 16])]).is_none());
    }

    #[test]
    fn days_read_anew_take_the_place_of_old_ones_in_order() {
        let mut days = ClientDays::default();
        days.take(vec![fresh(5, 1.0), fresh(3, 2.0)]);
        days.take(vec![fresh(4, 3.0), fresh(5, 4.0)]);
        assert_eq!(days.days(), [Day(3), Day(4), Day(5)]);
        assert_eq!(days.element(Element::Earned), [2.0, 3.0, 4.0]);
        assert_eq!((days.square(Square::RunRun), days.sources()), (&[2.0, 3.0, 4.0][..], &[3, 4, 5][..]));
        assert_eq!(
            (days.within(Day(4), Day(9)), days.within(Day(6), Day(2)), days.within(Day(0), Day(3))),
            (1..3, 3..3, 0..1)
        );
    }
}
