//! Each command, its answers and its refusals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may stop, and makes its own files"
)]
mod plant;

use plant::{Plant, SECRET};
use serde_json::Value as Json;

const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,100\n\
    ACME,2025-03-04,DAY,L1,P1,15,10,540,200\n";

fn with_rows() -> Plant {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    plant
}

#[test]
fn init_makes_one_database_and_never_a_second() {
    let plant = Plant::new();
    let said = plant.ada(&["init", "--admin", "ada"]);
    assert_eq!((said.code, said.error().0.as_str()), (1, "already_initialised"));
}

#[test]
fn an_init_with_a_poor_password_can_be_done_again() {
    let plant = Plant::empty();
    plant.file("poor.txt", "short");
    let said = plant.call("ada", "poor.txt", "en", &["init", "--admin", "ada"]);
    assert_eq!((said.code, said.error().0.as_str()), (1, "short_password"));
    plant.ada(&["init", "--admin", "ada"]).fine();
}

#[test]
fn a_wrong_password_a_missing_key_and_no_database_are_three_answers() {
    let plant = Plant::empty();
    assert_eq!(plant.ada(&["demo"]).error().0, "not_initialised");
    plant.ada(&["init", "--admin", "ada"]).fine();
    plant.file("wrong.txt", "not this one at all");
    assert_eq!(plant.call("ada", "wrong.txt", "en", &["demo"]).error().0, "bad_login");
    std::fs::rename(plant.path("key"), plant.path("elsewhere")).unwrap();
    assert_eq!(plant.ada(&["demo"]).error().0, "missing_key");
    plant.file("key", &"ab".repeat(32));
    assert_eq!(plant.ada(&["demo"]).error().0, "wrong_key");
}

#[test]
fn a_password_made_by_an_admin_is_changed_first() {
    let plant = with_rows();
    let new = plant.path("lea.txt").display().to_string();
    plant.ada(&["user", "add", "lea", "--role", "viewer", "--clients", "ACME", "--new-password-file", &new]).fine();
    let due = plant.lea(&["kpi", "oee"]).error();
    assert!(due.0 == "must_change" && due.2.contains("lineboard password"), "{due:?}");
    let own = plant.file("own.txt", "seven herons at dawn").display().to_string();
    plant.lea(&["password", "--new-password-file", &own]).fine();
    assert_eq!(plant.lea(&["kpi", "oee"]).error().0, "bad_login");
    plant.call("lea", "own.txt", "en", &["kpi", "efficiency"]).fine();
}

#[test]
fn roles_hold_on_the_command_line_too() {
    let plant = with_rows();
    let new = plant.path("lea.txt").display().to_string();
    let add = [
        "user",
        "add",
        "lea",
        "--role",
        "operator",
        "--clients",
        "ACME",
        "--new-password-file",
        &new,
        "--no-forced-change",
    ];
    plant.ada(&add).fine();
    let file = plant.path("rows.csv").display().to_string();
    for args in [
        &["export", "production"][..],
        &["import", "production", &file, "--confirm"],
        &["verify"],
        &["demo"],
        &["user", "add", "bob", "--role", "admin", "--new-password-file", &new],
        &["alerts", "--look"],
    ] {
        let said = plant.lea(args);
        assert_eq!((said.code, said.error().0.as_str()), (1, "forbidden"), "{args:?}");
    }
    let (code, field, message) = plant.lea(&["kpi", "efficiency"]).error();
    assert_eq!((code.as_str(), field.as_str()), ("one_day", "to"));
    assert_eq!(message, "An operator asks for one day: give --from and --to the same day.");
}

#[test]
fn an_answer_has_the_promised_shape() {
    let plant = with_rows();
    let answer = plant.ada(&["kpi", "efficiency", "--by", "line,day", "--json"]).fine().json();
    let keys = |j: &Json| j.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&answer), ["kpi", "rows", "stamp", "unit"]);
    let row = &answer["rows"][0];
    assert_eq!(keys(row), ["by", "denominator", "estimated_share", "numerator", "rows", "value", "why"]);
    assert_eq!(row["by"], serde_json::json!({ "line": "L1", "day": "2025-03-03" }));
    assert_eq!((row["numerator"].as_f64(), row["denominator"].as_f64()), (Some(1500.0), Some(5400.0)));
    assert_eq!(row["value"].as_f64(), Some(1500.0 / 5400.0 * 100.0));
    let whole = plant.ada(&["kpi", "efficiency", "--json"]).fine().json();
    assert_eq!(whole["rows"][0]["by"], serde_json::json!({}));
    let none = plant.ada(&["kpi", "mtbf", "--json"]).fine().json();
    assert_eq!((&none["rows"][0]["value"], &none["unit"]), (&Json::Null, &"h".into()));
}

