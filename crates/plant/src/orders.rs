//! Orders as of the end of a day: the one word on them, for the list and for alerts.
use domain::{
    Client, Day, DeliveryMode, Id, WorkOrder,
    elements::order::{Output, Risk},
};
use store::{OrderAsOf, Orders, Reader, Result, values};

/// The orders of one client as of a day.
pub(crate) struct Book<'r, 'c> {
    reader: &'r Reader<'c>,
    client: Id<Client>,
    orders: Orders<'r, 'c>,
    as_of: Day,
    complete: bool,
}

/// Where an order stands.
pub(crate) struct Standing {
    /// What is known of it.
    pub(crate) worked: OrderAsOf,
    /// What was made of it.
    pub(crate) output: Output,
    /// The day its last unit will be made at the pace of the last seven days.
    pub(crate) projected: Option<Day>,
    /// What is to be feared of it.
    pub(crate) risk: Option<Risk>,
}

impl<'r, 'c> Book<'r, 'c> {
    /// As of a day; of the client's today where none is given.
    pub(crate) fn of(reader: &'r Reader<'c>, client: Id<Client>, as_of: Option<Day>) -> Result<Self> {
        let orders = Orders::of(reader, client)?;
        let as_of = as_of.unwrap_or(orders.today());
        let complete = reader.setting(client)?.delivery_mode == Some(DeliveryMode::Complete);
        Ok(Book { reader, client, orders, as_of, complete })
    }
    /// The day as of whose end they are looked at.
    pub(crate) const fn as_of(&self) -> Day {
        self.as_of
    }
    /// The orders; those that were closed, cancelled or rejected only where asked for.
    pub(crate) fn orders(&self, all: bool) -> Result<Vec<Id<WorkOrder>>> {
        let sql = "SELECT id FROM work_order
            WHERE client_id = ?1 AND (?2 OR status NOT IN ('closed', 'cancelled', 'rejected'))";
        self.reader.select(sql, values![self.client, all], |row| row.get(0))
    }
    /// Where one stands; none where there is no such order.
    pub(crate) fn standing(&mut self, id: Id<WorkOrder>) -> Result<Option<Standing>> {
        let Some(worked) = self.orders.as_of(id, self.as_of)? else { return Ok(None) };
        let output = self.output(id)?;
        let open = !worked.facts.is_over(Some(self.as_of));
        Ok(Some(Standing {
            projected: worked.facts.projected(output, self.as_of).filter(|_| open),
            risk: worked.facts.risk(output, self.as_of, self.complete),
            output,
            worked,
        }))
    }
    /// What was made of an order: by its final operation, else by the one that made the most.
    fn output(&self, order: Id<WorkOrder>) -> Result<Output> {
        let bound = values![self.client, order, self.as_of, self.as_of.plus(-6)];
        let operations = self.reader.select(OUTPUT, bound, |row| {
            let units = |column: usize| Ok::<_, store::Error>(row.get::<Option<f64>>(column)?.unwrap_or(0.0));
            Ok((row.get::<bool>(0)?, Output { made: units(1)?, lately: units(2)? }))
        })?;
        let finals = operations.iter().filter(|(is_final, _)| *is_final).map(|(_, output)| *output);
        let add = |a: Output, b: Output| Output { made: a.made + b.made, lately: a.lately + b.lately };
        let most = || operations.iter().map(|(_, output)| *output).max_by(|a, b| a.made.total_cmp(&b.made));
        Ok(finals.reduce(add).or_else(most).unwrap_or_default())
    }
}

const OUTPUT: &str = "SELECT max(coalesce(o.is_final, 0)), sum(e.produced), sum(iif(l.day >= ?4, e.produced, 0))
    FROM production_entry e JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
    LEFT JOIN operation_all o ON o.client_id = ?1 AND o.id = e.operation_id
    WHERE e.client_id = ?1 AND l.client_id = ?1 AND e.work_order_id = ?2 AND l.day <= ?3 GROUP BY e.operation_id";
