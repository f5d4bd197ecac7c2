//! The floating pool on the command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "it is all test"
)]
mod plant;

use plant::Plant;
use serde_json::{Value as Json, json};

const AT: [&str; 4] = ["--from", "2026-11-25T06:00-06:00", "--to", "2026-11-25T14:00-06:00"];

/// A client whose day shift has its times, and two people of the pool.
fn pooled() -> Plant {
    let plant = Plant::new();
    let rows = "client,day,shift,line,product,crew,produced\nACME,2025-03-03,DAY,L1,P1,10,100\n";
    plant.import("production", &plant.file("rows.csv", rows));
    let times = "client,shift,valid_from,start_minute,end_minute\nACME,DAY,2025-01-01,360,840\n";
    let file = plant.file("times.csv", times).display().to_string();
    plant.ada(&["import", "--table", "shift_time", &file, "--confirm"]).fine();
    plant.ada(&["pool", "add", "F-1", "--name", "Pia", "--department", "Cut"]).fine();
    plant.ada(&["pool", "add", "F-2", "--name", "Pol"]).fine();
    plant
}

fn lea(plant: &Plant, role: &str) {
    let new = plant.path("lea.txt").display().to_string();
    let add = ["user", "add", "lea", "--role", role, "--clients", "ACME", "--no-forced-change"];
    plant.ada(&[&add[..], &["--new-password-file", &new]].concat()).fine();
}

fn ask(words: &[&str], at: &[&str]) -> Vec<String> {
    words.iter().chain(at).map(|w| (*w).to_string()).collect()
}

