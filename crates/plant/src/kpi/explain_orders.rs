//! The orders of an answer, with their dates, shipments and holds.

use super::{
    Explain, Explained, ExplainedEntry, Kpi,
    answer::subjects,
    ask::Question,
    entries::{number, signed, texts},
    found_orders::{self, Found, Listed},
    label::Labels,
    read,
};
use domain::{
    Client, Day, HoldEntry, Id, Shipment, WorkOrder,
    elements::{
        Family, Source, Sums,
        order::{Age, Dated},
    },
};
use serde::Serialize;
use std::collections::{BTreeMap, btree_map::Entry};
use store::{OrderAsOf, Orders, Reader, Result, values};
use ts_rs::TS;

/// One order of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedOrder {
    /// The client's code.
    pub client: String,
    /// The order's row.
    pub order_id: Id<WorkOrder>,
    /// The order's number.
    pub code: String,
    /// The product's code.
    pub product: String,
    /// The line's code.
    pub line: String,
    /// Where it stands: a word of the order's states.
    pub status: String,
    /// The day as of whose end it was looked at.
    pub as_of: Day,
    /// What it adds to the sums of the formula.
    pub elements: BTreeMap<String, f64>,
    /// Its days with their sources: promised, first_shipped, complete, start.
    pub dates: BTreeMap<String, ExplainedDate>,
    /// How long it has been in work.
    pub age: Option<ExplainedAge>,
    /// The order's own row, its shipments and its holds, where they were asked for.
    pub entries: Vec<ExplainedEntry>,
}

/// A day of an order.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedDate {
    /// The day.
    pub day: Day,
    /// Minutes after local midnight, where a time was entered.
    #[ts(type = "number | null")]
    pub minute: Option<i64>,
    /// A key under "source.".
    pub source: String,
    /// How far it is trusted, from 0 to 1.
    pub confidence: f64,
}

/// The age of an order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct ExplainedAge {
    /// Days from its start to the as-of day, or to when it was finished.
    pub days: f64,
    /// Of these, days on hold.
    pub held: f64,
    /// What is left: its age.
    pub age: f64,
}

/// Adds the orders and their sources to what explains an answer.
pub(super) fn complete(
    sums: &read::Sums<'_, '_>,
    question: &Question,
    kpi: &Kpi,
    explain: &Explain,
    explained: Explained,
) -> Result<Explained> {
    let page = explain.offset..explain.offset.saturating_add(explain.limit);
    let Found { page, total, behind } = found_orders::find(sums, question, kpi, &page)?;
    let reader = sums.reader;
    let mut shown = Shown { reader, kpi, rows: explain.rows, labels: Labels::new(reader), books: BTreeMap::new() };
    Ok(Explained {
        sources: behind.sources(&subjects(kpi, question)),
        orders: page.iter().map(|one| shown.order(one)).collect::<Result<_>>()?,
        total,
        ..explained
    })
}

/// The orders of a page; what their clients set up, and the codes people use, are read once.
struct Shown<'a, 'c> {
    reader: &'a Reader<'c>,
    kpi: &'a Kpi,
    rows: bool,
    labels: Labels<'a, 'c>,
    books: BTreeMap<Id<Client>, Orders<'a, 'c>>,
}

impl Shown<'_, '_> {
    fn order(&mut self, one: &Listed) -> Result<ExplainedOrder> {
        let worked = self.worked(one)?;
        let (row, client) = (&worked.order, one.client.bytes());
        Ok(ExplainedOrder {
            client: self.labels.code("client", client, Some(client))?,
            order_id: row.id,
            code: row.code.clone(),
            product: self.labels.code("product", client, row.product_id.map(Id::bytes))?,
            line: self.labels.code("line", client, row.line_id.map(Id::bytes))?,
            status: row.status.word().into(),
            as_of: one.as_of,
            elements: self.elements(&worked),
            dates: dates(&worked),
            age: worked.age.map(|age| told(&age)),
            entries: if self.rows { entries(self.reader, row, &mut self.labels)? } else { Vec::new() },
        })
    }

    fn worked(&mut self, one: &Listed) -> Result<OrderAsOf> {
        let book = match self.books.entry(one.client) {
            Entry::Occupied(book) => book.into_mut(),
            Entry::Vacant(place) => place.insert(Orders::of(self.reader, one.client)?),
        };
        book.as_of(one.order, one.as_of)?.ok_or_else(store::missing)
    }

