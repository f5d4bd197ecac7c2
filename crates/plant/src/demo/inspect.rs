//! What inspections find, line shift by line shift.
use super::{
    blueprint::{Blueprint, LinePlan},
    chance::Chance,
    rows::{Ids, Rows},
    setup::Names,
};
use domain::{DefectDetail, DefectType, Disposition, Id, LineShift, Operation, QualityEntry, Severity};

/// What was made on a line shift, as far as an inspector sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Lot {
    pub(super) produced: i64,
    pub(super) defective: i64,
    pub(super) product: Option<Id<domain::Product>>,
    pub(super) order: Option<Id<domain::WorkOrder>>,
}

const INSPECTORS: &[&str] = &["L. Ortega", "M. Ríos", "J. Salas"];

/// One or two samples of most line shifts, with their defects by type.
pub(super) fn inspect(
    (b, names, line): (&'static Blueprint, &Names, &LinePlan),
    shift: &LineShift,
    (lot, trouble): (Lot, bool),
    c: &mut Chance,
    ids: &mut Ids,
    rows: &mut Rows,
) {
    if lot.produced == 0 || !c.happens(0.75) {
        return;
    }
    for turn in 0..if c.happens(0.25) { 2 } else { 1 } {
        let share = c.pick(&[0.05, 0.1, 0.2, 1.0]).copied().unwrap_or(0.1);
        let inspected = ((lot.produced as f64 * share) as i64).clamp(lot.produced.min(20), lot.produced.min(500));
        let rate = lot.defective as f64 / lot.produced as f64;
        let defective = i64::from(c.times(inspected as f64 * rate * c.clone().around_one(0.2).max(0.3))).min(inspected);
        let scrap = (defective as f64 * c.between(0.1, 0.4)) as i64;
        let total = defective + i64::from(c.times(defective as f64 * 0.15));
        let row = QualityEntry {
            day: shift.day,
            line_id: shift.line_id,
            shift_id: c.happens(0.95).then_some(shift.shift_id),
            work_order_id: lot.order,
            product_id: lot.product,
            operation_id: step(names, line),
            inspected: Some(inspected),
            passed: c.happens(0.9).then_some(inspected - defective),
            defective: Some(defective),
            rework: (defective > 0 && c.happens(0.6)).then_some(defective - scrap),
            scrap: (scrap > 0).then_some(scrap),
            total_defects: c.happens(0.85).then_some(total),
            again: (turn > 0).then_some(true),
            sample_percent: Some(share * 100.0),
            inspector: c.happens(0.8).then(|| c.pick(INSPECTORS).copied().unwrap_or_default().into()),
            ..QualityEntry::blank(shift.client_id, ids.fresh())
        };
        defects((b, names), &row, (total, trouble), c, ids, rows);
        rows.inspections.push(row);
    }
}

/// The line's own step, or the one its code begins with.
fn step(names: &Names, line: &LinePlan) -> Option<Id<Operation>> {
    let prefix = line.code.split('-').next().unwrap_or_default();
    let own = line.operation.and_then(|o| names.operations.get(o));
    own.or_else(|| names.operations.iter().find(|(code, _)| code.starts_with(prefix)).map(|(_, id)| id)).copied()
}

fn defects(
    (b, names): (&'static Blueprint, &Names),
    row: &QualityEntry,
    (total, trouble): (i64, bool),
    c: &mut Chance,
    ids: &mut Ids,
    rows: &mut Rows,
) {
    let worst: Option<Id<DefectType>> = names.defects.get(b.trouble.defect).copied();
    // Three types are the everyday ones; what the bad week brings is none of them.
    let everyday: Vec<_> = b.defects.iter().filter(|d| d.name != b.trouble.defect).take(3).collect();
    let usual = c.pick(&everyday).and_then(|d| names.defects.get(d.name));
    let first = if trouble && c.happens(0.8) { worst } else { usual.copied() };
    let other = c.pick(b.defects).and_then(|d| names.defects.get(d.name)).copied().filter(|o| Some(*o) != first);
    let most = if other.is_some() { total - total / 3 } else { total };
    for (defect_type_id, quantity) in [(first, most), (other, total - most)] {
        if quantity <= 0 {
            continue;
        }
        rows.defects.push(DefectDetail {
            quality_entry_id: row.id,
            defect_type_id,
            severity: c.pick(&[Severity::Minor, Severity::Major, Severity::Major, Severity::Critical]).copied(),
            disposition: c.happens(0.8).then(|| {
                *c.pick(&[Disposition::Rework, Disposition::Repair, Disposition::Scrap]).unwrap_or(&Disposition::Rework)
            }),
            cause: (trouble && defect_type_id == worst).then(|| b.trouble.cause.into()),
            quantity,
            ..DefectDetail::blank(row.client_id, ids.fresh())
        });
    }
}
