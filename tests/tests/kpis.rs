//! Every KPI, element and source as one page, reviewed as a diff.
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds something wrong")]

#[test]
fn the_definitions_are_as_reviewed() {
    checks::snapshot::same("kpis.md", &plant::kpi::catalogue());
}

/// A KPI appears in the window by itself: what it brings along must be there in words.
#[test]
fn every_kpi_and_every_grouping_has_words_in_the_window() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/words/en.json");
    let words: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let unit = |kpi: &plant::kpi::Kpi| match kpi.unit {
        "%" => "unit.percent".to_owned(),
        "units/h" => "unit.units_h".to_owned(),
        unit => format!("unit.{unit}"),
    };
    let kpis = plant::kpi::KPIS.iter().flat_map(|kpi| [format!("kpi.{}", kpi.code), unit(kpi)]);
    let beside = plant::kpi::KPIS.iter().flat_map(|kpi| kpi.beside.iter().chain(kpi.parts));
    let groupings = plant::kpi::Grouping::ALL.iter().filter(|by| !by.is_time()).map(|by| format!("by.{}", by.word()));
    let wanted = kpis.chain(beside.map(|beside| format!("element.{}", beside.name))).chain(groupings);
    assert_eq!(wanted.filter(|key| words.get(key).is_none()).collect::<Vec<_>>(), Vec::<String>::new());
}

/// What waits for a decision, and what a hub refused, is shown by its columns, whatever the table.
#[test]
fn every_column_of_every_client_table_has_words_in_the_window() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/words/en.json");
    let words: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let called = |c: &domain::Column| match c.refers {
        Some(_) => c.name.strip_suffix("_id").unwrap_or(c.name).to_owned(),
        None => c.name.to_owned(),
    };
    let columns = domain::SHAPES.iter().flat_map(|s| s.columns).map(|c| format!("column.{}", called(c)));
    let tables = domain::SHAPES.iter().map(|s| format!("table.{}", s.table));
    let wanted: std::collections::BTreeSet<_> = columns.chain(tables).collect();
    assert_eq!(wanted.iter().filter(|key| words.get(key).is_none()).collect::<Vec<_>>(), Vec::<&String>::new());
}
