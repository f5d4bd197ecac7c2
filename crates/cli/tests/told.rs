//! What is told names what is meant: the argument, the code, the row, the reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "it is all test"
)]
mod plant;

use plant::Plant;
use serde_json::json;

/// Two clients whose lines and shifts bear the same codes.
const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,100\n\
    BETA,2025-03-03,DAY,L1,P1,15,10,540,200\n";

fn with_rows() -> Plant {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    plant
}

/// The field and message of a refusal with an exit code and a code.
fn refused(plant: &Plant, args: &[&str], exit: i32, word: &str) -> (String, String) {
    let said = plant.ada(args);
    let (code, field, message) = said.error();
    assert_eq!((said.code, code.as_str()), (exit, word), "{args:?}: {message}");
    (field, message)
}

#[test]
fn what_lacks_on_the_line_is_named_with_its_field() {
    let plant = Plant::new();
    for (args, field, named) in [
        (&["why", "oee"][..], "from", &["--from <DAY>", "--to <DAY>"][..]),
        (&["user", "add"], "role", &["--role", "<NAME>"]),
        (&["course", "oee", "--base-to", "soon"], "base_to", &["soon"]),
        (&["kpi", "oee", "--wide"], "wide", &["--wide"]),
        (&["export", "nope"], "kind", &["nope", "production, downtime, line, product"]),
        (&["export", "--table", "nope"], "table", &["work_order"]),
        (&["import", "nope", "x.csv"], "kind", &["nope", "production, downtime, line, product", "--table"]),
        (&["client", "template", "ACME", "Electronics"], "industry", &["electronics, textile"]),
        (&["hub"], "", &["--help"]),
    ] {
        let (at, message) = refused(&plant, args, 2, "usage");
        assert_eq!(at, field, "{args:?}: {message}");
        assert!(named.iter().all(|part| message.contains(part)), "{args:?}: {message}");
    }
}

#[test]
fn a_code_that_nothing_has_is_named() {
    let plant = with_rows();
    let new = plant.path("lea.txt").display().to_string();
    for (args, field, code) in [
        (&["kpi", "oee", "--client", "ACME,NOPE"][..], "client", "NOPE"),
        (
            &["user", "add", "lea", "--role", "viewer", "--clients", "ACME,NOPE", "--new-password-file", &new],
            "client",
            "NOPE",
        ),
        (&["kpi", "oee", "--line", "L1,L9"], "line", "L9"),
        (&["kpi", "oee", "--shift", "LATE"], "shift", "LATE"),
        (&["kpi", "oee", "--product", "P9"], "product", "P9"),
        (&["pool", "deactivate", "F-9"], "code", "F-9"),
        (&["pool", "release", "b-9"], "booking", "b-9"),
        (&["review", "decide", "r-9", "--reason", "x"], "row", "r-9"),
    ] {
        let (at, message) = refused(&plant, args, 1, "missing");
        assert!(at == field && message.contains(code), "{args:?}: {message}");
    }
}

#[test]
fn a_figure_or_a_group_that_there_is_not_is_refused_with_those_there_are() {
    let plant = with_rows();
    for command in ["kpi", "course"] {
        let (_, figures) = refused(&plant, &[command, "nope"], 1, "no_such_kpi");
        assert!(figures.contains("nope") && figures.contains("otif") && figures.contains("labour_hours"), "{figures}");
    }
    let (field, groups) = refused(&plant, &["kpi", "otd", "--by", "line"], 1, "grouping");
    assert!(field == "by" && groups.contains("line") && groups.contains("customer_po, day, week"), "{groups}");
    let (_, groups) = refused(&plant, &["kpi", "mtbf", "--by", "shift"], 1, "grouping");
    assert!(groups.ends_with("Its groups are: line, day, week, month."), "{groups}");
}

#[test]
fn a_mapping_says_whether_the_column_or_the_field_is_unknown() {
    let plant = Plant::new();
    let file = plant.file("rows.csv", ROWS).display().to_string();
    let map = |map| refused(&plant, &["import", "production", &file, "--map", map], 1, map_word(map));
    let (_, column) = map("foo=produced");
    assert!(column.contains("no column foo") && column.contains("net_minutes"), "{column}");
    let (_, field) = map("crew=foo");
    assert!(field.contains("foo is no field") && field.contains("planned_units"), "{field}");
}

fn map_word(map: &str) -> &'static str {
    if map.starts_with("foo") { "no_such_column" } else { "no_such_field" }
}

