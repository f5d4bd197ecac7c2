//! What a checked file would change here, before anything is changed.

pub mod book;
pub mod known;
pub mod merge;
pub mod names;
pub mod production;
pub mod shifts;
pub mod standards;
pub mod stops;

use super::{
    check::{Checked, Errors},
    rows::{Code, Rows},
};
use book::{Book, Fresh};
use domain::{
    Client, Day, DowntimeEntry, DowntimeReason, Id, Line, LineShift, Product, ProductStandard, ProductionEntry, Shift,
};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Reader;

/// The rows that a file would write, parents first.
#[derive(Default, Debug)]
pub struct Plan {
    /// Clients to be founded.
    pub clients: Vec<Client>,
    /// New shifts, without clock times.
    pub shifts: Vec<Shift>,
    /// New lines.
    pub lines: Vec<Line>,
    /// New products.
    pub products: Vec<Product>,
    /// New standards.
    pub standards: Vec<ProductStandard>,
    /// New downtime reasons.
    pub reasons: Vec<DowntimeReason>,
    /// Line shifts, new or with gaps filled.
    pub line_shifts: Vec<LineShift>,
    /// Entries, new or with gaps filled.
    pub entries: Vec<ProductionEntry>,
    /// Stops, new or with gaps filled.
    pub stops: Vec<DowntimeEntry>,
    /// File rows that bring a client something.
    pub brought: BTreeMap<Id<Client>, u32>,
    /// File rows that are here already.
    pub already: u32,
}

/// What a file would create.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ts_rs::TS)]
pub struct Creates {
    /// Codes of clients.
    pub clients: Vec<String>,
    /// Lines.
    pub lines: usize,
    /// Products.
    pub products: usize,
    /// Shifts.
    pub shifts: usize,
    /// Downtime reasons.
    pub reasons: usize,
    /// Standards of products.
    pub standards: usize,
    /// Rows of the file's own table.
    pub rows: usize,
}

impl Plan {
    /// Sees what a file would change; its rows that cannot be join the errors.
    pub fn of(checked: Checked, mut book: Book, fresh: Fresh<'_>) -> (Plan, Errors) {
        let (mut plan, mut errors) = (Plan::default(), checked.errors);
        match &checked.rows {
            Rows::Production(rows) => production::plan(rows, &mut book, &mut plan, &mut errors, fresh),
            Rows::Downtime(rows) => stops::plan(rows, &mut book, &mut plan, &mut errors, fresh),
            Rows::Line(rows) => names::lines(rows, &mut book, &mut plan, &mut errors, fresh),
            Rows::Product(rows) => names::products(rows, &mut book, &mut plan, &mut errors, fresh),
        }
        plan.gather(book);
        (plan, errors)
    }
    fn gather(&mut self, book: Book) {
        self.clients = book.founded;
        for known in book.known.into_values() {
            self.shifts.extend(known.shifts.new);
            self.lines.extend(known.lines.new);
            self.products.extend(known.products.new);
            self.reasons.extend(known.reasons.new);
        }
        // Ids of facts fall anywhere; in their order the tables grow at their ends.
        self.line_shifts.sort_unstable_by_key(|s| (s.client_id, s.id));
        self.entries.sort_unstable_by_key(|e| (e.client_id, e.id));
        self.stops.sort_unstable_by_key(|s| (s.client_id, s.id));
    }
    /// Counts a row of the file.
    fn count(&mut self, client: Id<Client>, brings: bool) {
        if brings {
            *self.brought.entry(client).or_default() += 1;
        } else {
            self.already += 1;
        }
    }
    /// What it would create.
    pub fn creates(&self) -> Creates {
        Creates {
            clients: self.clients.iter().map(|c| c.code.clone()).collect(),
            lines: self.lines.len(),
            products: self.products.len(),
            shifts: self.shifts.len(),
            reasons: self.reasons.len(),
            standards: self.standards.len(),
            rows: 0,
        }
    }
    /// How many rows it would write.
    pub fn size(&self) -> usize {
        let made = self.clients.len() + self.shifts.len() + self.lines.len() + self.products.len();
        let more = self.standards.len() + self.reasons.len() + self.line_shifts.len();
        made + more + self.entries.len() + self.stops.len()
    }
}

impl Rows {
    /// Reads into a book what is here of the clients these rows name.
    pub fn open(&self, book: &mut Book, r: &Reader<'_>) -> store::Result<()> {
        match self {
            Rows::Production(rows) => book.load(r, clients(rows, |x| &x.place.client), days(rows, |x| x.place.day)),
            Rows::Downtime(rows) => book.load(r, clients(rows, |x| &x.place.client), days(rows, |x| x.place.day)),
            Rows::Line(rows) | Rows::Product(rows) => book.load(r, clients(rows, |x| &x.client), None),
        }
    }
}

/// The clients of rows, each run of equal ones once.
fn clients<T>(rows: &[T], of: impl Fn(&T) -> &Option<Code>) -> impl Iterator<Item = &Option<Code>> {
    let mut all: Vec<&Option<Code>> = rows.iter().map(of).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
}

fn days<T>(rows: &[T], of: impl Fn(&T) -> Day) -> Option<(Day, Day)> {
    Some((rows.iter().map(&of).min()?, rows.iter().map(&of).max()?))
}

/// Rows of a file by what makes them the same fact, in the order of the file.
struct Groups<K> {
    at: std::collections::HashMap<K, usize>,
    /// The rows of each fact.
    groups: Vec<(K, Vec<usize>)>,
}

impl<K: std::hash::Hash + Eq + Clone> Groups<K> {
    fn of(rows: impl Iterator<Item = (K, usize)>) -> Vec<(K, Vec<usize>)> {
        let mut all = Groups { at: std::collections::HashMap::new(), groups: Vec::new() };
        for (key, row) in rows {
            let next = all.groups.len();
            let at = *all.at.entry(key.clone()).or_insert(next);
            if at == next {
                all.groups.push((key, Vec::new()));
            }
            all.groups[at].1.push(row);
        }
        all.groups
    }
}
