//! Brings the sums up to date at the end of a transaction.
use super::{Cell, crew, facts::gather, in_work, order, people, quality, setup::Setup, stale::cell, write};
use crate::{
    Result,
    repository::{Reader, Writer, cell::key},
    values,
};
use domain::{
    Client, Day, Id, Value, WorkOrder,
    elements::{Family, Source, Sources, Subject, Sums},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What line shifts of later days may rest on.
#[derive(Clone, Copy, PartialEq, Default)]
struct Basis {
    crew: f64,
    uptime: f64,
    produced: f64,
    sources: i64,
    product: Option<[u8; 16]>,
}

/// Recomputes what the transaction touched, each cell once, earlier days first.
pub(in crate::repository) fn settle(w: &mut Writer<'_>) -> Result<()> {
    let mut stale = std::mem::take(&mut w.stale);
    stale.resolve(w)?;
    let in_work = std::mem::take(&mut stale.in_work);
    let mut run = Run { w, setups: HashMap::new(), days: BTreeSet::new(), in_work };
    run.overdue(&mut stale.cells)?;
    run.cells(stale.cells)?;
    run.orders(stale.orders)?;
    run.days()
}

struct Run<'w, 'c> {
    w: &'w Writer<'c>,
    setups: HashMap<Id<Client>, Setup>,
    days: BTreeSet<(Id<Client>, Day)>,
    /// Days on which what is in work changes otherwise than before.
    in_work: BTreeSet<(Id<Client>, Day)>,
}

impl Run<'_, '_> {
    fn cells(&mut self, mut cells: BTreeSet<Cell>) -> Result<()> {
        while let Some(cell) = cells.pop_first() {
            if self.one(cell)? {
                cells.extend(self.resting_on(cell)?);
            }
        }
        Ok(())
    }
    /// Recomputes work orders, with the days they were and are promised.
    fn orders(&mut self, orders: BTreeSet<(Id<Client>, Id<WorkOrder>)>) -> Result<()> {
        for (client, id) in orders {
            let w = self.w;
            let renewed = order::renew(w, self.setup(client)?, id)?;
            self.days.extend(renewed.promised.into_iter().flatten().map(|day| (client, day)));
            self.in_work.extend(renewed.in_work.into_iter().map(|day| (client, day)));
        }
        Ok(())
    }
    fn days(&mut self) -> Result<()> {
        if self.days.is_empty() && self.in_work.is_empty() {
            return Ok(());
        }
        let (days, in_work) = (std::mem::take(&mut self.days), std::mem::take(&mut self.in_work));
        let clients: BTreeSet<_> = days.iter().chain(&in_work).map(|(client, _)| *client).collect();
        let mut revs = BTreeMap::new();
        for client in clients {
            revs.insert(client, next_rev(self.w, client)?);
        }
        for (client, day) in days {
            client_day(self.w, revs[&client], client, day)?;
            crew::put_day(self.w, revs[&client], client, day)?;
        }
        in_work.into_iter().try_for_each(|(client, day)| in_work::put_day(self.w, revs[&client], client, day))
    }
    /// Open line shifts whose day has ended since join the sums.
    fn overdue(&mut self, cells: &mut BTreeSet<Cell>) -> Result<()> {
        let clients: BTreeSet<_> = cells.iter().map(|c| c.client).collect();
        for client in clients {
            let today = self.setup(client)?.today;
            let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_mark WHERE client_id = ?1 AND day < ?2";
            cells.extend(self.w.select(sql, values![client, today], cell)?);
        }
        Ok(())
    }
    fn setup(&mut self, client: Id<Client>) -> Result<&mut Setup> {
        if !self.setups.contains_key(&client) {
            self.setups.insert(client, Setup::load(self.w, client)?);
        }
        self.setups.get_mut(&client).ok_or_else(crate::missing)
    }
    /// Recomputes one cell; tells whether later days may rest on what changed.
    fn one(&mut self, cell: Cell) -> Result<bool> {
        let before = basis(self.w, &cell)?;
        write::clear(self.w.at, &cell)?;
        let w = self.w;
        let setup = self.setup(cell.client)?;
        let found = gather(w, setup, cell)?;
        let (inspected, people) = (quality::rows(w, setup, cell)?, people::rows(w, setup, cell)?);
        let running = found.as_ref().map_or(cell.day >= setup.today, |g| g.running);
        if running {
            let any = found.is_some() || !inspected.is_empty() || !people.is_empty();
            if any {
                write::mark(w.at, &cell)?
            }
        } else {
            found.iter().try_for_each(|g| write::put(w.at, &cell, &g.worked))?;
            write::put_rows(w.at, "kpi_quality", &write::asides(&cell, Family::Quality, &inspected))?;
            write::put_rows(w.at, "kpi_people", &write::asides(&cell, Family::People, &people))?;
        }
        self.days.insert((cell.client, cell.day));
        Ok(before != basis(self.w, &cell)?)
    }
    /// The line shifts of the following 30 days that infer from a cell's kind, or would
    /// have if there had been anything to infer from.
    fn resting_on(&self, c: Cell) -> Result<Vec<Cell>> {
        let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_line_shift WHERE client_id = ?1 AND shift_id = ?2 AND line_id = ?3
              AND day BETWEEN ?4 AND ?5 AND (sources & 240) <> 0
            UNION SELECT client_id, day, shift_id, line_id FROM kpi_line_shift WHERE client_id = ?1
              AND day BETWEEN ?4 AND ?5 AND (sources & 14680064) <> 0";
        debug_assert_eq!((looked_up(Subject::Crew), looked_up(Subject::Standard)), (240, 14_680_064));
        self.w.select(sql, values![c.client, c.shift, c.line, c.day.plus(1), c.day.plus(30)], cell)
    }
}

/// The sources of line shifts for which the 30 days before are asked.
pub(in crate::repository) fn looked_up(subject: Subject) -> u64 {
    let from = if subject == Subject::Crew { Source::CrewMean } else { Source::StandardShown };
    let asked = |s: &Source| s.subject() == subject && s.confidence() <= from.confidence();
    Source::ALL.iter().copied().filter(asked).collect::<Sources>().0
}

fn basis(r: &Reader<'_>, c: &Cell) -> Result<Option<Basis>> {
    let sql = "SELECT crew, planned - stops, produced, sources & 7, iif(parts = 1, product_id,
        (SELECT iif(count(DISTINCT coalesce(p.product_id, '')) = 1, max(p.product_id), NULL) FROM kpi_part p
         WHERE p.client_id = ?1 AND p.day = ?2 AND p.shift_id = ?3 AND p.line_id = ?4 AND p.entries > 0))
        FROM kpi_line_shift WHERE client_id = ?1 AND day = ?2 AND shift_id = ?3 AND line_id = ?4";
    r.first(sql, values![c.client, c.day, c.shift, c.line], |row| {
        Ok(Basis {
            crew: row.get(0)?,
            uptime: row.get(1)?,
            produced: row.get(2)?,
            sources: row.get(3)?,
            product: row.get(4)?,
        })
    })
}

