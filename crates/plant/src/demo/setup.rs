//! How an invented client is set up.
use super::{
    blueprint::{Blueprint, LinePlan, StopKind},
    rows::{Ids, Rows, first_day},
};
use crate::templates::{self, Template};
use domain::{
    CalendarDay, Client, ClientSetting, Day, DefectType, DowntimeReason, Equipment, HoldReason, Id, Line, LineCalendar,
    Operation, PartOpportunities, Product, ProductStandard, Shift, ShiftBreak, ShiftTime, Threshold,
};
use std::collections::HashMap;

/// The ids of a client's set-up, by the codes people use.
pub(super) struct Names {
    pub(super) client: Id<Client>,
    pub(super) lines: HashMap<&'static str, Id<Line>>,
    pub(super) shifts: HashMap<&'static str, Id<Shift>>,
    pub(super) operations: HashMap<String, Id<Operation>>,
    pub(super) products: HashMap<&'static str, Id<Product>>,
    pub(super) reasons: HashMap<&'static str, Id<DowntimeReason>>,
    /// By the name people give them.
    pub(super) defects: HashMap<String, Id<DefectType>>,
    pub(super) hold_reasons: Vec<Id<HoldReason>>,
    pub(super) machines: HashMap<&'static str, Vec<Id<Equipment>>>,
}

/// The day without work.
pub(super) fn holiday(b: &Blueprint, today: Day) -> Day {
    today.monday().plus(-7 * b.holiday_weeks_ago + 3)
}

/// The day that ends early, for the count of the stock.
pub(super) fn short_day(today: Day) -> Day {
    today.monday().plus(-7 * 2 - 3)
}

/// Net minutes of the day that ends early.
pub(super) const SHORT: f64 = 300.0;

/// Minutes a shift has without its breaks.
pub(super) fn net(start: i64, end: i64, breaks: &[(i64, f64)]) -> f64 {
    let length = (end - start).rem_euclid(1440) as f64;
    length - breaks.iter().map(|b| b.1).sum::<f64>()
}

/// Minutes a unit of a line's product takes.
pub(super) fn standard(b: &Blueprint, line: &LinePlan, product: &str) -> f64 {
    let plan = b.products.iter().find(|p| p.code == product);
    let of = |op| plan.and_then(|p| p.standards.iter().find(|s| s.0 == op)).map(|s| s.1);
    of(line.operation).or_else(|| of(None)).unwrap_or(1.0)
}

/// Fills the set-up tables.
pub(super) fn set_up(b: &Blueprint, client: Id<Client>, today: Day, ids: &mut Ids, rows: &mut Rows) -> Names {
    rows.settings.push(setting(b, client));
    targets(b, client, ids, rows);
    let mut names = Names {
        client,
        lines: HashMap::new(),
        shifts: HashMap::new(),
        operations: HashMap::new(),
        products: HashMap::new(),
        reasons: HashMap::new(),
        defects: HashMap::new(),
        hold_reasons: vec![],
        machines: HashMap::new(),
    };
    lines_and_steps(b, &mut names, ids, rows);
    shifts(b, &mut names, first_day(today), ids, rows);
    products(b, &mut names, first_day(today), ids, rows);
    reasons(b, &mut names, ids, rows);
    calendar(b, &names, today, ids, rows);
    if let Ok(template) = b.industry.template() {
        usual(b, &template, &mut names, ids, rows);
    }
    machines(b, &mut names, ids, rows);
    names
}

fn setting(b: &Blueprint, client: Id<Client>) -> ClientSetting {
    ClientSetting {
        time_zone: b.zone.into(),
        rollover_minute: b.rollover,
        default_net_minutes: Some(450.0),
        ..ClientSetting::usual(client)
    }
}

fn targets(b: &Blueprint, client_id: Id<Client>, ids: &mut Ids, rows: &mut Rows) {
    rows.thresholds.extend(b.targets.iter().map(|t| Threshold {
        client_id,
        id: ids.fresh(),
        kpi: t.kpi.into(),
        target: Some(t.target),
        warning: Some(t.warning),
        critical: Some(t.critical),
    }));
}

fn lines_and_steps(b: &Blueprint, names: &mut Names, ids: &mut Ids, rows: &mut Rows) {
    let client_id = names.client;
    for (i, o) in b.operations.iter().enumerate() {
        let id = ids.fresh();
        names.operations.insert(o.code.into(), id);
        let (code, name, sequence) = (o.code.into(), o.name.into(), 10 * (i as i64 + 1));
        rows.operations.push(Operation { client_id, id, code, name, sequence, is_final: o.is_final, active: true });
    }
    for l in b.lines {
        let id = ids.fresh();
        names.lines.insert(l.code, id);
        let (code, name) = (l.code.into(), l.name.into());
        rows.lines.push(Line { client_id, id, code, name, basis: l.basis, parent_id: None, active: true });
    }
}

