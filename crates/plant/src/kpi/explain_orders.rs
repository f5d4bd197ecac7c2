//! The orders of an answer, with their dates, shipments and holds.

use super::{
    Explain, Explained, ExplainedEntry, Group, Kpi, ages,
    answer::subjects,
    as_of::AsOf,
    ask::Question,
    entries::{number, signed, texts},
    label::Labels,
    orders, sources,
};
use domain::{
    Client, Day, HoldEntry, Id, Shipment, WorkOrder,
    elements::{
        Family, Source,
        order::{Age, Dated},
    },
};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{OrderAsOf, Reader, Result, order_as_of, values};
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
    /// The order's own row, its shipments and its holds.
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

/// An order that an answer was made of.
struct Listed {
    client: Id<Client>,
    order: Id<WorkOrder>,
    as_of: Day,
    group: Group,
}

/// Adds the orders and their sources to what explains an answer.
pub(super) fn complete(
    reader: &Reader<'_>,
    question: &Question,
    kpi: &Kpi,
    explain: &Explain,
    explained: Explained,
) -> Result<Explained> {
    let listed = listed(reader, question, kpi)?;
    let mut behind = sources::Listed::default();
    listed.iter().for_each(|one| behind.weigh(&one.group));
    let page = listed.iter().skip(explain.offset).take(explain.limit);
    Ok(Explained {
        sources: behind.sources(&subjects(kpi, question)),
        orders: page.map(|one| order(reader, kpi, one)).collect::<Result<_>>()?,
        total: listed.len(),
        ..explained
    })
}

fn listed(reader: &Reader<'_>, question: &Question, kpi: &Kpi) -> Result<Vec<Listed>> {
    let as_of = AsOf::of(reader, question, &[kpi.family()])?;
    let mut listed = Vec::new();
    for client in question.clients.iter().copied() {
        if kpi.family() == Family::Orders {
            let day = as_of.day(client);
            let due = orders::due(reader, question, client, &as_of)?;
            listed.extend(due.into_iter().map(|due| Listed { client, order: due.order, as_of: day, group: due.group }));
            continue;
        }
        let days = as_of.of_ages(question, client);
        let day = days.first().map_or(question.to, |at| at.day);
        let aged = ages::aged(reader, question, client, &days)?;
        listed.extend(aged.into_iter().map(|aged| Listed { client, order: aged.order, as_of: day, group: aged.group }));
    }
    Ok(listed)
}

fn order(reader: &Reader<'_>, kpi: &Kpi, one: &Listed) -> Result<ExplainedOrder> {
    let mut labels = Labels::new(reader);
    let client = one.client.bytes();
    let worked = order_as_of(reader, one.client, one.order, one.as_of)?.ok_or_else(store::missing)?;
    let row = &worked.order;
    let elements = kpi.elements().into_iter().map(|element| (element.name().to_owned(), one.group.sums[element]));
    Ok(ExplainedOrder {
        client: labels.code("client", client, Some(client))?,
        order_id: row.id,
        code: row.code.clone(),
        product: labels.code("product", client, row.product_id.map(Id::bytes))?,
        line: labels.code("line", client, row.line_id.map(Id::bytes))?,
        status: row.status.word().into(),
        as_of: one.as_of,
        elements: elements.collect(),
        dates: dates(&worked),
        age: worked.age.map(|age| told(&age)),
        entries: entries(reader, row, &mut labels)?,
    })
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
