//! An explanation leads from the number to the rows.

use super::*;
use domain::QualityEntry;
use std::collections::BTreeMap;

fn explained(plant: &Plant, ask: Ask, offset: usize, limit: usize) -> Explained {
    plant.read(|r| explain(r, None, &Explain { ask, offset, limit, rows: true })).unwrap()
}

/// The page as the window asks for it: from the sums alone.
fn page(plant: &Plant, ask: Ask, offset: usize, limit: usize) -> Explained {
    plant.read(|r| explain(r, None, &Explain { ask, offset, limit, rows: false })).unwrap()
}

/// Five line shifts; one has two products, one has no crew, one has no entry.
fn week(plant: &Plant) -> Factory {
    let factory = plant.client("ACME", Basis::Labour);
    let two = vec![(0, 200, 4, None), (1, 100, 1, None)];
    plant.make(&factory, Made { entries: two, stops: vec![30.0], ..Made::default() });
    for (day, crew) in [(1, Some(5.0)), (2, None), (3, Some(6.0))] {
        plant.make(&factory, Made { day: DAY.plus(day), crew, entries: vec![(0, 300, 3, None)], ..Made::default() });
    }
    plant.make(&factory, Made { day: DAY.plus(4), planned: Some(10.0), stops: vec![12.0], ..Made::default() });
    factory
}

#[test]
fn recomputing_from_the_listed_line_shifts_gives_the_shown_number() {
    let plant = plant();
    let factory = week(&plant);
    let filters = [None, Some(vec![factory.products[0]]), Some(vec![factory.products[1]])];
    for (kpi, products) in KPIS.iter().flat_map(|kpi| filters.iter().map(move |products| (kpi, products.clone()))) {
        let ask = Ask { products, ..question(kpi.code, DAY, DAY.plus(6), &[]) };
        let shown = &plant.ask(&ask).rows[0];
        let all = explained(&plant, ask, 0, 100);
        assert_eq!((&all.row, all.total), (shown, all.line_shifts.len()), "{}", kpi.code);
        for term in all.terms.iter().filter(|term| term.element != "calendar_minutes") {
            let sum: f64 = all.line_shifts.iter().map(|shift| shift.elements[&term.element]).sum();
            assert!((sum - term.value).abs() < 1e-9, "{} {}: {sum} is not {}", kpi.code, term.element, term.value);
        }
    }
}

#[test]
fn the_earned_minutes_of_the_listed_rows_are_those_of_the_answer() {
    let plant = plant();
    week(&plant);
    let all = explained(&plant, question("efficiency", DAY, DAY.plus(6), &[]), 0, 100);
    let entries = all.line_shifts.iter().flat_map(|shift| &shift.entries);
    let earned: f64 = entries.filter_map(|entry| entry.values.get("earned")?.parse::<f64>().ok()).sum();
    assert_eq!(earned, all.row.numerator);
    assert_eq!(all.formula, "earned / available × 100 = 3900 / 12480 × 100 = 31.25 %");
}

#[test]
fn pages_put_together_are_the_whole_list() {
    let plant = plant();
    week(&plant);
    let ask = question("oee", DAY, DAY.plus(6), &[]);
    let all = explained(&plant, ask.clone(), 0, 100);
    let pages: Vec<ExplainedShift> =
        (0..3).flat_map(|page| explained(&plant, ask.clone(), page * 2, 2).line_shifts).collect();
    assert_eq!((pages, all.total), (all.line_shifts.clone(), 5));
    let beyond = explained(&plant, ask, 50, 2);
    assert_eq!((beyond.line_shifts.len(), beyond.total), (0, 5));
}

