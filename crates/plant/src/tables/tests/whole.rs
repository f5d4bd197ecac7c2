//! Every table makes the round trip.
use super::{Plant, counts, into, of, rows::fill};
use crate::export::Format;
use domain::SHAPES;

#[test]
fn every_table_goes_out_and_changes_nothing_when_it_comes_back() {
    let plant = Plant::new();
    fill(&plant, plant.client("A"));
    let before = plant.changes();
    let forms = [Format::Csv, Format::Xlsx];
    let tables = SHAPES.iter().filter(|s| s.table != "author");
    for (shape, form) in tables.flat_map(|shape| forms.map(|form| (shape, form))) {
        let out = plant.out(&plant.admin, of(shape.table).what, Format::Csv).unwrap();
        let file = plant.file(&plant.admin, of(shape.table).what, form);
        let rows = u32::try_from(plant.table_of(&plant.admin, shape.table, plant.id("A")).len()).unwrap();
        assert!(out.lines().count() > 1, "{} has no rows to try", shape.table);
        let (view, errors) = plant.look(&plant.admin, &of(shape.table), &file).unwrap();
        assert_eq!((errors, view.good), (vec![], view.rows), "{}\n{out}", shape.table);
        let back = plant.take(&plant.admin, &of(shape.table), &file, false).unwrap();
        assert_eq!(counts(&back), (0, view.rows, 0), "{}\n{out}", shape.table);
        assert!(rows > view.rows, "{} by {form:?}", shape.table);
    }
    assert_eq!(plant.changes(), before);
}

#[test]
fn every_table_makes_the_same_rows_in_an_empty_client() {
    let plant = Plant::new();
    let (a, b) = (plant.client("A"), plant.client("B"));
    fill(&plant, a);
    for shape in SHAPES.iter().filter(|s| !["author", "client"].contains(&s.table)) {
        let repo = plant.store.repository(&plant.admin).unwrap();
        let out = repo.read(|r| crate::export::export(r, of(shape.table).what, Some(a), Format::Csv)).unwrap();
        let wish = into(shape.table, out.lines().next().unwrap(), b);
        let (view, errors) = plant.look(&plant.admin, &wish, out.as_bytes()).unwrap();
        assert_eq!(errors, vec![], "{}\n{out}", shape.table);
        let taken = plant.take(&plant.admin, &wish, out.as_bytes(), false).unwrap();
        assert_eq!(counts(&taken), (view.rows, 0, 0), "{}\n{out}", shape.table);
        assert_eq!(
            counts(&plant.take(&plant.admin, &wish, out.as_bytes(), false).unwrap()),
            (0, view.rows, 0),
            "{out}"
        );
    }
    for shape in SHAPES.iter().filter(|s| !["author", "client"].contains(&s.table)) {
        let (old, new) = (plant.table_of(&plant.admin, shape.table, a), plant.table_of(&plant.admin, shape.table, b));
        match shape.table {
            // Every file that came in is noted there, too.
            "import_batch" => assert!(old.iter().all(|row| new.contains(row))),
            // Nobody signs by a file.
            "hold_entry" => assert_eq!(new, old.iter().map(|row| unsigned(row)).collect::<Vec<_>>()),
            table => assert_eq!(new, old, "{table}"),
        }
    }
}

#[test]
fn a_step_back_takes_a_whole_file_back() {
    let plant = Plant::new();
    let (a, b) = (plant.client("A"), plant.client("B"));
    fill(&plant, a);
    let repo = plant.store.repository(&plant.admin).unwrap();
    let out = repo.read(|r| crate::export::export(r, of("line").what, Some(a), Format::Csv)).unwrap();
    plant.take(&plant.admin, &into("line", out.lines().next().unwrap(), b), out.as_bytes(), false).unwrap();
    assert_eq!(plant.rows::<domain::Line>(b).len(), 2);
    let undone = plant.undo(&plant.admin);
    assert_eq!((undone.what.as_str(), plant.rows::<domain::Line>(b).len()), ("import file.csv", 0));
    assert_eq!(plant.rows::<domain::ImportBatch>(b).len(), 0);
}

#[test]
fn no_two_columns_of_a_file_have_one_name() {
    for shape in domain::logged() {
        let fields = crate::tables::fields(shape);
        let names: std::collections::BTreeSet<_> = fields.iter().map(|f| f.name).collect();
        assert_eq!(names.len(), fields.len(), "{}", shape.table);
        for part in super::super::keys::key(shape) {
            assert!(shape.columns.iter().any(|c| c.name == *part), "{} has no {part}", shape.table);
        }
    }
}

/// A hold's row without who asked for it, and when.
fn unsigned(row: &str) -> String {
    let Some((before, after)) = row.split_once("Ada,") else { return row.to_string() };
    format!("{before},{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}