    /// What an order adds to the sums of the formula.
    fn elements(&self, worked: &OrderAsOf) -> BTreeMap<String, f64> {
        let aged = || worked.age.map_or_else(Sums::default, |age| age.sums());
        let sums = if self.kpi.family() == Family::Orders { worked.delivery.sums } else { aged() };
        self.kpi.elements().into_iter().map(|of| (of.name().to_owned(), sums[of])).collect()
    }
}

fn dates(worked: &OrderAsOf) -> BTreeMap<String, ExplainedDate> {
    let date = |day: Day, minute: Option<i64>, source: Source| ExplainedDate {
        day,
        minute,
        source: source.key().into(),
        confidence: source.confidence(),
    };
    let whole = |dated: Dated| date(dated.day, None, dated.source);
    let start = worked.facts.start().map(|start| {
        let minute = worked.order.actual_start_minute.filter(|_| start.source == Source::StartEntered);
        date(Day(start.minute.div_euclid(1440) as i32), minute, start.source)
    });
    let delivery = &worked.delivery;
    let all = [
        ("promised", delivery.promised.map(whole)),
        ("first_shipped", delivery.first.map(whole)),
        ("complete", delivery.complete.map(whole)),
        ("start", start),
    ];
    all.into_iter().filter_map(|(name, date)| Some((name.to_owned(), date?))).collect()
}

fn told(age: &Age) -> ExplainedAge {
    let days = |minutes: i64| minutes as f64 / 1440.0;
    ExplainedAge { days: days(age.minutes), held: days(age.held), age: age.days() }
}

/// The order's own row, its shipments and its holds, each with who wrote it.
fn entries(reader: &Reader<'_>, row: &WorkOrder, labels: &mut Labels<'_, '_>) -> Result<Vec<ExplainedEntry>> {
    let client = row.client_id.bytes();
    let own = signed(reader, client, row.id.bytes(), "work_order", entered(row))?;
    let mut told = vec![ExplainedEntry { what: row.code.clone(), ..own }];
    let mut shipments: Vec<Shipment> = reader.list_where(row.client_id, "work_order_id = ?2", values![row.id])?;
    shipments.sort_by_key(|shipment| (shipment.day, shipment.id));
    for shipment in &shipments {
        let values = texts([
            ("day", number(Some(shipment.day))),
            ("quantity", number(shipment.quantity)),
            ("reference", shipment.reference.clone()),
        ]);
        told.push(signed(reader, client, shipment.id.bytes(), "shipment", values)?);
    }
    let mut holds: Vec<HoldEntry> = reader.list_where(row.client_id, "work_order_id = ?2", values![row.id])?;
    holds.sort_by_key(|hold| (hold.held_from, hold.held_from_minute, hold.id));
    for hold in &holds {
        let what = labels.code("hold_reason", client, hold.reason_id.map(Id::bytes))?;
        told.push(ExplainedEntry { what, ..signed(reader, client, hold.id.bytes(), "hold_entry", held(hold))? });
    }
    Ok(told)
}

fn entered(row: &WorkOrder) -> BTreeMap<String, String> {
    let word = |text: Option<&str>| text.map(str::to_owned);
    texts([
        ("status", word(Some(row.status.word()))),
        ("quantity", number(row.quantity)),
        ("standard", number(row.standard)),
        ("customer_po", row.customer_po.clone()),
        ("received", number(row.received)),
        ("planned_start", number(row.planned_start)),
        ("actual_start", number(row.actual_start)),
        ("actual_start_minute", number(row.actual_start_minute)),
        ("required_date", number(row.required_date)),
        ("planned_ship_date", number(row.planned_ship_date)),
        ("completed", number(row.completed)),
        ("ended", number(row.ended)),
        ("delay", word(row.delay.map(domain::Delay::word))),
    ])
}

fn held(hold: &HoldEntry) -> BTreeMap<String, String> {
    texts([
        ("state", Some(hold.state.word().to_owned())),
        ("quantity", number(hold.quantity)),
        ("held_from", number(hold.held_from)),
        ("held_from_minute", number(hold.held_from_minute)),
        ("held_to", number(hold.held_to)),
        ("held_to_minute", number(hold.held_to_minute)),
    ])
}
