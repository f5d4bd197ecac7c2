use crate::{
    Put,
    repository::tests::{floor, person},
    session::Session,
};
use domain::*;

#[test]
fn a_closed_shift_wants_a_supervisor_and_a_reason() {
    let f = floor();
    let change = |who: &Session, reason: Option<&str>| {
        f.store.repository(who).unwrap().write(|w| {
            w.because(reason.map(Into::into));
            let old: ProductionEntry = w.get(f.client, f.entry)?;
            w.put(&ProductionEntry { produced: Some(1), ..old })
        })
    };
    let operator = person(&f.store, "olga", Role::Operator, &[f.client]);
    let supervisor = person(&f.store, "sue", Role::Supervisor, &[f.client]);
    assert!(change(&operator, Some("x")).unwrap_err().is(Code::ShiftClosed));
    assert!(change(&supervisor, None).unwrap_err().is(Code::NeedsReason));
    assert_eq!(change(&supervisor, Some("recount")).unwrap(), Put::Patched);
}

#[test]
fn inspections_of_a_closed_shift_want_a_supervisor_and_a_reason_too() {
    let f = floor();
    let (day, line_id, shift_id) = (f.cell.day, f.cell.line, Some(f.cell.shift));
    let blank = |n| QualityEntry { day, line_id, ..QualityEntry::blank(f.client, Id::from_bytes([n; 16])) };
    let inspection = QualityEntry { shift_id, inspected: Some(9), ..blank(1) };
    let detail = DefectDetail::blank(f.client, Id::from_bytes([2; 16]));
    let detail = DefectDetail { quality_entry_id: inspection.id, quantity: 1, ..detail };
    let operator = person(&f.store, "olga", Role::Operator, &[f.client]);
    let supervisor = person(&f.store, "sue", Role::Supervisor, &[f.client]);
    let put = |who: &Session, reason: Option<&str>, part: bool| {
        f.store.repository(who).unwrap().write(|w| {
            w.because(reason.map(Into::into));
            if part { w.put(&detail) } else { w.put(&inspection) }
        })
    };
    for part in [false, true] {
        assert!(put(&operator, Some("x"), part).unwrap_err().is(Code::ShiftClosed), "{part}");
        assert!(put(&supervisor, None, part).unwrap_err().is(Code::NeedsReason), "{part}");
        assert_eq!(put(&supervisor, Some("found later"), part).unwrap(), Put::Created, "{part}");
    }
    let of_no_shift = f.store.repository(&operator).unwrap().write(|w| w.put(&blank(3)));
    assert_eq!(of_no_shift.unwrap(), Put::Created);
}