#[test]
fn explain_goes_down_to_who_typed_what() {
    let plant = with_rows();
    let answer = plant.ada(&["kpi", "efficiency", "--from", "2025-03-04", "--explain", "--json"]).fine().json();
    let explained = &answer["explain"];
    assert_eq!(explained["total"], 1);
    assert_eq!(explained["line_shifts"][0]["elements"]["earned"].as_f64(), Some(3000.0));
    assert_eq!(explained["line_shifts"][0]["entries"][0]["author"], "ada");
}

#[test]
fn a_workbook_goes_to_a_file_of_its_owners_alone_and_comes_back_changing_nothing() {
    let plant = with_rows();
    let file = plant.path("rows.xlsx");
    let name = file.display().to_string();
    let told = plant.ada(&["export", "production", "--xlsx", &name]).fine();
    assert!(told.out.contains(&name), "{}", told.out);
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"PK"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let back = plant.ada(&["import", "production", &name, "--confirm", "--json"]).fine().json();
    assert_eq!((&back["imported"]["written"], &back["imported"]["unchanged"]), (&0.into(), &2.into()));
    let again = plant.ada(&["export", "production", "--xlsx", &name]);
    assert_eq!((again.code, again.error().0.as_str()), (1, "file_unwritable"));
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "nothing is written over");
    assert_eq!(plant.ada(&["export", "production", "--csv", "--xlsx", "other.xlsx"]).code, 2);
}

#[test]
fn misuse_and_refusal_differ_in_the_exit_code() {
    let plant = with_rows();
    for (args, code, word) in [
        (&["kpi"][..], 2, "usage"),
        (&["kpi", "oee", "--from", "2025-02-30"], 2, "usage"),
        (&["nonsense"], 2, "usage"),
        (&["kpi", "nonsense"], 1, "no_such_kpi"),
        (&["kpi", "oee", "--by", "hour"], 1, "grouping"),
        (&["kpi", "oee", "--from", "2025-03-04", "--to", "2025-03-01"], 1, "bad_period"),
        (&["kpi", "oee", "--line", "L9"], 1, "missing"),
        (&["import", "nonsense", "x.csv"], 2, "usage"),
        (&["import", "production", "x.csv"], 1, "file_unreadable"),
        (&["export", "nonsense"], 2, "usage"),
        (&["export", "--table", "nonsense"], 2, "usage"),
        (&["export", "--table", "user"], 2, "usage"),
        (&["export", "production", "--table", "line"], 2, "usage"),
        (&["export"], 2, "usage"),
        (&["import", "production"], 2, "usage"),
        (&["import", "--table", "line", "x.csv"], 1, "file_unreadable"),
        (&["client", "template", "ACME", "farming"], 2, "usage"),
        (&["course", "oee", "--ahead", "3"], 1, "bad_horizon"),
        (&["course", "oee", "--by", "line"], 2, "usage"),
        (&["course", "oee", "--explain"], 2, "usage"),
        (&["honesty", "--from", "2025-03-01", "--to", "2025-03-31", "--check", "nope"], 1, "no_such_check"),
        (&["client", "template", "NOBODY", "general"], 1, "missing"),
    ] {
        let said = plant.ada(args);
        assert_eq!((said.code, said.error().0.as_str()), (code, word), "{args:?}");
    }
}

#[test]
fn both_languages_are_spoken() {
    let plant = with_rows();
    let said = |language| plant.call("ada", "ada.txt", language, &["kpi", "nope"]).error().2;
    assert_ne!(said("en"), said("es_MX.UTF-8"));
    assert!(plant.call("ada", "ada.txt", "es", &["verify"]).fine().out.contains("sumas"));
}

#[test]
fn a_file_with_errors_is_only_taken_without_them_and_only_when_told() {
    let plant = Plant::new();
    let bad = format!("{ROWS}ACME,2025-03-05,DAY,L1,P1,15,10,540,-3\nACME,2025-13-05,DAY,L1,P1,15,10,540,5\n");
    let file = plant.file("bad.csv", &bad).display().to_string();
    let seen = plant.ada(&["import", "production", &file, "--json"]).fine().json();
    assert_eq!(
        (&seen["preview"]["good"], &seen["preview"]["error_count"], &seen["imported"]),
        (&2.into(), &2.into(), &Json::Null)
    );
    let first = &seen["preview"]["errors"][0];
    assert_eq!((&first["row"], &first["field"], &first["value"]), (&4.into(), &"produced".into(), &"-3".into()));
    assert_eq!(plant.ada(&["import", "production", &file, "--confirm"]).error().0, "import_has_errors");
    assert!(plant.ada(&["export", "production"]).fine().out.lines().count() <= 1, "nothing is half saved");
    let done = plant.ada(&["import", "production", &file, "--confirm", "--without-errors", "--json"]).fine().json();
    assert_eq!((&done["imported"]["written"], &done["imported"]["skipped"]), (&2.into(), &2.into()));
}

