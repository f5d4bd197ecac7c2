//! Files beside what is here, in both languages.
use super::{Plant, counts, of, rows::fill, told};
use crate::export::Format;
use domain::{Absence, AttendanceEntry, Employee, Line, Role};
use rust_xlsxwriter::Workbook;

#[test]
fn gaps_are_filled_and_what_is_here_is_never_overwritten() {
    let plant = Plant::new();
    let a = plant.client("A");
    fill(&plant, a);
    let file = b"client,code,name,department,active\nA,0001,,Sewing,\nA,0001,Eva,,\nA,0002,Eva,Sewing,no\n";
    let (view, errors) = plant.look(&plant.admin, &of("employee"), file).unwrap();
    assert_eq!(told(&errors), [(3, "name", "differs_here")]);
    assert_eq!((view.rows, view.good, view.error_count, view.creates.rows), (3, 2, 1, 1));
    assert!(errors[0].message.contains("Ana Núñez") && errors[0].message.contains("Eva"), "{}", errors[0].message);
    assert_eq!(plant.take(&plant.admin, &of("employee"), file, false).unwrap_err().code, "import_has_errors");
    assert_eq!(counts(&plant.take(&plant.admin, &of("employee"), file, true).unwrap()), (2, 0, 1));
    let rows = plant.rows::<Employee>(a);
    assert_eq!((rows[0].name.as_str(), rows[0].department.as_deref()), ("Ana Núñez", Some("Sewing")));
    assert_eq!((rows[1].code.as_str(), rows[1].active, rows[1].direct), ("0002", false, false));
}

#[test]
fn what_a_viewer_takes_out_blanks_nothing_when_a_supervisor_brings_it() {
    let plant = Plant::new();
    let a = plant.client("A");
    fill(&plant, a);
    let (viewer, sue) = (plant.person("vic", Role::Viewer, &[a]), plant.person("sue", Role::Supervisor, &[a]));
    let out = plant.out(&viewer, of("attendance_entry").what, Format::Csv).unwrap();
    assert!(!out.contains("medical") && !out.contains("grippe"), "{out}");
    let before = plant.changes();
    assert_eq!(counts(&plant.take(&sue, &of("attendance_entry"), out.as_bytes(), false).unwrap()), (0, 1, 0));
    assert_eq!(plant.changes(), before);
    let row = plant.rows::<AttendanceEntry>(a).remove(0);
    assert_eq!((row.absence, row.reason.as_deref()), (Some(Absence::Medical), Some("grippe")));
    assert!(plant.out(&sue, of("attendance_entry").what, Format::Csv).unwrap().contains("grippe"));
}

#[test]
fn yes_and_no_are_written_in_the_persons_language_and_read_in_both() {
    let plant = Plant::new();
    let a = plant.client("A");
    let file = "client,code,name,active\nA,L1,,sí\nA,L2,,no\nA,L3,,YES\nA,L4,,\nA,L5,,maybe\n";
    let (_, errors) = plant.look(&plant.admin, &of("line"), file.as_bytes()).unwrap();
    assert_eq!(told(&errors), [(6, "active", "bad_truth")]);
    plant.take(&plant.admin, &of("line"), file.as_bytes(), true).unwrap();
    let active: Vec<bool> = plant.rows::<Line>(a).iter().map(|l| l.active).collect();
    assert_eq!(active, [true, false, true, true]);
    let spanish = plant
        .store
        .language_set(&plant.store.login("admin", super::super::super::import::tests::PASSWORD).unwrap(), "es")
        .unwrap();
    let out = plant.out(&spanish, of("line").what, Format::Csv).unwrap();
    assert!(out.contains(",sí\n") && !out.contains("yes"), "{out}");
    let (_, errors) = plant.look(&spanish, &of("line"), file.as_bytes()).unwrap();
    assert_eq!(errors[0].message, "maybe no es ni sí ni no.");
}

#[test]
fn a_workbook_of_a_table_goes_in_like_a_text_file() {
    let plant = Plant::new();
    let a = plant.client("A");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Client", "Code", "Parent", "Basis", "Active"]).unwrap();
    sheet.write_row(1, 0, ["A", "L1", "HALL", "machine"]).unwrap();
    sheet.write(1, 4, true).unwrap();
    sheet.write_row(2, 0, ["A", "HALL", "", "labour", "no"]).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(counts(&plant.take(&plant.admin, &of("line"), &bytes, false).unwrap()), (2, 0, 0));
    let lines = plant.rows::<Line>(a);
    assert_eq!((lines[1].code.as_str(), lines[1].parent_id, lines[0].active), ("L1", Some(lines[0].id), false));
}
