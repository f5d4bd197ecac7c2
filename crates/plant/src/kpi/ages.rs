//! Ages of orders in work, as of a day.

use super::{
    as_of::{AgeDay, AsOf},
    ask::Question,
    group::{Group, GroupKey, Place},
    grouping::Grouping,
    orders::Kept,
    read::Sums,
    rows::Groups,
    statistics::percentiles_of_sorted,
};
use domain::{
    Client, Day, Id, WorkOrder,
    elements::{
        Family, Key, Source, Sources, Subject,
        order::{Age, InWork, Moment, OrderFacts, bands, end_of},
    },
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, hash_map::Entry};
use store::{Ages, Orders, Reader, Result, Row, values};
use ts_rs::TS;

/// How old the orders of one client are.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ClientAges {
    /// The client.
    pub client: Id<Client>,
    /// The day as of whose end they are that old.
    pub as_of: Day,
    /// How many orders fall into each band of its own.
    pub bands: Vec<AgeBand>,
    /// Half of its orders are no older than this, in days.
    pub p50: Option<f64>,
    /// 85 of 100 are no older than this.
    pub p85: Option<f64>,
    /// 95 of 100 are no older than this.
    pub p95: Option<f64>,
}

/// A band of ages.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AgeBand {
    /// The age in days it ends with, included; none for the last.
    #[ts(type = "number | null")]
    pub to: Option<i64>,
    /// Its orders.
    pub orders: u32,
}

/// Adds the orders of a client that are in work.
pub(super) fn add(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    as_of: &AsOf,
    groups: &mut Groups,
) -> Result<()> {
    aged(reader, question, client, &as_of.of_ages(question, client), &mut |_, place, age| {
        groups.entry(GroupKey::of(&question.by, place)).or_default().add(&group(age));
    })
}

/// Adds the ages of all orders of whole clients, from what changes day by day.
///
/// What is in work adds up: clients that are looked at as of the same days are added first.
pub(super) fn of_days(sums: &Sums<'_, '_>, question: &Question, as_of: &AsOf, groups: &mut Groups) -> Result<()> {
    let apart = question.by.contains(&Grouping::Client);
    let mut alike = BTreeMap::<(Key, Day), Vec<Id<Client>>>::new();
    for client in question.clients.iter().copied() {
        let key = if apart { client.bytes() } else { Key::default() };
        alike.entry((key, as_of.day(client))).or_default().push(client);
    }
    for ((key, _), clients) in alike {
        let days = as_of.of_ages(question, clients[0]);
        let ends: Vec<Day> = days.iter().map(|at| at.day).collect();
        for (at, in_work) in days.iter().zip(together(sums, &clients, &ends)?) {
            let (sums, sources) = in_work.as_of(at.day);
            let group = Group { sums, sources, ..Group::default() };
            if group.has(Family::Wip) {
                let key = GroupKey::of(&question.by, &Place::of_day(key, at.stretch));
                groups.entry(key).or_default().add(&group);
            }
        }
    }
    Ok(())
}

/// What is in work of some clients at the end of some days.
fn together(sums: &Sums<'_, '_>, clients: &[Id<Client>], days: &[Day]) -> Result<Vec<InWork>> {
    if let Some(cube) = sums.cube
        && let Some(all) = store::in_work_together(sums.reader, cube, clients, days)?
    {
        return Ok(all);
    }
    let mut all = vec![InWork::default(); days.len()];
    for client in clients {
        let one = store::in_work(sums.reader, sums.cube, *client, days)?;
        all.iter_mut().zip(one).for_each(|(all, one)| *all += one);
    }
    Ok(all)
}

/// Tells the orders of a client in work as of each of some days, and how old they are.
pub(super) fn aged(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    days: &[AgeDay],
    tell: &mut dyn FnMut(Id<WorkOrder>, &Place, &Age),
) -> Result<()> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(()) };
    let rows = stored(reader, question, client, [first.day, last.day])?;
    let (mut book, mut facts) = (None, HashMap::new());
    for one in &rows {
        let order = one.kept.order;
        for at in days {
            let age = match one.age(at.day) {
                Told::Kept(age) => age,
                Told::NotKept => known(reader, client, &mut book, &mut facts, order)?.and_then(|f| f.age(at.day)),
            };
            let place = one.kept.place(question, client, at.stretch);
            age.iter().filter(|age| age.open).for_each(|age| tell(order, &place, age));
        }
    }
    Ok(())
}

/// What an age counts for.
pub(super) fn group(age: &Age) -> Group {
    Group { sums: age.sums(), sources: Sources::from_iter([age.start.source]), ..Group::default() }
}

/// The facts of an order, gathered once.
fn known<'f, 'r, 'c>(
    reader: &'r Reader<'c>,
    client: Id<Client>,
    book: &mut Option<Orders<'r, 'c>>,
    facts: &'f mut HashMap<Id<WorkOrder>, Option<OrderFacts>>,
    order: Id<WorkOrder>,
) -> Result<Option<&'f OrderFacts>> {
    let known = match facts.entry(order) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => {
            let book = match book {
                Some(book) => book,
                none => none.insert(Orders::of(reader, client)?),
            };
            place.insert(book.facts(order)?.map(|(_, facts)| facts))
        }
    };
    Ok(known.as_ref())
}

/// A row of sums of an order, as far as its age goes.
struct Stored {
    kept: Kept,
    start: Moment,
    end: Option<i64>,
    held: f64,
    until: Option<i64>,
    since: Option<i64>,
}