#[test]
fn why_takes_a_change_apart_in_both_languages() {
    let plant = with_rows();
    let ask = ["why", "efficiency", "--from", "2025-03-04", "--to", "2025-03-04"];
    let versus = [&ask[..], &["--versus", "2025-03-03..2025-03-03"]].concat();
    let told = plant.ada(&[&versus[..], &["--json"]].concat()).fine().json();
    let parts = told["factors"].as_array().unwrap().iter().map(|f| f["part"].as_f64().unwrap());
    let difference = told["difference"].as_f64().unwrap();
    assert!((difference - 1500.0 / 54.0).abs() < 1e-9 && (parts.sum::<f64>() - difference).abs() < 1e-9, "{told}");
    assert_eq!(told["stamp"]["clients"].as_array().unwrap().len(), 1);
    let words = plant.ada(&versus).fine().out;
    assert!(words.contains("performance") && words.contains("+27.78") && words.contains("better"), "{words}");
    assert!(words.contains("Inside performance, with no part of its own: accounted time."), "{words}");
    let spanish = plant.call("ada", "ada.txt", "es", &versus).fine().out;
    assert!(spanish.contains("rendimiento") && spanish.contains("mejor"), "{spanish}");
    assert_eq!(plant.ada(&ask).fine().out, words, "the period before is the default");
    let other = |code: &'static str| [&["why", code][..], &ask[2..]].concat();
    assert_eq!(plant.ada(&other("mtbf")).error().0, "no_why");
    assert_eq!(plant.ada(&other("nothing")).error().0, "no_such_kpi");
    assert_eq!(plant.ada(&[&ask[..], &["--client", "ELSE"]].concat()).error().0, "missing");
}

#[test]
fn a_mapping_that_is_said_overrides_the_guess() {
    let plant = Plant::new();
    let odd = ROWS.replace("produced", "made today");
    let file = plant.file("odd.csv", &odd).display().to_string();
    let seen =
        plant.ada(&["import", "production", &file, "--map", "made today=produced", "--confirm", "--json"]).fine();
    assert_eq!(seen.json()["imported"]["written"], 2);
    assert_eq!(plant.ada(&["import", "production", &file, "--map", "nonsense"]).error().0, "usage");
}

#[test]
fn undo_takes_an_import_back_and_redo_brings_it_again() {
    let plant = with_rows();
    let more = ROWS.replace("2025-03", "2025-04").replace(",200", ",400");
    let whole = || plant.value("efficiency", "ACME");
    let (one, two) = (4500.0 / 10_800.0 * 100.0, 12_000.0 / 21_600.0 * 100.0);
    plant.import("production", &plant.file("more.csv", &more));
    assert!((whole() - two).abs() < 1e-9, "{}", whole());
    let undone = plant.ada(&["undo", "--json"]).fine().json();
    assert!(undone["what"].as_str().unwrap().contains("more.csv"), "{undone}");
    assert!((whole() - one).abs() < 1e-9, "{}", whole());
    plant.ada(&["redo"]).fine();
    assert!((whole() - two).abs() < 1e-9, "{}", whole());
}

#[test]
fn what_goes_out_comes_in_again_as_it_was() {
    let plant = with_rows();
    let out = plant.ada(&["export", "production"]).fine().out;
    assert!(out.starts_with("client,day,shift,line"), "{out}");
    let file = plant.file("out.csv", &out);
    let file = file.display().to_string();
    let again = ["import", "production", &file, "--scrap-inside", "yes", "--confirm", "--json"];
    let again = plant.ada(&again).fine().json();
    assert_eq!((&again["imported"]["written"], &again["imported"]["unchanged"]), (&0.into(), &2.into()));
    let json: Json = serde_json::from_str(&plant.ada(&["export", "production", "--json"]).fine().out).unwrap();
    assert_eq!(json[0]["produced"].as_f64(), Some(100.0));
}

#[test]
fn our_own_production_file_asks_nothing_when_it_comes_back() {
    let plant = with_rows();
    let out = plant.ada(&["export", "production"]).fine().out;
    let file = plant.file("out.csv", &out).display().to_string();
    let again = plant.ada(&["import", "production", &file, "--confirm", "--json"]).fine().json();
    assert_eq!((&again["imported"]["written"], &again["imported"]["unchanged"]), (&0.into(), &2.into()));
}

