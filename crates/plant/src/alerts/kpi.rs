//! A KPI is beyond its threshold, and sure to be.
use super::Look;
use crate::kpi::{Answer, Ask, Better, KPIS, Kpi, ask, clears};
use domain::{AlertKind, Code};
use store::{Cause, Result};

/// Figures are looked at over this many days, the last of them yesterday.
const DAYS: i32 = 7;

/// Asks every KPI that has a threshold; an answer that cannot tell changes nothing.
pub(super) fn look(look: &mut Look<'_, '_>) -> Result<()> {
    let today = look.r.today(look.client)?;
    for kpi in KPIS.iter().filter(|kpi| kpi.better != Better::None) {
        let period = Ask::of(kpi.code, today.plus(-DAYS), today.plus(-1));
        let question = Ask { clients: Some(vec![look.client]), ..period };
        match ask(look.r, None, &question) {
            Ok(answer) => judge(look, kpi, &answer),
            // Nobody is asked for a figure that he may not see.
            Err(e) if e.is(Code::Forbidden) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// Warning or critical where the whole interval lies beyond; unsure where a part of it does not.
fn judge(look: &mut Look<'_, '_>, kpi: &Kpi, answer: &Answer) {
    let kind = if answer.kpi == "absenteeism" { AlertKind::Absence } else { AlertKind::Kpi };
    let (Some(target), Some(row)) = (answer.target, answer.rows.first()) else { return };
    let verdict = |limit: Option<f64>| limit.map(|limit| (limit, clears(kpi, limit, row)));
    let [warning, critical] = [target.warning, target.critical].map(verdict);
    let beyond = |told: Option<(f64, Option<bool>)>| told.filter(|(_, good)| *good == Some(false)).map(|(l, _)| l);
    let subject = answer.kpi.clone();
    if let (Some(value), Some(against)) = (row.value, beyond(critical).or_else(|| beyond(warning))) {
        let (label, critical) = (subject.clone(), beyond(critical).is_some());
        look.causes.push(Cause { kind, subject, label, critical, value, against });
    } else if [warning, critical].into_iter().flatten().any(|(_, good)| good.is_none()) {
        look.unsure.push((kind, subject));
    }
}
