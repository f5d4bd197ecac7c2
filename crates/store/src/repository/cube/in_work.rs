//! The orders in work at the end of some days, from memory or from the file.
use super::{Cube, Revs, each_newer};
use crate::{
    Result,
    repository::{Reader, rollup::changes},
    values,
};
use domain::{
    Client, Day, Id, WorkOrder,
    elements::order::{Age, InWork},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// Orders in work and how old they are, from the youngest on.
pub type Ages = Arc<[(Id<WorkOrder>, Age)]>;

/// The changes of every client of a cube, as far as they were asked for.
#[derive(Default)]
pub(super) struct CubeInWork {
    clients: HashMap<Id<Client>, BTreeMap<Day, InWork>>,
    /// The changes of all of them together.
    total: BTreeMap<Day, InWork>,
    /// How old the orders in work are as of the end of a day, from the youngest on.
    ages: HashMap<Id<Client>, (Day, Ages)>,
    revs: Revs,
    /// Whether this reading has brought them up to date.
    pub(super) is_fresh: bool,
}

impl CubeInWork {
    fn refresh(&mut self, r: &Reader<'_>) -> Result<()> {
        if self.is_fresh {
            return Ok(());
        }
        let names = InWork::NAMES.join(", ");
        let sql = format!("SELECT day, {names} FROM kpi_client_in_work WHERE client_id = ?2 AND rev > ?1");
        let (clients, ages, mut touched) = (&mut self.clients, &mut self.ages, BTreeSet::new());
        each_newer(r, &mut self.revs, |client, rev| {
            let days = clients.entry(client).or_default();
            let newer = r.select(&sql, values![rev, client], |row| {
                let day = row.get(0)?;
                days.insert(day, changes(row, 1)?);
                touched.insert(day);
                Ok(())
            })?;
            // An order that began, was held or ended otherwise changed a day.
            if !newer.is_empty() {
                ages.remove(&client);
            }
            Ok(())
        })?;
        for day in touched {
            let all = self.clients.values().filter_map(|days| days.get(&day));
            self.total.insert(day, all.fold(InWork::default(), |sum, one| sum + *one));
        }
        self.is_fresh = true;
        Ok(())
    }
}

/// What is in work of a client at the end of each of some days, which come in order.
pub fn in_work(r: &Reader<'_>, cube: Option<&Cube>, client: Id<Client>, days: &[Day]) -> Result<Vec<InWork>> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(vec![]) };
    if let Some(cube) = cube {
        let mut known = cube.in_work.borrow_mut();
        known.refresh(r)?;
        let changes = known.clients.get(&client).into_iter().flatten().map(|(day, change)| (*day, *change));
        return Ok(states(InWork::default(), changes, days));
    }
    let sql = format!(
        "SELECT day, {} FROM kpi_client_in_work WHERE client_id = ?1 AND day > ?2 AND day <= ?3 ORDER BY day",
        InWork::NAMES.join(", ")
    );
    let later = r.select(&sql, values![client, *first, *last], |row| Ok((row.get(0)?, changes(row, 1)?)))?;
    Ok(states(until(r, client, *first)?, later.into_iter(), days))
}

/// How old all orders of a client in work at the end of a day are, from the youngest on; `read` tells them.
pub fn ages_in_work(
    r: &Reader<'_>,
    cube: Option<&Cube>,
    client: Id<Client>,
    day: Day,
    read: impl FnOnce() -> Result<Vec<(Id<WorkOrder>, Age)>>,
) -> Result<Ages> {
    let sorted = |mut ages: Vec<(Id<WorkOrder>, Age)>| {
        ages.sort_unstable_by_key(|(_, age)| age.minutes - age.held);
        Ages::from(ages)
    };
    let Some(cube) = cube else { return Ok(sorted(read()?)) };
    cube.in_work.borrow_mut().refresh(r)?;
    if let Some((_, known)) = cube.in_work.borrow().ages.get(&client).filter(|(known, _)| *known == day) {
        return Ok(known.clone());
    }
    let ages = sorted(read()?);
    cube.in_work.borrow_mut().ages.insert(client, (day, ages.clone()));
    Ok(ages)
}

/// The same of all clients of a cube together; none where others have orders, too.
pub fn in_work_together(
    r: &Reader<'_>,
    cube: &Cube,
    clients: &[Id<Client>],
    days: &[Day],
) -> Result<Option<Vec<InWork>>> {
    let mut known = cube.in_work.borrow_mut();
    known.refresh(r)?;
    let is_all = known.clients.keys().all(|client| clients.contains(client));
    let changes = known.total.iter().map(|(day, change)| (*day, *change));
    Ok(is_all.then(|| states(InWork::default(), changes, days)))
}

/// What is in work at the end of some days, from what was before and what changed since.
fn states(mut sums: InWork, changes: impl Iterator<Item = (Day, InWork)>, days: &[Day]) -> Vec<InWork> {
    let mut changes = changes.peekable();
    let mut at = |day: &Day| {
        while let Some((_, change)) = changes.next_if(|(changed, _)| changed <= day) {
            sums += change;
        }
        sums
    };
    days.iter().map(&mut at).collect()
}

/// All changes up to a day.
fn until(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<InWork> {
    let sums = InWork::NAMES.map(|name| format!("coalesce(sum({name}), 0.0)")).join(", ");
    let sql = format!("SELECT {sums} FROM kpi_client_in_work WHERE client_id = ?1 AND day <= ?2");
    Ok(r.first(&sql, values![client, day], |row| changes(row, 0))?.unwrap_or_default())
}
