//! What a step must know of other rows.
use super::{Reader, busy, floating};
use crate::Result;
use domain::{Client, Id, workflow::Known};

impl Reader<'_> {
    /// What a step must know of other rows of its client.
    pub fn knows(&self, client: Id<Client>, what: Known) -> Result<bool> {
        knows(self, client, what)
    }
}

/// Answers a step's question from the rows of its client.
pub(super) fn knows(r: &Reader<'_>, client: Id<Client>, what: Known) -> Result<bool> {
    let (sql, order) = match what {
        Known::SelfApproval => return Ok(r.setting(client)?.self_approval),
        Known::Share(employee, row, share) => return busy::has_room(r, client, employee, row, share),
        Known::FreeToCover(employee, place, cover) => return busy::may_cover(r, client, employee, place, cover),
        Known::FreeToAttend(employee, place) => return busy::may_attend(r, client, employee, place),
        Known::InPool(person) => return floating::in_pool(r, person),
        Known::FreeInPool(person, from, to, but) => return floating::is_free(r, person, (from, to), but),
        Known::Booked(booking) => return floating::is_booked(r, booking),
        Known::Carried(booking) => return floating::was_carried(r, booking),
        Known::Output(order) => (
            "SELECT 1 FROM production_entry WHERE client_id = ?1 AND work_order_id = ?2 AND produced > 0 LIMIT 1",
            order,
        ),
        Known::Shipment(order) => ("SELECT 1 FROM shipment WHERE client_id = ?1 AND work_order_id = ?2 LIMIT 1", order),
    };
    Ok(r.first(sql, crate::values![client, order], |_| Ok(()))?.is_some())
}
