//! Production and stops go out.
use super::sheet::Sheet;
use crate::import::plan::known::Standards;
use domain::{
    Client, Day, DowntimeEntry, DowntimeReason, Entity, Id, Line, LineShift, Operation, Product, ProductStandard,
    ProductionEntry, Shift, WorkOrder,
};
use serde_json::Value as Json;
use std::collections::HashMap;
use store::{ClientRef, Reader};

type Codes<E> = HashMap<Id<E>, String>;

/// What the rows of a client's floor refer to, by the codes people use.
struct Words {
    client: String,
    lines: Codes<Line>,
    shifts: Codes<Shift>,
    products: Codes<Product>,
    orders: Codes<WorkOrder>,
    operations: Codes<Operation>,
    reasons: Codes<DowntimeReason>,
    standards: Standards,
}

impl Words {
    fn load(r: &Reader<'_>, client: &ClientRef) -> store::Result<Self> {
        let mut standards = Standards::new();
        for s in r.list_where::<ProductStandard>(client.id, "1", &[])? {
            standards.entry((s.product_id, s.operation_id)).or_default().insert(s.valid_from, s.minutes);
        }
        Ok(Words {
            client: client.code.clone(),
            lines: codes(r, client.id)?,
            shifts: codes(r, client.id)?,
            products: codes(r, client.id)?,
            orders: codes(r, client.id)?,
            operations: codes(r, client.id)?,
            reasons: codes(r, client.id)?,
            standards,
        })
    }
    /// The standard in force on a day.
    fn standard(&self, e: &ProductionEntry, day: Day) -> Json {
        let Some(product) = e.product_id else { return Json::Null };
        let days = self.standards.get(&(product, e.operation_id));
        days.and_then(|d| d.range(..=day).next_back()).map_or(Json::Null, |(_, minutes)| (*minutes).into())
    }
    fn place(&self, s: &LineShift) -> Vec<(&'static str, Json)> {
        vec![
            ("client", self.client.as_str().into()),
            ("day", s.day.to_string().into()),
            ("shift", code(&self.shifts, Some(s.shift_id))),
            ("line", code(&self.lines, Some(s.line_id))),
        ]
    }
    fn production(&self, s: &LineShift, e: Option<&ProductionEntry>) -> Vec<(&'static str, Json)> {
        let mut row = self.place(s);
        row.extend([
            ("crew", s.crew.into()),
            ("net_minutes", s.net_minutes.into()),
            ("overtime", s.overtime.into()),
            ("planned_units", s.planned_units.into()),
        ]);
        let Some(e) = e else { return row };
        row.extend([
            ("product", code(&self.products, e.product_id)),
            ("standard_minutes", self.standard(e, s.day)),
            ("crew_assigned", e.crew_assigned.into()),
            ("crew_present", e.crew_present.into()),
            ("hour", e.hour.into()),
            ("order", code(&self.orders, e.work_order_id)),
            ("operation", code(&self.operations, e.operation_id)),
            ("produced", e.produced.into()),
            ("defective", e.defective.into()),
            ("scrap", e.scrap.into()),
            ("rework", e.rework.into()),
            ("repair", e.repair.into()),
            ("run_minutes", e.run_minutes.into()),
            ("note", e.note.as_deref().into()),
        ]);
        row
    }
    fn stop(&self, s: &LineShift, d: &DowntimeEntry) -> Vec<(&'static str, Json)> {
        let mut row = self.place(s);
        row.extend([
            ("reason", code(&self.reasons, d.reason_id)),
            ("minutes", d.minutes.into()),
            ("affected", d.affected.into()),
            ("start", d.start_minute.into()),
            ("station", d.station.as_deref().into()),
            ("order", code(&self.orders, d.work_order_id)),
            ("cause", d.cause.as_deref().into()),
            ("action", d.action.as_deref().into()),
        ]);
        row
    }
}

/// The entries of a client, each with what its line shift says.
pub(super) fn production(r: &Reader<'_>, client: &ClientRef, sheet: &mut Sheet) -> store::Result<()> {
    let words = Words::load(r, client)?;
    let mut entries = by_shift(r.list_where::<ProductionEntry>(client.id, ORDER, &[])?, |e| e.line_shift_id);
    for shift in shifts(r, client.id)? {
        let own = entries.remove(&shift.id).unwrap_or_default();
        let told = [shift.crew, shift.net_minutes, shift.overtime, shift.planned_units].iter().any(Option::is_some);
        if own.is_empty() && told {
            sheet.push(words.production(&shift, None));
        }
        for entry in &own {
            sheet.push(words.production(&shift, Some(entry)));
        }
    }
    Ok(())
}

/// The stops of a client.
pub(super) fn stops(r: &Reader<'_>, client: &ClientRef, sheet: &mut Sheet) -> store::Result<()> {
    let words = Words::load(r, client)?;
    let mut stops = by_shift(r.list_where::<DowntimeEntry>(client.id, ORDER, &[])?, |d| d.line_shift_id);
    for shift in shifts(r, client.id)? {
        for stop in stops.remove(&shift.id).unwrap_or_default() {
            sheet.push(words.stop(&shift, &stop));
        }
    }
    Ok(())
}

const ORDER: &str = "1 ORDER BY line_shift_id, id";

fn shifts(r: &Reader<'_>, client: Id<Client>) -> store::Result<Vec<LineShift>> {
    r.list_where(client, "1 ORDER BY day, shift_id, line_id", &[])
}

fn by_shift<E>(rows: Vec<E>, of: impl Fn(&E) -> Id<LineShift>) -> HashMap<Id<LineShift>, Vec<E>> {
    let mut all: HashMap<_, Vec<E>> = HashMap::new();
    for row in rows {
        all.entry(of(&row)).or_default().push(row);
    }
    all
}

/// The codes of a table, those of removed rows too: what they name is still here.
fn codes<E: Entity>(r: &Reader<'_>, client: Id<Client>) -> store::Result<Codes<E>> {
    let sql = format!("SELECT id, code FROM {}_all WHERE client_id = ?1", E::TABLE);
    Ok(r.select(&sql, store::values![client], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

fn code<E>(codes: &Codes<E>, id: Option<Id<E>>) -> Json {
    id.and_then(|id| codes.get(&id)).map_or(Json::Null, |c| c.as_str().into())
}
