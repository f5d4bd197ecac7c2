//! Orders as a list shows them: where they stand, how old, at what risk.
use domain::{
    Client, Day, Delay, DeliveryMode, Id, Line, OrderStatus, Product, WorkOrder,
    elements::order::{Dated, Output, Risk},
};
use serde::{Deserialize, Serialize};
use store::{OrderAsOf, Orders, Reader, Result, missing, values};
use ts_rs::TS;

/// Which orders are listed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// The clients; none for all in scope.
    clients: Option<Vec<Id<Client>>>,
    /// Finished, cancelled and rejected ones, too.
    all: bool,
    /// The day as of whose end they are looked at; none for the client's today.
    as_of: Option<Day>,
    #[ts(type = "number | null")]
    limit: Option<usize>,
    #[ts(type = "number | null")]
    offset: Option<usize>,
}

/// An order of a list.
#[derive(Serialize, TS)]
pub struct OrderView {
    client_id: Id<Client>,
    id: Id<WorkOrder>,
    code: String,
    product_id: Option<Id<Product>>,
    line_id: Option<Id<Line>>,
    customer_po: Option<String>,
    #[ts(type = "number | null")]
    priority: Option<i64>,
    #[ts(type = "number | null")]
    quantity: Option<i64>,
    status: OrderStatus,
    /// Where it may go from here.
    next: Vec<OrderStatus>,
    delay: Option<Delay>,
    /// The day as of whose end it is looked at.
    as_of: Day,
    promised: Option<ShownDate>,
    first_shipped: Option<ShownDate>,
    complete: Option<ShownDate>,
    /// Units made of it by then: of its final operation, else of the one with the most.
    made: f64,
    /// Days in work, without those on hold; a finished order keeps the age it had.
    age: Option<f64>,
    /// Days on hold.
    held: Option<f64>,
    /// The day its last unit will be made at the pace of the last seven days.
    projected: Option<Day>,
    /// What is to be feared of it.
    risk: Option<Risk>,
}

/// A day with its source.
#[derive(Serialize, TS)]
pub struct ShownDate {
    day: Day,
    /// A key under "source.".
    source: String,
}

/// The rows a list shows at most.
const PAGE: usize = 1_000;

/// The orders of some clients, in the order of their promised days; those without come last.
pub(in crate::commands) fn list(r: &Reader<'_>, input: Which) -> Result<Vec<OrderView>> {
    let all = || r.session().clients().iter().map(|client| client.id).collect();
    let clients: Vec<Id<Client>> = input.clients.unwrap_or_else(all);
    let mut views = vec![];
    for client in clients {
        if !r.session().covers(client) {
            return Err(missing());
        }
        let mut book = Book::of(r, client, input.as_of)?;
        for order in orders(r, client, input.all)? {
            views.extend(book.view(order)?);
        }
    }
    views.sort_by_cached_key(|view| {
        let promised = view.promised.as_ref().map(|promised| promised.day);
        (promised.is_none(), promised, view.code.clone(), view.id)
    });
    let page = input.limit.unwrap_or(PAGE).min(PAGE);
    Ok(views.into_iter().skip(input.offset.unwrap_or(0)).take(page).collect())
}

/// One order as it stands now.
pub(super) fn one(r: &Reader<'_>, client: Id<Client>, id: Id<WorkOrder>) -> Result<OrderView> {
    Book::of(r, client, None)?.view(id)?.ok_or_else(missing)
}

/// A client's orders; the settled ones only where asked for.
fn orders(r: &Reader<'_>, client: Id<Client>, all: bool) -> Result<Vec<Id<WorkOrder>>> {
    let sql =
        "SELECT id FROM work_order WHERE client_id = ?1 AND (?2 OR status NOT IN ('closed', 'cancelled', 'rejected'))";
    r.select(sql, values![client, all], |row| row.get(0))
}