/// What a row of sums tells of an age.
enum Told {
    /// It tells it.
    Kept(Option<Age>),
    /// A hold ends, or the order does, after the day: only the rows tell it.
    NotKept,
}

impl Stored {
    fn of(row: &Row<'_>) -> Result<Stored> {
        let sources = Sources(row.get::<i64>(10)? as u64);
        let source = sources.iter().find(|source| source.subject() == Subject::Start).unwrap_or(Source::StartReceived);
        Ok(Stored {
            kept: Kept::of(row)?,
            start: Moment { minute: row.get(5)?, source },
            end: row.get(6)?,
            held: row.get(7)?,
            until: row.get(8)?,
            since: row.get(9)?,
        })
    }

    /// The age as of the end of a day.
    fn age(&self, day: Day) -> Told {
        let until = end_of(day);
        if self.start.minute >= until || self.end.is_some_and(|end| end <= until) {
            return Told::Kept(None);
        }
        if self.until.is_some_and(|over| over > until) {
            return Told::NotKept;
        }
        let lasting = self.since.map_or(0, |since| (until - since).max(0));
        let held = self.held as i64 + lasting;
        Told::Kept(Some(Age { start: self.start, minutes: until - self.start.minute, held, open: true }))
    }
}

/// The rows of orders that were begun before and not over after some days.
fn stored(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    [first, last]: [Day; 2],
) -> Result<Vec<Stored>> {
    // Each rule has an index of its own: of open orders, and of those by their end.
    let rules = [
        "open = 1 AND (end_minute IS NULL OR end_minute > ?3) ORDER BY work_order_id",
        "open = 0 AND end_minute > ?3 ORDER BY +work_order_id",
    ];
    let mut rows = Vec::new();
    for rule in rules {
        let sql = format!(
            "SELECT {}, start_minute, end_minute, held_minutes, held_until, held_since, sources FROM kpi_order
             WHERE client_id = ?1 AND start_minute < ?2 AND {rule}",
            Kept::columns(question)
        );
        reader.select(&sql, values![client, end_of(last), end_of(first)], |row| {
            let one = Stored::of(row)?;
            if question.holds(&one.kept.place(question, client, first)) {
                rows.push(one);
            }
            Ok(())
        })?;
    }
    Ok(rows)
}

/// How old the orders of each client are, in bands and percentiles of its own.
pub(super) fn of_clients(sums: &Sums<'_, '_>, question: &Question, as_of: &AsOf) -> Result<Vec<ClientAges>> {
    let (whole, ends) = (question.by(&[]), ends(sums.reader)?);
    let of = |client: &Id<Client>| {
        let (as_of, ages) = of_client(sums, &whole, *client, as_of)?;
        let ages: Vec<f64> = ages.iter().map(|(_, age)| age.days()).collect();
        let [p50, p85, p95] = percentiles_of_sorted(&ages, [0.5, 0.85, 0.95]).map_or([None; 3], |told| told.map(Some));
        let told = bands(&ages, ends.get(client).unwrap_or(&USUAL));
        let bands = told.into_iter().map(|band| AgeBand { to: band.to, orders: band.orders }).collect();
        Ok(ClientAges { client: *client, as_of, bands, p50, p85, p95 })
    };
    question.clients.iter().map(of).collect()
}

/// The orders of a client in work, from the youngest on, and the day as of whose end they are that old.
pub(super) fn of_client(
    sums: &Sums<'_, '_>,
    question: &Question,
    client: Id<Client>,
    as_of: &AsOf,
) -> Result<(Day, Ages)> {
    let days = as_of.of_ages(question, client);
    let day = days.first().map_or(question.to, |at| at.day);
    let cube = sums.cube.filter(|_| question.is_of_client_days());
    let ages = store::ages_in_work(sums.reader, cube, client, day, || {
        let mut ages = Vec::new();
        aged(sums.reader, question, client, &days, &mut |order, _, age| ages.push((order, *age)))?;
        Ok(ages)
    })?;
    Ok((day, ages))
}

/// Where bands end that a client did not set.
const USUAL: [i64; 3] = [7, 14, 30];

/// Where the bands of each client end, from one look at the settings.
fn ends(reader: &Reader<'_>) -> Result<HashMap<Id<Client>, [i64; 3]>> {
    let sql = "SELECT client_id, wip_band_1, wip_band_2, wip_band_3 FROM client_setting";
    let of = |row: &Row<'_>| {
        let mut ends = USUAL;
        for (place, end) in ends.iter_mut().enumerate() {
            *end = row.get::<Option<i64>>(1 + place)?.unwrap_or(*end);
        }
        Ok((row.get(0)?, ends))
    };
    Ok(reader.select(sql, &[], of)?.into_iter().collect())
}

/// The orders of a question in work whose start nothing tells.
pub(super) fn left_out(reader: &Reader<'_>, question: &Question) -> Result<i64> {
    let (rule, client) = question.whose();
    let read = Kept::columns(question);
    let sql = format!("SELECT {read}, client_id FROM kpi_order WHERE {rule} AND open = 1 AND start_minute IS NULL");
    let mut left_out = 0;
    reader.select(&sql, &client, |row| {
        let client = row.get(5)?;
        let asked = question.clients.contains(&client);
        left_out += i64::from(asked && question.holds(&Kept::of(row)?.place(question, client, question.from)));
        Ok(())
    })?;
    Ok(left_out)
}
