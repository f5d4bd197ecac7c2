//! A stop that became planned long after its shift: it leaves the planned time, and availability rises.
use super::{
    Finding, Over,
    place::{COLUMNS, Ends, FROM, Place, WITHIN},
};
use domain::{Author, DowntimeEntry, DowntimeReason, Entity, Id};
use serde_json::Value as Json;
use std::collections::HashMap;
use store::{Result, values};

/// Hours after the shift from which on a change is late.
const HOURS: f64 = 24.0;

/// One change of a stop, in the order of the log.
struct Step {
    stop: [u8; 16],
    place: Place,
    creates: bool,
    patch: Json,
    at: i64,
    user: Id<Author>,
}

pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let (ends, planned) = (Ends::of(over)?, planned(over)?);
    let is_planned = |reason: &Json| {
        let id = reason.as_str().and_then(|text| text.parse::<Id<DowntimeReason>>().ok());
        id.is_some_and(|id| planned.get(&id).copied().unwrap_or(false))
    };
    let (mut out, mut was): (Vec<Finding>, Option<([u8; 16], bool)>) = (vec![], None);
    for step in steps(over)? {
        // A stop that was made without a reason says nothing of it.
        let said = step.patch.get("reason_id").or(step.creates.then_some(&Json::Null));
        let Some(reason) = said else { continue };
        let before = was.filter(|(stop, _)| *stop == step.stop).map(|(_, planned)| planned);
        let now = is_planned(reason);
        was = Some((step.stop, now));
        let hours = ends.hours_after(&step.place, step.at);
        if before == Some(false) && now && hours > HOURS {
            let found = step.place.finding(Finding::of("downtime_entry", &[step.stop], hours, HOURS));
            out.push(Finding { author: ends.author(step.user)?, ..found });
        }
    }
    Ok(out)
}

fn steps(over: Over<'_, '_>) -> Result<Vec<Step>> {
    let sql = format!(
        "SELECT d.id, c.patch, c.at, c.user_id, c.act = 1, {COLUMNS} FROM {FROM}
         JOIN downtime_entry d ON d.client_id = ?1 AND d.line_shift_id = l.id
         JOIN change c ON c.client_id = ?1 AND c.record = d.id WHERE {WITHIN} AND c.kind = ?4 ORDER BY d.id, c.op"
    );
    let kind = i64::from(DowntimeEntry::NUMBER);
    over.r.select(&sql, values![over.client, over.from, over.to, kind], |row| {
        let patch = serde_json::from_str(&row.get::<String>(1)?).unwrap_or(Json::Null);
        Ok(Step {
            stop: row.get(0)?,
            patch,
            at: row.get(2)?,
            user: row.get(3)?,
            creates: row.get(4)?,
            place: Place::of(row, 5)?,
        })
    })
}

/// Which reasons are planned, those taken away too.
fn planned(over: Over<'_, '_>) -> Result<HashMap<Id<DowntimeReason>, bool>> {
    let sql = "SELECT id, planned FROM downtime_reason_all WHERE client_id = ?1";
    Ok(over.r.select(sql, values![over.client], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}
