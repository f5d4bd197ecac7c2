//! Whether the sums are what the rows come to, and making them so again.
use super::{
    Cell, crew, facts::gather, in_work, order, people, quality, settle::day_sums, setup::Setup, stale::cell, write,
};
use crate::{
    Result,
    repository::{Reader, Writer},
    values,
};
use domain::{Client, Day, Id, Line, Shift, Value, elements::Family};
use std::collections::BTreeSet;

/// A place where the sums are not what the rows come to.
pub(crate) struct Drift {
    /// The table of sums.
    pub(crate) table: &'static str,
    /// The production day.
    pub(crate) day: Day,
    /// The shift and line; none for a client's day.
    pub(crate) at: Option<(Id<Shift>, Id<Line>)>,
}

/// Every cell that has rows or sums.
const CELLS: &str = "SELECT client_id, day, shift_id, line_id FROM line_shift WHERE client_id = ?1
    UNION SELECT client_id, day, shift_id, line_id FROM kpi_line_shift WHERE client_id = ?1
    UNION SELECT client_id, day, shift_id, line_id FROM kpi_part WHERE client_id = ?1
    UNION SELECT client_id, day, shift_id, line_id FROM kpi_mark WHERE client_id = ?1
    UNION SELECT client_id, day, shift_id, line_id FROM kpi_quality WHERE client_id = ?1
    UNION SELECT client_id, day, coalesce(shift_id, x'00000000000000000000000000000000'), line_id FROM quality_entry
      WHERE client_id = ?1
    UNION SELECT client_id, day, shift_id, line_id FROM kpi_people WHERE client_id = ?1
    UNION SELECT client_id, day, shift_id, line_id FROM staffing WHERE client_id = ?1
    UNION SELECT client_id, day, coalesce(shift_id, x'00000000000000000000000000000000'),
      coalesce(line_id, x'00000000000000000000000000000000') FROM attendance_entry WHERE client_id = ?1";

/// Every day that has sums.
const DAYS: &str = "SELECT day FROM kpi_client_day WHERE client_id = ?1
    UNION SELECT day FROM kpi_line_shift WHERE client_id = ?1
    UNION SELECT day FROM kpi_client_crew WHERE client_id = ?1
    UNION SELECT day FROM kpi_quality WHERE client_id = ?1
    UNION SELECT day FROM kpi_people WHERE client_id = ?1
    UNION SELECT promised FROM kpi_order WHERE client_id = ?1 AND promised IS NOT NULL";

/// Works a client's line shifts out again; tells how many, and which differ.
pub(crate) fn audit(r: &Reader<'_>, client: Id<Client>, tell: &mut dyn FnMut()) -> Result<(u64, Vec<Drift>)> {
    let (mut setup, mut out) = (Setup::load(r, client)?, vec![]);
    let cells = r.select(CELLS, values![client], cell)?;
    for c in &cells {
        let table = compare(r, &mut setup, *c)?;
        out.extend(table.map(|table| Drift { table, day: c.day, at: Some((c.shift, c.line)) }));
        tell();
    }
    let days = r.select(DAYS, values![client], |row| row.get::<Day>(0))?;
    for day in &days {
        let stored = stored(r, "kpi_client_day", "client_id = ?1 AND day = ?2", values![client, *day])?;
        // After the client, the day and the number of the transaction.
        let same = stored.len() == 1 && alike(&stored[0][3..], &day_sums(r, client, *day)?.values());
        let wrong = |table| Drift { table, day: *day, at: None };
        out.extend((!same).then(|| wrong("kpi_client_day")));
        out.extend((!crew::is_right(r, client, *day)?).then(|| wrong("kpi_client_crew")));
    }
    let in_work = r.select(in_work::DAYS, values![client], |row| row.get::<Day>(0))?;
    for day in &in_work {
        let right = in_work::is_right(r, client, *day)?;
        out.extend((!right).then_some(Drift { table: "kpi_client_in_work", day: *day, at: None }));
    }
    Ok(((cells.len() + days.len() + in_work.len()) as u64, out))
}

