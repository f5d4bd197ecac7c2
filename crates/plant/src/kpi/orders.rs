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
    elements::{Element, Family, Key, Sources, Sums},
};
use store::{Orders, Reader, Result, Row, values};

/// What a row of sums says of an order.
pub(super) struct Kept {
    pub order: Id<WorkOrder>,
    pub product: Option<Key>,
    pub line: Option<Key>,
    pub customer_po: Option<String>,
    pub priority: Option<i64>,
}

impl Kept {
    /// Its columns, at the head of a row; those a question does not look at are not read.
    ///
    /// Without them an index alone tells what a list of orders needs.
    pub(super) fn columns(question: &Question) -> String {
        let looks = |by: Grouping, narrows: bool| narrows || question.by.contains(&by);
        let read = [
            ("product_id", looks(Grouping::Product, question.products.narrows())),
            ("line_id", looks(Grouping::Line, question.lines.narrows())),
            ("customer_po", looks(Grouping::CustomerPo, false)),
            ("priority", looks(Grouping::Priority, false)),
        ];
        let column = |(name, is_read): (&'static str, bool)| if is_read { name } else { "NULL" };
        format!("work_order_id, {}", read.map(column).join(", "))
    }

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
    due(reader, question, client, as_of, Family::Orders.elements(), &mut |_, place, group| {
        groups.entry(GroupKey::of(&question.by, place)).or_default().add(group);
    })
}

/// Tells the orders of a client that are due as of its day, in the order of their promised days, with some elements.
pub(super) fn due(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    as_of: &AsOf,
    elements: &[Element],
    tell: &mut dyn FnMut(Id<WorkOrder>, &Place, &Group),
) -> Result<()> {
    let rule = "client_id = ?1 AND promised BETWEEN ?2 AND ?3 ORDER BY promised, work_order_id";
    let sql = format!("SELECT {} FROM kpi_order WHERE {rule}", columns_sql(question, elements));
    let (day, mut book) = (as_of.day(client), None);
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let one = Stored::of(row, elements)?;
        let place = one.kept.place(question, client, one.promised);
        if !question.holds(&place) {
            return Ok(());
        }
        let group = if one.settled > day { anew(reader, client, &mut book, &one, day)? } else { one.as_of(day) };
        if group.rows(Family::Orders) > 0.0 {
            tell(one.kept.order, &place, &group);
        }
        Ok(())
    })?;
    Ok(())
}

/// A row of sums of an order.
struct Stored {
    kept: Kept,
    promised: Day,
    settled: Day,
    group: Group,
}

fn columns_sql(question: &Question, elements: &[Element]) -> String {
    let names = elements.iter().map(|element| element.name()).collect::<Vec<_>>().join(", ");
    format!("{}, promised, settled, sources, {names}", Kept::columns(question))
}

impl Stored {
    fn of(row: &Row<'_>, elements: &[Element]) -> Result<Stored> {
        let mut sums = Sums::default();
        for (place, element) in elements.iter().enumerate() {
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
    let elements = Family::Orders.elements();
    let read = columns_sql(question, elements);
    let sql = format!("SELECT {read}, client_id FROM kpi_order WHERE ahead = 1 AND +promised IS NOT NULL");
    let mut ahead = Vec::new();
    reader.select(&sql, &[], |row| {
        let one = Stored::of(row, elements)?;
        let client: Id<Client> = row.get(8 + elements.len())?;
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
        "SELECT {}, start_minute, end_minute, client_id FROM kpi_order WHERE {rule} AND promised IS NULL AND void = 0",
        Kept::columns(question)
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
