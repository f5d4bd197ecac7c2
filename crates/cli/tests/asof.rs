//! A figure asked again as it was known.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may stop, and makes its own files"
)]
mod plant;

use plant::Plant;

const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,100\n\
    NEW CO,2025-03-03,DAY,L1,P1,15,10,540,200\n";
const MORE: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-04,DAY,L1,P1,15,10,540,300\n";
/// A question about the days of both files.
const ASKED: [&str; 8] = ["kpi", "efficiency", "--from", "2025-03-03", "--to", "2025-03-04", "--by", "client"];

fn asked<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<&'a str> {
    [before, &ASKED, after].concat()
}

#[test]
fn the_stamp_under_an_answer_gives_the_answer_again() {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    let said = plant.ada(&ASKED).fine().out;
    let stamp = said.lines().find_map(|line| line.strip_prefix("Stamp: ")).unwrap().to_string();
    let printed = plant.ada(&asked(&[], &["--json"])).fine().json();
    plant.import("production", &plant.file("more.csv", MORE));
    assert_ne!(plant.ada(&ASKED).fine().out, said);
    assert_eq!(plant.ada(&asked(&["asof", &stamp], &[])).fine().out, said);
    assert_eq!(
        plant.call("ada", "ada.txt", "es", &asked(&["asof", &stamp], &[])).fine().out.lines().last().unwrap(),
        format!("Sello: {stamp}")
    );
    let text = printed["stamp"]["text"].as_str().unwrap();
    assert_eq!(plant.ada(&asked(&["asof", text], &["--json"])).fine().json(), printed);
    let moment = text.split('/').next().unwrap();
    assert_eq!(plant.ada(&asked(&["asof", moment], &["--json"])).fine().json(), printed);
    let none = plant.ada(&asked(&["asof", "2020-01-01T00:00Z"], &["--json"])).fine().json();
    assert_eq!(none["rows"].as_array().unwrap().len(), 0);
}

#[test]
fn what_is_no_stamp_and_what_is_not_known_yet_is_refused_with_its_field() {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    let error = |then: &str| {
        let said = plant.ada(&asked(&["asof", then], &[]));
        let (code, field, _) = said.error();
        (said.code, code, field)
    };
    let of = |formula: &str, end: &str| format!("2026-01-01T00:00:00.000Z/{formula}{end}");
    let stamp = |end: &str| of(::plant::kpi::FORMULA, end);
    for (then, code, field) in [
        ("2099-01-01T00:00Z".to_string(), "not_yet", "at"),
        (stamp("/ACME:999"), "not_yet", "stamp"),
        (stamp("/ACME:-1"), "not_yet", "stamp"),
        (stamp("/RIVAL:1"), "missing", "client"),
        (of("0", "/ACME:1"), "other_formula", "stamp"),
    ] {
        assert_eq!(error(&then), (1, code.to_string(), field.to_string()), "{then}");
    }
    for then in ["yesterday", "2026-01-01", "2026-01-01T00:00", &stamp("/ACME"), &stamp("/ACME:x"), &stamp("")] {
        assert_eq!(error(then).0, 2, "{then}");
    }
}
