//! A client is forgotten: what must not be lost is sealed first, then nothing is left.
use super::Feed;
use crate::{
    Error, Result,
    repository::{
        Mode, Row,
        cell::bound,
        class::{Class, OF_CLIENTS, tables},
        views::RIGHTS,
    },
};
use domain::{
    Client, Entity, PLANT_SHAPES, SHAPES, Value,
    feed::{Standing, State},
};
use rusqlite::params;

/// What stays of a client that was forgotten.
const STAYS: &[&str] = &["feed", "parting"];
/// Rows that go in one transaction: nobody who enters meanwhile waits for more.
const PIECE: usize = if cfg!(test) { 12 } else { 2000 };
/// What a table's rows are ordered by, behind the client; where nothing stands, there are few.
const ORDERED: &[(&str, &[&str])] = &[
    ("change", &["op"]),
    ("confirmation", &["seq"]),
    ("own_change", &["dev_seq"]),
    ("redaction", &["op"]),
    ("refused", &["op"]),
    ("shade", &["kind", "record"]),
    ("waiting", &["kind", "record"]),
    ("was", &["op"]),
    ("cut_off", &["place"]),
    ("signed", &["seq"]),
    ("kpi_line_shift", &["day"]),
    ("kpi_part", &["day"]),
    ("kpi_quality", &["day"]),
    ("kpi_people", &["day"]),
    ("kpi_order", &["work_order_id"]),
    ("kpi_in_work", &["day"]),
    ("kpi_mark", &["day"]),
];

impl Feed<'_, '_> {
    /// The hub's public key, to which is sealed what must not be lost.
    pub fn hub_key(&self) -> Result<[u8; 32]> {
        let sql = "SELECT hub_key FROM main.feed WHERE client_id = ?1";
        self.w.privileged(sql, &self.values([]), |r| r.get(0))?.into_iter().next().ok_or(Error::Unsound)
    }
    /// Keeps what was sealed to the hub, until a backup of the hub holds it.
    pub fn keep_parting(&mut self, id: [u8; 16], sealed: &[u8]) -> Result<()> {
        let client = self.client.bytes();
        let sql = "INSERT INTO main.parting VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.run(sql, params![client.as_slice(), id.as_slice(), sealed]).map(|_| ())
    }
    /// What was sealed and not dropped yet, by its name.
    pub fn partings(&self) -> Result<Vec<([u8; 16], Vec<u8>)>> {
        let sql = "SELECT id, sealed FROM main.parting WHERE client_id = ?1";
        self.w.privileged(sql, &self.values([]), |r| Ok((r.get(0)?, r.get(1)?)))
    }
    /// A backup of the hub holds it: it may go.
    pub fn drop_parting(&mut self, id: [u8; 16]) -> Result<()> {
        let client = self.client.bytes();
        let sql = "DELETE FROM main.parting WHERE client_id = ?1 AND id = ?2";
        self.run(sql, params![client.as_slice(), id.as_slice()]).map(|_| ())
    }
    /// Wipes a piece of the client; whether nothing is left but how the file stands to it, and what is sealed.
    ///
    /// It begins anew each time, past what is empty by now: a power cut between two pieces costs nothing.
    ///
    /// # Errors
    /// Where nothing was sealed before.
    pub fn wipe(&mut self, left: &State) -> Result<bool> {
        // The log has a guard of its own; what goes before it has none.
        if self.state()?.standing != Standing::Sealed {
            return Err(Error::Unsound);
        }
        let client = self.client.bytes();
        self.run("UPDATE main.feed SET cursor = -1 WHERE client_id = ?1", [client.as_slice()])?;
        let mut room = PIECE;
        room -= self.wipe_steps(room)?;
        for going in all_that_goes() {
            if room == 0 {
                return Ok(false);
            }
            room = room.saturating_sub(self.wipe_some(&going, room)?);
        }
        self.order.clear();
        self.tables.borrow_mut().clear();
        *self.cut.borrow_mut() = None;
        self.keep(left)?;
        self.w.renew_scopes()?;
        Ok(true)
    }
}

