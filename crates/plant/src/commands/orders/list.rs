//! Orders as a list shows them: where they stand, how old, at what risk.
use crate::orders::{Book, Standing};
use domain::{
    Client, Day, Delay, Id, Line, OrderStatus, Product, WorkOrder,
    elements::order::{Dated, Risk},
};
use serde::{Deserialize, Serialize};
use store::{OrderAsOf, Reader, Result, missing};
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
        for order in book.orders(input.all)? {
            views.extend(view(&mut book, order)?);
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
    view(&mut Book::of(r, client, None)?, id)?.ok_or_else(missing)
}

fn view(book: &mut Book<'_, '_>, id: Id<WorkOrder>) -> Result<Option<OrderView>> {
    let standing = book.standing(id)?;
    Ok(standing.map(|standing| shown(standing, book.as_of())))
}

fn shown(standing: Standing, as_of: Day) -> OrderView {
    let Standing { worked: OrderAsOf { order, delivery, age, .. }, output, projected, risk } = standing;
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
        as_of,
        promised: date(delivery.promised),
        first_shipped: date(delivery.first),
        complete: date(delivery.complete),
        made: output.made,
        age: age.map(|age| age.days()),
        held: age.map(|age| age.held as f64 / 1440.0),
        projected,
        risk,
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