#[test]
fn rows_of_several_clients_that_bear_one_name_are_told_apart() {
    let plant = with_rows();
    let answer = plant.ada(&["kpi", "efficiency", "--by", "shift", "--json"]).fine().json();
    let by: Vec<_> = answer["rows"].as_array().unwrap().iter().map(|row| row["by"].clone()).collect();
    assert_eq!(by, [json!({ "client": "ACME", "shift": "DAY" }), json!({ "client": "BETA", "shift": "DAY" })]);
    let words = plant.ada(&["kpi", "efficiency", "--by", "shift"]).fine().out;
    assert!(words.starts_with("client  shift  efficiency (%)") && words.contains("\nBETA    DAY "), "{words}");
    let one = plant.ada(&["kpi", "efficiency", "--by", "shift", "--client", "ACME", "--json"]).fine().json();
    assert_eq!(one["rows"][0]["by"], json!({ "shift": "DAY" }), "one client needs no name");
}

#[test]
fn a_figure_without_a_value_says_why() {
    let plant = with_rows();
    let ask = ["kpi", "efficiency", "--from", "2024-01-01", "--to", "2024-01-31"];
    let json = plant.ada(&[&ask[..], &["--json"]].concat()).fine().json();
    assert_eq!((&json["rows"][0]["value"], &json["rows"][0]["why"]), (&json!(null), &json!("no_rows")));
    let reason = "Nothing was entered in this period.";
    assert!(plant.ada(&ask).fine().out.contains(reason));
    assert!(plant.ada(&[&ask[..], &["--by", "line"]].concat()).fine().out.contains(reason), "no row is a reason, too");
    let has = plant.ada(&["kpi", "efficiency", "--json"]).fine().json();
    assert_eq!(has["rows"][0]["why"], json!(null));
}

#[test]
fn a_file_refused_whole_shows_its_errors_and_how_to_leave_them_out() {
    let plant = Plant::new();
    let bad = |count: usize| "ACME,2025-13-05,DAY,L1,P1,15,10,540,5\n".repeat(count);
    let file = plant.file("bad.csv", &(ROWS.to_string() + &bad(1))).display().to_string();
    let said = plant.ada(&["import", "production", &file, "--confirm"]);
    assert_eq!((said.code, said.error().0.as_str()), (1, "import_has_errors"));
    assert!(said.error().2.contains("--without-errors"), "{}", said.err);
    assert!(
        said.out.contains("row 4, day: 2025-13-05") && said.out.ends_with("Nothing was written.\n"),
        "{}",
        said.out
    );
    let json = plant.ada(&["import", "production", &file, "--confirm", "--json"]);
    assert_eq!((&json.json()["preview"]["errors"][0]["row"], &json.json()["imported"]), (&json!(4), &json!(null)));
    let many = plant.file("many.csv", &(ROWS.to_string() + &bad(230))).display().to_string();
    let seen = plant.ada(&["import", "production", &many]).fine().out;
    assert!(seen.contains("  and 210 more rows with errors\n"), "{seen}");
}

#[test]
fn a_secret_that_is_nowhere_names_the_option_that_brings_it() {
    let plant = with_rows();
    let (field, message) = refused(&plant, &["user", "add", "lea", "--role", "viewer"], 2, "usage");
    assert!(field == "new_password_file" && message.contains("--new-password-file"), "{message}");
    let (field, _) = refused(&plant, &["password"], 2, "usage");
    assert_eq!(field, "new_password_file");
    let hub = plant.file("hub.pem", "none").display().to_string();
    let join = ["join", "https://127.0.0.1:1", "--certificate", &hub, "--name", "pc"];
    let (field, message) = refused(&plant, &join, 2, "usage");
    assert!(field == "code_file" && message.contains("--code-file"), "{message}");
    let lost = [&join[..], &["--code-file", "nowhere.txt"]].concat();
    assert_eq!(refused(&plant, &lost, 1, "file_unreadable").0, "code_file");
}

#[test]
fn spanish_is_spanish_down_to_roles_causes_and_steps() {
    let plant = with_rows();
    let es = |args: &[&str]| plant.call("ada", "ada.txt", "es", args);
    let (_, field, message) = es(&["import", "production", "nowhere.csv"]).error();
    assert!(field == "file" && message.ends_with("nowhere.csv: no está ahí."), "{message}");
    let new = plant.path("lea.txt").display().to_string();
    let added = es(&["user", "add", "lea", "--role", "leader", "--clients", "ACME", "--new-password-file", &new]);
    assert_eq!(added.fine().out, "lea puede entrar como líder.\n");
    es(&["pool", "add", "F-1", "--name", "Pia"]).fine();
    assert_eq!(es(&["undo"]).fine().out, "Deshecho: persona del personal flotante (1 fila)\n");
    assert_eq!(plant.ada(&["redo"]).fine().out, "Done again: person of the pool (1 row)\n");
    assert!(es(&["undo"]).fine().out.contains("(1 fila)"));
    let out = es(&["undo"]).fine().out;
    assert!(out.starts_with("Deshecho: importación de rows.csv ("), "{out}");
    let told = es(&["import", "production", &plant.path("rows.csv").display().to_string(), "--confirm"]).fine().out;
    assert!(told.starts_with("2 filas, 2 sin errores, 0 con errores") && told.contains("2 filas escritas"), "{told}");
}
