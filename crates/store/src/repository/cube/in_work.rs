//! The orders in work at the end of some days, from memory or from the file.
use super::{Cube, Revs, each_newer};
use crate::{
    Result,
    repository::{Reader, rollup::changes},
    values,
};
use domain::{
    Client, Day, Id,
    elements::{Source, Sources, Subject, order::InWork},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Up to so many days ago what is in work is told from the orders in work now.
const RECENT: i32 = 120;

/// The changes of every client of a cube, as far as they were asked for.
#[derive(Default)]
pub(super) struct CubeInWork {
    clients: HashMap<Id<Client>, BTreeMap<Day, InWork>>,
    /// The changes of all of them together.
    total: BTreeMap<Day, InWork>,
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
        let (clients, mut touched) = (&mut self.clients, BTreeSet::new());
        each_newer(r, &mut self.revs, |client, rev| {
            let days = clients.entry(client).or_default();
            r.select(&sql, values![rev, client], |row| {
                let day = row.get(0)?;
                days.insert(day, changes(row, 1)?);
                touched.insert(day);
                Ok(())
            })
            .map(|_| ())
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
        "SELECT day, {} FROM kpi_client_in_work WHERE client_id = ?1 AND day > ?2 ORDER BY day",
        InWork::NAMES.join(", ")
    );
    let is_recent = *first >= r.today(client)?.plus(-RECENT);
    let (mut later, mut before) = (vec![], if is_recent { now(r, client)? } else { until(r, client, *first)? });
    r.select(&sql, values![client, *first], |row| {
        let (day, change): (Day, InWork) = (row.get(0)?, changes(row, 1)?);
        if is_recent {
            before -= change;
        }
        later.extend((day <= *last).then_some((day, change)));
        Ok(())
    })?;
    Ok(states(before, later.into_iter(), days))
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

/// What all changes come to: the orders that are in work and whose end nothing tells.
fn now(r: &Reader<'_>, client: Id<Client>) -> Result<InWork> {
    let sql = "SELECT start_minute, held_minutes, held_since, sources FROM kpi_order
        WHERE client_id = ?1 AND open = 1 AND start_minute IS NOT NULL";
    let mut sums = InWork::default();
    r.select(sql, values![client], |row| {
        let sources = Sources(row.get::<i64>(3)? as u64);
        let source = sources.iter().find(|source| source.subject() == Subject::Start).unwrap_or(Source::StartReceived);
        sums += InWork::lasting(row.get(0)?, source, row.get::<f64>(1)? as i64, row.get(2)?);
        Ok(())
    })?;
    Ok(sums)
}