/// The number of this transaction among those that wrote sums of a client.
fn next_rev(w: &Writer<'_>, client: Id<Client>) -> Result<i64> {
    let last = "SELECT rev FROM kpi_client_rev WHERE client_id = ?1";
    let rev = w.first(last, values![client], |row| row.get::<i64>(0))?.unwrap_or(0) + 1;
    write::put_rows(w.at, "kpi_client_rev", &[vec![key(client), Value::Int(rev)]])?;
    Ok(rev)
}

/// Writes one client's day; a day that lost its line shifts stays as zeros.
fn client_day(w: &Writer<'_>, rev: i64, client: Id<Client>, day: Day) -> Result<()> {
    write::put_day(w.at, key(client), day.0.into(), rev, &day_sums(w, client, day)?)
}

/// Adds up one client's day from its line shifts.
pub(super) fn day_sums(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<write::DaySums> {
    let mut of = write::DaySums::default();
    for (family, rest) in [
        (Family::LineShift, "0, 0 FROM kpi_line_shift WHERE client_id = ?1 AND day = ?2"),
        (Family::Quality, "0, 0 FROM kpi_quality WHERE client_id = ?1 AND day = ?2"),
        (Family::People, "shift_id, line_id FROM kpi_people WHERE client_id = ?1 AND day = ?2"),
        (Family::Orders, "0, 0 FROM kpi_order WHERE client_id = ?1 AND promised = ?2"),
    ] {
        add_family(r, client, day, family, rest, &mut of)?;
    }
    Ok(of)
}

/// Adds the rows of one family; a line shift is one observation, however many rows it has.
fn add_family(
    r: &Reader<'_>,
    client: Id<Client>,
    day: Day,
    family: Family,
    rest: &str,
    of: &mut write::DaySums,
) -> Result<()> {
    let names = family.names();
    let sql = format!("SELECT sources, {}, {rest}", names.join(", "));
    let mut observed: Vec<((Value, Value), Sums)> = vec![];
    r.select(&sql, values![client, day], |row| {
        let one = write::sums(row, family, 1)?;
        of.sources |= Sources(row.get::<i64>(0)? as u64);
        of.sums += &one;
        let place = (row.get::<Value>(1 + names.len())?, row.get::<Value>(2 + names.len())?);
        match observed.last_mut() {
            Some((last, sums)) if family == Family::People && *last == place => *sums += &one,
            _ => observed.push((place, one)),
        }
        Ok(())
    })?;
    observed.iter().for_each(|(_, sums)| of.squares += &sums.squares());
    Ok(())
}