/// The orders of one client as of a day.
struct Book<'r, 'c> {
    reader: &'r Reader<'c>,
    client: Id<Client>,
    orders: Orders<'r, 'c>,
    as_of: Day,
    complete: bool,
}

impl<'r, 'c> Book<'r, 'c> {
    fn of(reader: &'r Reader<'c>, client: Id<Client>, as_of: Option<Day>) -> Result<Self> {
        let orders = Orders::of(reader, client)?;
        let as_of = as_of.unwrap_or(orders.today());
        let complete = reader.setting(client)?.delivery_mode == Some(DeliveryMode::Complete);
        Ok(Book { reader, client, orders, as_of, complete })
    }

    fn view(&mut self, id: Id<WorkOrder>) -> Result<Option<OrderView>> {
        let Some(worked) = self.orders.as_of(id, self.as_of)? else { return Ok(None) };
        let output = output(self.reader, self.client, id, self.as_of)?;
        Ok(Some(self.shown(worked, output)))
    }

    fn shown(&self, worked: OrderAsOf, output: Output) -> OrderView {
        let OrderAsOf { order, facts, delivery, age } = worked;
        let open = !facts.is_over(Some(self.as_of));
        OrderView {
            client_id: order.client_id,
            id: order.id,
            next: next(&order),
            code: order.code,
            product_id: order.product_id,
            line_id: order.line_id,
            customer_po: order.customer_po,
            priority: order.priority,
            quantity: order.quantity,
            status: order.status,
            delay: order.delay,
            as_of: self.as_of,
            promised: date(delivery.promised),
            first_shipped: date(delivery.first),
            complete: date(delivery.complete),
            made: output.made,
            age: age.map(|age| age.days()),
            held: age.map(|age| age.held as f64 / 1440.0),
            projected: facts.projected(output, self.as_of).filter(|_| open),
            risk: facts.risk(output, self.as_of, self.complete),
        }
    }
}

fn date(dated: Option<Dated>) -> Option<ShownDate> {
    dated.map(|dated| ShownDate { day: dated.day, source: dated.source.key().into() })
}

/// Where an order may go: on, back, aside, and back from there.
fn next(order: &WorkOrder) -> Vec<OrderStatus> {
    let can_wait = order.status.is_open() || order.status == OrderStatus::Completed;
    let aside = (can_wait && order.status != OrderStatus::OnHold).then_some(OrderStatus::OnHold);
    order.comes_back_to().into_iter().chain(order.status.next().iter().copied()).chain(aside).collect()
}

const OUTPUT: &str = "SELECT max(coalesce(o.is_final, 0)), sum(e.produced), sum(iif(l.day >= ?4, e.produced, 0))
    FROM production_entry e JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
    LEFT JOIN operation_all o ON o.client_id = ?1 AND o.id = e.operation_id
    WHERE e.client_id = ?1 AND l.client_id = ?1 AND e.work_order_id = ?2 AND l.day <= ?3 GROUP BY e.operation_id";

/// What was made of an order by a day: by its final operation, else by the one that made the most.
fn output(r: &Reader<'_>, client: Id<Client>, order: Id<WorkOrder>, as_of: Day) -> Result<Output> {
    let bound = values![client, order, as_of, as_of.plus(-6)];
    let operations = r.select(OUTPUT, bound, |row| {
        let units = |column: usize| Ok::<_, store::Error>(row.get::<Option<f64>>(column)?.unwrap_or(0.0));
        Ok((row.get::<bool>(0)?, Output { made: units(1)?, lately: units(2)? }))
    })?;
    let finals = operations.iter().filter(|(is_final, _)| *is_final).map(|(_, output)| *output);
    let add = |a: Output, b: Output| Output { made: a.made + b.made, lately: a.lately + b.lately };
    let most = || operations.iter().map(|(_, output)| *output).max_by(|a, b| a.made.total_cmp(&b.made));
    Ok(finals.reduce(add).or_else(most).unwrap_or_default())
}