fn ada(plant: &Plant, words: &[&str], at: &[&str]) -> plant::Said {
    plant.ada(&ask(words, at).iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn people_of_the_pool_are_added_changed_and_taken_off() {
    let plant = pooled();
    assert_eq!(
        plant.ada(&["pool", "list"]).fine().out,
        "code  name  department  active  free\nF-1   Pia   Cut         yes     yes\nF-2   Pol               yes     yes\n"
    );
    let change =
        ["pool", "change", "f-1", "--new-code", "F-9", "--name", "Pía", "--department", "", "--reason", "typo"];
    assert_eq!(plant.ada(&change).fine().out, "Saved: F-9, Pía\n");
    assert_eq!(plant.ada(&["pool", "deactivate", "F-2"]).fine().out, "Saved: F-2, Pol\n");
    let all = plant.ada(&["pool", "list", "--json"]).fine().json();
    let short: Vec<Json> =
        all.as_array().unwrap().iter().map(|p| json!([p["code"], p["department"], p["active"], p["free"]])).collect();
    assert_eq!(short, [json!(["F-2", null, false, false]), json!(["F-9", null, true, true])]);
    plant.ada(&["pool", "change", "F-2", "--active", "yes"]).fine();
    assert_eq!(plant.ada(&["pool", "remove", "F-2"]).fine().out, "F-2 is off the pool's list.\n");
    let list = plant.call("ada", "ada.txt", "es", &["pool", "list"]).fine().out;
    assert_eq!(list, "código  nombre  departamento  activo  libre\nF-9     Pía                   sí      sí\n");
    let twin = plant.ada(&["pool", "add", "f-9", "--name", "x"]);
    assert_eq!((twin.code, twin.error().0.as_str()), (1, "duplicate_code"));
    assert_eq!(plant.ada(&["pool", "change", "F-2", "--name", "x"]).error().0, "missing");
}

#[test]
fn somebody_is_booked_by_time_or_by_shift_and_given_back() {
    let plant = pooled();
    let said = ada(&plant, &["pool", "book", "F-1"], &AT).fine().out;
    assert!(said.starts_with("F-1 is booked from 2026-11-25T12:00:00Z to 2026-11-25T20:00:00Z. Booking: "), "{said}");
    let token = said.trim().rsplit(' ').next().unwrap().to_string();
    let busy = ada(&plant, &["pool", "busy"], &AT).fine().out;
    assert_eq!(busy.lines().nth(1).unwrap(), "F-1   Pia   2026-11-25T12:00:00Z  2026-11-25T20:00:00Z");
    let known = ada(&plant, &["pool", "bookings", "--json"], &AT).fine().json();
    assert_eq!(
        (&known[0]["token"], &known[0]["code"], known.as_array().unwrap().len()),
        (&json!(token), &json!("F-1"), 1)
    );
    let twice = ada(&plant, &["pool", "book", "F-1"], &AT);
    assert_eq!((twice.code, twice.error().0, twice.error().1), (1, "busy_on_shift".into(), "pool_employee_id".into()));
    let shift = ["--client", "ACME", "--shift", "day", "--day", "2026-11-25"];
    // The client's clock is UTC: its shift of six to two meets the other booking.
    assert_eq!(ada(&plant, &["pool", "book", "F-1"], &shift).error().0, "busy_on_shift");
    assert_eq!(ada(&plant, &["pool", "book", "F-2", "--json"], &shift).fine().json()["from_utc"], 1_795_586_400_000i64);
    assert_eq!(ada(&plant, &["pool", "list", "--json"], &shift).fine().json()[1]["free"], false);
    assert_eq!(plant.ada(&["pool", "release", &token]).fine().out, format!("Given back: {token}\n"));
    assert_eq!(ada(&plant, &["pool", "bookings", "--json"], &AT).fine().json()[0]["code"], "F-2");
    ada(&plant, &["pool", "book", "F-1"], &shift).fine();
    plant.ada(&["undo"]).fine();
    assert_eq!(ada(&plant, &["pool", "busy", "--json"], &shift).fine().json()[0]["code"], "F-2");
}

#[test]
fn a_booking_of_others_is_busy_and_no_more() {
    let plant = pooled();
    lea(&plant, "supervisor");
    let token =
        ada(&plant, &["pool", "book", "F-1", "--json"], &AT).fine().json()["token"].as_str().unwrap().to_string();
    let asks = |words: &[&str]| plant.lea(&ask(words, &AT).iter().map(String::as_str).collect::<Vec<_>>()).fine().out;
    assert!(asks(&["pool", "busy"]).contains("F-1") && !asks(&["pool", "busy", "--json"]).contains(&token));
    assert_eq!(asks(&["pool", "bookings"]), "No booking that you may know of.\n");
    assert_eq!(plant.lea(&["pool", "release", &token]).error().0, "missing");
}

#[test]
fn the_pool_is_no_operator_s_and_a_time_is_said_in_full() {
    let plant = pooled();
    lea(&plant, "operator");
    for args in [
        &["pool", "list"][..],
        &["pool", "add", "X", "--name", "X"],
        &["pool", "deactivate", "F-1"],
        &["people", "export", "F-1"],
    ] {
        let said = plant.lea(args);
        assert_eq!((said.code, said.error().0.as_str()), (1, "forbidden"), "{args:?}");
    }
    for args in [
        &["pool", "busy"][..],
        &["pool", "book", "F-1"],
        &["pool", "busy", "--from", "2026-11-25T06:00Z"],
        &["pool", "busy", "--from", "2026-11-25T06:00", "--to", "2026-11-25T07:00"],
        &["pool", "busy", "--client", "ACME"],
        &["pool", "list", "--day", "2026-11-25"],
        &["pool", "add", "X"],
        &["people", "export", "F-1", "--pool", "--client", "ACME"],
    ] {
        let said = plant.ada(args);
        assert_eq!((said.code, said.error().0.as_str()), (2, "usage"), "{args:?}");
    }
    let none = ["pool", "busy", "--client", "ACME", "--shift", "NONE", "--day", "2026-11-25"];
    let said = plant.ada(&none);
    assert_eq!((said.code, said.error().0.as_str(), said.error().1.as_str()), (1, "missing", "shift"));
}

#[test]
fn a_person_of_the_pool_is_told_and_erased_and_the_file_is_sound() {
    let plant = pooled();
    ada(&plant, &["pool", "book", "F-1"], &AT).fine();
    let file = plant.file("people.csv", "code,name\nF-1,Ann\n").display().to_string();
    plant.ada(&["import", "--table", "employee", &file, "--client", "ACME", "--confirm"]).fine();
    let two = plant.ada(&["people", "export", "F-1"]);
    assert!((two.code, two.error().0.as_str()) == (2, "usage") && two.error().2.contains("--pool"), "{}", two.err);
    let told = plant.ada(&["people", "export", "f-1", "--pool"]).fine().json();
    assert_eq!(
        (&told["rows"][0]["values"]["name"], &told["rows"][1]["table"]),
        (&json!("Pia"), &json!("pool_booking"))
    );
    assert_eq!(plant.ada(&["people", "erase", "F-1", "--pool"]).code, 2, "it cannot be taken back: say so");
    let said = plant.ada(&["people", "erase", "F-1", "--pool", "--confirm"]).fine().out;
    assert_eq!(said, "The person is out of 2 rows and 1 change. What the figures rest on stays.\n");
    let busy = ada(&plant, &["pool", "busy", "--json"], &AT).fine().json();
    assert!(busy[0]["code"].as_str().unwrap().starts_with("erased-") && busy[0]["active"] == false, "{busy}");
    assert_eq!(plant.ada(&["verify", "--json"]).fine().json()["sound"], true);
    plant.ada(&["people", "export", "F-1"]).fine().json();
    plant.ada(&["people", "erase", "F-2", "--confirm"]).fine();
    assert_eq!(plant.ada(&["verify", "--json"]).fine().json()["sound"], true);
}

#[test]
fn the_pool_s_people_go_out_and_come_in_by_file_and_bookings_only_go_out() {
    let plant = pooled();
    ada(&plant, &["pool", "book", "F-1"], &AT).fine();
    let out = plant.ada(&["export", "--table", "pool_employee"]).fine().out;
    assert_eq!(out, "code,name,department,active\nF-1,Pia,Cut,yes\nF-2,Pol,,yes\n");
    let file = plant.file("pool.csv", &(out + "F-3,Eva,,no\n")).display().to_string();
    let again = plant.ada(&["import", "--table", "pool_employee", &file, "--confirm", "--json"]).fine().json();
    assert_eq!((&again["imported"]["written"], &again["imported"]["unchanged"]), (&json!(1), &json!(2)));
    assert_eq!(plant.ada(&["undo"]).fine().out, "Taken back: import pool.csv (1 row)\n");
    let bookings = plant.ada(&["export", "--table", "pool_booking", "--json"]).fine().json();
    assert_eq!((&bookings[0]["pool_employee"], &bookings[0]["state"]), (&json!("F-1"), &json!("confirmed")));
    let file = plant.file("bookings.csv", "pool_employee,from_utc,to_utc\nF-1,1,2\n").display().to_string();
    let said = plant.ada(&["import", "--table", "pool_booking", &file, "--confirm"]);
    assert_eq!((said.code, said.error().0.as_str()), (1, "not_by_file"));
    let said = plant.ada(&["export", "--table", "pool_employee", "--client", "ACME"]);
    assert_eq!((said.code, said.error().0.as_str()), (1, "of_plant"));
}