#[test]
fn every_row_names_who_entered_it_when_and_where() {
    let plant = plant();
    week(&plant);
    let first = &explained(&plant, question("oee", DAY, DAY, &[]), 0, 10).line_shifts[0];
    assert_eq!((first.client.as_str(), first.line.as_str(), first.shift.as_str()), ("ACME", "L1", "DAY"));
    let tables: Vec<_> = first.entries.iter().map(|entry| (entry.table.as_str(), entry.what.as_str())).collect();
    assert_eq!(
        tables,
        [("line_shift", "DAY"), ("production_entry", "A"), ("production_entry", "B"), ("downtime_entry", "JAM")]
    );
    for entry in &first.entries {
        assert_eq!((entry.author.as_deref(), entry.at), (Some("Ada"), Some(plant.clock.now().0)));
        assert!(entry.device.is_some());
    }
    assert_eq!(first.entries[1].values["standard"], "3");
    assert_eq!(first.entries[1].values["standard_source"], "product_standard");
}

#[test]
fn the_sources_say_how_much_rests_on_them() {
    let plant = plant();
    week(&plant);
    let all = explained(&plant, question("efficiency", DAY, DAY.plus(6), &[]), 0, 100);
    let crew = |source: &str| all.sources.iter().find(|one| one.element == "crew" && one.source == source).unwrap();
    assert_eq!((crew("entered").line_shifts, crew("mean_30_days").line_shifts), (4, 1));
    assert!((crew("mean_30_days").share - all.row.estimated_share).abs() < 1e-12);
    let inferred = &all.line_shifts[2];
    assert_eq!(inferred.inputs["crew"], 5.0, "the mean of the two crews before");
    assert_eq!((inferred.sources["crew"].source.as_str(), inferred.sources["crew"].confidence), ("mean_30_days", 0.5));
}

#[test]
fn a_product_s_explanation_lists_only_its_own_entries() {
    let plant = plant();
    let factory = week(&plant);
    let ask = Ask { products: Some(vec![factory.products[1]]), ..question("efficiency", DAY, DAY.plus(6), &[]) };
    let all = explained(&plant, ask, 0, 100);
    assert_eq!((all.total, all.row.numerator), (1, 600.0));
    let made: Vec<_> = all.line_shifts[0].entries.iter().filter(|entry| entry.table == "production_entry").collect();
    assert_eq!(made.iter().map(|entry| entry.what.as_str()).collect::<Vec<_>>(), ["B"]);
    assert!(all.sources.iter().any(|one| one.element == "allocation" && one.source == "by_earned"));
}

#[test]
fn what_made_nothing_is_explained_by_line_shifts_without_entries() {
    let plant = plant();
    week(&plant);
    let none = Some(vec![Id::from_bytes(Key::default())]);
    let ask = Ask { products: none, ..question("availability", DAY, DAY.plus(6), &[]) };
    let all = explained(&plant, ask, 0, 100);
    assert_eq!(all.line_shifts.iter().map(|shift| shift.day).collect::<Vec<_>>(), [DAY.plus(4)]);
    assert_eq!((all.total, all.row.denominator), (1, 2400.0));
}

#[test]
fn an_overdue_shift_is_explained_like_any_other() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let open = Made { day: TODAY, state: ShiftState::Open, entries: vec![(0, 400, 0, None)], ..Made::default() };
    plant.make(&factory, open);
    plant.clock.advance(86_400_000);
    let all = explained(&plant, question("efficiency", TODAY, TODAY, &[]), 0, 100);
    assert_eq!((all.total, all.row.value, all.line_shifts[0].elements["earned"]), (1, Some(50.0), 1200.0));
    assert!(all.sources.iter().any(|one| one.element == "crew" && one.line_shifts == 1));
}

/// Inspections and people beside the line shifts of a week, another client's, and one that is in no sums yet.
fn much(plant: &Plant) -> Factory {
    let factory = week(plant);
    let other = plant.client("BOLT", Basis::Machine);
    let two = vec![(0, 40, 2, None), (1, 60, 6, None)];
    plant.make(&other, Made { day: DAY.plus(1), entries: two, ..Made::default() });
    plant.make(&other, Made { line: 1, crew: None, stops: vec![20.0], ..Made::default() });
    for (f, day) in [(&factory, DAY), (&factory, DAY.plus(1)), (&other, DAY.plus(2))] {
        people::ten(plant, f, day);
        quality::inspect(plant, f, |q| QualityEntry { day, inspected: Some(50), passed: Some(45), ..q });
        quality::inspect(plant, f, |q| QualityEntry { day, inspected: Some(20), product_id: None, ..q });
    }
    let open = Made { day: TODAY, state: ShiftState::Open, entries: vec![(0, 400, 8, None)], ..Made::default() };
    plant.make(&factory, open);
    plant.clock.advance(86_400_000);
    factory
}

