//! Orders that are late, and orders that will be as things go: by the word of the list of orders.
use super::Look;
use crate::orders::{Book, Standing};
use domain::{AlertKind, Day, elements::order::Risk};
use store::Result;

/// Days late of an order whose pace tells no day: it stands still.
const AT_LEAST: f64 = 1.0;

/// Days each late order is late, and days each other one will be.
pub(super) fn look(look: &mut Look<'_, '_>) -> Result<()> {
    let mut book = Book::of(look.r, look.client, None)?;
    let [late, at_risk] = [look.limit(AlertKind::LateOrder)?, look.limit(AlertKind::OrderAtRisk)?];
    for id in book.orders(false)? {
        let Some(standing) = book.standing(id)? else { continue };
        let (Some(risk), Some(promised)) = (standing.risk, standing.worked.delivery.promised) else { continue };
        let (kind, limit, days) = match risk {
            Risk::Late => (AlertKind::LateOrder, late, since(promised.day, book.as_of())),
            Risk::AtRisk => (AlertKind::OrderAtRisk, at_risk, will_be(&standing, promised.day)),
        };
        look.beyond(limit, kind, (id.hex(), standing.worked.order.code), days);
    }
    Ok(())
}

fn since(from: Day, to: Day) -> f64 {
    f64::from(to.0 - from.0)
}

fn will_be(standing: &Standing, promised: Day) -> f64 {
    standing.projected.map_or(AT_LEAST, |day| since(promised, day))
}