#[test]
fn any_table_goes_out_and_comes_in_again() {
    let plant = with_rows();
    for table in ["production_entry", "line_shift", "product_standard", "line", "import_batch"] {
        let out = plant.ada(&["export", "--table", table]).fine().out;
        assert!(out.starts_with("client,") && out.lines().count() > 1, "{out}");
        let file = plant.file("table.csv", &out).display().to_string();
        let again = plant.ada(&["import", "--table", table, &file, "--confirm", "--json"]).fine().json();
        assert_eq!(
            (&again["imported"]["written"], &again["preview"]["error_count"]),
            (&0.into(), &0.into()),
            "{table}"
        );
    }
    let file = plant.file("people.csv", "code,name,active\n0001,Ana Núñez,sí\n0002,,yes\n").display().to_string();
    let args = ["import", "--table", "employee", &file, "--client", "ACME", "--confirm", "--without-errors"];
    let said = plant.ada(&args).fine().out;
    assert!(said.contains("rows 1") && said.contains("row 3, name"), "{said}");
    assert!(plant.ada(&["export", "--table", "employee"]).fine().out.contains("ACME,0001,Ana Núñez,,no,yes,"));
}

#[test]
fn a_template_sets_a_client_up_once() {
    let plant = with_rows();
    let first = plant.ada(&["client", "template", "ACME", "electronics", "--json"]).fine().json();
    assert_eq!((&first["operations"], &first["downtime_reasons"]), (&3.into(), &8.into()));
    let again = plant.ada(&["client", "template", "ACME", "electronics"]).fine().out;
    assert_eq!(again.trim(), "Added to ACME: operations 0; defect types 0; downtime reasons 0; hold reasons 0");
}

#[test]
fn an_import_that_made_its_client_is_not_done_again_and_says_so() {
    let plant = with_rows();
    plant.ada(&["undo"]).fine();
    assert_eq!(plant.ada(&["redo"]).error().0, "nothing_to_redo");
    assert_eq!(plant.ada(&["undo"]).error().0, "nothing_to_undo");
}

#[test]
fn an_export_is_on_the_record() {
    let plant = with_rows();
    let events = || {
        let report = plant.ada(&["verify", "--json"]).fine().json();
        let events = report["checks"].as_array().unwrap().iter().find(|c| c["name"] == "events").unwrap();
        events["looked_at"].as_u64().unwrap()
    };
    let before = events();
    plant.ada(&["kpi", "oee"]).fine();
    let log_ins = events() - before;
    plant.ada(&["export", "line"]).fine();
    assert_eq!(events() - before, 2 * log_ins + 1);
}

#[test]
fn the_demo_is_sound_and_its_figures_can_be_asked() {
    let plant = Plant::new();
    let made = plant.ada(&["demo", "--json"]).fine().json();
    assert_eq!(made["clients"], serde_json::json!(["ALBA", "VOLTA", "CARTA"]));
    let report = plant.ada(&["verify", "--json"]).fine().json();
    assert_eq!(report["sound"], true, "{report}");
    let rebuilt = plant.ada(&["verify", "--rollup", "--json"]).fine().json();
    assert!(rebuilt["sums_renewed"].as_u64().unwrap() > 1000);
    assert_eq!(
        plant.ada(&["kpi", "oee", "--by", "client", "--json"]).fine().json()["rows"].as_array().unwrap().len(),
        3
    );
    assert_eq!(plant.ada(&["demo"]).error().0, "duplicate_code");
}

#[test]
fn a_damaged_file_is_not_called_sound() {
    use std::io::{Read, Seek, SeekFrom, Write};
    let plant = with_rows();
    let path = plant.path("data").join("lineboard.db");
    let pages = std::fs::metadata(&path).unwrap().len() / 4096;
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    for page in [pages / 2, pages / 3] {
        let mut byte = [0];
        file.seek(SeekFrom::Start(page * 4096 + 50)).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(SeekFrom::Current(-1)).unwrap();
        file.write_all(&[byte[0] ^ 1]).unwrap();
    }
    let said = plant.ada(&["verify", "--json"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(["unsound", "damaged"].contains(&said.error().0.as_str()), "{}", said.err);
}

#[test]
fn no_answer_or_file_shows_a_password() {
    let plant = with_rows();
    for file in std::fs::read_dir(plant.path("data")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes()));
    }
    assert!(!plant.ada(&["verify", "--json"]).fine().out.contains(SECRET));
}