/// A line shift without what only its rows tell.
fn bare(shift: &ExplainedShift) -> ExplainedShift {
    let (inputs, sources) = (BTreeMap::new(), BTreeMap::new());
    ExplainedShift { inputs, sources, entries: Vec::new(), ..shift.clone() }
}

/// A line shift says the same with its rows and without, and leaves out no source the KPI rests on.
fn same(kpi: &Kpi, found: &ExplainedShift, worked: &ExplainedShift) {
    assert_eq!(bare(found), bare(worked), "{}", kpi.code);
    assert!(found.inputs.is_empty() && found.entries.is_empty(), "{found:?}");
    for (element, source) in &found.sources {
        assert_eq!(Some(source), worked.sources.get(element), "{} {element}", kpi.code);
    }
    for key in kpi.subjects().into_iter().map(elements::Subject::key) {
        assert_eq!(found.sources.contains_key(key), worked.sources.contains_key(key), "{} {key}", kpi.code);
    }
}

#[test]
fn a_page_from_the_sums_says_of_each_line_shift_what_its_rows_say_for_every_kpi() {
    let plant = plant();
    let factory = much(&plant);
    let filters = [None, Some(vec![factory.products[0]]), Some(vec![factory.products[1]])];
    let mut told = 0;
    for (kpi, products) in KPIS.iter().flat_map(|kpi| filters.iter().map(move |products| (kpi, products.clone()))) {
        let ask = Ask { products, ..question(kpi.code, DAY, TODAY, &[]) };
        let (short, whole) = (page(&plant, ask.clone(), 0, 100), explained(&plant, ask.clone(), 0, 100));
        assert_eq!(short.line_shifts.len(), whole.line_shifts.len(), "{}", kpi.code);
        short.line_shifts.iter().zip(&whole.line_shifts).for_each(|(found, worked)| same(kpi, found, worked));
        let pages: Vec<_> = (0..9).flat_map(|at| page(&plant, ask.clone(), at, 1).line_shifts).collect();
        assert_eq!(pages, short.line_shifts, "{}: one by one", kpi.code);
        told += pages.len();
        assert_eq!((short.row, short.total, short.sources), (whole.row, whole.total, whole.sources), "{}", kpi.code);
    }
    assert!(told > 200, "{told}");
}

#[test]
fn a_page_is_the_same_from_memory_and_from_the_file() {
    let plant = plant();
    let factory = much(&plant);
    let command = |ask: &Ask, rows| {
        let asked = Explain { ask: ask.clone(), offset: 1, limit: 3, rows };
        crate::commands::board::kpi_explain(&plant.store.repository(&plant.admin).unwrap(), asked).unwrap()
    };
    let filters = [None, Some(vec![factory.client])];
    for (kpi, clients) in KPIS.iter().flat_map(|kpi| filters.iter().map(move |clients| (kpi, clients.clone()))) {
        let ask = Ask { clients, ..question(kpi.code, DAY, TODAY, &[]) };
        for _ in 0..2 {
            assert_eq!(command(&ask, false), page(&plant, ask.clone(), 1, 3), "{}", kpi.code);
        }
        quality::inspect(&plant, &factory, |q| QualityEntry { inspected: Some(30), passed: Some(29), ..q });
        assert_eq!(command(&ask, false), page(&plant, ask.clone(), 1, 3), "{} after a write", kpi.code);
        assert_eq!(command(&ask, true), explained(&plant, ask, 1, 3), "{} with rows", kpi.code);
    }
}
