//! Orders by the day they were promised, read from the store.

use super::{
    as_of::{AsOf, UNSHIPPED, word_key},
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, Place},
    grouping::Grouping,
    rows::Groups,
};
use domain::{
    Client, Day, Id, WorkOrder,
    elements::{Family, Key, Sources, Sums},
};
use store::{Orders, Reader, Result, Row, values};

/// An order that counts in an answer.
pub(super) struct Due {
    pub order: Id<WorkOrder>,
    pub place: Place,
    pub group: Group,
}

/// What a row of sums says of an order.
pub(super) struct Kept {
    pub order: Id<WorkOrder>,
    pub product: Option<Key>,
    pub line: Option<Key>,
    pub customer_po: Option<String>,
    pub priority: Option<i64>,
}

/// The columns of [`Kept`], at the head of a row.
pub(super) const KEPT: &str = "work_order_id, product_id, line_id, customer_po, priority";

impl Kept {
    /// The head of a row.
    pub(super) fn of(row: &Row<'_>) -> Result<Kept> {
        Ok(Kept {
            order: row.get(0)?,
            product: row.get(1)?,
            line: row.get(2)?,
            customer_po: row.get(3)?,
            priority: row.get(4)?,
        })
    }

    /// What the order is about, as a question groups it.
    pub(super) fn place(&self, question: &Question, client: Id<Client>, day: Day) -> Place {
        let client = client.bytes();
        let has = |by: Grouping| question.by.contains(&by);
        let word = match &self.customer_po {
            Some(po) if has(Grouping::CustomerPo) => Some(po.clone()),
            _ if has(Grouping::Priority) => self.priority.map(|priority| priority.to_string()),
            _ => None,
        };
        let word = word.map(|word| word_key(client, &word));
        let order = Some(self.order.bytes());
        Place { product: self.product, line: self.line, order, word, ..Place::of_day(client, day) }
    }
}

/// Adds a client's orders.
pub(super) fn add(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    as_of: &AsOf,
    groups: &mut Groups,
) -> Result<()> {
    for due in due(reader, question, client, as_of)? {
        groups.entry(GroupKey::of(&question.by, &due.place)).or_default().add(&due.group);
    }
    Ok(())
}

/// The orders of a client that are due as of its day, in the order of their promised days.
pub(super) fn due(reader: &Reader<'_>, question: &Question, client: Id<Client>, as_of: &AsOf) -> Result<Vec<Due>> {
    let rule = "client_id = ?1 AND promised BETWEEN ?2 AND ?3 ORDER BY promised, work_order_id";
    let sql = format!("SELECT {} FROM kpi_order WHERE {rule}", columns_sql());
    let day = as_of.day(client);
    let mut rows = Vec::new();
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let one = Stored::of(row)?;
        if question.holds(&one.kept.place(question, client, one.promised)) {
            rows.push(one);
        }
        Ok(())
    })?;
    let mut book = None;
    let mut due = Vec::new();
    for one in rows {
        let group = if one.settled > day { anew(reader, client, &mut book, &one, day)? } else { one.as_of(day) };
        if group.rows(Family::Orders) > 0.0 {
            due.push(Due { order: one.kept.order, place: one.kept.place(question, client, one.promised), group });
        }
    }
    Ok(due)
}

/// A row of sums of an order.
struct Stored {
    kept: Kept,
    promised: Day,
    settled: Day,
    group: Group,
}

fn columns_sql() -> String {
    format!("{KEPT}, promised, settled, sources, {}", Family::Orders.names().join(", "))
}

impl Stored {
    fn of(row: &Row<'_>) -> Result<Stored> {
        let mut sums = Sums::default();
        for (place, element) in Family::Orders.elements().iter().enumerate() {
            sums[*element] = row.get(8 + place)?;
        }
        let sources = Sources(row.get::<i64>(7)? as u64);
        let group = Group { sums, sources, ..Group::default() };
        Ok(Stored { kept: Kept::of(row)?, promised: row.get(5)?, settled: row.get(6)?, group })
    }

    /// What it counts for as of a day on which nothing known of it lies ahead.
    fn as_of(&self, day: Day) -> Group {
        let mut group = self.group;
        if self.promised >= day {
            UNSHIPPED.iter().for_each(|element| group.sums[*element] = 0.0);
        }
        group
    }
}

/// An order as of a day, worked out from its rows.
fn anew<'r, 'c>(
    reader: &'r Reader<'c>,
    client: Id<Client>,
    book: &mut Option<Orders<'r, 'c>>,
    one: &Stored,
    day: Day,
) -> Result<Group> {
    let book = match book {
        Some(book) => book,
        none => none.insert(Orders::of(reader, client)?),
    };
    let delivery = book.as_of(one.kept.order, day)?.map(|order| order.delivery);
    Ok(delivery.map_or_else(Group::default, |d| Group { sums: d.sums, sources: d.sources, ..Group::default() }))
}

/// Puts right in the sums of days what lies ahead of the as-of day: a shipment of tomorrow has not left today.
///
/// There are few such orders, so one look finds them all.
pub(super) fn correct(
    reader: &Reader<'_>,
    question: &Question,
    columns: &Columns,
    as_of: &AsOf,
    groups: &mut Groups,
) -> Result<()> {
    let sql = format!("SELECT {}, client_id FROM kpi_order WHERE ahead = 1 AND +promised IS NOT NULL", columns_sql());
    let mut ahead = Vec::new();
    reader.select(&sql, &[], |row| {
        let one = Stored::of(row)?;
        let client: Id<Client> = row.get(8 + Family::Orders.elements().len())?;
        let asked = question.clients.contains(&client) && one.promised >= question.from && one.promised <= question.to;
        if asked && one.settled > as_of.day(client) {
            ahead.push((client, one));
        }
        Ok(())
    })?;
    for (client, one) in &ahead {
        let day = as_of.day(*client);
        let group =
            groups.entry(GroupKey::of(&question.by, &one.kept.place(question, *client, one.promised))).or_default();
        group.sums -= &one.as_of(day).sums;
        group.add(&anew(reader, *client, &mut None, one, day)?);
    }
    if !ahead.is_empty() {
        groups.retain(|_, group| columns.fills(group));
    }
    Ok(())
}

/// The orders of a question that nothing promises, and that were in work or in the books in its period.
///
/// They have no day to belong to: an answer leaves them out and says how many.
pub(super) fn left_out(reader: &Reader<'_>, question: &Question) -> Result<i64> {
    let (rule, client) = question.whose();
    let sql = format!(
        "SELECT {KEPT}, start_minute, end_minute, client_id FROM kpi_order WHERE {rule} AND promised IS NULL AND void = 0"
    );
    let (from, to) = (i64::from(question.from.0) * 1440, i64::from(question.to.plus(1).0) * 1440);
    let mut left_out = 0;
    reader.select(&sql, &client, |row| {
        let (start, end) = (row.get::<Option<i64>>(5)?, row.get::<Option<i64>>(6)?);
        let there = start.is_none_or(|start| start < to) && end.is_none_or(|end| end > from);
        let client = row.get(7)?;
        let asked = question.clients.contains(&client);
        let holds = asked && question.holds(&Kept::of(row)?.place(question, client, question.from));
        left_out += i64::from(there && holds);
        Ok(())
    })?;
    Ok(left_out)
}