impl Feed<'_, '_> {
    /// The names of steps say what they were done to.
    fn wipe_steps(&self, most: usize) -> Result<usize> {
        let sql = "SELECT step FROM main.step_client WHERE client_id = ?1 LIMIT ?2";
        let client = self.client.bytes();
        let steps = self.w.privileged(sql, &self.values([Value::Int(most as i64)]), |r| r.get::<i64>(0))?;
        for step in &steps {
            self.run(
                "DELETE FROM main.step_client WHERE step = ?1 AND client_id = ?2",
                params![step, client.as_slice()],
            )?;
            self.run("UPDATE main.step SET what = '' WHERE no = ?1", [step])?;
        }
        Ok(steps.len())
    }
    /// Wipes the first rows of a table, about so many; how many.
    fn wipe_some(&self, going: &Going, most: usize) -> Result<usize> {
        let (sql, last) = match self.last_of(going, most)? {
            Some(last) => (format!("{} AND {}", going.sql, going.up_to()), last),
            None => (going.sql.clone(), vec![]),
        };
        self.w.at.gate.with(Mode::Purge, || {
            // Prepared anew: a cached statement would outlive the open gate.
            Ok(self.w.at.conn.prepare(&sql)?.execute(bound(&self.values(last)))?)
        })
    }
    /// Where a piece of a table ends; none where all of it is no longer than that.
    fn last_of(&self, going: &Going, most: usize) -> Result<Option<Vec<Value>>> {
        let Some(keys) = going.keys else { return Ok(None) };
        let names = keys.join(", ");
        let of = |from: &str| {
            format!("SELECT {names} FROM {from} WHERE client_id = ?1 ORDER BY {names} LIMIT 1 OFFSET {}", most - 1)
        };
        let row = |r: &Row<'_>| (0..keys.len()).map(|i| r.get(i)).collect();
        let found = match going.view() {
            Some(view) => self.w.select(&of(&view), &self.values([]), row)?,
            None => self.w.privileged(&of(&format!("main.{}", going.table)), &self.values([]), row)?,
        };
        Ok(found.into_iter().next())
    }
}

/// What goes of one table.
struct Going {
    table: &'static str,
    class: Class,
    sql: String,
    keys: Option<&'static [&'static str]>,
}

impl Going {
    fn all((table, class): (&'static str, Class)) -> Going {
        let listed = ORDERED.iter().find(|o| o.0 == table).map(|o| o.1);
        let keys = listed.or((is_of_rows(class) && table != Client::TABLE).then_some(&["id"][..]));
        Going { table, class, sql: format!("DELETE FROM main.{table} WHERE client_id = ?1"), keys }
    }
    /// What shows all rows of the table, also those that were taken away; none of what is in no view.
    fn view(&self) -> Option<String> {
        match self.class {
            _ if is_of_rows(self.class) => Some(format!("{}_all", self.table)),
            Class::Log | Class::Sums => Some(self.table.into()),
            _ => None,
        }
    }
    fn up_to(&self) -> String {
        let keys = self.keys.unwrap_or_default();
        let marks: Vec<String> = (2..).take(keys.len()).map(|n| format!("?{n}")).collect();
        format!("({}) <= ({})", keys.join(", "), marks.join(", "))
    }
}

/// Whether a table holds rows that people make: of a client, or of the plant.
fn is_of_rows(class: Class) -> bool {
    matches!(class, Class::Client | Class::Plant)
}

/// The tables that go piece by piece, each with what orders it.
#[cfg(test)]
pub(super) fn pieces() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    all_that_goes().filter_map(|going| going.keys.map(|keys| (going.table, keys)))
}

/// What empties each table of a client, children first.
fn all_that_goes() -> impl Iterator<Item = Going> {
    let of = |class: Class| tables().filter(move |t| t.1 == class);
    let local = tables().filter(|t| OF_CLIENTS.contains(&t.0) && !STAYS.contains(&t.0) && t.0 != "redaction");
    // The order goes before what it orders.
    let log = ["confirmation", "redaction", "change"].into_iter().filter_map(|name| tables().find(|t| t.0 == name));
    let rights = RIGHTS.iter().map(|name| (*name, Class::Admin));
    let rows = || SHAPES.iter().rev();
    let own = rows().flat_map(|s| {
        s.columns.iter().filter(|c| c.null && c.refers == Some(s.table)).map(move |c| Going {
            table: s.table,
            class: Class::Client,
            sql: format!("UPDATE main.{0} SET {1} = NULL WHERE client_id = ?1 AND {1} IS NOT NULL", s.table, c.name),
            keys: None,
        })
    });
    let all = of(Class::Sums).chain(local).chain(log).chain(rights);
    let plant = PLANT_SHAPES.iter().rev().map(|s| Going::all((s.table, Class::Plant)));
    all.map(Going::all).chain(own).chain(rows().map(|s| Going::all((s.table, Class::Client)))).chain(plant)
}