fn shifts(b: &Blueprint, names: &mut Names, valid_from: Day, ids: &mut Ids, rows: &mut Rows) {
    let client_id = names.client;
    for s in b.shifts {
        let shift_id = ids.fresh();
        names.shifts.insert(s.code, shift_id);
        rows.shifts.push(Shift { client_id, id: shift_id, code: s.code.into(), name: s.name.into(), active: true });
        let (start_minute, end_minute) = (Some(s.start), Some(s.end));
        rows.times.push(ShiftTime { client_id, id: ids.fresh(), shift_id, valid_from, start_minute, end_minute });
        for (start_minute, minutes) in s.breaks {
            let (start_minute, minutes, id) = (*start_minute, *minutes, ids.fresh());
            rows.breaks.push(ShiftBreak { client_id, id, shift_id, valid_from, start_minute, minutes });
        }
    }
}

fn products(b: &Blueprint, names: &mut Names, valid_from: Day, ids: &mut Ids, rows: &mut Rows) {
    let client_id = names.client;
    for p in b.products {
        let product_id = ids.fresh();
        names.products.insert(p.code, product_id);
        let (code, name) = (p.code.into(), p.name.into());
        rows.products.push(Product { client_id, id: product_id, code, name, active: true });
        for (operation, minutes) in p.standards {
            let operation_id = operation.and_then(|o| names.operations.get(o).copied());
            let (id, minutes) = (ids.fresh(), *minutes);
            rows.standards.push(ProductStandard { client_id, id, product_id, operation_id, valid_from, minutes });
        }
    }
}

fn reasons(b: &Blueprint, names: &mut Names, ids: &mut Ids, rows: &mut Rows) {
    for r in b.reasons {
        let id = ids.fresh();
        names.reasons.insert(r.code, id);
        rows.reasons.push(DowntimeReason {
            client_id: names.client,
            id,
            code: r.code.into(),
            name: r.name.into(),
            planned: r.kind == StopKind::Planned,
            setup: r.kind == StopKind::Setup,
            affects: r.affects,
            parent_id: None,
            active: true,
        });
    }
}

/// What the client has of its industry's template, beside its own.
fn usual(b: &Blueprint, template: &Template, names: &mut Names, ids: &mut Ids, rows: &mut Rows) {
    let client = names.client;
    for (place, step) in template.operations.iter().enumerate().filter(|_| b.operations.is_empty()) {
        let id = ids.fresh();
        names.operations.insert(step.code.clone(), id);
        rows.operations.push(templates::operation(client, id, place, step, "en"));
    }
    for defect in &template.defect_types {
        let id = ids.fresh();
        names.defects.insert(defect.en.clone(), id);
        rows.defect_types.push(templates::defect_type(client, id, defect, "en"));
    }
    for reason in &template.hold_reasons {
        let id = ids.fresh();
        names.hold_reasons.push(id);
        rows.hold_reasons.push(templates::hold_reason(client, id, reason, "en"));
    }
    let usual = template.policy.default_opportunities.unwrap_or(10);
    for (place, product) in rows.products.iter().enumerate().filter(|(place, _)| place % 4 != 3) {
        let opportunities = (usual + 3 * place as i64).max(1);
        let row = PartOpportunities {
            product_id: product.id,
            opportunities,
            ..PartOpportunities::blank(client, ids.fresh())
        };
        rows.opportunities.push(row);
    }
}

/// Two machines on every line.
fn machines(b: &Blueprint, names: &mut Names, ids: &mut Ids, rows: &mut Rows) {
    for line in b.lines {
        for n in 1..=2 {
            let id = ids.fresh();
            names.machines.entry(line.code).or_default().push(id);
            let (code, name) = (format!("{}-M{n}", line.code), format!("{}, machine {n}", line.name));
            let line_id = Some(names.lines[line.code]);
            rows.equipment.push(Equipment { code, name, line_id, active: true, ..Equipment::blank(names.client, id) });
        }
    }
}

fn calendar(b: &Blueprint, names: &Names, today: Day, ids: &mut Ids, rows: &mut Rows) {
    let special = [
        (holiday(b, today), false, None, "Public holiday"),
        (short_day(today), true, Some(SHORT), "Stock count, early end"),
    ];
    rows.days.extend(special.into_iter().map(|(day, working, net_minutes, note)| CalendarDay {
        client_id: names.client,
        id: ids.fresh(),
        day,
        line_id: None,
        shift_id: None,
        working,
        net_minutes,
        note: Some(note.into()),
    }));
    for line in b.lines {
        for shift in b.shifts.iter().filter(|s| line.shifts.contains(&s.code)) {
            let units = planned_units(b, line, net(shift.start, shift.end, shift.breaks));
            rows.calendars.push(LineCalendar {
                client_id: names.client,
                id: ids.fresh(),
                line_id: names.lines[line.code],
                shift_id: names.shifts[shift.code],
                weekdays: line.weekdays,
                planned_crew: Some(line.crew),
                planned_units: Some(units),
                valid_from: first_day(today),
            });
        }
    }
}

/// Units a line should make in a shift, in round numbers.
pub(super) fn planned_units(b: &Blueprint, line: &LinePlan, net: f64) -> f64 {
    let standards = line.products.iter().map(|p| standard(b, line, p));
    let mean = standards.sum::<f64>() / line.products.len().max(1) as f64;
    let people = if line.basis == domain::Basis::Machine { 1.0 } else { line.crew };
    let units = people * net * 0.76 / mean;
    let round = if units > 2000.0 { 100.0 } else { 10.0 };
    (units / round).round() * round
}