/// The first table that does not hold what it should of a cell.
fn compare(r: &Reader<'_>, setup: &mut Setup, c: Cell) -> Result<Option<&'static str>> {
    let of = |table| {
        let rule = "client_id = ?1 AND day = ?2 AND shift_id = ?3 AND line_id = ?4";
        stored(r, table, rule, values![c.client, c.day, c.shift, c.line])
    };
    let marks = of("kpi_mark")?.len();
    let wanted = Wanted::of(r, setup, c, marks == 1)?;
    if marks != usize::from(wanted.marked) {
        return Ok(Some("kpi_mark"));
    }
    for (table, rows) in wanted.rows {
        if !all_alike(&of(table)?, &rows) {
            return Ok(Some(table));
        }
    }
    Ok(None)
}

/// What the tables should hold of a cell.
struct Wanted {
    marked: bool,
    rows: Vec<(&'static str, Vec<Vec<Value>>)>,
}

impl Wanted {
    fn of(r: &Reader<'_>, setup: &mut Setup, c: Cell, is_marked: bool) -> Result<Wanted> {
        let found = gather(r, setup, c)?;
        let (inspected, people) = (quality::rows(r, setup, c)?, people::rows(r, setup, c)?);
        let any = found.is_some() || !inspected.is_empty() || !people.is_empty();
        let running = found.as_ref().map_or(c.day >= setup.today, |g| g.running);
        // One that still ran when it was last written stays marked until the next write after its day.
        let marked = any && (running || is_marked);
        let of = |is_there: bool, rows: Vec<Vec<Value>>| if is_there { rows } else { vec![] };
        let (line_shift, parts) = found.map_or((vec![], vec![]), |g| {
            let rows = write::rows(&c, &g.worked);
            (vec![rows.line_shift], rows.parts)
        });
        let rows = vec![
            ("kpi_line_shift", of(!marked, line_shift)),
            ("kpi_part", of(!marked, parts)),
            ("kpi_quality", of(!marked, write::asides(&c, Family::Quality, &inspected))),
            ("kpi_people", of(!marked, write::asides(&c, Family::People, &people))),
        ];
        Ok(Wanted { marked, rows })
    }
}

fn stored(r: &Reader<'_>, table: &str, rule: &str, values: &[Value]) -> Result<Vec<Vec<Value>>> {
    r.select(&format!("SELECT * FROM {table} WHERE {rule}"), values, |row| {
        (0..row.width()).map(|i| row.get(i)).collect()
    })
}

fn all_alike(a: &[Vec<Value>], b: &[Vec<Value>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
}

/// Equal, but for the last bits of a sum.
fn alike(a: &[Value], b: &[Value]) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(y.abs()).max(1.0);
    a.len() == b.len()
        && a.iter().zip(b).all(|pair| match pair {
            (Value::Real(x), Value::Real(y)) => near(*x, *y),
            (x, y) => x == y,
        })
}

impl Writer<'_> {
    /// Works out every sum of a client again, in this transaction.
    pub(crate) fn renew_sums(&mut self, client: Id<Client>) -> Result<u64> {
        Ok(self.renew_cells(client)? + self.renew_orders(client)?)
    }
    /// Works out the sums of every line shift, and the days of every sum, of a client again.
    pub(in crate::repository) fn renew_cells(&mut self, client: Id<Client>) -> Result<u64> {
        let mut cells: BTreeSet<Cell> = self.select(CELLS, values![client], cell)?.into_iter().collect();
        let count = cells.len() as u64;
        // A day whose line shifts are gone is renewed through a cell that has no rows.
        let empty = |day| Cell { client, day, shift: Id::from_bytes([0; 16]), line: Id::from_bytes([0; 16]) };
        cells.extend(self.select(DAYS, values![client], |row| row.get::<Day>(0))?.into_iter().map(empty));
        self.stale.cells.extend(cells);
        Ok(count)
    }
    /// Works out the sums of every order of a client again.
    pub(in crate::repository) fn renew_orders(&mut self, client: Id<Client>) -> Result<u64> {
        let orders = order::all(self, client)?;
        let count = orders.len() as u64;
        self.stale.orders.extend(orders.into_iter().map(|order| (client, order)));
        let days: Vec<Day> = self.select(in_work::DAYS, values![client], |row| row.get(0))?;
        self.stale.in_work.extend(days.into_iter().map(|day| (client, day)));
        Ok(count)
    }
}
