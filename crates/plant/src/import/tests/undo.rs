//! One import is one transaction and one undo.
use super::{Plant, counts, wish};
use crate::import::{
    desk::Sheet,
    fields::Kind,
    write::{Order, import},
};
use domain::{Code, DowntimeEntry, Fault, ImportBatch, Line, LineShift, ProductionEntry, Role};

const FILE: &[u8] = b"client,day,shift,line,product,standard_minutes,produced\n\
    OWN,2026-01-01,D,L,P,2,5\nOWN,2026-01-02,D,L,P,2,6\n";

#[test]
fn an_undone_import_leaves_nothing_and_can_be_repeated() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    let leader = plant.person("lea", Role::Leader, &[own]);
    plant.take(&leader, &wish(Kind::Production), FILE, false).unwrap();
    let ids: Vec<_> = plant.rows::<ProductionEntry>(own).iter().map(|e| e.id).collect();
    let undone = plant.undo(&leader);
    assert_eq!((undone.what.as_str(), undone.skipped.len()), ("import file.csv", 0));
    let left =
        (plant.rows::<ProductionEntry>(own).len(), plant.rows::<LineShift>(own).len(), plant.rows::<Line>(own).len());
    assert_eq!((left, plant.rows::<ImportBatch>(own).len()), ((0, 0, 0), 0));
    assert_eq!(counts(&plant.take(&leader, &wish(Kind::Production), FILE, false).unwrap()), (2, 0, 0));
    assert_eq!(plant.rows::<ProductionEntry>(own).iter().map(|e| e.id).collect::<Vec<_>>(), ids);
    assert_eq!(counts(&plant.take(&leader, &wish(Kind::Production), FILE, false).unwrap()), (0, 2, 0));
    plant.undo(&leader);
    assert_eq!(plant.rows::<ProductionEntry>(own).len(), 0);
}

#[test]
fn a_file_that_founded_its_client_can_be_undone_and_repeated() {
    let plant = Plant::new();
    plant.take(&plant.admin, &wish(Kind::Production), FILE, false).unwrap();
    plant.undo(&plant.admin);
    assert!(plant.store.repository(&plant.admin).unwrap().session().clients().is_empty());
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), FILE, false).unwrap()), (2, 0, 0));
    assert_eq!(plant.rows::<ProductionEntry>(plant.id("OWN")).len(), 2);
}

#[test]
fn rows_others_have_changed_since_stay_and_are_listed() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    let (leader, ana) = (plant.person("lea", Role::Leader, &[own]), plant.person("ana", Role::Supervisor, &[own]));
    plant.take(&leader, &wish(Kind::Production), FILE, false).unwrap();
    let entry = plant.rows::<ProductionEntry>(own).remove(0);
    let repo = plant.store.repository(&ana).unwrap();
    repo.write(|w| {
        w.because(Some("recount".into()));
        w.put(&ProductionEntry { produced: Some(77), ..entry.clone() })
    })
    .unwrap();
    let undone = plant.undo(&leader);
    assert_eq!(undone.skipped.iter().map(|s| s.id).collect::<Vec<_>>()[0], entry.id.bytes());
    assert_eq!(plant.rows::<ProductionEntry>(own).iter().map(|e| e.produced).collect::<Vec<_>>(), [Some(77)]);
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let plant = Plant::new();
    let rows: String = (0..3000).map(|n| format!("OWN,2026-01-{:02},D,L{},5\n", n % 28 + 1, n / 28)).collect();
    let sheet = Sheet::open(format!("client,day,shift,line,produced\n{rows}").into()).unwrap();
    let wish = wish(Kind::Production);
    let order = Order { sheet: &sheet, name: "file.csv", wish: &wish, without_errors: false };
    let mut last = 0;
    let mut stop = |done, total| {
        assert!(done >= last && done <= total, "{done} of {total} after {last}");
        last = done;
        if done > 4000 { Err(Fault::new(Code::Cancelled)) } else { Ok(()) }
    };
    let repo = plant.store.repository(&plant.admin).unwrap();
    let fault: Fault = repo.write(|w| import(w, &order, &mut stop)).unwrap_err().into();
    assert_eq!((fault.code.as_str(), last > 4000), ("cancelled", true));
    assert!(plant.store.repository(&plant.admin).unwrap().session().clients().is_empty());
}

#[test]
fn stops_beside_production_share_its_line_shifts() {
    let plant = Plant::new();
    plant.take(&plant.admin, &wish(Kind::Production), FILE, false).unwrap();
    let stops = b"client,day,shift,line,reason,minutes\nown,2026-01-01,d,l ,IDLE,5\nOWN,2026-01-03,D,L,IDLE,5\n";
    plant.take(&plant.admin, &wish(Kind::Downtime), stops, false).unwrap();
    let own = plant.id("OWN");
    assert_eq!((plant.rows::<LineShift>(own).len(), plant.rows::<DowntimeEntry>(own).len()), (3, 2));
    plant.undo(&plant.admin);
    assert_eq!((plant.rows::<LineShift>(own).len(), plant.rows::<DowntimeEntry>(own).len()), (2, 0));
}
